// A lower bound is no more than the distance, and often it is as much.
#include "core/estimate/relaxed.hpp"

#include <cstdio>

#include "core/base/budget.hpp"
#include "tests/sketch.hpp"

namespace {

using namespace fabula;
using namespace fabula::sketch;

constexpr int place = 0, door = 1;

/// A walk along places 0 to 5, a door that has to be opened on the way, and a utility of 1 at its end.
World walk() {
    World world{.values = {6, 2}, .initial = {0, 0}};
    for (int from = 0; from < 5; ++from) {
        const auto here = is(place, from);
        const auto when = from == 3 ? all({here, is(door, 1)}) : here;
        world.acts.push_back(act(when, {sets(place, from + 1)}, {0}, {yes()}));
    }
    world.acts.push_back(act(is(place, 0), {sets(door, 1)}, {0}, {yes()}));
    world.utility = choice(is(place, 5), number(1), number(0));
    world.utilities = {world.utility};
    return world;
}

/// How far it is at least from the start of this world.
int bound(const World& world, double value) {
    const auto problem = world.problem();
    Meter meter;
    Layout layout(problem, meter);
    Program program(problem, layout);
    program.slots = {-1};
    const Laws laws(problem, layout, program);
    const Mask mask(problem, fabula::Reach::everything(problem), problem.utility, true);
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
    expect("five steps, and the door was opened meanwhile", bound(walk(), 1), 5);
    expect("what is so already", bound(walk(), 0), 0);
    expect("what no value is enough for", bound(walk(), 2), Relaxed::endless);

    auto slow = walk();  // the door can be opened only from inside
    slow.acts[5] = act(is(place, 4), {sets(door, 1)}, {0}, {yes()});
    expect("a door that nobody can open", bound(slow, 1), Relaxed::endless);

    auto sum = walk();  // the place itself is worth as much as its number
    sum.utility = sum.utilities[0] = read(place);
    expect("a value that has to be worked out may be any once it changes", bound(sum, 5), 1);

    auto clash = walk();  // an act that gives the door two values
    clash.acts.push_back(act(is(place, 1), {sets(door, 0), sets(door, 1)}, {0}, {yes()}));
    expect("a mistake of the world ends it", bound(clash, 1), 2);
    return failures != 0;
}
