// Strong ids: an index of one kind never passes for one of another.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fabula {

enum class CharacterId : std::uint32_t {};
enum class FluentId : std::uint32_t {};
enum class ActId : std::uint32_t {};
enum class TriggerId : std::uint32_t {};
/// One expression of the problem as it was sent.
enum class TermId : std::uint32_t {};
/// A compiled condition: where its tests begin, or one of the two verdicts.
enum class TestId : std::int32_t { holds = -1, fails = -2 };
/// A compiled value.
enum class ValueId : std::uint32_t {};
/// A list of characters: whose belief is meant. 0 is the empty one.
enum class PathId : std::uint16_t { here = 0 };
/// An interned state with its beliefs; the level stands in the top four bits.
enum class NodeId : std::uint32_t { none = 0xFFFFFFFFu };
/// An interned state without beliefs, seen through the mask of one utility.
enum class BodyId : std::uint32_t {};
/// An interned set of nodes.
enum class SetId : std::uint32_t { empty = 0, any = 0xFFFFFFFFu };

template <class Id>
constexpr std::size_t index(Id id) noexcept {
    return static_cast<std::size_t>(id);
}

}  // namespace fabula
