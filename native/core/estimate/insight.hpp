// How far it is to the author's goal, at least, if people may do whatever gives them hope.
#pragma once

#include <vector>

#include "core/estimate/distance.hpp"
#include "core/minds/minds.hpp"

namespace fabula {

/// Distances in a world whose minds are one deep.
///
/// Behaves like Distance and never falls below it; the author asks it when a story is to be proved a shortest
/// one. States are cut off below what those in them believe (`Minds::cut`), and an act can be done if all who
/// consent believe that it can and, by bodies alone, that it may lead to an improvement. All that happens to
/// a whole state happens to its cut one, so no distance is overstated. It is measured like Distance, but in a
/// graph without a mask that may be large: it goes on only while it is allowed to, and then says what is
/// proved so far.
class Insight {
  public:
    /// `level`: where states are cut off. `reasons`: how many acts an explanation may have; below 0 any
    /// number. `backwards`: acts are tried in the opposite order.
    Insight(Minds& minds, Estimates& estimates, Meter& meter, Distance::Aim& aim, std::uint32_t level,
            int reasons, bool backwards)
        : minds_(minds),
          estimates_(estimates),
          distance_(estimates.of(-1)),
          aim_(aim),
          level_(level),
          reasons_(reasons),
          backwards_(backwards),
          spots_(meter),
          hopes_(meter),
          tally_(meter) {}

    /// Let it make so many more states.
    void allow(std::uint64_t states) noexcept { allowed_ += states; }
    /// A lower bound of the distance of a state; it is the distance if that is at most `cap` and was found in
    /// time.
    int measure(NodeId node, int cap);
    /// The same for the state to which an act leads; never if not all may have hope.
    int measure(NodeId node, ActId act, int cap);
    /// Whether the act breaks the world, or somebody has no hope of it, however long plans may be.
    bool forbidden(NodeId node, ActId act);

  private:
    /// A possible act, what the author's distance sees after it, and where it leads.
    struct Edge {
        ActId act;
        BodyId body;
        NodeId
            to;  ///< `unasked` until somebody wants to go there, `closed` if not all have hope or it breaks
    };
    static constexpr NodeId unasked = NodeId::none, closed{static_cast<std::uint32_t>(NodeId::none) - 1};
    /// What is known of a state.
    struct Spot {
        std::uint8_t least = 0, most = Distance::never;
        bool expanded = false;
        std::vector<Edge> edges;
    };
    /// How somebody sees it.
    struct Hope {
        Distance* distance = nullptr;
        Distance::Aim* aim = nullptr;  ///< none where her utility is unknown
        BodyId body{};
    };

    std::uint32_t spot(NodeId node);
    void expand(std::uint32_t at, NodeId node, BodyId body);
    bool within(NodeId node, BodyId body, int steps);
    NodeId follow(std::uint32_t at, NodeId node, std::size_t edge);
    bool reached(NodeId node);
    bool hopes(CharacterId who, NodeId mind, ActId act);
    Hope& hope(CharacterId who, NodeId mind);
    bool spent() const noexcept { return made_ > allowed_; }

    Minds& minds_;
    Estimates& estimates_;
    Distance& distance_;
    Distance::Aim& aim_;
    std::uint32_t level_;
    int reasons_;
    bool backwards_;
    std::uint64_t allowed_ = 0, made_ = 0;
    FlatMap<std::uint64_t, std::uint32_t> spots_;  ///< by state: its number, from 1
    FlatMap<std::uint64_t, Hope> hopes_;           ///< by mind and whose it is
    std::vector<Spot> known_;
    std::vector<ActId> possible_;
    Tally tally_;
};

}  // namespace fabula
