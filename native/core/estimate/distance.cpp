// Measuring.
#include "core/estimate/distance.hpp"

#include <algorithm>
#include <bit>

namespace fabula {
namespace {

constexpr std::size_t many_bodies = 4'000;
/// A look should take about as long as a step, and no more than ten times as long.
constexpr std::size_t long_look = 1u << 18;
/// How many words it may go through at most for each act that is possible in a body: with 50 looks pay
/// (hospital), with 230 they take more than they save (the flagship).
constexpr double words_for_an_act = 100;
/// After so many bodies a world is large, and there it matters more how many need not be made.
constexpr std::size_t large_world = 20'000;

}  // namespace

Estimates::Estimates(const Laws& laws, Reach usual, Meter& meter)
    : laws_(laws),
      meter_(meter),
      everything_{Reach::everything(laws.problem), {}},
      usual_{std::move(usual), {}} {
    for (auto* folder : {&everything_, &usual_}) folder->by_owner.resize(laws.problem.characters + 1);
}

Distance& Estimates::of(int owner) {
    auto& found = now_->by_owner[static_cast<std::size_t>(owner + 1)];
    if (found) return *found;
    const auto& problem = laws_.problem;
    const auto who = static_cast<std::size_t>(std::max(owner, 0));
    const auto utility = owner < 0 ? problem.utility : problem.utilities[who];
    const Mask mask(problem, now_->reach, utility, owner < 0);
    std::shared_ptr<Bodies> bodies;
    std::optional<Relaxed> relaxed;
    if (mask.usable) {
        auto& shared = by_mask_[mask];
        if (!shared) shared = std::make_shared<Bodies>(laws_, mask, meter_);
        bodies = shared;
        relaxed.emplace(laws_, mask, utility);
        if (relaxed->words() > long_look) relaxed.reset();
    }
    found = std::make_unique<Distance>(owner < 0 ? laws_.author : laws_.utilities[who], std::move(bodies),
                                       std::move(relaxed), meter_);
    return *found;
}

// All masks are made here: whoever makes one adds to the program that both threads read.
Estimates::Estimates(Estimates& other, Meter& meter) : Estimates(other.laws_, other.usually(), meter) {
    be_usual(other.usual());
    auto& owners = now_->by_owner;
    std::map<const Bodies*, std::shared_ptr<Bodies>> here;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const auto& distance = other.of(static_cast<int>(i) - 1);
        const auto* const bodies = distance.bodies();
        if (bodies && !here[bodies]) here[bodies] = std::make_shared<Bodies>(*bodies, meter);
        owners[i] = std::make_unique<Distance>(distance, here[bodies], meter);
    }
}

Distance::Bounds& Distance::Memory::of(const Value& value) {
    const Gate::Pass pass(gate, true);
    return bounds.try_emplace(value, 1, &meter).first->second;
}

Distance::Aim& Distance::aim(double value, bool strict) {
    const Value key{std::bit_cast<std::uint64_t>(value), strict};
    if (const auto known = aims_.find(key); known != aims_.end()) return known->second;
    return aims_.try_emplace(key, Aim{value, strict, memory_->of(key), aims_.size()}).first->second;
}

int Distance::measure(Aim& aim, BodyId body, int cap) {
    if (!bodies_ || body == Bodies::nowhere) return 0;
    const auto& known = bound(aim, body);
    if (const int most = known.most(); most == known.at_least() && most <= cap) return most;
    for (int steps = known.at_least(); steps <= cap && steps < farthest; ++steps)
        if (within(aim, body, steps)) return steps;
    if (known.at_least() == farthest) return fate(aim, body) == Aim::Fate::lost ? never : farthest;
    return std::max<int>(cap + 1, known.at_least());
}

bool Distance::reached(Aim& aim, BodyId body) {
    const auto value = bodies_->evaluate(utility_, body);
    return aim.strict ? value > aim.value : value >= aim.value;
}

/// In a small world where few acts are possible they are sooner done than looked at.
bool Distance::worth_a_look() const noexcept {
    if (!relaxed_) return false;
    return bodies_->expanded() > large_world ||
           static_cast<double>(relaxed_->words()) <= words_for_an_act * bodies_->branching();
}

/// Raise the lower bound of a body to what can be had without walking.
int Distance::relax(Aim& aim, BodyId body) {
    meter_.step();
    const int far =
        std::max(1, relaxed_->measure(bodies_->view(body), bodies_->store(), aim.value, aim.strict));
    bound(aim, body).raise(far);
    return far;
}

bool Distance::within(Aim& aim, BodyId body, int steps) {
    if (body == Bodies::nowhere) return true;
    auto& known = bound(aim, body);
    if (known.most() <= steps) return true;
    if (known.at_least() > steps) return false;
    if (known.at_least() == 0) {
        if (reached(aim, body)) {
            known.lower(0);
            return true;
        }
        known.raise(1);
    }
    if (steps == 0) return false;
    if (known.at_least() == 1 && worth_a_look() && relax(aim, body) > steps) return false;
    for (const auto& edge : bodies_->edges(body)) {
        if (!within(aim, edge.to, steps - 1)) continue;
        known.lower(steps);
        return true;
    }
    known.raise(std::max(known.at_least(), steps + 1));
    return false;
}

std::span<const Distance::Course> Distance::courses(Aim& aim, BodyId body, int cap) {
    if (!bodies_) return {};
    auto& known = courses_[(aim.number << 32) | index(body)];
    if (!known.list || known.reach < cap) {
        found_.clear();
        for (const auto& edge : bodies_->edges(body))
            if (const int rest = measure(aim, edge.to, cap); rest <= cap) found_.push_back({rest, edge.act});
        std::ranges::stable_sort(found_, {}, &Course::rest);
        known = {cap, &lists_.keep(found_)};
    }
    const auto list = known.list->items();
    return {list.begin(), std::ranges::upper_bound(list, cap, {}, &Course::rest)};
}

bool Distance::unreachable(Aim& aim, BodyId body) {
    if (!bodies_ || body == Bodies::nowhere) return false;
    if (const auto known = fate(aim, body); known != Aim::Fate::unknown) return known == Aim::Fate::lost;
    if (aim.large) return false;
    std::vector<BodyId> found{body};
    std::vector<bool> seen(bodies_->size(), false);
    seen[index(body)] = true;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found.size() > many_bodies) {
            aim.large = true;
            return false;
        }
        meter_.step();
        const auto next = bodies_->edges(found[i]);
        if (fate(aim, found[i]) == Aim::Fate::open || reached(aim, found[i]) ||
            std::ranges::find(next, Bodies::nowhere, &Edge::to) != next.end()) {
            decide(aim, {body}, Aim::Fate::open);
            return false;
        }
        seen.resize(bodies_->size(), false);
        for (const auto& edge : next) {
            if (seen[index(edge.to)]) continue;
            seen[index(edge.to)] = true;
            found.push_back(edge.to);
        }
    }
    decide(aim, found, Aim::Fate::lost);
    for (const auto one : found) bound(aim, one).raise(farthest);
    return true;
}

void Distance::decide(Aim& aim, const std::vector<BodyId>& bodies, Aim::Fate fate) {
    if (aim.fates.size() < bodies_->size()) {
        tally_.take(bodies_->size() - aim.fates.size());
        aim.fates.resize(bodies_->size());
    }
    for (const auto body : bodies) aim.fates[index(body)] = fate;
}

bool Distance::reachable(Aim& aim, BodyId body) {
    return bodies_ && !unreachable(aim, body) &&
           (fate(aim, body) == Aim::Fate::open || bound(aim, body).most() < never);
}

}  // namespace fabula
