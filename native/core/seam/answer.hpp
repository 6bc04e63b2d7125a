// What a search answers, as numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// Codes that cross the seam (docs/seam.md).
enum class Status : std::int32_t { solved = 0, impossible = 1, limits = 2, stopped = 3 };
/// Around and what follows it look around: at everything, or up to where the asked conditions hold, or hold
/// at an end. Willing asks who would do what at a moment.
enum class Mode : std::int32_t {
    first = 0,
    optimal = 1,
    all = 2,
    prove = 3,
    check = 4,
    around = 5,
    anywhere = 6,
    ending = 7,
    willing = 8
};
/// Why a plan is no story; the last of these says that a part of it would do.
enum class Flaw : std::int32_t {
    none = 0,
    empty = 1,
    too_long = 2,
    impossible = 3,
    unwilling = 4,
    goal = 5,
    beats = 6,
    needless = 7
};

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
    bool keep = false;  ///< what is looked at is to be seen afterwards
};

struct Answer {
    Status status = Status::limits;
    std::vector<Story> stories;
    std::uint64_t found = 0;  ///< stories, also those that were told and not kept
    Stop stop = Stop::none;
    bool in_reach = false;  ///< within limits: none but they hide the goal
    std::uint64_t visited = 0, generated = 0, bodies = 0, peak = 0;
    double seconds = 0;
};

/// What is to be said of a plan.
struct Examined {
    Flaw flaw = Flaw::none;
    int at = 0;                      ///< which act it is about, or how many beats are met
    bool cut = false;                ///< of the unwilling: limits might be to blame
    std::vector<CharacterId> whose;  ///< the unwilling
    std::vector<ActId> part;         ///< what would do
    Story story;                     ///< the plan with everybody's reasons, if all would do all of it
    Stop stop = Stop::none;
    double before = 0, after = 0, goal = 0, seconds = 0;
};

/// A plan that would improve somebody's lot, and the act in it for which others have no reason.
struct Barred {
    std::vector<ActId> plan;
    ActId act{};
    std::vector<CharacterId> by;
};

/// Whether a character would do an act: her reason, or that limits might be to blame for there being none,
/// and what she would do it for if the others were willing. Her utility is that without the act and right
/// after it; unknown where she believes it to be impossible.
struct Willing {
    CharacterId who{};
    bool cut = false;
    double before = 0, after = 0;
    std::optional<Reason> reason;
    std::optional<Barred> barred;
};

/// What all who consent to some acts think of them, act by act, at the end of a course; and all states of
/// that course.
struct Moment {
    Stop stop = Stop::none;
    std::vector<NodeId> course;
    std::vector<std::vector<Willing>> acts;
};

}  // namespace fabula
