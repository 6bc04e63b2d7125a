// Equal sets have one number, members stay where they are, and every byte of them is counted and given back.
#include "core/base/sets.hpp"

#include <cstdio>

namespace {

using fabula::NodeId;
using fabula::Sets;

constexpr std::uint32_t many = 40'000;

/// Sets of all sizes: some larger than a block.
std::vector<NodeId> members(std::uint32_t number) {
    const auto size = number == 7 ? 50'000u : number % 9;
    std::vector<NodeId> made;
    for (std::uint32_t i = 0; i < size; ++i) made.push_back(NodeId{number + i});
    return made;
}

bool numbered_once() {
    fabula::Meter meter;
    {
        Sets sets(meter);
        const auto first = sets.members(sets.intern(members(8)));
        std::vector<fabula::SetId> ids;
        for (std::uint32_t n = 0; n < many; ++n) ids.push_back(sets.intern(members(n)));
        for (std::uint32_t n = 0; n < many; ++n) {
            if (sets.intern(members(n)) != ids[n]) return false;
            if (!std::ranges::equal(sets.members(ids[n]), members(n))) return false;
        }
        if (first.data() != sets.members(ids[8]).data()) return false;
        if (sets.intern({}) != fabula::SetId::empty || ids[0] != ids[9]) return false;
    }
    return meter.bytes() == 0;
}

/// A set for which there is no room left changes nothing: those before it stay, and no byte is lost. Which of
/// its tables is refused first depends on how much room there is.
bool refused_soundly(std::uint64_t room) {
    fabula::Meter meter({.memory = room}, {});
    {
        Sets sets(meter);
        std::uint32_t kept = 0;
        try {
            for (;; ++kept) (void)sets.intern(members(kept % 9 ? kept : kept + 1));
        } catch (const fabula::Stopped& stopped) {
            if (stopped.reason != fabula::Stop::memory || meter.bytes() > room) return false;
        }
        for (std::uint32_t n = 0; n < kept; ++n)
            if (const auto asked = members(n % 9 ? n : n + 1);
                !std::ranges::equal(sets.members(sets.intern(asked)), asked))
                return false;
    }
    return meter.bytes() == 0;
}

}  // namespace

int main() {
    if (!numbered_once()) return std::fprintf(stderr, "sets are not numbered once\n"), 1;
    for (std::uint64_t room = 200'000; room < 1'500'000; room += 50'000)
        if (!refused_soundly(room)) return std::fprintf(stderr, "a refused set leaves traces\n"), 1;
    return 0;
}
