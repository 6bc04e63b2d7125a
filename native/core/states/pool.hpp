// Records, each once: a set that numbers its members.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>

#include "core/base/flat_map.hpp"
#include "core/base/pages.hpp"
#include "core/base/shelf.hpp"

namespace fabula {

/// Interned records of one size.
///
/// Behaves like a set that numbers its members; States uses one for bodies and one for each level of minds;
/// records lie in pages that never move, and tables of numbers, written behind gates and read without, find
/// them by content.
template <class Unit>
class Pool {
  public:
    static constexpr std::uint32_t most = (1u << 28) - 1;
    struct Found {
        std::uint32_t at;
        bool fresh;
    };

    Pool(std::size_t size, Meter& meter)
        : size_of_record_(size), meter_(meter), pages_(size, &meter), flags_(1, &meter), shelves_(meter) {}
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    Found intern(const Unit* record) {
        const auto h = hash(record);
        auto& shelf = shelves_.of(h);
        auto* slots = shelf.slots();
        Spot at{};
        if (slots) at = find(*slots, record, h);
        if (at.slot) return {number(at.slot), false};
        const auto pass = shelf.pass();
        slots = shelf.slots();
        const bool full = shelf.full();
        if (full) slots = &shelf.grow(copy);
        if (full || meter_.shared()) at = find(*slots, record, h);
        if (at.slot) return {number(at.slot), false};  // another thread has been quicker
        const auto made = append(record);
        (*slots)[at.place].store((h << 32) | (made + 1), std::memory_order_release);
        shelf.use();
        return {made, true};
    }
    /// Add a record that is never found again.
    void add(const Unit* record) { settle(append(record)); }
    const Unit* at(std::uint32_t at) const noexcept { return pages_.at(at); }
    std::uint32_t size() const noexcept { return size_.load(std::memory_order_relaxed); }
    bool settled(std::uint32_t at) const noexcept { return flags_.at(at)->load(std::memory_order_relaxed); }
    void settle(std::uint32_t at) noexcept { flags_.at(at)->store(1, std::memory_order_relaxed); }

  private:
    /// In its high half the low one of the hash, which says where it belongs, however large the table, and
    /// tells most apart; in its low half the number of the record, plus one. 0: there is none.
    using Slot = std::atomic<std::uint64_t>;
    using Slots = Region<Slot>;
    /// Where a record is, and its slot; 0 where it should be put.
    struct Spot {
        std::size_t place = 0;
        std::uint64_t slot = 0;
    };

    static std::uint32_t number(std::uint64_t slot) noexcept { return static_cast<std::uint32_t>(slot) - 1; }
    Spot find(const Slots& slots, const Unit* record, std::uint64_t hash) const noexcept {
        const auto mask = slots.size() - 1;
        const auto tag = hash & 0xffffffff;
        for (auto at = tag & mask;; at = (at + 1) & mask) {
            const auto slot = slots[at].load(std::memory_order_acquire);
            if (slot == 0 || (slot >> 32 == tag && same(record, pages_.at(number(slot))))) return {at, slot};
        }
    }
    static void copy(const Slots& from, Slots& to) noexcept {
        const auto mask = to.size() - 1;
        for (const auto& old : from) {
            const auto slot = old.load(std::memory_order_relaxed);
            if (slot == 0) continue;
            auto at = (slot >> 32) & mask;
            while (to[at].load(std::memory_order_relaxed)) at = (at + 1) & mask;
            to[at].store(slot, std::memory_order_relaxed);
        }
    }

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

    std::size_t size_of_record_;
    Meter& meter_;
    Pages<Unit> pages_;
    Pages<std::atomic<std::uint8_t>> flags_;
    Shelves<Slot> shelves_;
    std::atomic<std::uint32_t> size_{0};
};

}  // namespace fabula
