// Who would do what at a moment, and why.
#pragma once

#include <vector>

#include "core/search/solver.hpp"

namespace fabula {

/// Ask about each of the acts after a course of acts, whether or not anybody would take that course. The
/// question: see settled.
Moment moment(World& world, const Question& question, Meter& meter, const std::vector<ActId>& course,
              const std::vector<ActId>& about);

}  // namespace fabula
