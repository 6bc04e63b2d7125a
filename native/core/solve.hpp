// The one door of the core: flat arrays in, flat arrays out.
#pragma once

#include <span>

#include "core/seam/reply.hpp"

namespace fabula {

/// Solve what the arrays hold. `options`: author, character, epistemic limit, mode, ambition, has goal. Never
/// throws but for lack of memory outside the search.
Reply solve(std::span<const std::int32_t> words, std::span<const double> numbers,
            std::span<const std::int32_t> options, double goal, const Budget& budget, Meter::Poll poll);

}  // namespace fabula
