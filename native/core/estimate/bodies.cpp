// Masking, and walking without minds.
#include "core/estimate/bodies.hpp"

#include <algorithm>
#include <bit>

#include "core/base/mistake.hpp"
#include "core/problem/shape.hpp"

namespace fabula {
namespace {

constexpr int many_firings = 10'000;

bool divides(const Problem& problem) {
    return std::ranges::any_of(problem.terms, [](const Term& term) {
        return term.kind == TermKind::arithmetic && static_cast<Operator>(term.detail) == Operator::over;
    });
}

}  // namespace

// A division may be by zero in a state that nobody ever reaches; that would be no mistake.
Mask::Mask(const Problem& problem, const Reach& reach, TermId utility, bool author)
    : usable(!divides(problem)),
      fluents(problem.fluents.size(), false),
      acts(problem.acts.size(), false),
      triggers(problem.triggers.size(), false) {
    usable = usable && add(problem, utility, false);
    for (std::ptrdiff_t before = 1, now = 0; usable && before != now;) {
        before = std::ranges::count(fluents, true);
        for (std::size_t a = 0; a < acts.size(); ++a) {
            const auto& act = problem.acts[a];
            if (!reach.acts[a] || (!author && act.consenting.empty()) || !touched(act.effects)) continue;
            acts[a] = true;
            add(problem, act.precondition, true);
            take(problem, act.effects);
        }
        for (std::size_t t = 0; t < triggers.size(); ++t) {
            if (!reach.triggers[t] || !touched(problem.triggers[t].effects)) continue;
            triggers[t] = true;
            usable = usable && add(problem, problem.triggers[t].precondition, false);
            take(problem, problem.triggers[t].effects);
        }
        now = std::ranges::count(fluents, true);
    }
}

bool Mask::touched(const std::vector<Effect>& effects) const {
    return std::ranges::any_of(
        effects, [this](const Effect& e) { return e.path.empty() && fluents[index(e.fluent)]; });
}

void Mask::take(const Problem& problem, const std::vector<Effect>& effects) {
    for (const auto& effect : effects)
        if (effect.path.empty() && fluents[index(effect.fluent)])
            usable = usable && add(problem, effect.condition, false) && add(problem, effect.value, false);
}

/// Mark the fluents that a term reads; false if it looks into a mind (unless those are to be skipped).
bool Mask::add(const Problem& problem, TermId id, bool skip_minds) {
    const auto& term = problem.at(id);
    if (term.kind == TermKind::believed || term.kind == TermKind::thinks) return skip_minds;
    if (term.kind == TermKind::compare && skip_minds && nesting(problem, id) > 0) return true;
    if (term.kind == TermKind::read) fluents[static_cast<std::size_t>(term.detail)] = true;
    for (const auto part : term.parts)
        if (!add(problem, part, skip_minds)) return false;
    return true;
}

Bodies::Rules::Rules(const Laws& laws, const Mask& m)
    : mask(m), bits(laws.layout.words(), 0), watchers(laws.problem.fluents.size()) {
    const auto& problem = laws.problem;
    const auto kept = [&m](const std::vector<LawEffect>& effects) {
        std::vector<LawEffect> found;
        for (const auto& e : effects)
            if (e.path == PathId::here && m.fluents[index(e.fluent)]) found.push_back(e);
        return found;
    };
    for (std::uint32_t f = 0; f < m.fluents.size(); ++f) {
        const auto& field = laws.layout.field(FluentId(f));
        if (m.fluents[f]) bits[field.word] |= field.mask << field.shift;
    }
    for (std::uint32_t a = 0; a < problem.acts.size(); ++a) {
        if (!m.acts[a]) continue;
        acts.push_back(ActId(a));
        of_acts.push_back({laws.program.condition(problem.acts[a].precondition, PathId::here, true),
                           kept(laws.acts[a].effects)});
    }
    for (std::uint32_t t = 0; t < problem.triggers.size(); ++t) {
        if (!m.triggers[t]) continue;
        const TriggerId place{static_cast<std::uint32_t>(of_triggers.size())};
        for (std::size_t f = 0; f < m.fluents.size(); ++f)
            for (const auto& watch : laws.watchers[f])
                if (watch.trigger == TriggerId(t)) watchers[f].push_back({watch.wish, place, watch.code});
        of_triggers.push_back({laws.triggers[t].precondition, kept(laws.triggers[t].effects)});
    }
    chooser = std::make_unique<Chooser>(problem, laws.layout, acts);
}

Bodies::Bodies(const Laws& laws, const Mask& mask, Meter& meter)
    : laws_(laws),
      meter_(meter),
      rules_(std::make_shared<Rules>(laws, mask)),
      memory_(std::make_shared<Memory>(meter)),
      lists_(memory_->lists),
      store_(laws.layout.words(), 0, 0, meter),
      words_(laws.layout.words(), 0),
      dirty_((rules_->of_triggers.size() + 63) / 64) {}

Bodies::Bodies(const Bodies& other, Meter& meter)
    : laws_(other.laws_),
      meter_(meter),
      rules_(other.rules_),
      memory_(other.memory_),
      lists_(memory_->helpers),
      store_(other.store_, meter),
      words_(other.words_.size(), 0),
      dirty_(other.dirty_.size()) {}

BodyId Bodies::of(const Store& store, NodeId node) {
    const auto whole = index(store.body(node));
    memory_->by_state.reach(whole);
    auto& known = *memory_->by_state.at(whole);
    if (const auto made = known.load(std::memory_order_acquire)) return BodyId{made - 1};
    const auto* words = store.view(node).words;
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] = words[i] & rules_->bits[i];
    const auto made = static_cast<std::uint32_t>(store_.intern(0, words_.data(), nullptr));
    known.store(made + 1, std::memory_order_release);
    return BodyId{made};
}

std::span<const Bodies::Edge> Bodies::edges(BodyId body) {
    memory_->edges.reach(index(body));
    const auto* known = memory_->edges.at(index(body))->load(std::memory_order_acquire);
    return known ? known->items() : expand(body);
}

BodyId Bodies::after(BodyId body, ActId act) {
    if (body == nowhere || !matters(act)) return body;
    const auto known = edges(body);
    const auto found = std::ranges::lower_bound(known, act, {}, &Edge::act);
    return found != known.end() && found->act == act ? found->to : body;
}

std::span<const Bodies::Edge> Bodies::expand(BodyId body) {
    meter_.body();
    found_.clear();
    const auto view = store_.view(NodeId(static_cast<std::uint32_t>(body)));
    rules_->chooser->choose(view.words, chosen_);
    for (const auto a : chosen_) {
        const auto& rule = rules_->of_acts[a];
        if (!laws_.program.holds(rule.precondition, view, store_)) continue;
        meter_.step();
        words_.assign(view.words, view.words + words_.size());
        std::ranges::fill(dirty_, 0);
        const bool sound = apply(rule.effects, words_, dirty_) && run(words_, dirty_);
        const auto to = sound ? static_cast<BodyId>(store_.intern(0, words_.data(), nullptr)) : nowhere;
        found_.push_back({rules_->acts[a], to});
    }
    ++expanded_;
    followed_ += found_.size();
    const Memory::List* quicker = nullptr;  // another thread's, if that was
    const auto& made = lists_.keep(found_);
    auto& known = *memory_->edges.at(index(body));
    return (known.compare_exchange_strong(quicker, &made, std::memory_order_acq_rel) ? made : *quicker)
        .items();
}

bool Bodies::apply(const std::vector<LawEffect>& effects, std::vector<std::uint64_t>& words,
                   std::vector<std::uint64_t>& dirty) {
    old_ = words;
    const View view{old_.data(), nullptr};
    bool sound = true;
    for (const auto& effect : effects) {
        if (!laws_.program.holds(effect.condition, view, store_)) continue;
        const auto code =
            laws_.layout.code(effect.fluent, laws_.program.evaluate(effect.value, view, store_));
        const auto now = laws_.layout.get(words.data(), effect.fluent);
        if (now == code) continue;
        sound &=
            now == laws_.layout.get(old_.data(), effect.fluent);  // else it was given another value before
        laws_.layout.set(words.data(), effect.fluent, code);
        for (const auto& watch : rules_->watchers[index(effect.fluent)])
            if (const auto t = index(watch.trigger); watch.minds(code))
                dirty[t / 64] |= std::uint64_t{1} << (t % 64);
    }
    return sound;
}

bool Bodies::run(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& dirty) {
    for (int firings = 0; firings < many_firings; ++firings) {
        std::size_t word = 0;
        while (word < dirty.size() && !dirty[word]) ++word;
        if (word == dirty.size()) return true;
        const auto t = word * 64 + static_cast<std::size_t>(std::countr_zero(dirty[word]));
        dirty[word] &= dirty[word] - 1;
        const auto& rule = rules_->of_triggers[t];
        if (!laws_.program.holds(rule.precondition, {words.data(), nullptr}, store_)) continue;
        if (!apply(rule.effects, words, dirty)) return false;
    }
    return false;
}

}  // namespace fabula
