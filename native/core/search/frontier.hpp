// What the author has not yet looked at: the most promising act first.
#pragma once

#include <algorithm>
#include <deque>
#include <ranges>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// A priority queue of acts not yet done.
///
/// Behaves like a stack of stacks; Author takes the next act from it; buckets by rank and, within a rank, by
/// distance to the goal; the last put in is the first out. Backwards it gives, of the same rank, what would
/// come last otherwise.
class Frontier {
  public:
    struct Item {
        std::uint32_t parent;
        ActId act;
    };

    explicit Frontier(Meter& meter, bool backwards = false) : meter_(meter), backwards_(backwards) {}
    ~Frontier() { meter_.give_back((size_ + later_.size()) * sizeof(Item)); }
    Frontier(const Frontier&) = delete;
    Frontier& operator=(const Frontier&) = delete;

    void push(int rank, int distance, Item item) {
        if (ranks_.size() <= static_cast<std::size_t>(rank))
            ranks_.resize(static_cast<std::size_t>(rank) + 1);
        auto& distances = ranks_[static_cast<std::size_t>(rank)];
        if (distances.size() <= static_cast<std::size_t>(distance))
            distances.resize(static_cast<std::size_t>(distance) + 1);
        meter_.take(sizeof(Item));
        distances[static_cast<std::size_t>(distance)].push_back(item);
        if (static_cast<std::size_t>(rank) < first_) first_ = static_cast<std::size_t>(rank);
        ++size_;
    }
    bool empty() const noexcept { return size_ == 0; }
    /// The next item stays until drop(): a search that is stopped in its middle loses nothing.
    Item top() {
        const auto full = [](const Bucket& bucket) { return !bucket.empty(); };
        while (true) {
            auto& distances = ranks_[first_];
            if (backwards_) {
                const auto last = std::ranges::find_if(distances | std::views::reverse, full);
                if (last != distances.rend()) return (top_ = &*last)->front();
            } else {
                const auto next = std::ranges::find_if(distances, full);
                if (next != distances.end()) return (top_ = &*next)->back();
            }
            ++first_;
        }
    }
    /// Of the item that top() gave.
    int rank() const noexcept { return static_cast<int>(first_); }
    int distance() const noexcept { return static_cast<int>(top_ - ranks_[first_].data()); }
    /// Only after top(), with nothing pushed in between.
    void drop() {
        backwards_ ? top_->pop_front() : top_->pop_back();
        meter_.give_back(sizeof(Item));
        --size_;
    }
    /// Put off what top() gave, until recall().
    void postpone() {
        const auto item = backwards_ ? top_->front() : top_->back();
        later_.push_back({first_, static_cast<std::size_t>(distance()), item});
        backwards_ ? top_->pop_front() : top_->pop_back();
        --size_;
    }
    /// Whether anything is put off.
    bool waiting() const noexcept { return !later_.empty(); }
    /// Put everything back where it was.
    void recall() {
        for (const auto& [rank, distance, item] : later_ | std::views::reverse) {
            ranks_[rank][distance].push_back(item);
            first_ = std::min(first_, rank);
        }
        size_ += later_.size();
        later_.clear();
    }
    /// Give every item, in no particular order.
    template <class Take>
    void each(const Take& take) const {
        for (const auto& distances : ranks_)
            for (const auto& bucket : distances)
                for (const auto& item : bucket) take(item);
        for (const auto& put_off : later_) take(put_off.item);
    }

  private:
    using Bucket = std::deque<Item>;
    struct PutOff {
        std::size_t rank, distance;
        Item item;
    };

    Meter& meter_;
    bool backwards_;
    std::vector<std::vector<Bucket>> ranks_;
    std::vector<PutOff> later_;
    Bucket* top_ = nullptr;
    std::size_t first_ = 0, size_ = 0;
};

}  // namespace fabula
