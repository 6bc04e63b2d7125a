// Two threads give the answer that one gives, can be stopped at any moment, and leave nothing behind.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/search/session.hpp"
#include "tests/village.hpp"

namespace {

using fabula::Budget;
using fabula::Reply;
using fabula::Session;
using fabula::Stop;
using fabula::sketch::numbers, fabula::sketch::Village, fabula::sketch::Words;

/// Where an answer has what is looked at here.
enum Where : std::size_t { status = 5, stop = 6, visited = 8, generated = 9, stories = 12, length = 13 };

/// A shortest story. What is looked at on the way is not kept, or there would be no second thread.
Words shortest(std::int32_t author, std::int32_t character, std::int32_t epistemic, std::int32_t goal = 1) {
    constexpr auto mode = fabula::Mode::optimal;
    auto words = fabula::sketch::question(author, character, epistemic, mode, false, {}, {}, false);
    words[6] = 1;
    words[7] = goal;
    return words;
}

Budget budget(std::uint32_t threads, std::uint64_t nodes = 0) { return {0, nodes, 0, threads}; }

std::int64_t word(const Reply& reply, std::size_t at) {
    return at < reply.words.size() ? reply.words[at] : -1;
}

/// Whether two answers differ in nothing but time, memory, and how many states were made.
bool same(const Reply& one, const Reply& other) {
    const auto told = [](const Reply& reply) {
        auto words = reply.words;
        if (words.size() > stories) std::fill(words.begin() + generated, words.begin() + stories, 0);
        const auto values = std::span(reply.numbers).subspan(1);
        return std::pair(words, std::vector(values.begin(), values.end()));
    };
    return told(one) == told(other);
}

int wrong(const char* what, const Reply& reply) {
    const auto say = [&reply](std::size_t at) { return static_cast<long long>(word(reply, at)); };
    std::fprintf(stderr, "%s: fault %lld, status %lld, stop %lld, visited %lld\n", what, say(1), say(status),
                 say(stop), say(visited));
    return 1;
}

/// Some villages, each with what is asked there; some of the questions are so hard that both threads meet in
/// them.
struct Case {
    Village village;
    std::vector<unsigned> seeds;
    Words question;
    std::uint64_t nodes = 0;
};
const Case cases[] = {
    {{.people = 3, .places = 3, .talk = true}, {1}, shortest(8, 5, 2)},
    {{.people = 4, .places = 3, .sight = true}, {0}, shortest(7, 5, 2)},
    {{.people = 4, .places = 3, .talk = true, .sight = true}, {0}, shortest(6, 5, 1)},
    {{.people = 4, .places = 3, .talk = true}, {4}, shortest(8, 7, 1, 2)},  // there is no story
    {{.people = 5, .places = 2}, {2, 5}, shortest(7, 6, 2), 100},           // too long a search
    {{.people = 4, .places = 2, .talk = true, .mishap = true}, {0}, shortest(7, 5, 2)},
    {{.people = 4, .places = 2, .talk = true, .mishap = true}, {0}, shortest(7, 5, 2), 20},
    {{.people = 4, .places = 2, .talk = true, .mishap = true}, {2}, shortest(3, 5, 2, 2)},
};

/// What is told does not depend on how many threads there are, nor on which of them is quicker.
int alike() {
    constexpr int often = 2;
    for (const auto& [village, seeds, question, nodes] : cases)
        for (const auto seed : seeds) {
            const auto words = village.world(seed).words();
            const auto one = Session(words, numbers).ask(question, numbers, budget(1, nodes), {});
            for (int again = 0; again < often; ++again) {
                const auto two = Session(words, numbers).ask(question, numbers, budget(2, nodes), {});
                if (!same(one, two)) return wrong("one thread", one), wrong("two threads", two);
            }
        }
    return 0;
}

/// How many states a helper makes while another author proves that there is no story; every byte is given
/// back.
std::uint64_t helped() {
    const auto problem = Village{.people = 4, .places = 3, .talk = true}.world(3).problem();
    const auto question = fabula::settled({.author = 7, .character = 5, .epistemic = 2});
    fabula::Meter meter;
    std::uint64_t made = 0;
    {
        fabula::World world(problem, meter, question.epistemic);
        fabula::Round round(world, question.epistemic, question.character, question, meter);
        round.begin(question.author, 1);
        auto helper = std::make_unique<fabula::Helper>(world.estimates, world.minds, world.motive,
                                                       *round.author, meter);
        while (round.author->next()) continue;
        const auto before = meter.nodes();
        helper.reset();  // now hers are counted, too
        made = meter.nodes() - before;
    }
    return meter.bytes() == 0 ? made : 0;
}

/// Whether the author of a proof that is made beside tells what she asks while tables are shared, and only
/// then: who helps could not join her otherwise.
bool tells_what_she_asks() {
    const auto problem = Village{.people = 3, .places = 3}.world(1).problem();
    const auto question = fabula::settled({.author = 4, .character = 3, .epistemic = 1});
    fabula::Meter first, beside(fabula::Meter::Beside{first});
    fabula::World world(problem, beside, question.epistemic);
    fabula::Round round(world, question.epistemic, question.character, question, first);
    const auto told = [&round] {
        round.begin(round.question.author, 1);
        (void)round.author->next();
        return round.author->asked().has_value();
    };
    if (told()) return false;
    beside.share_tables(true);
    const bool shared = told();
    beside.share_tables(false);
    return shared;
}

/// How many steps the same search saves in a world that has learned from another, in which it was made.
std::uint64_t saved_by_learning() {
    const auto problem = Village{.people = 4, .places = 3, .talk = true}.world(3).problem();
    const auto question = fabula::settled({.author = 7, .character = 5, .epistemic = 2});
    fabula::Meter meter;
    fabula::World first(problem, meter, question.epistemic), second(problem, meter, question.epistemic),
        third(problem, meter, question.epistemic);
    const auto steps = [&](fabula::World& world) {
        fabula::Round round(world, question.epistemic, question.character, question, meter);
        round.begin(question.author, 1);
        const auto before = meter.steps();
        while (round.author->next()) continue;
        return meter.steps() - before;
    };
    second.motive.learn_from(first.motive);
    second.motive.learn();  // of what is not yet known
    const auto alone = steps(first);
    if (steps(third) != alone) return 0;
    second.motive.learn();
    return alone - std::min(alone, steps(second));
}

/// A session that is asked, of two threads, what would take them minutes.
///
/// Behaves like one that is interrupted; the test below does so in every way; each time it is asked something
/// short afterwards, whose answer is known.
class Interrupted {
  public:
    /// Whether it stops for this reason, and goes on answering.
    bool stops(Stop why, const Budget& spent, fabula::Meter::Poll poll = {}) {
        last = session_.ask(endless_, numbers, spent, std::move(poll));
        return word(last, status) == 3 && word(last, stop) == static_cast<std::int64_t>(why) && goes_on();
    }
    /// The same where who is asked whether to go on throws.
    bool throws() {
        try {
            last = session_.ask(endless_, numbers, budget(2), []() -> bool { throw why_not; });
        } catch (int thrown) {
            return thrown == why_not && goes_on();
        }
        return false;
    }
    Reply last;

  private:
    static constexpr int why_not = 42;

    bool goes_on() {
        last = session_.ask(next_, numbers, budget(2), {});
        const auto equal = [this](std::size_t at) { return word(last, at) == word(expected_, at); };
        return equal(status) && equal(stories) && equal(length);
    }

    const Words words_ = Village{.people = 4, .places = 3}.world(1).words();
    const Words endless_ = shortest(20, 10, 4, 2), next_ = shortest(6, 4, 1);
    Session session_{words_, numbers};
    const Reply expected_ = Session(words_, numbers).ask(next_, numbers, budget(1), {});
};

int stopped() {
    Interrupted two;
    for (const int most : {0, 1})
        if (!two.stops(Stop::interrupt, budget(2), [looks = most]() mutable { return looks-- > 0; }))
            return wrong("who has had enough", two.last);
    for (const std::uint64_t nodes : {1, 400})
        if (!two.stops(Stop::nodes, budget(2, nodes))) return wrong("a limit of visits", two.last);
    if (!two.stops(Stop::time, {0.02, 0, 0, 2})) return wrong("a limit of time", two.last);
    if (!two.stops(Stop::memory, {0, 0, 1 << 24, 2})) return wrong("a limit of memory", two.last);
    if (!two.throws()) return wrong("a look that throws", two.last);
    return 0;
}

}  // namespace

int main() {
    if (alike() || stopped()) return 1;
    if (!tells_what_she_asks()) return std::fprintf(stderr, "nobody can join in what is asked\n"), 1;
    if (saved_by_learning() == 0) return std::fprintf(stderr, "what is a reason elsewhere is not tried\n"), 1;
    if (helped() == 0) return std::fprintf(stderr, "a helper does nothing, or keeps what it took\n"), 1;
    return 0;
}
