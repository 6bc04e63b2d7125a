// The flat format in which a problem reaches the core (docs/seam.md).
#pragma once

#include <cstdint>
#include <span>

#include "core/problem/problem.hpp"

namespace fabula {

inline constexpr std::int32_t seam_magic = 0x0FAB01A5;
inline constexpr std::int32_t seam_version = 1;

/// Read a problem; throws Mistake{malformed} at anything that does not follow the format.
Problem read_problem(std::span<const std::int32_t> words, std::span<const double> numbers);

}  // namespace fabula
