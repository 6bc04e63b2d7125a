// One question after the other.
#include "core/search/session.hpp"

#include <algorithm>
#include <utility>

#include "core/search/examine.hpp"
#include "core/search/spread.hpp"
#include "core/search/willing.hpp"

namespace fabula {
namespace {

/// The answer to a question that was stopped before it was begun.
Reply stopped(Mode mode, Stop why) {
    if (mode == Mode::check) {
        Examined examined;
        examined.stop = why;
        return reply(examined, {});
    }
    if (mode == Mode::willing) return reply(Moment{why, {}, {}}, {});
    if (mode >= Mode::around) {
        auto none = begun({});
        none.words.insert(none.words.end(), {0, 0, static_cast<std::int64_t>(why), 0, 0});
        none.numbers = {0, 0};
        return none;
    }
    Answer answer;
    answer.status = Status::stopped;
    answer.stop = why;
    return reply(answer, {});
}

/// The moments of a course as spots, one after the other.
std::vector<Spot> along(const std::vector<NodeId>& course, const std::vector<ActId>& acts) {
    std::vector<Spot> spots(course.size());
    for (std::size_t i = 0; i < course.size(); ++i) {
        spots[i].node = course[i];
        spots[i].depth = static_cast<int>(i);
        if (i == 0) continue;
        spots[i].before = static_cast<std::int64_t>(i) - 1;
        spots[i].act = acts[i - 1];
        spots[i - 1].turns.emplace_back(acts[i - 1], static_cast<std::uint32_t>(i));
    }
    return spots;
}

}  // namespace

Session::Session(std::span<const std::int32_t> words, std::span<const double> numbers) {
    try {
        ground_->problem = read_problem(words, numbers);
        initial_ = ground_->problem.initial;
        beliefs_ = ground_->problem.beliefs;
        usual_ = Stage(ground_->problem).reach();
    } catch (const Mistake& mistake) {
        wrong_ = mistake;
    }
}

Reply Session::ask(std::span<const std::int32_t> words, std::span<const double> numbers, const Budget& budget,
                   Meter::Poll poll, const Told& told, std::optional<Chart>* chart) {
    auto& meter = ground_->meter;
    auto mode = Mode::first;
    try {
        if (wrong_) return reply(*wrong_);
        if (meter.mistake()) forget();  // met since by who looked at a chart
        // Room for an answer is worth more than what is known.
        if (budget.memory && meter.bytes() > budget.memory / 2) forget();
        meter.renew(budget, std::move(poll));
        const auto asked = read_question(words, numbers, ground_->problem, listed_);
        mode = asked.question.mode;
        begin(asked);
        const auto here = world(asked);
        auto found = answer(*here, asked, told);
        if (chart && found.seen) chart->emplace(here, std::move(*found.seen));
        if (found.stop == Stop::memory || meter.mistake()) forget();
        return std::move(found.reply);
    } catch (const Mistake& mistake) {
        forget();
        return reply(mistake);
    } catch (const Stopped& why) {
        forget();
        return stopped(mode, why.reason);
    } catch (const std::bad_alloc&) {
        forget();
        return stopped(mode, Stop::memory);
    } catch (...) {
        forget();
        throw;
    }
}

Session::Found Session::answer(World& here, const Asked& asked, const Told& told) {
    const auto question = settled(asked.question);
    auto& meter = ground_->meter;
    here.begin(asked.elsewhere);
    here.motive.be_precise(false);
    const bool looks = question.mode >= Mode::around && question.mode != Mode::willing;
    here.set_beats(looks ? asked.conditions : ground_->problem.beats);
    if (question.mode == Mode::check) {
        const auto examined = examine(here, question, meter, asked.acts);
        return {reply(examined, meter.mistake()), {}};
    }
    if (question.mode == Mode::willing) {
        const auto found = moment(here, question, meter, asked.acts, asked.about);
        Found said{reply(found, meter.mistake()), {}, found.stop};
        if (question.keep && found.stop == Stop::none)
            said.seen = Seen{along(found.course, asked.acts), {}, {}, {}};
        return said;
    }
    return looks ? look_around(here, question) : solve(here, question, told);
}

Session::Found Session::solve(World& world, const Question& question, const Told& told) {
    const auto tell = [&told](const Story& story) { told(reply(story)); };
    Solver solver(world, question, ground_->meter);
    const auto answer = told ? solver.run(tell) : solver.run();
    world.recover();
    Found found{reply(answer, ground_->meter.mistake()), {}, answer.stop};
    if (question.keep && answer.stop != Stop::memory) found.seen = std::move(solver).seen();
    return found;
}

Session::Found Session::look_around(World& world, const Question& question) {
    const Round round(world, question.epistemic, question.character, question, ground_->meter);
    Spread spread(round.minds, round.motive, ground_->meter, round.start, question);
    Found found;
    try {
        spread.run();
    } catch (const Stopped& stopped) {
        found.stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        found.stop = Stop::memory;
    }
    world.recover();
    found.reply = begun({});
    spread.write(found.reply, found.stop);
    auto& meter = ground_->meter;
    if (meter.asked_breaks()) meter.refuse();
    std::ranges::copy(begun(meter.mistake()).words, found.reply.words.begin());  // writing looks at utilities
    if (question.keep && found.stop != Stop::memory) found.seen = std::move(spread).seen();
    return found;
}

/// The world in which this can be answered: the one that is known, unless its minds do not go deep enough.
std::shared_ptr<World> Session::world(const Asked& asked) {
    std::uint32_t looks = 0;
    for (const auto term : asked.conditions) looks = std::max(looks, nesting(ground_->problem, term));
    auto most = layers(asked.question.character, asked.question.epistemic);
    if (asked.question.mode == Mode::willing) most = std::max(most, 1);
    auto& known = worlds_[asked.question.best];
    if (known && known->fits(most, looks)) return known;
    if (known) {
        most = std::max(most, known->layers);
        looks = std::max(looks, known->shape.author_looks);
        known.reset();
    }
    auto* made = new World(ground_->problem, ground_->meter, most, asked.question.best, looks, usual_);
    known = std::shared_ptr<World>(made, [ground = ground_](const World* world) { delete world; });
    return known;
}

void Session::begin(const Asked& asked) {
    ground_->problem.initial = asked.elsewhere ? asked.initial : initial_;
    ground_->problem.beliefs = asked.elsewhere ? asked.beliefs : beliefs_;
}

void Session::forget() noexcept {
    for (auto& world : worlds_) world.reset();
}

}  // namespace fabula
