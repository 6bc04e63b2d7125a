// Facts, steps, and how they spread.
#include "core/estimate/relaxed.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/problem/shape.hpp"

namespace fabula {
namespace {

constexpr double anything = std::numeric_limits<double>::infinity();
constexpr std::uint32_t broken = 0;  ///< the fact that the world has made a mistake, of the first word

}  // namespace

Relaxed::Relaxed(const Laws& laws, const Mask& mask, TermId utility)
    : laws_(laws), problem_(laws.problem), by_fluent_(problem_.fluents.size()) {
    note({utility, true, TestId::fails});  // broken
    summands(utility, 1);
    for (std::size_t a = 0; a < problem_.acts.size(); ++a)
        if (mask.acts[a]) add(mask, problem_.acts[a].effects, problem_.acts[a].precondition, false);
    const auto first_trigger = effects_.size();
    for (std::size_t t = 0; t < problem_.triggers.size(); ++t)
        if (mask.triggers[t])
            add(mask, problem_.triggers[t].effects, problem_.triggers[t].precondition, true);
    connect(first_trigger);
    pack();
}

/// What comes of the effects, now that all facts are known; those from `first_trigger` on are triggers'.
void Relaxed::connect(std::size_t first_trigger) {
    std::vector<bool> asked(facts_.size(), false);
    for (const auto& step : steps_)
        if (step.free)
            for (const auto one : step.needs) asked[one] = true;
    std::map<FluentId, double> set;  // by triggers, and to what
    std::vector<bool> wavers(by_fluent_.size(), false);
    for (auto e = first_trigger; e < effects_.size(); ++e) {
        const auto& effect = *effects_[e].first;
        const auto& value = problem_.at(effect.value);
        const auto known = set.try_emplace(effect.fluent, value.value).first;
        if (value.kind != TermKind::constant || !same(known->second, value.value))
            wavers[index(effect.fluent)] = true;
    }
    for (std::size_t e = 0; e < effects_.size(); ++e) {
        auto& makes = steps_[effects_[e].second].makes;
        makes = made(*effects_[e].first);
        if (e < first_trigger) continue;
        // Triggers that set each other off, or take turns with a fluent, may do so for ever.
        const bool asks = std::ranges::any_of(makes, [&](std::uint32_t one) { return asked[one]; });
        if (asks || wavers[index(effects_[e].first->fluent)]) makes.push_back(broken);
    }
}

void Relaxed::pack() {
    words_ = (facts_.size() + 63) / 64;
    table_.resize(steps_.size() * 2 * words_);
    for (std::size_t s = 0; s < steps_.size(); ++s) {
        auto* const needs = table_.data() + s * 2 * words_;
        for (const auto one : steps_[s].needs) needs[one / 64] |= Word{1} << (one % 64);
        for (const auto one : steps_[s].makes) needs[words_ + one / 64] |= Word{1} << (one % 64);
        if (!steps_[s].makes.empty())
            (steps_[s].free ? free_ : acts_).push_back(static_cast<std::uint32_t>(s));
    }
    held_.resize(words_);
    by_word_.resize(laws_.layout.words());
    for (std::uint32_t f = 0; f < by_fluent_.size(); ++f) {
        auto& facts = by_word_[laws_.layout.field(FluentId(f)).word];
        facts.insert(facts.end(), by_fluent_[f].begin(), by_fluent_[f].end());
    }
    for (auto& facts : by_word_) {
        std::ranges::sort(facts);
        const auto twice = std::ranges::unique(facts);
        facts.erase(twice.begin(), twice.end());
    }
    for (const auto& part : parts_) values_.emplace_back(part.size());
}

/// The first of the terms that say the same.
TermId Relaxed::first_like(TermId id) {
    const auto& term = problem_.at(id);
    std::vector<std::uint64_t> key{static_cast<std::uint64_t>(term.kind),
                                   static_cast<std::uint64_t>(static_cast<std::uint32_t>(term.detail)),
                                   std::bit_cast<std::uint64_t>(term.value)};
    for (const auto part : term.parts) key.push_back(static_cast<std::uint64_t>(first_like(part)));
    return alike_.try_emplace(std::move(key), id).first->second;
}

/// What has to be so for the term to hold (or not to).
void Relaxed::need(TermId id, bool wanted, Facts& found) {
    const auto& term = problem_.at(id);
    if (term.kind == TermKind::thinks) return;
    if (term.kind == TermKind::truth && (term.detail != 0) == wanted) return;
    if (term.kind != TermKind::all_of && term.kind != TermKind::any_of) {
        if (nesting(problem_, id) == 0) found.push_back(comparison(id, wanted));
    } else if ((term.kind == TermKind::all_of) == wanted) {
        for (const auto part : term.parts) need(part, wanted, found);
    } else {
        found.push_back(ways(id, wanted));
    }
}

/// The fact that something plain holds, or that it does not.
std::uint32_t Relaxed::comparison(TermId id, bool wanted) {
    id = first_like(id);
    const auto [found, fresh] = numbers_.try_emplace({id, wanted}, static_cast<std::uint32_t>(facts_.size()));
    if (!fresh) return found->second;
    mark(id, note({id, wanted, laws_.program.condition(id)}));
    return found->second;
}

/// The fact that one of the parts holds (or does not).
std::uint32_t Relaxed::ways(TermId id, bool wanted) {
    id = first_like(id);
    const auto at = static_cast<std::uint32_t>(facts_.size());
    const auto [found, fresh] = numbers_.try_emplace({id, wanted}, at);
    if (!fresh) return found->second;
    note({id, true, TestId::fails});
    for (const auto part : problem_.at(id).parts) {
        Step way{{}, {at}, true};
        need(part, wanted, way.needs);
        steps_.push_back(std::move(way));
    }
    return at;
}

std::uint32_t Relaxed::note(Fact fact) {
    facts_.push_back(fact);
    return static_cast<std::uint32_t>(facts_.size() - 1);
}

/// Note which fluents a fact depends on.
void Relaxed::mark(TermId id, std::uint32_t fact) {
    const auto& term = problem_.at(id);
    if (term.kind == TermKind::read) {
        auto& known = by_fluent_[static_cast<std::size_t>(term.detail)];
        if (known.empty() || known.back() != fact) known.push_back(fact);
    }
    for (const auto part : term.parts) mark(part, fact);
}

/// Take the utility apart, as far as it is a sum.
void Relaxed::summands(TermId id, double sign) {
    const auto& term = problem_.at(id);
    const auto op = static_cast<Operator>(term.detail);
    if (term.kind == TermKind::arithmetic && (op == Operator::plus || op == Operator::minus)) {
        summands(term.parts[0], sign);
        summands(term.parts[1], op == Operator::plus ? sign : -sign);
        return;
    }
    options(id, sign, {}, parts_.emplace_back());
}

/// Which values a choice can have, and when.
void Relaxed::options(TermId id, double sign, const Facts& before, std::vector<Option>& found) {
    const auto& term = problem_.at(id);
    if (term.kind == TermKind::constant) {
        if (!is_unknown(term.value)) found.push_back({sign * term.value, before, {}});
        return;
    }
    auto otherwise = before;
    if (term.kind != TermKind::choice) {
        // It is what it is now, or anything once it has changed.
        const auto change = note({id, true, TestId::fails});
        mark(id, change);
        found.push_back({sign, before, laws_.program.value(id)});
        otherwise.push_back(change);
        found.push_back({anything, std::move(otherwise), {}});
        return;
    }
    for (std::size_t i = 0; i + 1 < term.parts.size(); i += 2) {
        auto here = otherwise;
        need(term.parts[i], true, here);
        options(term.parts[i + 1], sign, here, found);
        need(term.parts[i], false, otherwise);
    }
    options(term.parts.back(), sign, otherwise, found);
}

void Relaxed::add(const Mask& mask, const std::vector<Effect>& effects, TermId precondition, bool free) {
    Facts needs;
    need(precondition, true, needs);
    for (const auto& effect : effects) {
        if (!effect.path.empty() || !mask.fluents[index(effect.fluent)]) continue;
        auto more = needs;
        need(effect.condition, true, more);
        clash(effects, effect, more, free);
        effects_.emplace_back(&effect, steps_.size());
        steps_.push_back({std::move(more), {}, free});
    }
}

/// Two effects may give a fluent different values: that is a mistake.
void Relaxed::clash(const std::vector<Effect>& effects, const Effect& effect, const Facts& needs, bool free) {
    for (const auto& other : effects) {
        if (&other == &effect) return;
        if (!other.path.empty() || other.fluent != effect.fluent) continue;
        const auto &one = problem_.at(effect.value), &two = problem_.at(other.value);
        const bool plain = one.kind == TermKind::constant && two.kind == TermKind::constant;
        if (plain && same(one.value, two.value)) continue;
        auto both = needs;
        need(other.condition, true, both);
        steps_.push_back({std::move(both), {broken}, free});
    }
}

/// The facts that may come of an effect.
Relaxed::Facts Relaxed::made(const Effect& effect) const {
    const auto& value = problem_.at(effect.value);
    Facts found;
    for (const auto one : by_fluent_[index(effect.fluent)])
        if (value.kind != TermKind::constant || comes_true(one, value.value)) found.push_back(one);
    return found;
}

/// Whether a fact may hold when its fluent has this value.
bool Relaxed::comes_true(std::uint32_t fact, double value) const {
    const auto& term = problem_.at(facts_[fact].term);
    if (term.kind != TermKind::compare) return true;
    const auto& left = problem_.at(term.parts[0]);
    const auto& right = problem_.at(term.parts[1]);
    const auto comparator = static_cast<Comparator>(term.detail);
    if (left.kind == TermKind::read && right.kind == TermKind::constant)
        return compare_values(comparator, value, right.value) == facts_[fact].wanted;
    if (left.kind == TermKind::constant && right.kind == TermKind::read)
        return compare_values(comparator, left.value, value) == facts_[fact].wanted;
    return true;
}

int Relaxed::measure(View body, const Store& store, double value, bool strict) {
    begin(body, store);
    switch (words_) {
        case 1:
            return measured<1>(value, strict);
        case 2:
            return measured<2>(value, strict);
        case 3:
            return measured<3>(value, strict);
        default:
            return measured<0>(value, strict);
    }
}

template <std::size_t W>
int Relaxed::measured(double value, bool strict) {
    for (int acts = 0; acts < endless; ++acts) {
        if (acts > 0 && !fire<W>()) return endless;
        settle<W>();
        if (ends(value, strict)) return acts;
    }
    return endless;
}

/// Note what holds in the body. Most are like the one before: only what looks at a word that is another now
/// is asked again.
void Relaxed::begin(View body, const Store& store) {
    const auto ask = [&](std::size_t one) {
        const auto bit = Word{1} << (one % 64);
        const bool holds = laws_.program.holds(facts_[one].test, body, store) == facts_[one].wanted;
        held_[one / 64] = holds ? held_[one / 64] | bit : held_[one / 64] & ~bit;
    };
    if (last_.empty())
        for (std::size_t one = 0; one < facts_.size(); ++one) ask(one);
    else
        for (std::size_t w = 0; w < last_.size(); ++w)
            if (body.words[w] != last_[w]) std::ranges::for_each(by_word_[w], ask);
    last_.assign(body.words, body.words + by_word_.size());
    reached_ = held_;
    for (std::size_t p = 0; p < parts_.size(); ++p)
        for (std::size_t o = 0; o < parts_[p].size(); ++o) {
            const auto& option = parts_[p][o];
            const auto now = option.now ? laws_.program.evaluate(*option.now, body, store) : 1;
            values_[p][o] = option.value * now;
        }
    pending_acts_ = acts_;
    pending_free_ = free_;
}

/// Do all acts whose needs are met, at once; whether anything new came of it.
template <std::size_t W>
bool Relaxed::fire() {
    const auto words = W ? W : words_;
    more_ = reached_;
    std::size_t kept = 0;
    for (const auto step : pending_acts_) {
        const auto* const needs = table_.data() + step * 2 * words;
        Word missing = 0;
        for (std::size_t w = 0; w < words; ++w) missing |= needs[w] & ~reached_[w];
        if (missing)
            pending_acts_[kept++] = step;
        else
            for (std::size_t w = 0; w < words; ++w) more_[w] |= needs[words + w];
    }
    pending_acts_.resize(kept);
    const bool changed = more_ != reached_;
    reached_.swap(more_);
    return changed;
}

/// Take all steps that are no acts until nothing new comes of it.
template <std::size_t W>
void Relaxed::settle() {
    const auto words = W ? W : words_;
    for (bool more = true; more;) {
        more = false;
        std::size_t kept = 0;
        for (const auto step : pending_free_) {
            const auto* const needs = table_.data() + step * 2 * words;
            Word missing = 0, fresh = 0;
            for (std::size_t w = 0; w < words; ++w) missing |= needs[w] & ~reached_[w];
            if (missing) {
                pending_free_[kept++] = step;
                continue;
            }
            for (std::size_t w = 0; w < words; ++w) {
                fresh |= needs[words + w] & ~reached_[w];
                reached_[w] |= needs[words + w];
            }
            more = more || fresh;
        }
        pending_free_.resize(kept);
    }
}

bool Relaxed::met(const Facts& facts) const {
    return std::ranges::all_of(facts, [this](auto one) { return (reached_[one / 64] >> (one % 64)) & 1; });
}

/// Whether the utility may be high enough now. It adds up in another order, perhaps, than here: of fractions,
/// what rounding can make of that is given in.
bool Relaxed::ends(double value, bool strict) const {
    if ((reached_[0] >> broken) & 1) return true;
    double sum = 0, size = 0;
    bool whole = true;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
        double best = -anything;
        for (std::size_t o = 0; o < parts_[p].size(); ++o)
            if (values_[p][o] > best && met(parts_[p][o].needs)) best = values_[p][o];
        if (best == -anything) return false;
        sum += best;
        size += std::abs(best);
        whole = whole && best == std::floor(best);
    }
    if (std::isinf(sum)) return true;
    if (!whole) sum += size * static_cast<double>(parts_.size()) * std::numeric_limits<double>::epsilon();
    return strict ? sum > value : sum >= value;
}

}  // namespace fabula
