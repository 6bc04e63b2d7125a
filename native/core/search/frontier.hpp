// What the author has not yet looked at: the most promising act first.
#pragma once

#include <algorithm>
#include <ranges>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// A priority queue of acts not yet done.
///
/// Behaves like a stack of stacks; Author takes the next act from it; buckets by rank and, within a rank, by
/// distance to the goal; the last put in is the first out.
class Frontier {
  public:
    struct Item {
        std::uint32_t parent;
        ActId act;
    };

    explicit Frontier(Meter& meter) : meter_(meter) {}
    ~Frontier() { meter_.give_back((size_ + later_.size()) * sizeof(Item)); }
    Frontier(const Frontier&) = delete;
    Frontier& operator=(const Frontier&) = delete;

    void push(int rank, int distance, Item item) {
        const Gate::Pass pass(gate_, meter_.shared());
        if (ranks_.size() <= static_cast<std::size_t>(rank))
            ranks_.resize(static_cast<std::size_t>(rank) + 1);
        auto& distances = ranks_[static_cast<std::size_t>(rank)];
        if (distances.size() <= static_cast<std::size_t>(distance))
            distances.resize(static_cast<std::size_t>(distance) + 1);
        meter_.take(sizeof(Item));
        distances[static_cast<std::size_t>(distance)].items.push_back(item);
        if (static_cast<std::size_t>(rank) < first_) first_ = static_cast<std::size_t>(rank);
        ++size_;
    }
    bool empty() const noexcept { return size_ == 0; }
    /// The next item stays until drop(): a search that is stopped in its middle loses nothing.
    Item top() {
        const Gate::Pass pass(gate_, meter_.shared());
        while (true) {
            for (auto& bucket : ranks_[first_])
                if (!bucket.items.empty()) {
                    top_ = &bucket;
                    return bucket.items.back();
                }
            ++first_;
        }
    }
    /// Only after top(), with nothing pushed in between.
    void drop() {
        const Gate::Pass pass(gate_, meter_.shared());
        top_->items.pop_back();
        top_->ahead = std::min(top_->ahead, top_->items.size());
        meter_.give_back(sizeof(Item));
        --size_;
    }
    /// Put off what top() gave, until recall().
    void postpone() {
        const Gate::Pass pass(gate_, meter_.shared());
        later_.push_back(
            {first_, static_cast<std::size_t>(top_ - ranks_[first_].data()), top_->items.back()});
        top_->items.pop_back();
        top_->ahead = std::min(top_->ahead, top_->items.size());
        --size_;
    }
    /// Whether anything is put off.
    bool waiting() const noexcept { return !later_.empty(); }
    /// Put everything back where it was.
    void recall() {
        const Gate::Pass pass(gate_, meter_.shared());
        for (const auto& [rank, distance, item] : later_ | std::views::reverse) {
            ranks_[rank][distance].items.push_back(item);
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
                for (const auto& item : bucket.items) take(item);
        for (const auto& put_off : later_) take(put_off.item);
    }
    /// For a helper: up to so many items that nobody has looked at ahead of their turn, each only once; those
    /// whose turn comes last among the most promising.
    void ahead(std::size_t most, std::vector<Item>& found) {
        found.clear();
        const Gate::Pass pass(gate_, meter_.shared());
        for (auto rank = first_; rank < ranks_.size(); ++rank)
            for (auto& bucket : ranks_[rank] | std::views::reverse) {
                while (bucket.ahead < bucket.items.size() && found.size() < most)
                    found.push_back(bucket.items[bucket.ahead++]);
                if (found.size() == most) return;
            }
    }

  private:
    struct Bucket {
        std::vector<Item> items;
        std::size_t ahead = 0;  ///< how many of them a helper has taken
    };

    struct PutOff {
        std::size_t rank, distance;
        Item item;
    };

    Meter& meter_;
    Gate gate_;
    std::vector<std::vector<Bucket>> ranks_;
    std::vector<PutOff> later_;
    Bucket* top_ = nullptr;
    std::size_t first_ = 0, size_ = 0;
};

}  // namespace fabula
