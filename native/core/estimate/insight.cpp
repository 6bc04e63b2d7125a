// One layer of minds.
#include "core/estimate/insight.hpp"

#include <algorithm>

namespace fabula {

std::uint32_t Insight::spot(NodeId node) {
    auto& number = spots_[static_cast<std::uint64_t>(node)];
    if (!number) {
        known_.emplace_back();
        tally_.take(sizeof(Spot));
        number = static_cast<std::uint32_t>(known_.size());
    }
    return number - 1;
}

int Insight::measure(NodeId node, int cap) {
    const auto top = minds_.cut(node, level_);
    const auto body = distance_.body(minds_.store(), top);
    int steps = distance_.measure(aim_, body, cap);
    if (steps > cap) return steps;
    const auto at = spot(top);
    steps = std::max<int>(steps, known_[at].least);
    for (; steps <= cap && steps < Distance::never && !spent(); ++steps)
        if (within(top, body, steps)) return steps;
    return std::max<int>(distance_.measure(aim_, body, cap), known_[at].least);
}

int Insight::measure(NodeId node, ActId act, int cap) {
    const auto top = minds_.cut(node, level_);
    const auto at = spot(top);
    if (!known_[at].expanded) expand(at, top, distance_.body(minds_.store(), top));
    const auto& edges = known_[at].edges;
    const auto edge = std::ranges::lower_bound(edges, act, {}, &Edge::act) - edges.begin();
    const auto to = follow(at, top, static_cast<std::size_t>(edge));
    return to == closed ? Distance::never : measure(to, cap);
}

bool Insight::within(NodeId node, BodyId body, int steps) {
    if (distance_.measure(aim_, body, steps) > steps) return false;
    const auto at = spot(node);
    if (known_[at].most <= steps) return true;
    if (known_[at].least > steps) return false;
    if (known_[at].least == 0) {
        if (reached(node)) {
            known_[at].most = 0;
            return true;
        }
        known_[at].least = 1;
    }
    if (steps == 0) return false;
    if (!known_[at].expanded) expand(at, node, body);
    const auto edges = known_[at].edges.size();
    for (std::size_t tried = 0; tried < edges; ++tried) {
        const auto i = backwards_ ? edges - 1 - tried : tried;
        const auto after = known_[at].edges[i].body;
        if (distance_.measure(aim_, after, steps - 1) > steps - 1) continue;
        const auto to = follow(at, node, i);
        if (to == node || to == closed) continue;
        if (within(to, after, steps - 1)) {
            known_[at].most = static_cast<std::uint8_t>(steps);
            return true;
        }
        if (spent()) return false;
    }
    known_[at].least = static_cast<std::uint8_t>(steps + 1);
    return false;
}

void Insight::expand(std::uint32_t at, NodeId node, BodyId body) {
    minds_.possible(node, possible_);
    std::vector<Edge> edges;
    edges.reserve(possible_.size());
    for (const auto act : possible_) edges.push_back({act, distance_.after(body, act), unasked});
    tally_.take(possible_.size() * sizeof(Edge));
    // All or nothing: the search may be stopped anywhere above.
    known_[at].edges = std::move(edges);
    known_[at].expanded = true;
}

NodeId Insight::follow(std::uint32_t at, NodeId node, std::size_t edge) {
    auto& found = known_[at].edges[edge];
    if (found.to != unasked) return found.to;
    ++made_;
    const auto& consenting = minds_.laws().acts[index(found.act)].consenting;
    const auto hope = [&](CharacterId who) { return hopes(who, minds_.mind(node, who), found.act); };
    const auto to = std::ranges::all_of(consenting, hope) ? minds_.after(node, found.act) : closed;
    return found.to = Minds::broken(to) ? closed : to;
}

bool Insight::reached(NodeId node) {
    const auto value = minds_.author_worth(node);
    return aim_.strict ? value > aim_.value : value >= aim_.value;
}

Insight::Hope& Insight::hope(CharacterId who, NodeId mind) {
    auto& known = hopes_[(static_cast<std::uint64_t>(mind) << 8) | static_cast<std::uint64_t>(who)];
    if (known.distance) return known;
    const auto worth = minds_.worth(mind, who);
    auto& distance = estimates_.of(static_cast<int>(who));
    known.body = distance.body(minds_.store(), mind);
    if (!is_unknown(worth)) known.aim = &distance.aim(worth, true);
    known.distance = &distance;  // last: until then it is not known, should the search be stopped
    return known;
}

bool Insight::hopes(CharacterId who, NodeId mind, ActId act) {
    if (!minds_.possible(mind, act)) return false;
    const auto& seen = hope(who, mind);
    if (!seen.aim) return false;
    if (reasons_ < 0) return true;
    const int left = std::max(reasons_, 1) - 1;
    return seen.distance->measure(*seen.aim, seen.distance->after(seen.body, act), left) <= left;
}

bool Insight::forbidden(NodeId node, ActId act) {
    const auto top = minds_.cut(node, level_);
    // What breaks is left out, whoever is willing.
    if (const auto to = minds_.after(top, act); Minds::broken(to)) return true;
    return std::ranges::any_of(minds_.laws().acts[index(act)].consenting, [&](CharacterId who) {
        const auto mind = minds_.mind(top, who);
        if (!minds_.possible(mind, act)) return true;
        const auto& seen = hope(who, mind);
        return !seen.aim || seen.distance->unreachable(*seen.aim, seen.distance->after(seen.body, act));
    });
}

}  // namespace fabula
