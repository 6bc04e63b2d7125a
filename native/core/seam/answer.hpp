// What a search answers, as numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// Codes that cross the seam (docs/seam.md).
enum class Status : std::int32_t { solved = 0, impossible = 1, limits = 2, stopped = 3 };
enum class Mode : std::int32_t { first = 0, optimal = 1, all = 2 };

struct Reason;

/// One act of a plan and why everybody in it consents.
struct StepTaken {
    ActId act{};
    std::vector<Reason> reasons;
};

/// The plan for whose sake a character consents to its first act.
struct Reason {
    CharacterId who{};
    double before = 0, after = 0;
    std::vector<StepTaken> steps;
};

struct Story {
    std::vector<StepTaken> steps;
    double worth = 0;
};

/// Limits and what to look for; below 0: without limit.
struct Question {
    int author = 8;
    int character = 5;
    int epistemic = 2;
    bool has_goal = false;
    double goal = 0;
    Mode mode = Mode::first;
    bool best = false;  ///< ambition
};

struct Answer {
    Status status = Status::limits;
    std::vector<Story> stories;
    Stop stop = Stop::none;
    std::uint64_t visited = 0, generated = 0, peak = 0;
    double seconds = 0;
};

}  // namespace fabula
