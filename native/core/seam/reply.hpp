// The flat format in which an answer leaves the core (docs/seam.md).
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/mistake.hpp"
#include "core/seam/answer.hpp"

namespace fabula {

/// Two flat arrays.
struct Reply {
    std::vector<std::int64_t> words;
    std::vector<double> numbers;
};

Reply reply(const Answer& answer);
Reply reply(const Examined& examined);
/// A story by itself, as it is told.
Reply reply(const Story& story);
Reply reply(const Mistake& mistake);

}  // namespace fabula
