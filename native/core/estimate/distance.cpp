// Measuring.
#include "core/estimate/distance.hpp"

#include <algorithm>
#include <bit>

namespace fabula {
namespace {

constexpr std::size_t many_bodies = 4'000;
/// A look should take about as long as a step, and no more than ten times as long.
constexpr std::size_t long_look = 1u << 18;

}  // namespace

Distance& Estimates::of(int owner) {
    auto& found = by_owner_[static_cast<std::size_t>(owner + 1)];
    if (found) return *found;
    const auto& problem = laws_.problem;
    const auto who = static_cast<std::size_t>(std::max(owner, 0));
    const auto utility = owner < 0 ? problem.utility : problem.utilities[who];
    const Mask mask(problem, utility, owner < 0);
    std::shared_ptr<Bodies> bodies;
    if (mask.usable) {
        auto& shared = by_mask_[mask];
        if (!shared) shared = std::make_shared<Bodies>(laws_, mask, meter_);
        bodies = shared;
    }
    auto& relaxed = relaxed_[static_cast<std::size_t>(owner + 1)];
    if (mask.usable && !relaxed) relaxed = std::make_shared<const Relaxed>(laws_, mask, utility);
    const auto* look = relaxed && relaxed->words() <= long_look ? relaxed.get() : nullptr;
    found = std::make_unique<Distance>(owner < 0 ? laws_.author : laws_.utilities[who], bodies, look, meter_);
    return *found;
}

// All masks are made here: whoever makes one adds to the program that both threads read.
Estimates::Estimates(Estimates& other, Meter& meter)
    : laws_(other.laws_), meter_(meter), by_owner_(other.by_owner_.size()) {
    const auto owners = static_cast<int>(by_owner_.size()) - 1;
    for (int owner = -1; owner < owners; ++owner) (void)other.of(owner);
    relaxed_ = other.relaxed_;
    for (const auto& [mask, bodies] : other.by_mask_)
        by_mask_[mask] = std::make_shared<Bodies>(*bodies, meter);
}

Distance::Aim& Distance::aim(double value, bool strict) {
    auto& found = by_value_[{std::bit_cast<std::uint64_t>(value), strict}];
    if (!found) {
        aims_.push_back({value, strict, {}, {}, false, {}});
        found = &aims_.back();
    }
    return *found;
}

/// Make room for what is known of the body.
void Distance::widen(Aim& aim, BodyId body) const {
    if (aim.least.size() > index(body)) return;
    aim.least.resize(bodies_->size(), 0);
    aim.most.resize(bodies_->size(), never);
}

int Distance::measure(Aim& aim, BodyId body, int cap) {
    if (!bodies_) return 0;
    widen(aim, body);
    if (const int most = aim.most[index(body)]; most == aim.least[index(body)] && most <= cap) return most;
    for (int steps = aim.least[index(body)]; steps <= cap && steps < farthest; ++steps)
        if (within(aim, body, steps)) return steps;
    if (aim.least[index(body)] == farthest) return farthest;
    return std::max<int>(cap + 1, aim.least[index(body)]);
}

bool Distance::reached(Aim& aim, BodyId body) {
    if (bodies_->broken(body)) return true;
    const auto value = bodies_->evaluate(utility_, body);
    return aim.strict ? value > aim.value : value >= aim.value;
}

/// Raise the lower bound of a body to what can be had without walking.
int Distance::relax(Aim& aim, BodyId body) {
    meter_.step();
    const int far =
        std::max(1, relaxed_->measure(bodies_->view(body), bodies_->store(), aim.value, aim.strict));
    return aim.least[index(body)] = static_cast<std::uint8_t>(far);
}

bool Distance::within(Aim& aim, BodyId body, int steps) {
    const auto at = index(body);
    widen(aim, body);
    if (aim.most[at] <= steps) return true;
    if (aim.least[at] > steps) return false;
    if (aim.least[at] == 0) {
        if (reached(aim, body)) {
            aim.most[at] = 0;
            return true;
        }
        aim.least[at] = 1;
    }
    if (steps == 0) return false;
    if (relaxed_ && aim.least[at] == 1 && relax(aim, body) > steps) return false;
    for (const auto& edge : bodies_->edges(body)) {
        if (!within(aim, edge.to, steps - 1)) continue;
        aim.most[at] = static_cast<std::uint8_t>(steps);
        return true;
    }
    aim.least[at] = static_cast<std::uint8_t>(std::max<int>(aim.least[at], steps + 1));
    return false;
}

std::span<const Distance::Course> Distance::courses(Aim& aim, BodyId body, int cap) {
    if (!bodies_) return {};
    if (aim.courses.size() <= index(body)) {
        tally_.take((bodies_->size() - aim.courses.size()) * sizeof(aim.courses[0]));
        aim.courses.resize(bodies_->size());
    }
    auto& known = aim.courses[index(body)];
    if (!known || known->reach < cap) {
        std::vector<Course> found;
        for (const auto& edge : bodies_->edges(body))
            if (const int rest = measure(aim, edge.to, cap); rest <= cap) found.push_back({rest, edge.act});
        std::ranges::stable_sort(found, {}, &Course::rest);
        tally_.take(found.size() * sizeof(Course) + sizeof(Aim::Courses));
        known = std::make_unique<Aim::Courses>(cap, std::move(found));
    }
    const auto end = std::ranges::upper_bound(known->list, cap, {}, &Course::rest);
    return {known->list.begin(), end};
}

bool Distance::unreachable(Aim& aim, BodyId body) {
    if (!bodies_) return false;
    if (index(body) < aim.least.size() && aim.least[index(body)] == never) return true;
    if (aim.large || (index(body) < aim.most.size() && aim.most[index(body)] < never)) return false;
    std::vector<BodyId> found{body};
    std::vector<bool> seen(bodies_->size(), false);
    seen[index(body)] = true;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found.size() > many_bodies) {
            aim.large = true;
            return false;
        }
        if (reached(aim, found[i])) {
            widen(aim, body);
            aim.most[index(body)] = std::min<std::uint8_t>(aim.most[index(body)], never - 1);
            return false;
        }
        const auto next = bodies_->edges(found[i]);
        seen.resize(bodies_->size(), false);
        for (const auto& edge : next) {
            if (seen[index(edge.to)]) continue;
            seen[index(edge.to)] = true;
            found.push_back(edge.to);
        }
    }
    aim.least.resize(bodies_->size(), 0);
    aim.most.resize(bodies_->size(), never);
    for (const auto one : found) aim.least[index(one)] = never;
    return true;
}

bool Distance::reachable(Aim& aim, BodyId body) {
    if (!bodies_ || unreachable(aim, body)) return false;
    widen(aim, body);
    return aim.most[index(body)] < never;
}

}  // namespace fabula
