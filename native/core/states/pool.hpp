// Records, each once: a set that numbers its members.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

#include "core/base/flat_map.hpp"
#include "core/base/pages.hpp"

namespace fabula {

/// Interned records of one size.
///
/// Behaves like a set that numbers its members; States uses one for bodies and one for each level of minds;
/// records lie in pages that never move, and tables of numbers, each behind its gate, find them by content.
template <class Unit>
class Pool {
  public:
    static constexpr std::uint32_t most = (1u << 28) - 1;
    struct Found {
        std::uint32_t at;
        bool fresh;
    };

    Pool(std::size_t size, Meter& meter)
        : size_of_record_(size), meter_(meter), pages_(size, &meter), flags_(1, &meter) {
        for (auto& part : parts_) part.slots = Region<Slot>(64);
    }
    ~Pool() {
        for (auto& part : parts_) meter_.give_back((part.slots.size() - 64) * sizeof(Slot));
    }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    Found intern(const Unit* record) {
        const auto h = hash(record);
        const auto tag = static_cast<std::uint32_t>(h);
        auto& part = parts_[h >> shift];
        const Gate::Pass pass(part.gate, meter_.shared());
        if ((part.size + 1) * 4 > part.slots.size() * 3) grow(part);
        const auto mask = part.slots.size() - 1;
        for (auto at = tag & mask;; at = (at + 1) & mask) {
            auto& slot = part.slots[at];
            if (slot.next == 0) {
                const auto made = append(record);
                slot = {tag, made + 1};
                ++part.size;
                return {made, true};
            }
            if (slot.tag == tag && same(record, pages_.at(slot.next - 1))) return {slot.next - 1, false};
        }
    }
    /// Add a record that is never found again.
    void add(const Unit* record) { settle(append(record)); }
    const Unit* at(std::uint32_t at) const noexcept { return pages_.at(at); }
    std::uint32_t size() const noexcept { return size_.load(std::memory_order_relaxed); }
    bool settled(std::uint32_t at) const noexcept { return flags_.at(at)->load(std::memory_order_relaxed); }
    void settle(std::uint32_t at) noexcept { flags_.at(at)->store(1, std::memory_order_relaxed); }

  private:
    static constexpr int shift = 60;
    struct Slot {
        std::uint32_t tag;  ///< the low half of its hash: where it belongs, however large the table, and what
                            ///< tells most apart
        std::uint32_t next;  ///< the number of the record, plus one; 0 where there is none
    };
    struct Part {
        Gate gate;
        Region<Slot> slots;
        std::size_t size = 0;
    };

    std::uint64_t hash(const Unit* record) const noexcept {
        std::uint64_t h = 0x9E3779B97F4A7C15ULL;
        for (std::size_t i = 0; i < size_of_record_; ++i) {
            h = (h ^ static_cast<std::uint64_t>(record[i])) * 0x9FB21C651E98DF25ULL;
            h ^= h >> 32;
        }
        return scatter(h);
    }

    /// Records are some words long: a loop is sooner done than a call.
    bool same(const Unit* one, const Unit* other) const noexcept {
        for (std::size_t i = 0; i < size_of_record_; ++i)
            if (one[i] != other[i]) return false;
        return true;
    }

    std::uint32_t append(const Unit* record) {
        const auto made = size_.load(std::memory_order_relaxed);
        if (made >= most - 64) throw Stopped(Stop::memory);
        const auto at = size_.fetch_add(1, std::memory_order_relaxed);
        pages_.reach(at);
        flags_.reach(at);
        std::memcpy(pages_.at(at), record, size_of_record_ * sizeof(Unit));
        return at;
    }

    void grow(Part& part) {
        meter_.take(part.slots.size() * sizeof(Slot));
        Region<Slot> old(part.slots.size() * 2);
        old.swap(part.slots);
        const auto mask = part.slots.size() - 1;
        for (const auto& slot : old) {
            if (slot.next == 0) continue;
            auto at = slot.tag & mask;
            while (part.slots[at].next != 0) at = (at + 1) & mask;
            part.slots[at] = slot;
        }
    }

    std::size_t size_of_record_;
    Meter& meter_;
    Pages<Unit> pages_;
    Pages<std::atomic<std::uint8_t>> flags_;
    std::array<Part, 1u << (64 - shift)> parts_;
    std::atomic<std::uint32_t> size_{0};
};

}  // namespace fabula
