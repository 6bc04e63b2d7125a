// Putting trees together.
#include "core/search/seen.hpp"

#include <algorithm>
#include <unordered_map>

namespace fabula {
namespace {

/// Spots as they are met in one tree after the other.
class Merging {
  public:
    void add(const Tree& tree) {
        for (std::size_t at = 0; at < tree.visits.size(); ++at) {
            const auto& visit = tree.visits[at];
            const auto here = number(visit.place.node);
            spots_[here].open &= tree.open[at];  // one walk that has looked at all that follows is enough
            if (at > 0) turn(number(tree.visits[visit.parent].place.node), visit.act, here);
        }
    }
    std::vector<Spot> spots() && { return std::move(spots_); }

  private:
    std::uint32_t number(NodeId node) {
        const auto [found, fresh] = numbers_.try_emplace(node, static_cast<std::uint32_t>(spots_.size()));
        if (fresh) spots_.emplace_back().node = node;
        return found->second;
    }
    void turn(std::uint32_t from, ActId act, std::uint32_t to) {
        auto& turns = spots_[from].turns;
        const auto at = std::ranges::lower_bound(turns, std::pair(act, to));
        if (at == turns.end() || *at != std::pair(act, to)) turns.emplace(at, act, to);
    }

    std::unordered_map<NodeId, std::uint32_t> numbers_;
    std::vector<Spot> spots_;
};

/// Number places anew, in order of depth, each with a shortest course to it.
std::vector<Spot> in_order(std::vector<Spot> spots) {
    if (spots.empty()) return spots;
    std::vector<std::uint32_t> order{0};
    std::vector<std::int64_t> fresh(spots.size(), -1);
    fresh[0] = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const auto& from = spots[order[at]];
        for (const auto& [act, to] : from.turns) {
            if (fresh[to] >= 0) continue;
            fresh[to] = static_cast<std::int64_t>(order.size());
            order.push_back(to);
            spots[to].depth = from.depth + 1;
            spots[to].before = static_cast<std::int64_t>(at);
            spots[to].act = act;
        }
    }
    std::vector<Spot> made;
    for (const auto old : order) {
        made.push_back(std::move(spots[old]));
        for (auto& [act, to] : made.back().turns) to = static_cast<std::uint32_t>(fresh[to]);
    }
    return made;
}

}  // namespace

void join(Seen& seen) {
    Merging merging;
    for (const auto& tree : seen.trees) merging.add(tree);
    for (const auto& story : seen.stories) merging.add(story);
    seen.trees.clear();
    seen.spots = in_order(std::move(merging).spots());
}

}  // namespace fabula
