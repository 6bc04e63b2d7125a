// How deep beliefs must be kept to answer within the limits exactly, and whose.
#pragma once

#include <vector>

#include "core/problem/problem.hpp"

namespace fabula {

/// What a problem's expressions ask of beliefs.
///
/// Behaves like a summary; Minds is built by it. Beliefs are cut off at some depth; that is exact if nothing
/// that happens at one depth depends on deeper beliefs, which `cut_is_exact` says. A state then needs as many
/// levels as reasons are nested, plus what conditions and utilities look into from there.
struct Shape {
    explicit Shape(const Problem& problem);

    bool cut_is_exact = true;
    std::uint32_t looks = 0;         ///< levels that preconditions and utilities look into
    std::uint32_t author_looks = 0;  ///< the same for the author's utility and the beats
    bool minds_matter = false;       ///< some expression looks into a mind: keep all, also of oneself
    std::vector<bool> kept;          ///< whose beliefs are needed at all
};

/// How many levels of minds an expression looks into.
std::uint32_t nesting(const Problem& problem, TermId term);

}  // namespace fabula
