// A lower bound is no more than the distance, and often it is as much.
#include "core/estimate/relaxed.hpp"

#include <cstdio>

#include "core/base/budget.hpp"

namespace {

using namespace fabula;

/// A walk along places 0 to 5, a door that has to be opened on the way, and a utility of 1 at its end.
struct Walk {
    Problem problem;

    TermId term(TermKind kind, std::int32_t detail, double value, std::vector<TermId> parts = {}) {
        problem.terms.push_back({kind, detail, false, value, std::move(parts)});
        return TermId{static_cast<std::uint32_t>(problem.terms.size() - 1)};
    }
    TermId number(double value) { return term(TermKind::constant, 0, value); }
    TermId is(std::int32_t fluent, double value) {
        return term(TermKind::compare, static_cast<std::int32_t>(Comparator::eq), 0,
                    {term(TermKind::read, fluent, 0), number(value)});
    }
    TermId yes() { return term(TermKind::truth, 1, 0); }
    TermId both(TermId one, TermId two) { return term(TermKind::all_of, 0, 0, {one, two}); }
    void act(TermId when, std::vector<Effect> effects) {
        problem.acts.push_back({when, std::move(effects), {CharacterId{0}}, {}});
    }
    Effect sets(std::uint32_t fluent, double value) { return {{}, FluentId{fluent}, yes(), number(value)}; }

    Walk() {
        problem.characters = 1;
        problem.fluents = {{false, {0, 1, 2, 3, 4, 5}}, {false, {0, 1}}};
        problem.initial = {0, 0};
        for (int from = 0; from < 5; ++from) {
            auto when = is(0, from);
            if (from == 3) when = both(when, is(1, 1));
            act(when, {sets(0, from + 1)});
        }
        act(is(0, 0), {sets(1, 1)});
        problem.utility = term(TermKind::choice, 0, 0, {is(0, 5), number(1), number(0)});
        problem.utilities = {problem.utility};
    }
};

/// How far it is at least from the start of this world.
int bound(const Problem& problem, double value) {
    Meter meter;
    Layout layout(problem, meter);
    Program program(problem, layout);
    program.slots = {-1};
    const Laws laws(problem, layout, program);
    const Mask mask(problem, problem.utility, true);
    Relaxed relaxed(laws, mask, problem.utility);
    Store store(layout.words(), 0, 0, meter);
    std::vector<std::uint64_t> words(layout.words(), 0);
    for (std::uint32_t f = 0; f < problem.fluents.size(); ++f)
        layout.set(words.data(), FluentId{f}, layout.code(FluentId{f}, problem.initial[f]));
    return relaxed.measure({words.data(), nullptr}, store, value, false);
}

int failures = 0;

void expect(const char* what, int is, int should) {
    if (is == should) return;
    std::printf("%s: %d, not %d\n", what, is, should);
    ++failures;
}

}  // namespace

int main() {
    Walk walk;
    expect("five steps, and the door was opened meanwhile", bound(walk.problem, 1), 5);
    expect("what is so already", bound(walk.problem, 0), 0);
    expect("what no value is enough for", bound(walk.problem, 2), Relaxed::endless);

    Walk slow;  // the door can be opened only from inside
    slow.problem.acts[5].precondition = slow.is(0, 4);
    expect("a door that nobody can open", bound(slow.problem, 1), Relaxed::endless);

    Walk sum;  // the place itself is worth as much as its number
    sum.problem.utility = sum.problem.utilities[0] = sum.term(TermKind::read, 0, 0);
    expect("a value that has to be worked out may be any once it changes", bound(sum.problem, 5), 1);

    Walk clash;  // an act that gives the door two values
    clash.act(clash.is(0, 1), {clash.sets(1, 0), clash.sets(1, 1)});
    expect("a mistake of the world ends it", bound(clash.problem, 1), 2);
    return failures != 0;
}
