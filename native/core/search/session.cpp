// One question after the other.
#include "core/search/session.hpp"

#include <algorithm>
#include <utility>

#include "core/search/examine.hpp"
#include "core/search/spread.hpp"

namespace fabula {
namespace {

/// The answer to a question that was stopped before it was begun.
Reply stopped(Mode mode, Stop why) {
    if (mode == Mode::check) {
        Examined examined;
        examined.stop = why;
        return reply(examined, {});
    }
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

}  // namespace

Session::Session(std::span<const std::int32_t> words, std::span<const double> numbers) {
    try {
        problem_ = read_problem(words, numbers);
        initial_ = problem_.initial;
        beliefs_ = problem_.beliefs;
    } catch (const Mistake& mistake) {
        wrong_ = mistake;
    }
}

Reply Session::ask(std::span<const std::int32_t> words, std::span<const double> numbers, const Budget& budget,
                   Meter::Poll poll, const Told& told) {
    auto mode = Mode::first;
    try {
        if (wrong_) return reply(*wrong_);
        // Room for an answer is worth more than what is known.
        if (budget.memory && meter_.bytes() > budget.memory / 2) forget();
        meter_.renew(budget, std::move(poll));
        const auto asked = read_question(words, numbers, problem_, listed_);
        mode = asked.question.mode;
        auto found = answer(asked, told);
        if (meter_.mistake()) forget();
        return found;
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

Reply Session::answer(const Asked& asked, const Told& told) {
    begin(asked);
    auto& here = world(asked);
    const auto question = settled(asked.question);
    here.motive.be_precise(false);
    here.set_beats(question.mode < Mode::around ? problem_.beats : asked.conditions);
    if (question.mode == Mode::check)
        return reply(examine(here, question, meter_, asked.acts), meter_.mistake());
    return question.mode < Mode::check ? solve(here, question, told) : look_around(here, question);
}

Reply Session::solve(World& world, const Question& question, const Told& told) {
    const auto tell = [&told](const Story& story) { told(reply(story)); };
    const auto answer =
        told ? Solver(world, question, meter_).run(tell) : Solver(world, question, meter_).run();
    world.recover();
    if (answer.stop == Stop::memory) forget();
    return reply(answer, meter_.mistake());
}

Reply Session::look_around(World& world, const Question& question) {
    const Round round(world, question.epistemic, question.character, question, meter_);
    Spread spread(round.minds, round.motive, meter_, round.start, question);
    auto stop = Stop::none;
    try {
        spread.run();
    } catch (const Stopped& stopped) {
        stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        stop = Stop::memory;
    }
    world.recover();
    auto out = begun({});
    spread.write(out, stop);
    if (meter_.asked_breaks()) meter_.refuse();
    std::ranges::copy(begun(meter_.mistake()).words, out.words.begin());  // writing looks at utilities
    if (question.mode == Mode::chart) chart_ = std::make_shared<Chart>(world.minds, spread.spots());
    if (stop == Stop::memory) forget();
    return out;
}

/// The world in which this can be answered: the one that is known, unless its minds do not go deep enough.
World& Session::world(const Asked& asked) {
    std::uint32_t looks = 0;
    for (const auto term : asked.conditions) looks = std::max(looks, nesting(problem_, term));
    auto most = layers(asked.question.character, asked.question.epistemic);
    auto& known = worlds_[asked.question.best];
    if (known && known->fits(most, looks)) return *known;
    if (known) {
        most = std::max(most, known->layers);
        looks = std::max(looks, known->shape.author_looks);
        known.reset();
    }
    known = std::make_unique<World>(problem_, meter_, most, asked.question.best, looks);
    return *known;
}

void Session::begin(const Asked& asked) {
    problem_.initial = asked.elsewhere ? asked.initial : initial_;
    problem_.beliefs = asked.elsewhere ? asked.beliefs : beliefs_;
}

void Session::forget() noexcept {
    for (auto& world : worlds_) world.reset();
}

}  // namespace fabula
