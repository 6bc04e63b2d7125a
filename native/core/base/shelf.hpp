// The slots of a hash table that some threads read while one makes it larger.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// Slots, all zero at first, and the gate before whoever writes.
///
/// Behaves like an array that is now and then replaced by one of twice its size; Shelves stand side by side;
/// who reads passes no gate and may see the array before the newest, so old ones are kept while there are
/// several threads. It has lines of the cache to itself.
template <class Slot>
class alignas(64) Shelf {
  public:
    using Slots = Region<Slot>;

    explicit Shelf(Meter& meter) noexcept : meter_(meter) {}
    ~Shelf() { meter_.give_back(taken_); }
    Shelf(const Shelf&) = delete;
    Shelf& operator=(const Shelf&) = delete;

    /// None before it has grown for the first time.
    Slots* slots() const noexcept { return newest_.load(std::memory_order_acquire); }
    /// What follows is for one thread at a time: the one that holds this.
    [[nodiscard]] Gate::Pass pass() noexcept { return Gate::Pass(gate_, meter_.shared()); }
    /// Whether one more would fill it to more than three quarters.
    bool full() const noexcept { return !slots() || (used_ + 1) * 4 > slots()->size() * 3; }
    /// One more slot is in use.
    void use() noexcept { ++used_; }
    /// `fill` copies what is in the old slots, if there are any, to the new ones before anybody sees them.
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
    std::atomic<Slots*> newest_{nullptr};
    Gate gate_;
    std::size_t used_ = 0;
    std::uint64_t taken_ = 0;
    std::vector<std::unique_ptr<Slots>> all_;
};

/// Shelves side by side.
///
/// Behaves like one large hash table in parts; Memo and Pool look things up in it; threads that write seldom
/// meet, and no part is ever large to copy when it grows.
template <class Slot>
class Shelves {
  public:
    explicit Shelves(Meter& meter) {
        for (auto& part : parts_) part.emplace(meter);
    }
    /// Where a hash belongs.
    Shelf<Slot>& of(std::uint64_t hash) noexcept { return *parts_[hash >> shift]; }
    const Shelf<Slot>& of(std::uint64_t hash) const noexcept { return *parts_[hash >> shift]; }

  private:
    static constexpr int shift = 60;
    std::array<std::optional<Shelf<Slot>>, 1u << (64 - shift)> parts_;
};

}  // namespace fabula
