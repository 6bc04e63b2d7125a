// What a character would do if only the others were willing.
#pragma once

#include <optional>

#include "core/search/solver.hpp"

namespace fabula {

/// A shortest plan that begins with the act, would improve the lot of a character with this mind, needs each
/// of its acts, and contains a later act for which somebody else has no reason, in her eyes. `deep` as in
/// Motive, for her; minds must be kept deep enough for one more.
std::optional<Barred> barred(Round& round, NodeId mind, CharacterId who, ActId act, int deep);

}  // namespace fabula
