// Hash maps for millions of small keys: open addressing, no deletion, no pointers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/budget.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// Spread the bits of a word (the finaliser of MurmurHash3, Appleby 2011).
constexpr std::uint64_t scatter(std::uint64_t x) noexcept {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

struct Hash64 {
    std::uint64_t operator()(std::uint64_t key) const noexcept { return scatter(key); }
};

/// A map from plain keys to plain values.
///
/// Behaves like a hash map that only grows; searches number their places with it; it probes linearly in one
/// array whose load stays under 3/4, and reports its bytes to the meter.
template <class Key, class Value, class Hash = Hash64>
class FlatMap {
  public:
    explicit FlatMap(Meter& meter) : meter_(meter) {}
    ~FlatMap() { meter_.give_back(slots_.bytes()); }
    FlatMap(const FlatMap&) = delete;
    FlatMap& operator=(const FlatMap&) = delete;

    const Value* find(const Key& key) const noexcept {
        if (!slots_.size()) return nullptr;
        for (auto at = first(key);; at = (at + 1) & mask()) {
            if (!slots_[at].used) return nullptr;
            if (slots_[at].key == key) return &slots_[at].value;
        }
    }

    /// The value of the key, a default one if it is new. Valid until the next insertion.
    Value& operator[](const Key& key) {
        if ((size_ + 1) * 4 > slots_.size() * 3) grow();
        auto& slot = place(key);
        if (!slot.used) {
            slot = {key, Value{}, true};
            ++size_;
        }
        return slot.value;
    }

    std::size_t size() const noexcept { return size_; }

  private:
    struct Slot {
        Key key;
        Value value;
        bool used;
    };

    std::size_t mask() const noexcept { return slots_.size() - 1; }
    /// Where a key is looked for first.
    std::size_t first(const Key& key) const noexcept {
        const auto hash = Hash{}(key);
        return hash & mask();
    }

    Slot& place(const Key& key) noexcept {
        auto at = first(key);
        while (slots_[at].used && !(slots_[at].key == key)) at = (at + 1) & mask();
        return slots_[at];
    }

    void grow() {
        const auto wanted = slots_.size() ? slots_.size() * 2 : 64;
        meter_.take(wanted * sizeof(Slot));
        Region<Slot> old(wanted);
        old.swap(slots_);
        for (const auto& slot : old)
            if (slot.used) place(slot.key) = slot;
        meter_.give_back(old.bytes());
    }

    Meter& meter_;
    Region<Slot> slots_;
    std::size_t size_ = 0;
};

}  // namespace fabula
