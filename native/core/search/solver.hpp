// From a question to its answer.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/seam/answer.hpp"
#include "core/search/author.hpp"
#include "core/search/helper.hpp"
#include "core/search/seen.hpp"

namespace fabula {

/// Everything that stays the same while limits change.
struct World {
    /// For questions with at most so many layers of reasons, whose conditions look into at most so many minds
    /// within minds; `best` is the ambition. Throws Mistake.
    World(const Problem& problem, Meter& meter, int layers = 0, bool best = false, std::uint32_t looks = 0,
          std::optional<Reach> usual = {});
    /// Whether such questions can be answered here.
    bool fits(int layers, std::uint32_t looks) const noexcept;
    /// Let these be the conditions that beats are.
    void set_beats(const std::vector<TermId>& conditions);
    /// A question begins, `elsewhere` than usual, where the problem does now.
    void begin(bool elsewhere);
    /// An act is done that cannot be done: from here on everything can happen.
    void expect_anything() noexcept { estimates.be_usual(false); }
    /// Make good what an exception in the middle of a question has left behind.
    void recover() noexcept {
        minds.recover();
        motive.recover();
    }

    const Problem& problem;
    Meter& meter;
    const int layers;
    Layout layout;
    Program program;
    Shape shape;
    Laws laws;
    Estimates estimates;
    Minds minds;
    Motive motive;

  private:
    std::map<TermId, TestId> compiled_;
    std::optional<Stage> stage_;  ///< where less than everything is usual
};

/// A search under one pair of limits on explanations.
struct Round {
    Round(World& world, int epistemic, int character, const Question& question, Meter& meter);
    /// Begin (again) with at most so many acts; what is known of states and reasons is kept. `weight`: of
    /// distance, 1 for shortest stories, 0 where none is looked for.
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
/// Behaves like a function; Session calls it; a first story is looked for under small limits on explanations
/// first, each pair of limits in its turn and for thrice as many steps as in the turn before, since many
/// stories need no deep reasons; but before that the full ones have a go, since many worlds are small. What
/// it finds is checked under the full limits before it counts.
class Solver {
  public:
    Solver(World& world, const Question& question, Meter& meter);
    /// `told` is called with every story as it is found; of all stories none is kept then.
    Answer run(const std::function<void(const Story&)>& told = {});
    /// Hand over what was visited, if the question says that it is to be kept.
    Seen seen() &&;

  private:
    void search(Answer& answer);
    void search_all(Answer& answer);
    void look_closer(Answer& answer);
    bool first(Answer& answer, int acts, std::uint64_t most_steps);
    bool turn(Answer& answer, Round& round, std::uint64_t steps);
    std::optional<std::vector<ActId>> next(Round& round, std::uint64_t steps);
    void keep(Answer& answer, const std::vector<ActId>& plan);
    void prove(Answer& answer, std::unique_ptr<Helper> helper);
    std::unique_ptr<Helper> begin_elsewhere();
    std::optional<std::vector<ActId>> shorter(int acts, std::unique_ptr<Helper> ahead);
    void put_away();
    void remember(const std::vector<ActId>& plan);

    Question question_;
    Meter& meter_;
    World& world_;
    Round& full(int acts, int weight);
    /// Where a proof has begun beside the search for a first story.
    std::unique_ptr<Meter> beside_;
    std::unique_ptr<World> elsewhere_;
    std::unique_ptr<Round> ahead_;
    std::unique_ptr<Round> full_;
    std::vector<std::unique_ptr<Round>> rounds_;
    Seen seen_;
    std::function<void(const Story&)> told_;
    bool exhausted_ = false;
};

/// The question with limits as they are used: an explanation has at least one act, and no more layers than
/// acts.
Question settled(Question question) noexcept;

/// The plan as a story, with everybody's reasons.
Story recount(Round& round, const std::vector<ActId>& plan);
/// Why a character, with this mind, would do an act: she has a plan, and it is found again.
Reason reason(Round& round, NodeId mind, CharacterId who, ActId act, int acts, int deep);

/// On how many layers reasons may have more than one act. An explanation of n acts has at most n layers: the
/// i-th is left n - i + 1 acts.
int layers(int character, int epistemic) noexcept;

/// The least goal worth telling: one above a whole utility, else the next whole number.
double default_goal(double floor);

}  // namespace fabula
