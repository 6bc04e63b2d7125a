// What the author has not yet looked at: the most promising act first.
#pragma once

#include <vector>

#include "core/base/budget.hpp"
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
        while (true) {
            for (auto& bucket : ranks_[first_])
                if (!bucket.empty()) {
                    top_ = &bucket;
                    return bucket.back();
                }
            ++first_;
        }
    }
    /// Only after top(), with nothing pushed in between.
    void drop() {
        top_->pop_back();
        meter_.give_back(sizeof(Item));
        --size_;
    }

  private:
    Meter& meter_;
    std::vector<std::vector<std::vector<Item>>> ranks_;
    std::vector<Item>* top_ = nullptr;
    std::size_t first_ = 0, size_ = 0;
};

}  // namespace fabula
