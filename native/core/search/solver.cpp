// Rounds of searches.
#include "core/search/solver.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/search/every.hpp"

namespace fabula {
namespace {

/// How many steps the full limits have before turns begin, and a turn at first.
constexpr std::uint64_t first_go = 30'000, first_share = 3'000;
/// How long a short story is looked for before its shortness is proved.
constexpr std::uint64_t before_proof = 20'000'000;
constexpr int greedy = 5;
/// How many questions have room in a share, at least: one that takes more waits for the next turn.
constexpr std::uint64_t questions = 16;
/// The longest explanations that a first story is looked for with before they may have any length.
constexpr int long_reason = 8;
/// More layers of reasons than anybody can think of.
constexpr int endless = 1'000;

std::uint32_t levels(const Shape& shape, int epistemic) {
    return std::max(static_cast<std::uint32_t>(epistemic) + 1 + shape.looks, shape.author_looks);
}

/// Minds without end are needed where a cut would show, or where it would be too deep.
Shape shape_of(const Problem& problem, int layers, std::uint32_t looks) {
    Shape shape(problem);
    shape.author_looks = std::max(shape.author_looks, looks);
    shape.minds_matter |= looks > 0;
    if (levels(shape, layers) > Store::deepest) shape.cut_is_exact = false;
    shape.minds_matter |= !shape.cut_is_exact;
    return shape;
}

/// Who has a slot in a state: all, if somebody looks into minds, else those whose consent is ever needed.
std::vector<int> slots(const Shape& shape) {
    std::vector<int> found;
    int next = 0;
    for (const bool kept : shape.kept) found.push_back(kept || shape.minds_matter ? next++ : -1);
    return found;
}

}  // namespace

double default_goal(double floor) {
    if (is_unknown(floor)) return 1;
    return floor == std::floor(floor) ? floor + 1 : std::ceil(floor);
}

int layers(int character, int epistemic) noexcept {
    const int most = character < 0 ? endless : std::max(character, 1) - 1;
    return epistemic < 0 ? most : std::min(epistemic, most);
}

Question settled(Question question) noexcept {
    question.epistemic = layers(question.character, question.epistemic);
    if (question.character == 0) question.character = 1;
    return question;
}

World::World(const Problem& p, Meter& m, int most_layers, bool best, std::uint32_t looks,
             std::optional<Reach> usual)
    : problem(p),
      meter(m),
      layers(most_layers),
      layout(p, m),
      program(p, layout),
      shape(shape_of(p, most_layers, looks)),
      laws((program.slots = slots(shape), p), layout, program),
      estimates(laws, usual.value_or(Reach::everything(p)), meter),
      minds(laws, shape, shape.cut_is_exact ? levels(shape, most_layers) : 1, meter),
      motive(minds, estimates, meter, best) {
    if (usual && *usual != Reach::everything(p)) stage_.emplace(p);
}

void World::begin(bool elsewhere) {
    estimates.be_usual(!elsewhere || !stage_ || stage_->reach().within(estimates.usually()));
}

bool World::fits(int most_layers, std::uint32_t looks) const noexcept {
    if (!shape.cut_is_exact) return true;
    return most_layers <= layers && looks <= shape.author_looks && (looks == 0 || shape.minds_matter);
}

void World::set_beats(const std::vector<TermId>& conditions) {
    laws.beats.clear();
    for (const auto term : conditions) {
        const auto [found, fresh] = compiled_.try_emplace(term, TestId::holds);
        if (fresh) found->second = program.condition(term);
        laws.beats.push_back(found->second);
    }
}

Round::Round(World& w, int e, int c, const Question& q, Meter& m)
    : world(w),
      question(q),
      meter(m),
      epistemic(e),
      character(c),
      minds(w.minds),
      motive(w.motive),
      start(minds.start(levels(w.shape, e))) {}

void Round::begin(int acts, int weight) {
    const auto goal = question.has_goal ? question.goal : default_goal(minds.author_worth(start));
    // A first story is mostly found sooner by bodies alone: better guesses lead to acts whose reasons are
    // hard to see.
    const bool insight = weight == 1 && world.shape.cut_is_exact;
    author = std::make_unique<Author>(minds, world.estimates, motive, meter, start, goal, acts, character,
                                      epistemic, weight, insight ? levels(world.shape, 0) : 0);
    done = false;
}

Solver::Solver(World& world, const Question& question, Meter& meter)
    : question_(settled(question)), meter_(meter), world_(world) {}

Answer Solver::run(const std::function<void(const Story&)>& told) {
    told_ = told;
    Answer answer;
    world_.motive.be_precise(question_.mode == Mode::prove);
    try {
        if (question_.mode == Mode::all)
            search_all(answer);
        else
            search(answer);
        if (!answer.found) look_closer(answer);
        const bool cut = full_ && full_->author->cut();
        answer.status = answer.found ? Status::solved : cut ? Status::limits : Status::impossible;
        answer.in_reach = answer.status == Status::limits && full_->author->in_reach();
    } catch (const Stopped& stopped) {
        answer.status = Status::stopped;
        answer.stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        answer.status = Status::stopped;
        answer.stop = Stop::memory;
    }
    if (beside_) meter_.add(*beside_);  // not what broke there: who met it is chance
    answer.visited = meter_.visited();
    answer.generated = meter_.nodes();
    answer.bodies = meter_.bodies();
    answer.peak = meter_.peak();
    answer.seconds = meter_.seconds();
    return answer;
}

/// No story: is that for the limits' sake? Asks again whatever was denied without saying why; where one
/// answer will do, until a limit is met.
void Solver::look_closer(Answer& answer) {
    if (!full_ || !full_->author->cut() || question_.mode == Mode::prove) return;
    full_->motive.be_precise();
    if (question_.mode == Mode::all)
        search_all(answer);
    else
        full(question_.author, 1).author->hides();
}

void Solver::search(Answer& answer) {
    if (question_.mode == Mode::first) {
        first(answer, question_.author, 0);
        return;
    }
    if (question_.mode == Mode::prove) return prove(answer, {});
    auto helper = begin_elsewhere();
    first(answer, question_.author, before_proof);
    rounds_.clear();
    if (!exhausted_) prove(answer, std::move(helper));
}

/// With two threads the proof begins while a first story is looked for: in a world of its own, because the
/// turns of that search are counted in steps, and steps must not depend on what another thread has found out.
/// What was visited in two worlds cannot be shown, and where memory is scarce the first story needs it more.
std::unique_ptr<Helper> Solver::begin_elsewhere() {
    if (meter_.threads() < 2 || question_.keep || meter_.scarce()) return {};
    if (!world_.motive.can_be_shared() || !world_.minds.can_be_shared()) return {};
    beside_ = std::make_unique<Meter>(Meter::Beside{meter_});
    elsewhere_ = std::make_unique<World>(world_.problem, *beside_, world_.layers, false,
                                         world_.shape.author_looks, world_.estimates.usually());
    elsewhere_->estimates.be_usual(world_.estimates.usual());
    elsewhere_->set_beats(world_.problem.beats);
    elsewhere_->motive.learn_from(world_.motive);
    ahead_ =
        std::make_unique<Round>(*elsewhere_, question_.epistemic, question_.character, question_, meter_);
    ahead_->begin(question_.author, 1);
    return std::make_unique<Helper>(elsewhere_->estimates, elsewhere_->minds, elsewhere_->motive,
                                    *ahead_->author, *beside_);
}

/// Look for a shortest story, shorter than the one there is.
void Solver::prove(Answer& answer, std::unique_ptr<Helper> ahead) {
    int acts = question_.author;
    if (!answer.stories.empty()) acts = static_cast<int>(answer.stories[0].steps.size()) - 1;
    const auto plan = shorter(acts, std::move(ahead));
    if (plan) keep(answer, *plan);  // whatever is left out of a shortest story, it is none any more
}

/// A shortest story of at most so many acts.
std::optional<std::vector<ActId>> Solver::shorter(int acts, std::unique_ptr<Helper> ahead) {
    if (ahead) {
        elsewhere_->motive.learn();
        full_ = std::move(ahead_);
        full_->author->shorten(acts);
        ahead->shorten(acts);
        const auto before = meter_.visited();
        auto plan = full_->author->next();
        ahead.reset();
        if (!beside_->mistake()) return plan;
        // Who met what breaks, and whether it would have been met alone, is not known: once more.
        meter_.go_back(before);
        full_.reset();
        elsewhere_.reset();
        beside_.reset();
    }
    return full(acts, 1).author->next();
}

/// Look for any story, in turns; whether there is one. `most_steps`: give up after so many (0: never).
bool Solver::first(Answer& answer, int acts, std::uint64_t most_steps) {
    const auto began = meter_.steps();
    // In a small world that is all: nobody need look through it once for each pair of limits.
    if (turn(answer, full(acts, greedy), first_go)) return true;
    const int most = question_.character < 0 ? long_reason + 1 : question_.character;
    for (const int c : smaller_limits(most))
        for (int e = std::min(1, c - 1); e <= std::min(question_.epistemic, c - 1); ++e)
            rounds_.push_back(std::make_unique<Round>(world_, e, c, question_, meter_));
    for (int e = std::min(1, most - 1); e < std::min(question_.epistemic, most - 1); ++e)
        rounds_.push_back(std::make_unique<Round>(world_, e, question_.character, question_, meter_));
    for (auto& round : rounds_) round->begin(acts, greedy);
    // Where minds are what keeps people from the goal, bodies alone lead astray.
    rounds_.push_back(
        std::make_unique<Round>(world_, question_.epistemic, question_.character, question_, meter_));
    rounds_.back()->begin(acts, 1);
    for (auto share = first_share; !full_->done; share *= 3) {
        if (most_steps && meter_.steps() - began > most_steps) return false;
        for (auto& round : rounds_)
            if (turn(answer, *round, share)) return true;
        if (turn(answer, *full_, share)) return true;
    }
    exhausted_ = true;
    return false;
}

/// Let a round search for so many steps; whether it found a story, which is kept.
bool Solver::turn(Answer& answer, Round& round, std::uint64_t steps) {
    round.author->begin_turn(steps / questions);
    while (const auto plan = round.done ? std::nullopt : next(round, steps)) {
        if (&round != full_.get() && !full_->author->valid(*plan)) continue;
        keep(answer, full_->author->reduced(*plan));
        return true;
    }
    return false;
}

/// The next plan of a round, if it is found within so many steps.
std::optional<std::vector<ActId>> Solver::next(Round& round, std::uint64_t steps) {
    std::optional<std::vector<ActId>> plan;
    meter_.share(steps);
    try {
        plan = round.author->next();
        round.done = !plan;
    } catch (const Stopped& stopped) {
        if (stopped.reason != Stop::share) throw;
        round.motive.recover();
        round.minds.recover();
    }
    meter_.share(0);
    return plan;
}

Round& Solver::full(int acts, int weight) {
    if (!full_)
        full_ = std::make_unique<Round>(world_, question_.epistemic, question_.character, question_, meter_);
    put_away();
    full_->begin(acts, weight);
    return *full_;
}

/// Keep what was visited under the full limits; what smaller ones let people do is no part of the answer.
void Solver::put_away() {
    if (question_.keep && full_ && full_->author) seen_.trees.push_back(std::move(*full_->author).tree());
}

Seen Solver::seen() && {
    put_away();
    return std::move(seen_);
}

/// Keep the course of a story.
void Solver::remember(const std::vector<ActId>& plan) {
    if (!question_.keep) return;
    auto place = full_->author->first();
    Tree story{{{place, 0, ActId{}, 0}}, std::vector<bool>(plan.size() + 1, true)};
    for (const auto act : plan) {
        place = full_->author->after(place, act);
        const auto done = static_cast<std::uint32_t>(story.visits.size());
        story.visits.push_back({place, done - 1, act, static_cast<int>(done)});
    }
    seen_.stories.push_back(std::move(story));
}

void Solver::keep(Answer& answer, const std::vector<ActId>& plan) {
    seen_.stories.clear();
    remember(plan);
    answer.stories.assign(1, recount(*full_, plan));
    ++answer.found;
    if (told_) told_(answer.stories[0]);
}

void Solver::search_all(Answer& answer) {
    auto& round = full(question_.author, 1);
    Every every(round.minds, *round.author, question_.author);
    if (question_.keep) every.keep(seen_.trees.emplace_back());
    every.run([&](const std::vector<ActId>& plan) {
        remember(plan);
        auto story = recount(*full_, plan);
        ++answer.found;
        if (told_)
            told_(story);
        else
            answer.stories.push_back(std::move(story));
    });
}

namespace {

std::vector<Reason> reasons(Round& round, NodeId node, ActId act, int owner, int acts, int deep);

}  // namespace

Reason reason(Round& round, NodeId mind, CharacterId who, ActId act, int acts, int deep) {
    Reason made;
    made.who = who;
    made.before = made.after = round.minds.worth(mind, who);
    auto node = mind;
    int done = 0;
    const auto plan = round.motive.plan(mind, who, act, acts, deep);
    for (const auto step : plan) {
        StepTaken taken{step, {}};
        if (done > 0) taken.reasons = reasons(round, node, step, static_cast<int>(who), acts - done, deep);
        made.steps.push_back(std::move(taken));
        node = round.minds.after(node, step);
        ++done;
    }
    made.after = round.minds.worth(node, who);
    return made;
}

namespace {

std::vector<Reason> reasons(Round& round, NodeId node, ActId act, int owner, int acts, int deep) {
    std::vector<Reason> made;
    for (const auto who : round.minds.laws().acts[index(act)].consenting) {
        const bool own = static_cast<int>(who) == owner;
        const auto mind = own ? node : round.minds.mind(node, who);
        made.push_back(reason(round, mind, who, act, acts, own ? deep : deep - 1));
    }
    return made;
}

}  // namespace

Story recount(Round& round, const std::vector<ActId>& plan) {
    Story story;
    auto node = round.author->first().node;
    for (const auto act : plan) {
        story.steps.push_back({act, reasons(round, node, act, -1, round.character, round.epistemic)});
        node = round.minds.after(node, act);
    }
    story.worth = round.minds.author_worth(node);
    return story;
}

}  // namespace fabula
