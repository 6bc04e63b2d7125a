// One layer of minds.
#include "core/estimate/insight.hpp"

#include <algorithm>
#include <utility>

namespace fabula {

std::uint32_t Insight::Memory::number(NodeId node) {
    const auto key = static_cast<std::uint64_t>(node);
    if (const auto known = numbers.find(key)) return *known;
    const Gate::Pass pass(gate, true);
    if (const auto known = numbers.find(key)) return *known;  // another thread has been quicker
    edges.reach(states);
    numbers.put(key, states);
    return states++;
}

Insight::Edges& Insight::Memory::keep(std::uint32_t at, Edges made) {
    const Gate::Pass pass(gate, true);
    if (auto* const known = edges.at(at)->load(std::memory_order_relaxed)) return *known;
    tally.take(made.size() * sizeof(Edge) + sizeof(Edges));
    auto& kept = lists.emplace_back(std::move(made));
    edges.at(at)->store(&kept, std::memory_order_release);
    return kept;
}

std::uint32_t Insight::spot(NodeId node) {
    const auto at = memory_->number(node);
    if (at >= known_.size()) {
        const auto wanted = std::max<std::size_t>(at + 1, known_.size() * 2);
        tally_.take((wanted - known_.size()) * sizeof(Spot));
        known_.resize(wanted);
    }
    return at;
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
    auto& known = edges(spot(top), top, distance_.body(minds_.store(), top));
    const auto to = follow(top, *std::ranges::lower_bound(known, act, {}, &Edge::act));
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
    auto& acts = edges(at, node, body);
    for (std::size_t tried = 0; tried < acts.size(); ++tried) {
        auto& edge = acts[backwards_ ? acts.size() - 1 - tried : tried];
        if (distance_.measure(aim_, edge.body, steps - 1) > steps - 1) continue;
        const auto to = follow(node, edge);
        if (to == node || to == closed) continue;
        if (within(to, edge.body, steps - 1)) {
            known_[at].most = static_cast<std::uint8_t>(steps);
            return true;
        }
        if (spent()) return false;
    }
    known_[at].least = static_cast<std::uint8_t>(steps + 1);
    return false;
}

/// The acts that are possible there.
Insight::Edges& Insight::edges(std::uint32_t at, NodeId node, BodyId body) {
    auto* known = memory_->edges.at(at)->load(std::memory_order_acquire);
    if (!known) known = &memory_->keep(at, expand(node, body));
    if (!std::exchange(known_[at].seen, true)) seen_ += known->size();
    return *known;
}

Insight::Edges Insight::expand(NodeId node, BodyId body) {
    minds_.possible(node, possible_);
    Edges made(possible_.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i].act = possible_[i];
        made[i].body = distance_.after(body, possible_[i]);
    }
    return made;
}

NodeId Insight::follow(NodeId node, Edge& edge) {
    if (const auto known = edge.to.load(std::memory_order_acquire); known != unasked) return known;
    const auto& consenting = minds_.laws().acts[index(edge.act)].consenting;
    const auto hope = [&](CharacterId who) { return hopes(who, minds_.mind(node, who), edge.act); };
    auto to = std::ranges::all_of(consenting, hope) ? minds_.after(node, edge.act) : closed;
    if (Minds::broken(to)) to = closed;
    edge.to.store(to, std::memory_order_release);
    return to;
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
