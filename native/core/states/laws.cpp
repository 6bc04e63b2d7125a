// Compiling acts and triggers.
#include "core/states/laws.hpp"

#include <algorithm>

#include "core/problem/shape.hpp"

namespace fabula {
namespace {

void add(std::vector<TriggerId>& list, TriggerId id) {
    if (std::ranges::find(list, id) == list.end()) list.push_back(id);
}

void add(std::vector<Watch>& list, const Watch& watch) {
    if (std::ranges::find(list, watch.trigger, &Watch::trigger) == list.end()) list.push_back(watch);
}

}  // namespace

Laws::Laws(const Problem& p, Layout& l, Program& g) : problem(p), layout(l), program(g) {
    watchers.resize(p.fluents.size());
    mind_watches.resize(p.characters);
    deep_watches.resize(p.characters);
    for (const auto& act : p.acts) {
        program.blame(Culprit::act, acts.size());
        ActLaw law;
        law.precondition = program.condition(act.precondition);
        law.effects = effects(act.effects);
        law.consenting = act.consenting;
        for (const auto term : act.observing) law.observing.push_back(program.condition(term));
        law.mend = mend(act.precondition);
        plain.push_back(nesting(p, act.precondition) == 0);
        tells.push_back(std::ranges::any_of(act.effects, [](const Effect& e) { return !e.path.empty(); }));
        acts.push_back(std::move(law));
    }
    for (const auto& trigger : p.triggers) {
        program.blame(Culprit::trigger, triggers.size());
        const auto id = TriggerId(static_cast<std::uint32_t>(triggers.size()));
        triggers.push_back({program.condition(trigger.precondition), effects(trigger.effects)});
        watch(id, trigger);
    }
    program.blame(Culprit::utility, static_cast<std::size_t>(-1));
    author = program.value(p.utility);
    for (const auto term : p.utilities) {
        program.blame(Culprit::utility, utilities.size());
        utilities.push_back(program.value(term));
    }
    program.blame(Culprit::nothing);
    for (const auto term : p.beats) beats.push_back(program.condition(term));
}

std::vector<LawEffect> Laws::effects(const std::vector<Effect>& from) {
    std::vector<LawEffect> made;
    for (const auto& effect : from)
        made.push_back({program.path(effect.path), effect.fluent, program.condition(effect.condition),
                        program.value(effect.value)});
    return made;
}

std::uint32_t Laws::mend(TermId id) {
    const auto& term = problem.at(id);
    Mend made;
    switch (term.kind) {
        case TermKind::truth:
            break;
        case TermKind::compare:
            made = comparison(id);
            break;
        case TermKind::thinks:
            made.kind = Mend::Kind::within;
            made.mind = CharacterId(term.detail);
            made.parts.emplace_back(TestId::holds, mend(term.parts[0]));
            break;
        default:
            made.kind = term.kind == TermKind::all_of ? Mend::Kind::every : Mend::Kind::ways;
            for (const auto part : term.parts) {
                const auto test = term.kind == TermKind::all_of ? TestId::holds : program.condition(part);
                made.parts.emplace_back(test, mend(part));
            }
    }
    mends.push_back(std::move(made));
    return static_cast<std::uint32_t>(mends.size() - 1);
}

Mend Laws::comparison(TermId id) {
    const auto& term = problem.at(id);
    Mend made;
    Mend::Target left{}, right{};
    if (!target(term.parts[0], left)) return made;
    made.kind = Mend::Kind::atom;
    made.test = program.condition(id);
    made.equality = static_cast<Comparator>(term.detail) == Comparator::eq;
    made.right = program.value(term.parts[1]);
    made.both = made.equality && term.entities;
    made.targets.push_back(left);
    if (made.both && target(term.parts[1], right)) made.targets.push_back(right);
    return made;
}

bool Laws::target(TermId id, Mend::Target& found) {
    std::vector<CharacterId> path;
    const auto* term = &problem.at(id);
    while (term->kind == TermKind::believed) {
        path.push_back(CharacterId(term->detail));
        term = &problem.at(term->parts[0]);
    }
    if (term->kind != TermKind::read) return false;
    found = {program.path(path), FluentId(term->detail), program.value(id)};
    return true;
}

void Laws::watch(TriggerId id, const Trigger& trigger) {
    Wishes wishes;
    wish(id, trigger.precondition, {}, wishes);
    Path path;
    look(id, trigger.precondition, path, wishes);
    for (const auto& effect : trigger.effects) {
        look(id, effect.condition, path, wishes);
        look(id, effect.value, path, wishes);
        note(id, effect.path, effect.fluent, wishes);
    }
}

/// Collect the comparisons with constants that must all hold for the trigger to fire.
void Laws::wish(TriggerId id, TermId at, Path path, Wishes& wishes) const {
    const auto& term = problem.at(at);
    if (term.kind == TermKind::thinks) path.push_back(CharacterId(term.detail));
    if (term.kind == TermKind::thinks || term.kind == TermKind::all_of)
        for (const auto part : term.parts) wish(id, part, path, wishes);
    if (term.kind != TermKind::compare) return;
    const auto comparator = static_cast<Comparator>(term.detail);
    if (comparator != Comparator::eq && comparator != Comparator::ne) return;
    const auto* left = &problem.at(term.parts[0]);
    const auto& right = problem.at(term.parts[1]);
    for (; left->kind == TermKind::believed; left = &problem.at(left->parts[0]))
        path.push_back(CharacterId(left->detail));
    if (left->kind != TermKind::read || right.kind != TermKind::constant) return;
    Watch made{comparator == Comparator::eq ? Watch::Wish::is : Watch::Wish::is_not, id, 0};
    if (!layout.known(FluentId(left->detail), right.value, made.code)) return;
    auto& found = wishes.try_emplace({path, FluentId(left->detail)}, made).first->second;
    if (made.wish == Watch::Wish::is) found = made;  // says more
}

void Laws::look(TriggerId id, TermId at, Path& path, const Wishes& wishes) {
    const auto& term = problem.at(at);
    const bool inside = term.kind == TermKind::believed || term.kind == TermKind::thinks;
    if (inside) path.push_back(CharacterId(term.detail));
    if (term.kind == TermKind::read) note(id, path, FluentId(term.detail), wishes);
    for (const auto part : term.parts) look(id, part, path, wishes);
    if (inside) path.pop_back();
}

void Laws::note(TriggerId id, const Path& path, FluentId fluent, const Wishes& wishes) {
    const auto found = wishes.find({path, fluent});
    const auto watch = found == wishes.end() ? Watch{Watch::Wish::any, id, 0} : found->second;
    if (path.empty()) return add(watchers[index(fluent)], watch);
    triggers_see_minds = true;
    if (path.size() > 1) return add(deep_watches[index(path[0])], id);
    auto& watches = mind_watches[index(path[0])];
    auto at = std::ranges::find(watches, fluent, &MindWatch::fluent);
    if (at == watches.end()) at = watches.insert(at, {fluent, {}});
    add(at->watches, watch);
}

}  // namespace fabula
