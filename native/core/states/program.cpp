// Compiling and running expressions.
#include "core/states/program.hpp"

#include <ranges>

#include "core/base/mistake.hpp"

namespace fabula {

PathId Program::path(const std::vector<CharacterId>& steps) {
    if (steps.empty()) return PathId::here;
    const auto [found, fresh] =
        path_ids_.try_emplace(steps, PathId{static_cast<std::uint16_t>(paths_.size())});
    if (fresh) {
        if (paths_.size() > 60000) throw Mistake(Fault::beyond);
        paths_.push_back(steps);
    }
    return found->second;
}

PathId Program::extended(PathId at, CharacterId step) {
    auto steps = paths_[index(at)];
    steps.push_back(step);
    return path(steps);
}

TestId Program::condition(TermId term, PathId at, bool relaxed) {
    return compile(term, at, relaxed, TestId::holds, TestId::fails);
}

// Built from the back: each part knows where to go on before it is compiled itself.
TestId Program::compile(TermId id, PathId at, bool relaxed, TestId yes, TestId no) {
    const auto& term = problem_.at(id);
    switch (term.kind) {
        case TermKind::truth:
            return term.detail ? yes : no;
        case TermKind::all_of: {
            auto entry = yes;
            for (const auto part : term.parts | std::views::reverse)
                entry = compile(part, at, relaxed, entry, no);
            return entry;
        }
        case TermKind::any_of: {
            auto entry = no;
            for (const auto part : term.parts | std::views::reverse)
                entry = compile(part, at, relaxed, yes, entry);
            return entry;
        }
        case TermKind::thinks:
            if (relaxed) return yes;
            return compile(term.parts[0], extended(at, CharacterId(term.detail)), relaxed, yes, no);
        default:
            if (relaxed && (looks_inside(term.parts[0]) || looks_inside(term.parts[1]))) return yes;
            return compare(term, at, yes, no);
    }
}

bool Program::looks_inside(TermId id) const {
    const auto& term = problem_.at(id);
    if (term.kind == TermKind::believed || term.kind == TermKind::thinks) return true;
    for (const auto part : term.parts)
        if (looks_inside(part)) return true;
    return false;
}

TestId Program::compare(const Term& term, PathId at, TestId yes, TestId no) {
    Test test;
    test.yes = yes;
    test.no = no;
    if (!direct(term, at, test)) {
        const auto left = value(term.parts[0], at), right = value(term.parts[1], at);
        test.wanted = comparisons_.size();
        comparisons_.push_back({static_cast<Comparator>(term.detail), left, right});
    }
    if (test.yes == test.no) return test.yes;
    tests_.push_back(test);
    return TestId{static_cast<std::int32_t>(tests_.size() - 1)};
}

bool Program::direct(const Term& term, PathId at, Test& test) {
    const auto comparator = static_cast<Comparator>(term.detail);
    if (comparator != Comparator::eq && comparator != Comparator::ne) return false;
    const auto* left = &problem_.at(term.parts[0]);
    const auto& right = problem_.at(term.parts[1]);
    if (right.kind != TermKind::constant) return false;
    while (left->kind == TermKind::believed) {
        at = extended(at, CharacterId(left->detail));
        left = &problem_.at(left->parts[0]);
    }
    if (left->kind != TermKind::read) return false;
    const auto fluent = FluentId(left->detail);
    Code code = 0;
    bool known = true;
    if (problem_.fluents[index(fluent)].number)
        code = layout_.code(fluent, right.value);
    else
        known = layout_.known(fluent, right.value, code);
    const auto field = layout_.field(fluent);
    test.word = field.word;
    test.path = at;
    test.mask = field.mask << field.shift;
    test.wanted = known ? std::uint64_t{code} << field.shift : ~test.mask;  // no state has what is not known
    test.turned = comparator == Comparator::ne;
    if (test.turned) std::swap(test.yes, test.no);
    return true;
}

ValueId Program::value(TermId id, PathId at) {
    const auto& term = problem_.at(id);
    if (term.kind == TermKind::believed) return value(term.parts[0], extended(at, CharacterId(term.detail)));
    Value made;
    made.kind = term.kind;
    made.path = at;
    switch (term.kind) {
        case TermKind::constant:
            made.constant = term.value;
            break;
        case TermKind::read:
            made.fluent = FluentId(term.detail);
            break;
        case TermKind::arithmetic:
            made.op = static_cast<Operator>(term.detail);
            made.culprit = culprit_;
            made.which = which_;
            made.left = value(term.parts[0], at);
            made.right = value(term.parts[1], at);
            break;
        default:
            for (std::size_t i = 0; i + 1 < term.parts.size(); i += 2)
                made.branches.emplace_back(condition(term.parts[i], at), value(term.parts[i + 1], at));
            made.left = value(term.parts.back(), at);
    }
    values_.push_back(std::move(made));
    return ValueId{static_cast<std::uint32_t>(values_.size() - 1)};
}

View Program::resolve(View view, PathId path, const Store& store) const {
    for (const auto step : paths_[index(path)]) {
        const auto slot = slots[index(step)];
        if (!view.minds || slot < 0 || view.minds[slot] == NodeId::none) return {};
        if (Store::is_broken(view.minds[slot])) throw Mistake(Fault::lost);
        view = store.view(view.minds[slot]);
    }
    return view;
}

bool Program::holds(TestId at, View view, const Store& store) const {
    while (at >= TestId{0}) {
        const auto& test = tests_[index(at)];
        bool yes = false;
        if (test.word != compared && test.path == PathId::here)
            yes = (view.words[test.word] & test.mask) == test.wanted;
        else
            yes = inside(test, view, store);
        at = yes ? test.yes : test.no;
    }
    return at == TestId::holds;
}

/// What is more than a look at a word of the state itself. What breaks does not hold.
bool Program::inside(const Test& test, View view, const Store& store) const {
    try {
        if (test.word == compared) {
            const auto& both = comparisons_[test.wanted];
            return compare_values(both.comparator, evaluate(both.left, view, store),
                                  evaluate(both.right, view, store));
        }
        const auto seen = resolve(view, test.path, store);
        return seen.words ? (seen.words[test.word] & test.mask) == test.wanted : test.turned;
    } catch (const Mistake& mistake) {
        store.note(mistake);
        return test.turned;
    }
}

double Program::evaluate(ValueId id, View view, const Store& store) const {
    const auto& value = values_[index(id)];
    if (value.kind == TermKind::constant) return value.constant;
    return compute(value, view, store);
}

double Program::compute(const Value& value, View view, const Store& store) const {
    if (value.kind == TermKind::read) {
        const auto seen = value.path == PathId::here ? view : resolve(view, value.path, store);
        return seen.words ? layout_.value(value.fluent, layout_.get(seen.words, value.fluent)) : unknown();
    }
    if (value.kind == TermKind::arithmetic) {
        const auto left = evaluate(value.left, view, store);
        const auto right = evaluate(value.right, view, store);
        if (is_unknown(left) || is_unknown(right)) return unknown();
        switch (value.op) {
            case Operator::times:
                return left * right;
            case Operator::plus:
                return left + right;
            case Operator::minus:
                return left - right;
            default:
                if (right == 0) throw Mistake(Fault::division, value.culprit, value.which);
                return left / right;
        }
    }
    for (const auto& [condition, then] : value.branches)
        if (holds(condition, view, store)) return evaluate(then, view, store);
    return evaluate(value.left, view, store);
}

}  // namespace fabula
