// Collecting values until there are no new ones.
#include "core/problem/reach.hpp"

#include <algorithm>

namespace fabula {
namespace {

bool subset(const std::vector<bool>& one, const std::vector<bool>& other) {
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i] && !other[i]) return false;
    return true;
}

}  // namespace

Reach Reach::everything(const Problem& problem) {
    return {std::vector<bool>(problem.acts.size(), true), std::vector<bool>(problem.triggers.size(), true)};
}

bool Reach::within(const Reach& other) const {
    return subset(acts, other.acts) && subset(triggers, other.triggers);
}

bool Stage::Values::has(double value) const {
    return any || std::ranges::any_of(list, [value](double one) { return same(one, value); });
}

bool Stage::Values::add(double value) {
    if (has(value)) return false;
    list.push_back(value);
    return true;
}

bool Stage::Values::add(const Values& others) {
    if (any) return false;
    if (others.any) return any = true;
    bool grown = false;
    for (const auto value : others.list) grown |= add(value);
    return grown;
}

Stage::Stage(const Problem& problem)
    : problem_(problem), constants_(problem.terms.size()), values_(problem.fluents.size()) {
    for (std::size_t t = 0; t < constants_.size(); ++t)
        if (problem.terms[t].kind == TermKind::constant) constants_[t].list = {problem.terms[t].value};
}

Reach Stage::reach() {
    begin();
    Reach found{std::vector<bool>(problem_.acts.size()), std::vector<bool>(problem_.triggers.size())};
    for (bool grown = true; grown;) {
        grown = false;
        const auto happens = [&](const auto& law) {
            choices_.clear();
            if (!possible(law.precondition)) return false;
            for (const auto& effect : law.effects) grown |= take(effect);
            return true;
        };
        for (std::size_t a = 0; a < found.acts.size(); ++a) {
            found.acts[a] = happens(problem_.acts[a]);
            if (found.acts[a]) grown |= teach(problem_.acts[a].precondition);
        }
        for (std::size_t t = 0; t < found.triggers.size(); ++t)
            found.triggers[t] = happens(problem_.triggers[t]);
    }
    return found;
}

void Stage::begin() {
    for (std::size_t f = 0; f < values_.size(); ++f) {
        values_[f].any = false;
        values_[f].list.assign(1, problem_.initial[f]);
    }
    for (const auto& belief : problem_.beliefs) values_[index(belief.fluent)].add(belief.value);
    verdicts_.assign(problem_.terms.size(), 0);
    now_ = 1;
}

/// Whether the condition can hold in some mind at some time, as far as is known now.
bool Stage::possible(TermId condition) {
    auto& verdict = verdicts_[index(condition)];
    if (verdict != yes && verdict != now_) verdict = holds(problem_.at(condition)) ? yes : now_;
    return verdict == yes;
}

bool Stage::holds(const Term& term) {
    const auto can = [this](TermId part) { return possible(part); };
    switch (term.kind) {
        case TermKind::truth:
            return term.detail != 0;
        case TermKind::compare:
            return can_be(term, true);
        case TermKind::any_of:
            return std::ranges::any_of(term.parts, can);
        default:
            return std::ranges::all_of(term.parts, can);
    }
}

/// Whether it can come out true (or false) somewhere.
bool Stage::can_be(const Term& comparison, bool outcome) {
    const auto &left = of(comparison.parts[0]), &right = of(comparison.parts[1]);
    const auto comparator = static_cast<Comparator>(comparison.detail);
    if (left.any || right.any) return true;
    return std::ranges::any_of(left.list, [&](double one) {
        return std::ranges::any_of(
            right.list, [&](double other) { return compare_values(comparator, one, other) == outcome; });
    });
}

const Stage::Values& Stage::of(TermId value) {
    static const Values anything{true, {}};
    const auto& term = problem_.at(value);
    switch (term.kind) {
        case TermKind::constant:
            return constants_[index(value)];
        case TermKind::read:
            return values_[static_cast<std::size_t>(term.detail)];
        case TermKind::believed:
            return of(term.parts[0]);
        case TermKind::choice:
            break;
        default:
            return anything;
    }
    Values found = of(term.parts.back());
    for (std::size_t i = 0; i + 1 < term.parts.size(); i += 2)
        if (possible(term.parts[i])) found.add(of(term.parts[i + 1]));
    return choices_.emplace_back(std::move(found));
}

/// Let an assignment happen; whether that brought a new value.
bool Stage::take(const Effect& effect) {
    auto& known = values_[index(effect.fluent)];
    const auto& value = problem_.at(effect.value);
    if (known.any || (value.kind == TermKind::constant && known.has(value.value))) return false;
    if (!possible(effect.condition)) return false;
    return news(known.add(of(effect.value)));
}

/// Let whoever sees an act done that she held to be impossible be left with `?` (after an `==` she takes over
/// a value); whether that is new.
bool Stage::teach(TermId condition) {
    const auto& term = problem_.at(condition);
    bool taught = false;
    if (term.kind == TermKind::all_of || term.kind == TermKind::any_of || term.kind == TermKind::thinks)
        for (const auto part : term.parts) taught |= teach(part);
    if (term.kind != TermKind::compare || static_cast<Comparator>(term.detail) == Comparator::eq)
        return taught;
    auto inner = term.parts[0];
    while (problem_.at(inner).kind == TermKind::believed) inner = problem_.at(inner).parts[0];
    if (problem_.at(inner).kind != TermKind::read) return false;
    auto& known = values_[static_cast<std::size_t>(problem_.at(inner).detail)];
    return !known.has(unknown()) && can_be(term, false) && news(known.add(unknown()));
}

/// What was impossible is asked again.
bool Stage::news(bool grown) noexcept {
    now_ += grown;
    return grown;
}

}  // namespace fabula
