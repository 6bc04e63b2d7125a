// What is put off comes back in its old place, and patience ends before the share does.
#include "core/search/frontier.hpp"

#include <cstdio>
#include <vector>

namespace {

using fabula::ActId;
using fabula::Frontier;

/// The acts in the order in which they have their turn; every act with one of these numbers is put off once.
std::vector<std::uint32_t> turns(Frontier& frontier, std::uint32_t every) {
    std::vector<std::uint32_t> order;
    while (!frontier.empty()) {
        const auto act = static_cast<std::uint32_t>(frontier.top().act);
        if (every && act % every == 0) {
            frontier.postpone();
            continue;
        }
        order.push_back(act);
        frontier.drop();
    }
    return order;
}

void fill(Frontier& frontier) {
    for (std::uint32_t act = 1; act <= 60; ++act)
        frontier.push(static_cast<int>(act * 7 % 5), static_cast<int>(act % 3), {act, ActId(act)});
}

bool put_off_and_back() {
    fabula::Meter meter;
    {
        Frontier whole(meter), patient(meter);
        fill(whole);
        fill(patient);
        const auto all = turns(whole, 0);
        const auto easy = turns(patient, 4);
        if (!patient.waiting()) return false;
        std::size_t put_off = 0;
        patient.each([&](const Frontier::Item&) { ++put_off; });
        patient.recall();
        if (patient.waiting() || put_off != 15) return false;
        const auto hard = turns(patient, 0);
        // Both are what is left of the whole order without the others.
        std::vector<std::uint32_t> expected_easy, expected_hard;
        for (const auto act : all) (act % 4 ? expected_easy : expected_hard).push_back(act);
        if (easy != expected_easy || hard != expected_hard) return false;
        fill(patient);
        (void)turns(patient, 2);  // some are left when it ends
    }
    return meter.bytes() == 0;
}

/// How many steps are made before the meter stops.
int steps(fabula::Meter& meter) {
    int made = 0;
    try {
        for (;; ++made) meter.step();
    } catch (const fabula::Stopped&) {
    }
    return made;
}

bool patient_within_a_share() {
    fabula::Meter meter;
    meter.share(100);
    {
        const fabula::Meter::Patience patience(meter, 30);
        if (steps(meter) != 30 || !patience.more()) return false;
    }
    const fabula::Meter::Patience patience(meter, 500);
    return steps(meter) == 69 && !patience.more();
}

}  // namespace

int main() {
    if (!put_off_and_back()) return std::fprintf(stderr, "what is put off does not come back\n"), 1;
    if (!patient_within_a_share()) return std::fprintf(stderr, "patience outlasts the share\n"), 1;
    return 0;
}
