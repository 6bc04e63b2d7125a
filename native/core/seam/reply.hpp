// The flat format in which an answer leaves the core (docs/seam.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/mistake.hpp"
#include "core/seam/answer.hpp"

namespace fabula {

/// Two flat arrays.
struct Reply {
    std::vector<std::int64_t> words;
    std::vector<double> numbers;
};

/// The words that every answer begins with; `broke`: what the search came across on its way to it.
Reply begun(const std::optional<Mistake>& broke);
Reply reply(const Answer& answer, const std::optional<Mistake>& broke);
Reply reply(const Examined& examined, const std::optional<Mistake>& broke);
Reply reply(const Moment& moment, const std::optional<Mistake>& broke);
/// A story by itself, as it is told.
Reply reply(const Story& story);
/// No answer: what every answer begins with, and nothing else.
Reply reply(const Mistake& mistake);

}  // namespace fabula
