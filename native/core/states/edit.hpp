// Changing what a mind holds.
#pragma once

#include <vector>

#include "core/base/ids.hpp"
#include "core/problem/layout.hpp"

namespace fabula {

/// In the mind at the path, the fluent takes the value.
struct Edit {
    std::vector<CharacterId> path;
    FluentId fluent;
    Code code;
    bool operator==(const Edit&) const = default;
};
using Edits = std::vector<Edit>;

/// Those of the edits that lie in a character's mind, as seen from there.
inline Edits within(const Edits& edits, CharacterId who) {
    Edits found;
    for (const auto& edit : edits)
        if (!edit.path.empty() && edit.path[0] == who)
            found.push_back({{edit.path.begin() + 1, edit.path.end()}, edit.fluent, edit.code});
    return found;
}

}  // namespace fabula
