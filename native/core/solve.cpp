// Reading, solving, replying.
#include "core/solve.hpp"

#include "core/seam/seam.hpp"
#include "core/search/solver.hpp"

namespace fabula {

Reply solve(std::span<const std::int32_t> words, std::span<const double> numbers,
            std::span<const std::int32_t> options, double goal, const Budget& budget, Meter::Poll poll) {
    try {
        if (options.size() != 6 || options[3] < 0 || options[3] > 2) throw Mistake(Fault::malformed);
        const auto problem = read_problem(words, numbers);
        Question question;
        question.author = options[0];
        question.character = options[1];
        question.epistemic = options[2];
        question.mode = static_cast<Mode>(options[3]);
        question.best = options[4] != 0;
        question.has_goal = options[5] != 0;
        question.goal = goal;
        Meter meter(budget, std::move(poll));
        try {
            return reply(Solver(problem, question, meter).run());
        } catch (const Stopped& stopped) {
            Answer answer;
            answer.status = Status::stopped;
            answer.stop = stopped.reason;
            return reply(answer);
        }
    } catch (const Mistake& mistake) {
        return reply(mistake);
    }
}

}  // namespace fabula
