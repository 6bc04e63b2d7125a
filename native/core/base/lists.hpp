// Lists of plain values that never move.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// Many lists that live as long as their owner.
///
/// Behaves like a shelf on which one list after the other is put for good; tables point at them; they lie
/// side by side in blocks of memory, at first each twice as large as the one before, so that millions are
/// given back in a moment and every byte is counted. For one thread at a time, but what is there may be read
/// meanwhile.
template <class T>
class Lists {
  public:
    /// A list: its length, with the values behind it.
    class List {
      public:
        std::span<const T> items() const noexcept { return {reinterpret_cast<const T*>(this + 1), size_}; }
        std::span<T> items() noexcept { return {reinterpret_cast<T*>(this + 1), size_}; }

      private:
        friend Lists;
        explicit List(std::size_t size) noexcept : size_(size) {}
        std::size_t size_;
    };

    explicit Lists(Meter& meter) noexcept : tally_(meter) {}

    /// Room for so many values, all zero. Throws Stopped where memory is spent.
    List& make(std::size_t size) {
        const auto units = 1 + (size * sizeof(T) + sizeof(Unit) - 1) / sizeof(Unit);
        if (units > static_cast<std::size_t>(end_ - free_)) {
            const auto wanted = std::max(units, next_);
            tally_.take(wanted * sizeof(Unit));
            auto& fresh = blocks_.emplace_back(wanted);
            free_ = fresh.begin();
            end_ = fresh.end();
            next_ = std::min(next_ * 2, most);
        }
        auto* const made = new (free_) List(size);
        free_ += units;
        return *made;
    }
    /// A copy of the values.
    const List& keep(std::span<const T> values) {
        auto& made = make(values.size());
        std::ranges::copy(values, made.items().begin());
        return made;
    }

  private:
    using Unit = std::size_t;
    static_assert(alignof(T) <= alignof(Unit) && sizeof(List) == sizeof(Unit));
    static constexpr std::size_t least = 1u << 9, most = 1u << 15;

    Tally tally_;
    std::vector<Region<Unit>> blocks_;
    Unit *free_ = nullptr, *end_ = nullptr;
    std::size_t next_ = least;  ///< how many units the next block has
};

}  // namespace fabula
