// Is it a story? A given plan, act by act.
#pragma once

#include <vector>

#include "core/search/solver.hpp"

namespace fabula {

/// What is to be said of a plan, up to the first thing that is wrong with it. `question`: see settled.
Examined examine(World& world, const Question& question, Meter& meter, const std::vector<ActId>& plan);

}  // namespace fabula
