// Collecting values until there are no new ones.
#include "core/problem/reach.hpp"

#include <algorithm>
#include <numeric>

#include "core/problem/shape.hpp"

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
    if (any) return true;
    return is_unknown(value) ? lost : std::ranges::binary_search(list, value);
}

bool Stage::Values::add(double value) {
    if (has(value)) return false;
    if (is_unknown(value)) return lost = true;
    list.insert(std::ranges::upper_bound(list, value), value);
    return true;
}

bool Stage::Values::add(const Values& others) {
    if (any) return false;
    if (others.any) return any = true;
    bool grown = others.lost && add(unknown());
    for (const auto value : others.list) grown |= add(value);
    return grown;
}

Stage::Stage(const Problem& problem)
    : problem_(problem), constants_(problem.terms.size()), values_(problem.fluents.size()) {
    for (std::size_t t = 0; t < constants_.size(); ++t)
        if (problem.terms[t].kind == TermKind::constant) constants_[t].add(problem.terms[t].value);
}

Reach Stage::reach() {
    begin();
    Reach found{std::vector<bool>(problem_.acts.size()), std::vector<bool>(problem_.triggers.size())};
    std::vector<std::uint32_t> acts(found.acts.size()),
        triggers(found.triggers.size());  // that do not happen yet
    std::iota(acts.begin(), acts.end(), 0);
    std::iota(triggers.begin(), triggers.end(), 0);
    for (std::uint32_t before = 0; before != now_;) {
        before = now_;
        choices_.clear();
        std::erase_if(acts, [&](auto a) {
            found.acts[a] = happens(problem_.acts[a]);
            if (found.acts[a]) learn(problem_.acts[a].precondition);
            return found.acts[a];
        });
        std::erase_if(triggers, [&](auto t) { return found.triggers[t] = happens(problem_.triggers[t]); });
        std::erase_if(effects_, [&](const Effect* effect) { return done(*effect); });
        std::erase_if(lessons_, [&](const Lesson& lesson) { return taught(lesson); });
    }
    return found;
}

template <class Law>
bool Stage::happens(const Law& law) {
    if (!possible(law.precondition)) return false;
    for (const auto& effect : law.effects)
        if (!done(effect)) effects_.push_back(&effect);
    return true;
}

/// Note what may surprise whoever sees an act done; after an `==` she takes over a value, which is none that
/// is new.
void Stage::learn(TermId condition) {
    const auto& term = problem_.at(condition);
    if (term.kind == TermKind::all_of || term.kind == TermKind::any_of || term.kind == TermKind::thinks)
        for (const auto part : term.parts) learn(part);
    if (term.kind != TermKind::compare || static_cast<Comparator>(term.detail) == Comparator::eq) return;
    const auto* left = &problem_.at(term.parts[0]);
    while (left->kind == TermKind::believed) left = &problem_.at(left->parts[0]);
    if (left->kind == TermKind::read) lessons_.push_back({FluentId(left->detail), condition});
}

void Stage::begin() {
    for (std::size_t f = 0; f < values_.size(); ++f) {
        values_[f].any = values_[f].lost = false;
        values_[f].list.clear();
        values_[f].add(problem_.initial[f]);
    }
    for (const auto& belief : problem_.beliefs) values_[index(belief.fluent)].add(belief.value);
    verdicts_.assign(problem_.terms.size(), 0);
    now_ = 1;
    effects_.clear();
    lessons_.clear();
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
    if (outcome && comparator == Comparator::eq) {
        const auto& few = left.list.size() < right.list.size() ? left : right;
        const auto& many = &few == &left ? right : left;
        const auto shared = [&many](double one) { return std::ranges::binary_search(many.list, one); };
        return (left.lost && right.lost) || std::ranges::any_of(few.list, shared);
    }
    const auto fits = [&](double one, double other) {
        return compare_values(comparator, one, other) == outcome;
    };
    const auto any = [&](double one) {
        return (right.lost && fits(one, unknown())) ||
               std::ranges::any_of(right.list, [&](double other) { return fits(one, other); });
    };
    return (left.lost && any(unknown())) || std::ranges::any_of(left.list, any);
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

/// Let an assignment happen, if it may; whether nothing more will come of it.
bool Stage::done(const Effect& effect) {
    auto& known = values_[index(effect.fluent)];
    if (!known.any && possible(effect.condition)) {
        const auto constant = problem_.at(effect.value).kind == TermKind::constant;
        now_ += known.add(of(effect.value));
        return constant;
    }
    return known.any;
}

/// Let somebody be surprised, if that may be; whether nothing more will come of it. In a broken mind of hers
/// nothing holds, whatever the values are.
bool Stage::taught(const Lesson& lesson) {
    auto& known = values_[index(lesson.fluent)];
    const auto& term = problem_.at(lesson.comparison);
    if (!known.has(unknown()) && nesting(problem_, term.parts[1]) == 0 && !can_be(term, false)) return false;
    now_ += known.add(unknown());
    return true;
}

}  // namespace fabula
