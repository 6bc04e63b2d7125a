// What can ever happen depends on where a question begins, in the world and in minds.
#include "core/problem/reach.hpp"

#include <cstdio>

#include "sketch.hpp"

namespace {

using namespace fabula::sketch;
using fabula::Problem;
using fabula::Reach;
using fabula::Stage;

/// One person, and acts that lead from one value of a fluent to the next; what is not known teaches nothing.
World steps() {
    World world;
    world.values = {2, 3, 2, 3};
    world.initial = {0, 0, 0, 1};
    world.acts = {
        act(is(0, 1), {sets(1, 1)}, {0}, {yes()}),
        act(is(1, 1), {sets(1, 2, {}, is(2, 1))}, {0}, {yes()}),
        act(is(1, 2), {sets(2, 0)}, {0}, {yes()}),
        act(all({is_not(3, 0), is(2, 0)}), {sets(3, 0)}, {0}, {yes()}),
    };
    world.triggers = {trigger(is(1, 2), {sets(0, 0)}), trigger(thinks(0, is(0, 1)), {sets(0, 0)})};
    world.utility = number(0);
    world.utilities = {number(0)};
    return world;
}

bool is_found(const char* what, Problem problem, const std::vector<bool>& acts,
              const std::vector<bool>& triggers) {
    if (Stage(problem).reach() == Reach{acts, triggers}) return true;
    std::puts(what);
    return false;
}

}  // namespace

int main() {
    bool well =
        is_found("nothing leads there", steps().problem(), {false, false, false, true}, {false, false});
    auto begun = steps();
    begun.initial[0] = 1;
    well &= is_found("an effect whose condition never holds", begun.problem(), {true, true, false, true},
                     {false, true});
    begun.initial[2] = 1;
    well &= is_found("one thing leads to another", begun.problem(), {true, true, true, true}, {true, true});
    auto believed = steps();
    believed.beliefs = {believes({0, 0}, 0, 1), believes({0}, 2, 1)};
    well &= is_found("in a mind", believed.problem(), {true, true, true, true}, {true, true});
    // A stage is asked again and again, and what it found before changes nothing.
    auto problem = begun.problem();
    Stage stage(problem);
    const auto first = stage.reach();
    problem.initial = steps().problem().initial;
    const auto less = stage.reach();
    problem.initial = begun.problem().initial;
    well &= stage.reach() == first && less.within(first) && !first.within(less);
    // Who sees an act done that she held to be impossible no longer knows, and nor may she of something else.
    auto taught = steps();
    taught.values = {2, 5, 2, 3};
    taught.acts = {
        act(is_not(3, 2), {sets(2, 0)}, {0}, {yes()}),
        act(compare(fabula::Comparator::lt, read(1), number(1)), {sets(2, 0)}, {0}, {yes()}),
        act(compare(fabula::Comparator::eq, read(3), read(1)), {sets(2, 0)}, {0}, {yes()}),
    };
    taught.triggers.clear();
    well &= is_found("no surprise", taught.problem(), {true, true, false}, {});
    taught.beliefs = {believes({0}, 3, 2), believes({0}, 1, 4)};
    well &= is_found("surprise", taught.problem(), {true, true, true}, {});
    return well ? 0 : 1;
}
