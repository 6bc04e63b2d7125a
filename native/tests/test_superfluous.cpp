// A first story is made minimal without finding out what is hard to see and makes no difference.
#include <cstdio>

#include "core/search/solver.hpp"
#include "tests/village.hpp"

int main() {
    using namespace fabula;
    // The plan that is found first has an act too many. To refuse it to every shadow of the plan before it is
    // seen where that leads made 25,000 states.
    constexpr std::uint64_t enough = 10'000;
    const auto problem = sketch::Village{.people = 4, .places = 3}.world(9).problem();
    Question question;
    question.goal = 1;
    question.has_goal = true;
    question.author = 10;
    question.character = 8;
    question.epistemic = 3;
    Meter meter;
    World world(problem, meter, question.epistemic);
    Solver solver(world, question, meter);
    const auto answer = solver.run();
    const auto acts = answer.found ? answer.stories[0].steps.size() : 0;
    std::printf("a story of %zu acts, %llu states\n", acts,
                static_cast<unsigned long long>(answer.generated));
    return acts != 5 || answer.generated > enough;
}
