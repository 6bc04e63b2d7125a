// From a question to its answer.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/seam/answer.hpp"
#include "core/search/author.hpp"

namespace fabula {

/// Everything that stays the same while limits change.
struct World {
    /// For questions with at most so many layers of reasons; `best` is the ambition.
    World(const Problem& problem, Meter& meter, int layers = 0, bool best = false);

    const Problem& problem;
    Layout layout;
    Program program;
    Shape shape;
    Laws laws;
    Estimates estimates;

    /// States and reasons for epistemic limits up to the one first asked for.
    Minds& minds(int epistemic, Meter& meter);
    Motive& motive();

  private:
    bool best_;
    std::unique_ptr<Minds> minds_;
    std::unique_ptr<Motive> motive_;
};

/// A search under one pair of limits on explanations.
struct Round {
    Round(World& world, int epistemic, int character, const Question& question, Meter& meter);
    /// Begin (again) with at most so many acts; what is known of states and reasons is kept.
    void begin(int acts, int weight);

    World& world;
    const Question& question;
    Meter& meter;
    int epistemic, character;
    Minds& minds;
    Motive& motive;
    NodeId start;
    std::unique_ptr<Author> author;
    bool done = false;
};

/// Answers questions about a problem.
///
/// Behaves like a function; the seam calls it; a first story is looked for under small limits on explanations
/// first, each pair of limits in its turn and for thrice as many steps as in the turn before, since many
/// stories need no deep reasons. What it finds is checked under the full limits before it counts.
class Solver {
  public:
    Solver(const Problem& problem, const Question& question, Meter& meter);
    /// `told` is called with every story as it is found.
    Answer run(const std::function<void(const Story&)>& told = {});

  private:
    void search(Answer& answer);
    void search_all(Answer& answer);
    void look_closer(Answer& answer);
    bool first(Answer& answer, int acts, std::uint64_t most_steps);
    bool turn(Round& round, std::uint64_t steps, std::vector<ActId>& plan);
    void keep(Answer& answer, const std::vector<ActId>& plan);
    void prove(Answer& answer);

    Question question_;
    Meter& meter_;
    World world_;
    Round& full(int acts, int weight);
    std::unique_ptr<Round> full_;
    std::vector<std::unique_ptr<Round>> rounds_;
    std::function<void(const Story&)> told_;
    bool exhausted_ = false;
};

/// The plan as a story, with everybody's reasons.
Story recount(Round& round, const std::vector<ActId>& plan);

/// On how many layers reasons may have more than one act. An explanation of n acts has at most n layers: the
/// i-th is left n - i + 1 acts.
int layers(int character, int epistemic) noexcept;

/// The least goal worth telling: one above a whole utility, else the next whole number.
double default_goal(double floor);

}  // namespace fabula
