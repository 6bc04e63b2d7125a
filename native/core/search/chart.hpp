// What a look around has seen, as plain tables: for exploration and pictures, without a second search.
#pragma once

#include <cstdint>
#include <vector>

namespace fabula {

class Minds;
struct Spot;

/// Tables about places and states.
///
/// Behaves like a bundle of arrays; Python looks at them where they lie (bind/chart.cpp). Places have the
/// numbers of the look around. States are numbered too: those of the places first, in the same order, then
/// all that somebody believes in them, and so on inwards.
struct Chart {
    Chart(const Minds& minds, const std::vector<Spot>& spots);

    std::size_t places = 0, states = 0, fluents = 0, characters = 0, conditions = 0;
    std::vector<std::int32_t> depth, before, act;  ///< by place; -1 at the start
    std::vector<std::uint8_t> open;                ///< by place
    std::vector<double> worth;                     ///< by place
    std::vector<std::uint8_t> holds;               ///< by place and condition
    std::vector<std::int64_t> turns_of;            ///< by place: its first turn; one more at the end
    std::vector<std::int32_t> turn_act, turn_to;
    std::vector<std::int64_t> refused_of;
    std::vector<std::int32_t> refused_act;
    std::vector<double> values;          ///< by state and fluent
    std::vector<std::int32_t> believed;  ///< by state and character: a state, or -1 where none is kept
};

}  // namespace fabula
