// A meter that is told to stop does so for good: nobody may take that for a share that was used up.
#include <cstdio>

#include "core/base/budget.hpp"

namespace {

using fabula::Meter;
using fabula::Stop;
using fabula::Stopped;

/// Why it stops within so many steps.
Stop within(Meter& meter, int steps) {
    try {
        for (int i = 0; i < steps; ++i) meter.step();
    } catch (const Stopped& stopped) {
        return stopped.reason;
    }
    return Stop::none;
}

int wrong(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    return 1;
}

}  // namespace

int main() {
    Meter first;
    Meter helping(Meter::Helping{first});
    first.share_tables(true);
    if (within(helping, 100) != Stop::none) return wrong("a helper stops by itself");
    {
        const Meter::Patience patience(helping, 10);
        if (within(helping, 100) != Stop::share || patience.more() == false)
            return wrong("patience does not end with its share");
    }
    first.halt();
    const Meter::Patience patience(helping, 1'000);
    const auto why = within(helping, 100);
    if (why == Stop::none) return wrong("a helper goes on when it is over");
    if (why == Stop::share) return wrong("a helper takes the end for a share that was used up, and goes on");
    return 0;
}
