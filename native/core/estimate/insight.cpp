// One layer of minds.
#include "core/estimate/insight.hpp"

#include <algorithm>
#include <utility>

namespace fabula {

std::uint32_t Insight::Memory::number(NodeId node) {
    return numbers.find_or_put(static_cast<std::uint64_t>(node), [this, node] {
        const auto made = states.fetch_add(1, std::memory_order_relaxed);
        by_number.reach(made);
        by_number.at(made)->node = node;
        return made;
    });
}

/// What is known of a state by now.
Insight::Spot& Insight::spot(std::uint32_t at, State& state) {
    if (!helps_) return state.spot;
    own_.reach(at);
    auto& own = *own_.at(at);
    const auto& learned = state.spot.bound;
    if (learned.at_least() > own.bound.at_least()) own.bound.raise(learned.at_least());
    if (learned.most() < own.bound.most()) own.bound.lower(learned.most());
    return own;
}

int Insight::measure(NodeId node, int cap) {
    const auto top = minds_.cut(node, level_);
    const auto body = distance_.body(minds_.store(), top);
    const int far = distance_.measure(aim_, body, cap);
    return far > cap ? far : measure(memory_->number(top), body, cap);
}

int Insight::measure(NodeId node, ActId act, int cap) {
    const auto top = minds_.cut(node, level_);
    const auto at = memory_->number(top);
    auto& state = *memory_->by_number.at(at);
    const auto known = edges(state, spot(at, state), distance_.body(minds_.store(), top));
    auto& edge = *std::ranges::lower_bound(known, act, {}, &Edge::act);
    const auto to = follow(top, edge);
    return to == closed ? Distance::never : measure(to, edge.body, cap);
}

int Insight::measure(std::uint32_t at, BodyId body, int cap) {
    const auto& known = spot(at, *memory_->by_number.at(at)).bound;
    int steps = std::max(distance_.measure(aim_, body, cap), known.at_least());
    for (; steps <= cap && steps < Distance::farthest && !spent(); ++steps)
        if (within(at, body, steps)) return steps;
    return std::max(distance_.measure(aim_, body, cap), known.at_least());
}

bool Insight::within(std::uint32_t at, BodyId body, int steps) {
    if (distance_.measure(aim_, body, steps) > steps) return false;
    auto& state = *memory_->by_number.at(at);
    auto& seen = spot(at, state);
    auto& known = seen.bound;
    if (known.most() <= steps) return true;
    if (known.at_least() > steps) return false;
    if (known.at_least() == 0) {
        if (reached(state.node)) {
            known.lower(0);
            return true;
        }
        known.raise(1);
    }
    if (steps == 0) return false;
    const auto acts = edges(state, seen, body);
    for (std::size_t tried = 0; tried < acts.size(); ++tried) {
        auto& edge = acts[helps_ ? acts.size() - 1 - tried : tried];
        if (distance_.measure(aim_, edge.body, steps - 1) > steps - 1) continue;
        const auto to = follow(state.node, edge);
        if (to == at || to == closed) continue;
        if (within(to, edge.body, steps - 1)) {
            known.lower(steps);
            return true;
        }
        if (spent()) return false;
    }
    known.raise(steps + 1);
    return false;
}

/// The acts that are possible there.
std::span<Insight::Edge> Insight::edges(State& state, Spot& spot, BodyId body) {
    auto* known = state.edges.load(std::memory_order_acquire);
    if (!known) known = &expand(state, body);
    const auto found = known->items();
    if (!std::exchange(spot.seen, true)) seen_ += found.size();
    return found;
}

Insight::Edges& Insight::expand(State& state, BodyId body) {
    minds_.possible(state.node, possible_);
    bodies_.clear();
    for (const auto act : possible_) bodies_.push_back(distance_.after(body, act));
    auto& made = lists_->make(possible_.size());
    for (std::size_t i = 0; i < possible_.size(); ++i)
        new (&made.items()[i]) Edge{possible_[i], bodies_[i], unasked};
    Edges* quicker = nullptr;  // another thread's, if that was
    return state.edges.compare_exchange_strong(quicker, &made, std::memory_order_acq_rel) ? made : *quicker;
}

std::uint32_t Insight::follow(NodeId node, Edge& edge) {
    auto to = edge.to.load(std::memory_order_acquire);
    if (to == unasked) {
        const auto& consenting = minds_.laws().acts[index(edge.act)].consenting;
        const auto hope = [&](CharacterId who) { return hopes(who, minds_.mind(node, who), edge.act); };
        const auto next = std::ranges::all_of(consenting, hope) ? minds_.after(node, edge.act) : NodeId::none;
        to = next == NodeId::none || Minds::broken(next) ? closed : memory_->number(next);
        edge.to.store(to, std::memory_order_release);
    }
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
