// What a question has looked at, as plain tables: for exploration and pictures, without a second search.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/search/seen.hpp"

namespace fabula {

struct World;

/// Tables about places and states.
///
/// Behaves like a bundle of arrays that are filled in when they are first looked at; Python looks at them
/// where they lie (bind/chart.cpp). Places are numbered in order of depth, the start first. States are
/// numbered too: those of the places first, in the same order, then all that somebody believes in them, and
/// so on inwards. While a table is filled in, nothing may be asked of the session.
class Chart {
  public:
    struct Places {
        std::vector<std::int32_t> depth, before, act;  ///< by place; -1 at the start
        std::vector<std::uint8_t> open;                ///< by place
        std::vector<double> worth;                     ///< by place
        std::vector<std::uint8_t> holds;               ///< by place and condition
        std::vector<std::int64_t> turns_of;            ///< by place: its first turn; one more at the end
        std::vector<std::int32_t> turn_act, turn_to;
        std::vector<std::int64_t> refused_of;
        std::vector<std::int32_t> refused_act;
        std::size_t conditions = 0;
    };
    struct States {
        std::vector<double> values;            ///< by state and fluent
        std::vector<std::int32_t> believed;    ///< by state and character: a state, or -1 where none is kept
        std::vector<std::int64_t> stories_of;  ///< by story: its first moment; one more at the end
        std::vector<std::int32_t> story_state;
        std::size_t count = 0, fluents = 0, characters = 0;
    };

    Chart(std::shared_ptr<World> world, Seen seen);

    const Places& places();
    const States& states();

    /// Whether such a place, state, character or act is known. What follows is asked about no others.
    bool has(std::uint32_t place) { return place < spots().size(); }
    bool has(NodeId node) const noexcept;
    bool has(CharacterId who) const noexcept;
    bool has(ActId act) const noexcept;

    /// One state by itself: that of a place, its values, and what somebody takes for true in it, if it is
    /// kept.
    NodeId node(std::uint32_t place) { return spots()[place].node; }
    std::vector<double> values(NodeId node) const;
    NodeId mind(NodeId node, CharacterId who) const;
    /// Where an act leads; none where that cannot be worked out. Not while the session answers.
    NodeId after(NodeId node, ActId act);

  private:
    /// Those of a search are put together when somebody first asks for them.
    const std::vector<Spot>& spots();

    std::shared_ptr<World> world_;
    Seen seen_;
    std::optional<Places> places_;
    std::optional<States> states_;
};

}  // namespace fabula
