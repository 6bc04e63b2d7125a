// What the author has not yet looked at: the most promising act first.
#pragma once

#include <deque>
#include <iterator>
#include <limits>
#include <map>
#include <ranges>
#include <utility>
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
        meter_.take(sizeof(Item));
        put({rank, distance}, item);
    }
    bool empty() const noexcept { return size_ == 0; }
    /// The next item stays until drop(): a search that is stopped in its middle loses nothing.
    Item top() {
        top_ = buckets_.begin();
        if (!backwards_) return top_->second.back();
        top_ = std::prev(buckets_.upper_bound({rank(), std::numeric_limits<int>::max()}));
        return top_->second.front();
    }
    /// Of the item that top() gave.
    int rank() const noexcept { return top_->first.first; }
    int distance() const noexcept { return top_->first.second; }
    /// Take away what top() gave, before anything is pushed.
    void drop() {
        take_out();
        meter_.give_back(sizeof(Item));
    }
    /// Put off what top() gave, until recall().
    void postpone() {
        const auto key = top_->first;
        later_.push_back({key, take_out()});
    }
    /// Whether anything is put off.
    bool waiting() const noexcept { return !later_.empty(); }
    /// Put everything back where it was.
    void recall() {
        for (const auto& [key, item] : later_ | std::views::reverse) put(key, item);
        later_.clear();
    }
    /// Give every item, in no particular order.
    template <class Take>
    void each(const Take& take) const {
        for (const auto& [key, bucket] : buckets_)
            for (const auto& item : bucket) take(item);
        for (const auto& [key, item] : later_) take(item);
    }

  private:
    using Key = std::pair<int, int>;  ///< rank, distance
    using Bucket = std::deque<Item>;  ///< never empty

    void put(Key key, Item item) {
        buckets_[key].push_back(item);
        ++size_;
    }
    Item take_out() {
        auto& bucket = top_->second;
        const auto item = backwards_ ? bucket.front() : bucket.back();
        backwards_ ? bucket.pop_front() : bucket.pop_back();
        if (bucket.empty()) buckets_.erase(top_);
        --size_;
        return item;
    }

    Meter& meter_;
    bool backwards_;
    std::map<Key, Bucket> buckets_;
    std::vector<std::pair<Key, Item>> later_;
    std::map<Key, Bucket>::iterator top_{};
    std::size_t size_ = 0;
};

}  // namespace fabula
