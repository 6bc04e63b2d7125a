// The slots of a hash table that some threads read while one makes it larger.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// Slots, all zero at first.
///
/// Behaves like an array that is now and then replaced by one of twice its size; Memo and Pool look things up
/// in it; who reads passes no gate and may see the array before the newest, so old ones are kept while there
/// are several threads.
template <class Slot>
class Shelf {
  public:
    using Slots = Region<Slot>;

    explicit Shelf(Meter& meter) noexcept : meter_(meter) {}
    ~Shelf() { meter_.give_back(taken_); }
    Shelf(const Shelf&) = delete;
    Shelf& operator=(const Shelf&) = delete;

    /// None before it has grown for the first time.
    Slots* slots() const noexcept { return newest_.load(std::memory_order_acquire); }
    /// For one thread at a time. `fill` copies what is in the old slots, if there are any, to the new ones
    /// before anybody sees them.
    template <class Fill>
    Slots& grow(const Fill& fill) {
        constexpr std::size_t least = 64;
        auto* const old = slots();
        const auto wanted = old ? old->size() * 2 : least;
        meter_.take(wanted * sizeof(Slot));
        taken_ += wanted * sizeof(Slot);
        auto fresh = std::make_unique<Slots>(wanted);
        fresh->touch();
        if (old) fill(*old, *fresh);
        all_.push_back(std::move(fresh));
        newest_.store(all_.back().get(), std::memory_order_release);
        if (!meter_.shared()) forget_old();
        return *all_.back();
    }

  private:
    void forget_old() noexcept {
        for (; all_.size() > 1; all_.erase(all_.begin())) {
            meter_.give_back(all_.front()->bytes());
            taken_ -= all_.front()->bytes();
        }
    }

    Meter& meter_;
    std::uint64_t taken_ = 0;
    std::atomic<Slots*> newest_{nullptr};
    std::vector<std::unique_ptr<Slots>> all_;
};

}  // namespace fabula
