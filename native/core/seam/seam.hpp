// The flat format in which a problem reaches the core (docs/seam.md).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "core/problem/problem.hpp"
#include "core/seam/answer.hpp"

namespace fabula {

inline constexpr std::int32_t seam_magic = 0x0FAB01A5;
inline constexpr std::int32_t seam_version = 3;

/// Read a problem; throws Mistake{malformed} at anything that does not follow the format.
Problem read_problem(std::span<const std::int32_t> words, std::span<const double> numbers);

/// A question as it comes through the seam.
struct Asked {
    Question question;
    bool elsewhere = false;  ///< it begins elsewhere than the problem says
    std::vector<double> initial;
    std::vector<Belief> beliefs;
    std::vector<TermId> conditions;
    std::vector<ActId> acts, about;
};

/// The terms of questions, so that what is asked twice is compiled once.
using Listed = std::map<std::tuple<TermKind, std::int32_t, bool, std::uint64_t, std::vector<TermId>>, TermId>;

/// Read a question about the problem, which takes in the terms of its conditions; throws Mistake{malformed}.
Asked read_question(std::span<const std::int32_t> words, std::span<const double> numbers, Problem& problem,
                    Listed& listed);

}  // namespace fabula
