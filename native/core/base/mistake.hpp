// What can be wrong with a world or with what was sent; Python words it.
#pragma once

#include <cstdint>
#include <exception>
#include <tuple>

namespace fabula {

/// Codes that cross the seam (docs/seam.md).
enum class Fault : std::int32_t {
    none = 0,
    malformed = 1,      ///< the flat arrays do not follow the format
    division = 2,       ///< an expression divides by zero
    contradiction = 3,  ///< an effect gives one fluent two values
    endless = 4,        ///< triggers never come to rest
    beyond = 5,         ///< the core cannot do this one; the reference can
    lost = 6,           ///< never told: a look into a mind that is broken
};

/// What the mistake was made in; nothing: in what is asked.
enum class Culprit : std::int32_t { nothing = 0, act = 1, trigger = 2, utility = 3 };

/// A mistake of the world, as numbers.
///
/// Behaves like any exception; whatever evaluates may throw it; what breaks a state is caught where that
/// state is made and noted (see Minds), the rest ends in the seam. It carries ids, since the core never words
/// a message.
struct Mistake : std::exception {
    Mistake(Fault f, Culprit c = Culprit::nothing, std::int32_t w = -1, std::int32_t fl = -1) noexcept
        : fault(f), culprit(c), which(w), fluent(fl) {}
    const char* what() const noexcept override { return "fabula: mistake"; }
    /// What is asked comes first, then acts, triggers, utilities.
    bool before(const Mistake& other) const noexcept {
        return std::tie(culprit, which, fault, fluent) <
               std::tie(other.culprit, other.which, other.fault, other.fluent);
    }

    Fault fault;
    Culprit culprit;
    std::int32_t which;
    std::int32_t fluent;
};

}  // namespace fabula
