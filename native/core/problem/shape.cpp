// Reading off the nesting of beliefs.
#include "core/problem/shape.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace fabula {
namespace {

struct Looked {
    std::set<FluentId> here;    ///< fluents of the state itself
    std::set<FluentId> inside;  ///< fluents of somebody's mind
};

void look(const Problem& problem, TermId id, bool inside, Looked& found) {
    const auto& term = problem.at(id);
    if (term.kind == TermKind::read) (inside ? found.inside : found.here).insert(FluentId(term.detail));
    const bool deeper = inside || term.kind == TermKind::believed || term.kind == TermKind::thinks;
    for (const auto part : term.parts) look(problem, part, deeper, found);
}

/// Whether an expression looks into the mind of anybody but this one.
bool looks_elsewhere(const Problem& problem, TermId id, CharacterId who) {
    const auto& term = problem.at(id);
    if (term.kind == TermKind::believed || term.kind == TermKind::thinks)
        return CharacterId(term.detail) != who;
    for (const auto part : term.parts)
        if (looks_elsewhere(problem, part, who)) return true;
    return false;
}

/// What a conjunction says of one fluent when everybody is right: the values it may be, or may not be.
struct Said {
    std::map<FluentId, double> is;
    std::map<FluentId, std::set<double>> is_not;
    bool impossible = false;

    void say(FluentId fluent, bool equal, double value) {
        if (is_unknown(value)) value = -1;  // no domain has it
        if (equal) {
            const auto [found, fresh] = is.try_emplace(fluent, value);
            impossible |= !fresh && found->second != value;
        } else {
            is_not[fluent].insert(value);
        }
        const auto fixed = is.find(fluent);
        impossible |= fixed != is.end() && is_not.contains(fluent) && is_not[fluent].contains(fixed->second);
    }
};

/// Collect the plain comparisons of a conjunction, beliefs taken for the truth.
void collect(const Problem& problem, TermId id, Said& said) {
    const auto& term = problem.at(id);
    if (term.kind == TermKind::all_of || term.kind == TermKind::thinks)
        for (const auto part : term.parts) collect(problem, part, said);
    if (term.kind == TermKind::truth && !term.detail) said.impossible = true;
    if (term.kind != TermKind::compare || term.detail > 1) return;
    const auto* left = &problem.at(term.parts[0]);
    while (left->kind == TermKind::believed) left = &problem.at(left->parts[0]);
    const auto& right = problem.at(term.parts[1]);
    if (left->kind != TermKind::read || right.kind != TermKind::constant) return;
    const auto fluent = FluentId(left->detail);
    said.say(fluent, term.detail == 0, right.value);
}

/// Whether a trigger never fires for somebody who is right about everything.
bool spares_the_right(const Problem& problem, const Trigger& trigger) {
    Said said;
    collect(problem, trigger.precondition, said);
    return said.impossible;
}

/// Whether who is right about everything needs no special care while triggers run.
///
/// The language says that a belief state which is the state moves along with it. Letting it rest by
/// itself afterwards comes to the same if triggers that change the world look at no beliefs, triggers that
/// change beliefs never touch those of somebody who is right, and the two do not read each other's work.
bool moving_along_is_resting(const Problem& problem) {
    std::set<FluentId> moved;
    bool minds = false;
    std::vector<const Trigger*> telling;
    for (const auto& trigger : problem.triggers) {
        Looked looked;
        look(problem, trigger.precondition, false, looked);
        bool world = false, tells = false;
        for (const auto& effect : trigger.effects) {
            look(problem, effect.condition, false, looked);
            look(problem, effect.value, false, looked);
            (effect.path.empty() ? world : tells) = true;
            if (effect.path.empty()) moved.insert(effect.fluent);
        }
        minds |= tells || !looked.inside.empty();
        if (world && (tells || !looked.inside.empty())) return false;
        if (tells) telling.push_back(&trigger);
    }
    if (!minds || moved.empty()) return true;
    for (const auto* trigger : telling) {
        Looked looked;
        look(problem, trigger->precondition, false, looked);
        for (const auto& effect : trigger->effects) {
            look(problem, effect.condition, false, looked);
            look(problem, effect.value, false, looked);
        }
        if (!spares_the_right(problem, *trigger)) return false;
        for (const auto fluent : looked.inside)
            if (moved.contains(fluent)) return false;
    }
    return true;
}

}  // namespace

std::uint32_t nesting(const Problem& problem, TermId id) {
    const auto& term = problem.at(id);
    std::uint32_t most = 0;
    for (const auto part : term.parts) most = std::max(most, nesting(problem, part));
    return most + (term.kind == TermKind::believed || term.kind == TermKind::thinks);
}

Shape::Shape(const Problem& problem) : kept(problem.characters, false) {
    const auto depth = [&problem](TermId id) { return nesting(problem, id); };
    // What is written at some depth must not be read from further down.
    const auto sound = [&](TermId precondition, const std::vector<Effect>& effects) {
        for (const auto& effect : effects) {
            const auto read = std::max(depth(effect.condition), depth(effect.value));
            const auto written = effect.path.size();
            if (std::max(read, depth(precondition)) > written) return false;
        }
        return true;
    };
    // What looks only into the mind that it changes tells nothing to anybody else.
    const auto leaves_a_trace = [&](const Effect& effect, TermId precondition) {
        if (effect.path.empty())
            return std::max({depth(effect.condition), depth(effect.value), depth(precondition)}) > 0;
        for (const auto term : {effect.condition, effect.value, precondition})
            if (looks_elsewhere(problem, term, effect.path[0])) return true;
        return false;
    };
    for (const auto& act : problem.acts) {
        looks = std::max(looks, depth(act.precondition));
        cut_is_exact &= depth(act.precondition) <= 1;
        for (const auto& effect : act.effects) {
            cut_is_exact &= std::max(depth(effect.condition), depth(effect.value)) <= effect.path.size();
            minds_matter |= leaves_a_trace(effect, effect.condition);
        }
        for (const auto term : act.observing) {
            cut_is_exact &= depth(term) <= 1;
            minds_matter |= depth(term) > 0;
        }
        for (const auto who : act.consenting) kept[index(who)] = true;
    }
    for (const auto& trigger : problem.triggers) {
        cut_is_exact &= sound(trigger.precondition, trigger.effects);
        for (const auto& effect : trigger.effects)
            minds_matter |= leaves_a_trace(effect, trigger.precondition);
    }
    for (const auto term : problem.utilities) looks = std::max(looks, depth(term));
    author_looks = depth(problem.utility);
    for (const auto term : problem.beats) author_looks = std::max(author_looks, depth(term));
    minds_matter |= looks > 0 || author_looks > 0;
    cut_is_exact &= moving_along_is_resting(problem);
    minds_matter |= !cut_is_exact;
}

}  // namespace fabula
