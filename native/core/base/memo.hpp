// Answers that are remembered for all threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/base/flat_map.hpp"
#include "core/base/shelf.hpp"

namespace fabula {

/// What is remembered of questions that were answered.
///
/// Behaves like a map that gives copies; minds and motives remember in it; its Shelves are written behind
/// gates and read without: who reads meanwhile may miss what has just been written, and finds it out again.
template <class Key, class Value, class Hash = Hash64>
class Memo {
  public:
    explicit Memo(Meter& meter) : shelves_(meter) {}

    std::optional<Value> find(const Key& key) const {
        const auto hash = Hash{}(key);
        auto* const slots = shelves_.of(hash).slots();
        const auto* slot = slots ? find(*slots, key, hash) : nullptr;
        return slot ? std::optional<Value>(slot->value.load(std::memory_order_acquire)) : std::nullopt;
    }
    void put(const Key& key, const Value& value) {
        const auto store = [&](std::atomic<Value>& slot) { slot.store(value, std::memory_order_release); };
        change(key, store, store);
    }
    /// Keep the larger of the value there and this one.
    void raise(const Key& key, const Value& value) {
        const auto raise = [&](std::atomic<Value>& slot) {
            if (slot.load(std::memory_order_relaxed) < value) slot.store(value, std::memory_order_relaxed);
        };
        change(key, raise, raise);
    }

    /// The value of the key; `make` is called for it, by one thread at a time for each part of the table, if
    /// there is none.
    template <class Make>
    Value find_or_put(const Key& key, const Make& make) {
        if (const auto known = find(key)) return *known;
        Value value{};
        change(
            key, [&](std::atomic<Value>& found) { value = found.load(std::memory_order_relaxed); },
            [&](std::atomic<Value>& fresh) { fresh.store(value = make(), std::memory_order_relaxed); });
        return value;
    }

  private:
    struct Slot {
        Key key;
        std::atomic<Value> value;
        std::atomic<bool> used;  ///< set last
    };
    static_assert(std::atomic<Value>::is_always_lock_free);
    using Slots = Region<Slot>;

    static Slot* find(Slots& slots, const Key& key, std::uint64_t hash) noexcept {
        const auto mask = slots.size() - 1;
        for (auto at = hash & mask;; at = (at + 1) & mask) {
            if (!slots[at].used.load(std::memory_order_acquire)) return nullptr;
            if (slots[at].key == key) return &slots[at];
        }
    }
    /// Where a new key belongs.
    static Slot& place(Slots& slots, std::uint64_t hash) noexcept {
        const auto mask = slots.size() - 1;
        auto at = hash & mask;
        while (slots[at].used.load(std::memory_order_relaxed)) at = (at + 1) & mask;
        return slots[at];
    }
    static void copy(const Slots& from, Slots& to) noexcept {
        for (const auto& slot : from) {
            if (!slot.used.load(std::memory_order_relaxed)) continue;
            auto& made = place(to, Hash{}(slot.key));
            made.key = slot.key;
            made.value.store(slot.value.load(std::memory_order_relaxed), std::memory_order_relaxed);
            made.used.store(true, std::memory_order_relaxed);
        }
    }
    /// `set` what is new, in a zeroed slot, and `change` what is there.
    template <class Change, class Set>
    void change(const Key& key, const Change& change, const Set& set) {
        const auto hash = Hash{}(key);
        auto& shelf = shelves_.of(hash);
        const auto pass = shelf.pass();
        auto* slots = shelf.slots();
        if (auto* const known = slots ? find(*slots, key, hash) : nullptr) return change(known->value);
        if (shelf.full()) slots = &shelf.grow(copy);
        auto& slot = place(*slots, hash);
        slot.key = key;
        set(slot.value);
        slot.used.store(true, std::memory_order_release);
        shelf.use();
    }

    Shelves<Slot> shelves_;
};

}  // namespace fabula
