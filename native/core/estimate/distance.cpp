// Masking and measuring.
#include "core/estimate/distance.hpp"

#include <algorithm>
#include <bit>

#include "core/base/mistake.hpp"
#include "core/problem/shape.hpp"

namespace fabula {
namespace {

constexpr int many_firings = 10'000;
constexpr std::size_t many_bodies = 4'000;

bool divides(const Problem& problem) {
    return std::ranges::any_of(problem.terms, [](const Term& term) {
        return term.kind == TermKind::arithmetic && static_cast<Operator>(term.detail) == Operator::over;
    });
}

}  // namespace

Distance::Distance(const Laws& laws, int owner, Meter& meter)
    : laws_(laws),
      meter_(meter),
      store_(laws.layout.words(), 0, 0, meter),
      utility_(owner < 0 ? laws.author : laws.utilities[static_cast<std::size_t>(owner)]),
      masked_(laws.problem.fluents.size(), false),
      mask_(laws.layout.words(), 0),
      matters_(laws.problem.acts.size(), false),
      watchers_(laws.problem.fluents.size()) {
    const auto& problem = laws.problem;
    // A division may be by zero in a state that nobody ever reaches; that would be no mistake.
    usable_ = !divides(problem);
    find_mask(owner < 0 ? problem.utility : problem.utilities[static_cast<std::size_t>(owner)], owner < 0);
    if (!usable_) return;
    for (std::size_t f = 0; f < masked_.size(); ++f) {
        const auto& field = laws.layout.field(FluentId(static_cast<std::uint32_t>(f)));
        if (masked_[f]) mask_[field.word] |= field.mask << field.shift;
    }
}

/// Close the fluents of the utility under everything that can change them, and keep those acts and triggers.
void Distance::find_mask(TermId utility, bool author) {
    const auto& problem = laws_.problem;
    if (!usable_ || !(usable_ = add_reads(utility, false))) return;
    std::vector<bool> fires(problem.triggers.size(), false);
    const auto touches = [this](const std::vector<Effect>& effects) {
        return std::ranges::any_of(
            effects, [this](const Effect& e) { return e.path.empty() && masked_[index(e.fluent)]; });
    };
    const auto take = [this](const std::vector<Effect>& effects) {
        for (const auto& effect : effects)
            if (effect.path.empty() && masked_[index(effect.fluent)])
                usable_ = usable_ && add_reads(effect.condition, false) && add_reads(effect.value, false);
    };
    for (std::size_t before = 1, now = 0; usable_ && before != now;) {
        before = static_cast<std::size_t>(std::ranges::count(masked_, true));
        for (std::size_t a = 0; a < problem.acts.size(); ++a) {
            const auto& act = problem.acts[a];
            if ((!author && act.consenting.empty()) || !touches(act.effects)) continue;
            matters_[a] = true;
            add_reads(act.precondition, true);
            take(act.effects);
        }
        for (std::size_t t = 0; t < problem.triggers.size(); ++t) {
            if (!touches(problem.triggers[t].effects)) continue;
            fires[t] = true;
            usable_ = usable_ && add_reads(problem.triggers[t].precondition, false);
            take(problem.triggers[t].effects);
        }
        now = static_cast<std::size_t>(std::ranges::count(masked_, true));
    }
    if (!usable_) return;
    const auto kept = [this](const std::vector<LawEffect>& effects) {
        std::vector<LawEffect> found;
        for (const auto& e : effects)
            if (e.path == PathId::here && masked_[index(e.fluent)]) found.push_back(e);
        return found;
    };
    for (std::size_t a = 0; a < problem.acts.size(); ++a) {
        if (!matters_[a]) continue;
        acts_.push_back(ActId(static_cast<std::uint32_t>(a)));
        rules_.push_back({laws_.program.condition(problem.acts[a].precondition, PathId::here, true),
                          kept(laws_.acts[a].effects)});
    }
    for (std::size_t t = 0; t < problem.triggers.size(); ++t) {
        if (!fires[t]) continue;
        const auto id = TriggerId(static_cast<std::uint32_t>(t));
        for (std::size_t f = 0; f < masked_.size(); ++f)
            if (std::ranges::find(laws_.watchers[f], id) != laws_.watchers[f].end())
                watchers_[f].push_back(static_cast<std::uint32_t>(triggers_.size()));
        triggers_.push_back({id, {laws_.triggers[t].precondition, kept(laws_.triggers[t].effects)}});
    }
}

/// Mark the fluents that a term reads; false if it looks into a mind (unless those are to be skipped).
bool Distance::add_reads(TermId id, bool skip_minds) {
    const auto& term = laws_.problem.at(id);
    if (term.kind == TermKind::believed || term.kind == TermKind::thinks) return skip_minds;
    if (term.kind == TermKind::compare && skip_minds && nesting(laws_.problem, id) > 0) return true;
    if (term.kind == TermKind::read) masked_[static_cast<std::size_t>(term.detail)] = true;
    for (const auto part : term.parts)
        if (!add_reads(part, skip_minds)) return false;
    return true;
}

Distance::Aim& Distance::aim(double value, bool strict) {
    auto& found = by_value_[{std::bit_cast<std::uint64_t>(value), strict}];
    if (!found) {
        aims_.push_back({value, strict, {}, {}});
        found = &aims_.back();
    }
    return *found;
}

BodyId Distance::body(View view) {
    if (!usable_) return BodyId{0};
    std::vector<std::uint64_t> words(mask_.size());
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = view.words[i] & mask_[i];
    return BodyId(static_cast<std::uint32_t>(store_.intern(0, words.data(), nullptr)));
}

int Distance::measure(Aim& aim, BodyId body, int cap) {
    if (!usable_) return 0;
    if (aim.least.size() <= index(body)) {
        aim.least.resize(store_.size(), 0);
        aim.most.resize(store_.size(), never);
    }
    for (int steps = aim.least[index(body)]; steps <= cap && steps < never; ++steps)
        if (within(aim, body, steps)) return steps;
    return std::max<int>(cap + 1, aim.least[index(body)]);
}

bool Distance::reached(Aim& aim, BodyId body) {
    if (index(body) < broken_.size() && broken_[index(body)]) return true;
    const auto value =
        laws_.program.evaluate(utility_, store_.view(NodeId(static_cast<std::uint32_t>(body))), store_);
    return aim.strict ? value > aim.value : value >= aim.value;
}

bool Distance::within(Aim& aim, BodyId body, int steps) {
    const auto at = index(body);
    if (aim.least.size() <= at) {
        aim.least.resize(store_.size(), 0);
        aim.most.resize(store_.size(), never);
    }
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
    const auto count = edges(body).size();
    for (std::size_t i = 0; i < count; ++i) {
        if (!within(aim, (*edges_[at])[i].to, steps - 1)) continue;
        aim.most[at] = static_cast<std::uint8_t>(steps);
        return true;
    }
    aim.least[at] = static_cast<std::uint8_t>(std::max<int>(aim.least[at], steps + 1));
    return false;
}

bool Distance::unreachable(Aim& aim, BodyId body) {
    if (!usable_) return false;
    if (index(body) < aim.least.size() && aim.least[index(body)] == never) return true;
    if (aim.large || (index(body) < aim.most.size() && aim.most[index(body)] < never)) return false;
    std::vector<BodyId> found{body};
    std::vector<bool> seen(store_.size(), false);
    seen[index(body)] = true;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found.size() > many_bodies) {
            aim.large = true;
            return false;
        }
        if (reached(aim, found[i])) {
            aim.least.resize(store_.size(), 0);
            aim.most.resize(store_.size(), never);
            aim.most[index(body)] = std::min<std::uint8_t>(aim.most[index(body)], never - 1);
            return false;
        }
        const auto next = edges(found[i]);
        seen.resize(store_.size(), false);
        for (const auto& edge : next) {
            if (seen[index(edge.to)]) continue;
            seen[index(edge.to)] = true;
            found.push_back(edge.to);
        }
    }
    aim.least.resize(store_.size(), 0);
    aim.most.resize(store_.size(), never);
    for (const auto one : found) aim.least[index(one)] = never;
    return true;
}

std::span<const Distance::Edge> Distance::edges(BodyId body) {
    if (!usable_) return {};
    if (edges_.size() <= index(body)) edges_.resize(store_.size());
    if (!edges_[index(body)]) expand(body);
    return *edges_[index(body)];
}

BodyId Distance::after(BodyId body, ActId act) {
    if (!usable_ || !matters(act)) return body;
    const auto known = edges(body);
    const auto found = std::ranges::lower_bound(known, act, {}, &Edge::act);
    return found != known.end() && found->act == act ? found->to : body;
}

void Distance::expand(BodyId body) {
    meter_.body();
    std::vector<Edge> found;
    const auto view = store_.view(NodeId(static_cast<std::uint32_t>(body)));
    std::vector<std::uint64_t> words;
    if (!chooser_) chooser_ = std::make_unique<Chooser>(laws_.problem, laws_.layout, acts_);
    chooser_->choose(view.words, chosen_);
    for (const auto a : chosen_) {
        if (!laws_.program.holds(rules_[a].precondition, view, store_)) continue;
        meter_.step();
        words.assign(view.words, view.words + mask_.size());
        std::vector<std::uint64_t> dirty((triggers_.size() + 63) / 64, 0);
        const bool sound = apply(rules_[a].effects, words, dirty) && run(words, dirty);
        const auto to = store_.intern(0, words.data(), nullptr);
        found.push_back({acts_[a], BodyId(static_cast<std::uint32_t>(to))});
        if (sound) continue;
        broken_.resize(std::max<std::size_t>(broken_.size(), store_.size()), false);
        broken_[static_cast<std::size_t>(to)] = true;
    }
    meter_.take(found.size() * sizeof(Edge) + sizeof(std::optional<std::vector<Edge>>));
    edges_.resize(store_.size());
    edges_[index(body)] = std::move(found);
}

bool Distance::apply(const std::vector<LawEffect>& effects, std::vector<std::uint64_t>& words,
                     std::vector<std::uint64_t>& dirty) {
    const auto old = words;
    const View view{old.data(), nullptr};
    bool sound = true;
    for (const auto& effect : effects) {
        if (!laws_.program.holds(effect.condition, view, store_)) continue;
        const auto code =
            laws_.layout.code(effect.fluent, laws_.program.evaluate(effect.value, view, store_));
        const auto now = laws_.layout.get(words.data(), effect.fluent);
        if (now == code) continue;
        sound &=
            now == laws_.layout.get(old.data(), effect.fluent);  // else it was given another value before
        laws_.layout.set(words.data(), effect.fluent, code);
        for (const auto t : watchers_[index(effect.fluent)]) dirty[t / 64] |= std::uint64_t{1} << (t % 64);
    }
    return sound;
}

bool Distance::run(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& dirty) {
    for (int firings = 0; firings < many_firings; ++firings) {
        std::size_t word = 0;
        while (word < dirty.size() && !dirty[word]) ++word;
        if (word == dirty.size()) return true;
        const auto t = word * 64 + static_cast<std::size_t>(std::countr_zero(dirty[word]));
        dirty[word] &= dirty[word] - 1;
        const auto& rule = triggers_[t].second;
        if (!laws_.program.holds(rule.precondition, {words.data(), nullptr}, store_)) continue;
        if (!apply(rule.effects, words, dirty)) return false;
    }
    return false;
}

}  // namespace fabula
