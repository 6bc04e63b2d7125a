// Whatever comes through the seam, the core answers: damaged arrays end in a fault, never in a crash.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "core/search/session.hpp"
#include "tests/sketch.hpp"

namespace {

using fabula::sketch::question, fabula::sketch::Words;

/// Two people, a door that one may open and both may go through, and an idea of it.
Words door() {
    using namespace fabula::sketch;
    const auto open = is(0, 1), gone = is(1, 1);
    return World{
        .values = {2, 2},
        .initial = {0, 0},
        .beliefs = {believes({1}, 0, 1)},
        .acts = {act(is(0, 0), {sets(0, 1)}, {0}, {yes(), yes()}),
                 act(all({open, thinks(0, open)}), {sets(1, 1)}, {0, 1}, {yes(), is_not(1, 0)})},
        .triggers = {trigger(gone, {sets(0, 1, {1})})},  // then the second knows of the door
        .utility = choice(gone, number(1), number(0)),
        .utilities = {read(1), sum(read(1), number(0))},
        .beats = {open},
    }
        .words();
}

const std::vector<double> numbers = {0, 1};

int wrong(const char* what, const fabula::Reply& reply) {
    std::fprintf(stderr, "%s: fault %lld, status %lld\n", what, static_cast<long long>(reply.words[1]),
                 static_cast<long long>(reply.words.size() > 5 ? reply.words[5] : -1));
    return 1;
}

/// Whether there is an answer, and it begins with this word.
bool says(const fabula::Reply& reply, std::int64_t status) {
    return reply.words.size() > 5 && reply.words[1] == 0 && reply.words[5] == status;
}

int sound() {
    using fabula::Mode;
    fabula::Session session(door(), numbers);
    const auto ask = [&session](const Words& words) { return session.ask(words, numbers, {}, {}); };
    for (const auto mode : {Mode::first, Mode::optimal, Mode::all, Mode::prove}) {
        const auto answer = ask(question(3, 2, 1, mode));
        if (!says(answer, 0)) return wrong("the sound problem has no story", answer);
    }
    // Whatever counts as a reason, and however long it may be.
    for (const std::int32_t acts : {-1, 2, 100})
        for (const bool best : {false, true}) {
            const auto answer = ask(question(3, acts, -1, Mode::optimal, best));
            if (!says(answer, 0)) return wrong("no story with other reasons", answer);
        }
    if (const auto answer = ask(question(3, 501, 1, Mode::first)); answer.words[1] != 1)
        return wrong("plans longer than there is stack for", answer);
    // Open, then go: a story. To go at once is impossible; to open is not enough.
    const auto flaw = [](const fabula::Reply& reply) { return fabula::Flaw(reply.words[6]); };
    if (const auto answer = ask(question(3, 2, 1, Mode::check, false, {0, 1}));
        flaw(answer) != fabula::Flaw::none)
        return wrong("the story is none", answer);
    if (const auto answer = ask(question(3, 2, 1, Mode::check, false, {1}));
        flaw(answer) != fabula::Flaw::impossible)
        return wrong("an impossible act passes", answer);
    if (const auto answer = ask(question(3, 2, 1, Mode::check, false, {0}));
        flaw(answer) != fabula::Flaw::goal)
        return wrong("half a story passes", answer);
    // A look around, and again from where the door is open.
    if (const auto answer = ask(question(-1, 2, 1, Mode::around)); answer.words[9] != 3)
        return wrong("not three places", answer);
    auto elsewhere = question(-1, 2, 1, Mode::around);
    elsewhere[8] = 1;
    elsewhere.insert(elsewhere.begin() + 9, {1, 0, 0});
    if (const auto answer = ask(elsewhere); answer.words[9] != 2) return wrong("not two places", answer);
    int told = 0;
    (void)session.ask(question(3, 2, 1, Mode::all), numbers, {}, {},
                      [&told](const fabula::Reply&) { ++told; });
    if (told != 1) return 1;
    // Once the door is open, whoever would go has a reason; the first has none to open it, nor can she.
    const auto minds = ask(question(3, 2, 1, Mode::willing, false, {0}, {1, 0}));
    const std::vector<std::int64_t> reason{minds.words[8], 0, 1, minds.words[8], 1, 1, 0},
        none{1, 0, 0, 0, 0, 0, 0};
    if (!std::equal(reason.begin(), reason.end(), minds.words.begin() + 8)) return wrong("no reason", minds);
    if (!std::equal(none.rbegin(), none.rend(), minds.words.rbegin())) return wrong("a reason", minds);
    return 0;
}

/// Charts show what was looked at, and outlive the session.
int seen() {
    std::vector<std::optional<fabula::Chart>> charts(4);
    {
        fabula::Session session(door(), numbers);
        const fabula::Mode modes[] = {fabula::Mode::around, fabula::Mode::first, fabula::Mode::prove,
                                      fabula::Mode::all};
        for (std::size_t i = 0; i < 4; ++i)
            (void)session.ask(question(3, 2, 1, modes[i]), numbers, {}, {}, {}, &charts[i]);
    }
    for (auto& chart : charts) {
        if (!chart || chart->places().depth.size() != 3) return 1;
        const auto& states = chart->states();
        if (states.count < 3 || states.values.size() != states.count * states.fluents) return 1;
    }
    return charts[1]->states().story_state == std::vector<std::int32_t>{0, 1, 2} ? 0 : 1;
}

/// Every budget ends every mode with an answer, and the session lives on.
int spent() {
    fabula::Session session(door(), numbers);
    for (std::int32_t mode = 0; mode < 9; ++mode) {
        const auto words = question(3, 2, 1, fabula::Mode(mode), false, {0, 1});
        for (const auto& budget : {fabula::Budget{0, 1, 0}, fabula::Budget{0, 0, 1}}) {
            const auto answer = session.ask(words, numbers, budget, {});
            if (answer.words[1] != 0) return wrong("a spent budget is no fault", answer);
        }
        const auto answer = session.ask(words, numbers, {}, [] { return false; });
        if (answer.words[1] != 0) return wrong("no patience is no fault", answer);
    }
    return says(session.ask(question(3, 2, 1, fabula::Mode::first), numbers, {}, {}), 0) ? 0 : 1;
}

}  // namespace

int main() {
    if (sound() || spent() || seen()) return 1;
    std::mt19937 chance(1);
    const auto upto = [&chance](int most) {
        return static_cast<std::int32_t>(chance() % static_cast<unsigned>(most));
    };
    for (int round = 0; round < 20'000; ++round) {
        auto words = door();
        for (auto hits = 1 + chance() % 3; hits > 0; --hits)
            words[2 + chance() % (words.size() - 2)] = upto(14) - 2;
        if (chance() % 8 == 0) words.resize(chance() % words.size());
        auto asked = question(upto(4), upto(5) - 1, upto(4) - 1, fabula::Mode(upto(9)), upto(2), {0, 1}, {1});
        if (chance() % 4 == 0) asked[chance() % asked.size()] = upto(14) - 2;
        if (chance() % 8 == 0) asked.resize(chance() % asked.size());
        fabula::Session session(words, numbers);
        for (int again = 0; again < 2; ++again) {
            std::optional<fabula::Chart> chart;
            (void)session.ask(asked, numbers, {0.2, 2'000, 1 << 24}, {}, {}, &chart);
            if (chart) (void)chart->states();
        }
    }
    return 0;
}
