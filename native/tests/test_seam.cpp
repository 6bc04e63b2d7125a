// Whatever comes through the seam, the core answers: damaged arrays end in a fault, never in a crash.
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "core/seam/seam.hpp"
#include "core/solve.hpp"

namespace {

/// Two people, a door that one may open and both may go through, and an idea of it.
std::vector<std::int32_t> door() {
    return {fabula::seam_magic,
            fabula::seam_version,
            2,  // characters
            2,
            0,
            2,
            0,
            1,
            0,
            2,
            0,
            1,  // two booleans
            0,
            0,  // both false
            1,
            1,
            1,
            0,
            1,  // the second person thinks the first true
            2,  // acts
            6,
            0,
            0,
            1,
            0,
            0,
            0,  // open: if not open
            1,
            0,
            0,
            5,
            1,
            0,
            1,  //   open
            1,
            0,
            5,
            1,
            5,
            1,  //   the first consents, all see it
            7,
            2,
            6,
            0,
            0,
            1,
            0,
            0,
            1,
            9,
            0,
            6,
            0,
            0,
            1,
            0,
            0,
            1,  // go: if open and the first thinks so
            1,
            0,
            1,
            5,
            1,
            0,
            1,  //   gone
            2,
            0,
            1,
            5,
            1,
            6,
            1,
            0,
            1,
            1,
            0,
            0,  //   both consent; the second sees it if not gone
            1,
            6,
            0,
            0,
            1,
            1,
            0,
            1,
            1,
            1,
            1,
            0,
            5,
            1,
            0,
            1,  // trigger: once gone, the second knows of the door
            4,
            1,
            6,
            0,
            0,
            1,
            1,
            0,
            1,
            0,
            1,
            0,
            0,  // the author wants them gone
            1,
            1,
            3,
            2,
            1,
            1,
            0,
            0,  // so do they
            1,
            6,
            0,
            0,
            1,
            0,
            0,
            1};  // a beat: the door is open
}

void feed(const std::vector<std::int32_t>& words, const std::vector<std::int32_t>& options) {
    const std::vector<double> numbers = {0, 1};
    (void)fabula::solve(words, numbers, options, 1.0, {0.2, 2'000, 1 << 24}, {});
}

}  // namespace

int main() {
    const auto whole = door();
    const std::vector<double> numbers = {0, 1};
    const auto answer = fabula::solve(whole, numbers, std::vector<std::int32_t>{3, 2, 1, 1, 0, 0}, 0, {}, {});
    if (answer.words.size() < 8 || answer.words[1] != 0 || answer.words[2] != 0) {
        std::fprintf(stderr, "the sound problem has no story: fault %lld\n",
                     answer.words.size() > 1 ? static_cast<long long>(answer.words[1]) : -1);
        return 1;
    }
    // Whatever counts as a reason, and however long it may be.
    for (const std::int32_t acts : {-1, 2, 100})
        for (const std::int32_t best : {0, 1}) {
            const std::vector<std::int32_t> options{3, acts, -1, 1, best, 0};
            const auto same = fabula::solve(whole, numbers, options, 0, {}, {});
            if (same.words[1] == 0 && same.words[2] == 0) continue;
            std::fprintf(stderr, "no story with limit %d, ambition %d\n", acts, best);
            return 1;
        }
    std::mt19937 chance(1);
    for (int round = 0; round < 20'000; ++round) {
        auto words = whole;
        for (auto hits = 1 + chance() % 3; hits > 0; --hits)
            words[2 + chance() % (words.size() - 2)] = static_cast<std::int32_t>(chance() % 14) - 2;
        if (chance() % 8 == 0) words.resize(chance() % words.size());
        const auto upto = [&chance](int most) {
            return static_cast<std::int32_t>(chance() % static_cast<unsigned>(most));
        };
        feed(words, {upto(4), upto(5) - 1, upto(4) - 1, upto(3), upto(2), 0});
    }
    return 0;
}
