// What can be wrong with a world or with what was sent; Python words it.
#pragma once

#include <cstdint>
#include <exception>

namespace fabula {

/// Codes that cross the seam (docs/seam.md).
enum class Fault : std::int32_t {
    malformed = 1,      ///< the flat arrays do not follow the format
    division = 2,       ///< an expression divides by zero
    contradiction = 3,  ///< an effect gives one fluent two values
    endless = 4,        ///< triggers never come to rest
    beyond = 5,         ///< the core cannot do this one; the reference can
};

/// What the mistake was made in.
enum class Culprit : std::int32_t { nothing = 0, act = 1, trigger = 2, utility = 3 };

/// A mistake of the world, as numbers.
///
/// Behaves like any exception; everything that evaluates may throw it and only the seam catches it; it
/// carries ids, since the core never words a message.
struct Mistake : std::exception {
    Mistake(Fault f, Culprit c = Culprit::nothing, std::int32_t w = -1, std::int32_t fl = -1) noexcept
        : fault(f), culprit(c), which(w), fluent(fl) {}
    const char* what() const noexcept override { return "fabula: mistake"; }

    Fault fault;
    Culprit culprit;
    std::int32_t which;
    std::int32_t fluent;
};

}  // namespace fabula
