// What a question has looked at, as it is kept until somebody wants to see it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"

namespace fabula {

/// A state that courses of events lead to; `open`: what follows was not looked at, or not to the end.
struct Spot {
    NodeId node{};
    int depth = 0;
    std::int64_t before = -1;
    ActId act{};
    std::vector<std::pair<ActId, std::uint32_t>> turns;
    std::vector<ActId> refused;
    bool open = true;
};

/// A state of the story and how many beats it has met on the way.
struct Place {
    NodeId node;
    std::uint32_t beats;
    bool operator==(const Place&) const = default;
    auto operator<=>(const Place&) const = default;
};

/// What one walk has visited: each place with its parent; the first is the start.
struct Tree {
    struct Visit {
        Place place;
        std::uint32_t parent;
        ActId act;
        int depth;
    };
    std::vector<Visit> visits;
    std::vector<bool> open;  ///< where what follows was not looked at to the end
};

/// The spots of a look around, with the conditions that were asked about, or, of a search, the trees that it
/// has visited within the limits that were asked for; and the stories that it has found, each a tree with one
/// branch.
struct Seen {
    std::vector<Spot> spots;
    std::vector<Tree> trees, stories;
    std::vector<TestId> conditions;
};

/// Put the trees and stories of a search together as spots, in order of depth, each with a shortest course to
/// it. What has been visited more than once is one spot, from where all turns lead on that were taken.
void join(Seen& seen);

}  // namespace fabula
