// Depth first through all stories.
#include "core/search/every.hpp"

#include <algorithm>

namespace fabula {

/// The number of the place among those written down.
std::uint32_t Every::visit(Place place, std::uint32_t parent) {
    if (!tree_) return 0;
    const auto act = plan_.empty() ? ActId{} : plan_.back();
    tree_->visits.push_back({place, parent, act, static_cast<int>(plan_.size())});
    tree_->open.push_back(true);
    return static_cast<std::uint32_t>(tree_->visits.size() - 1);
}

void Every::walk(Place place, const std::vector<Place>& shadows, std::uint32_t parent) {
    const auto here = visit(place, parent);
    if (!plan_.empty() && author_.told(place) && !superfluous(place, shadows)) told_(plan_);
    const int done = static_cast<int>(plan_.size());
    const int room = acts_ < 0 ? 200 : acts_ - done;
    if (room == 0 || author_.measure(place.node, room) > room) {
        author_.leave(place.node);
        return;
    }
    for (std::uint32_t a = 0; a < minds_.laws().acts.size(); ++a) {
        const ActId act{a};
        if (!minds_.possible(place.node, act)) continue;
        author_.visit();
        if (!author_.willing(place.node, act)) continue;
        const auto next = author_.after(place, act);
        const auto more = lengthened(place, shadows, act);
        if (std::ranges::binary_search(more, next)) continue;
        plan_.push_back(act);
        walk(next, more, here);
        plan_.pop_back();
    }
    if (tree_) tree_->open[here] = false;
}

std::vector<Place> Every::lengthened(Place place, const std::vector<Place>& shadows, ActId act) {
    auto found = shadows;
    found.push_back(place);
    for (const auto& shadow : shadows)
        if (minds_.possible(shadow.node, act) && author_.willing(shadow.node, act))
            found.push_back(author_.after(shadow, act));
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

bool Every::superfluous(Place place, const std::vector<Place>& shadows) const {
    const auto worth = minds_.author_worth(place.node);
    return std::ranges::any_of(shadows, [&](const Place& shadow) {
        return shadow.beats == place.beats && minds_.author_worth(shadow.node) == worth;
    });
}

}  // namespace fabula
