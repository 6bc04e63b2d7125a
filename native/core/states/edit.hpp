// Changing what a mind holds.
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/ids.hpp"
#include "core/problem/layout.hpp"

namespace fabula {

/// In the mind at the path, the fluent takes the value; or the mind breaks.
struct Edit {
    std::vector<CharacterId> path;
    FluentId fluent{};
    Code code = 0;
    bool breaks = false;
    bool operator==(const Edit&) const = default;
};
using Edits = std::vector<Edit>;

/// Whether one of the edits breaks the state itself.
inline bool breaks(const Edits& edits) {
    return std::ranges::any_of(edits, [](const Edit& edit) { return edit.breaks && edit.path.empty(); });
}

/// Those of the edits that lie in a character's mind, as seen from there.
inline Edits within(const Edits& edits, CharacterId who) {
    Edits found;
    for (const auto& edit : edits)
        if (!edit.path.empty() && edit.path[0] == who)
            found.push_back({{edit.path.begin() + 1, edit.path.end()}, edit.fluent, edit.code, edit.breaks});
    return found;
}

}  // namespace fabula
