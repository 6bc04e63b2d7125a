// How far it is to the author's goal, at least, if people may do whatever gives them hope.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "core/base/lists.hpp"
#include "core/base/memo.hpp"
#include "core/base/pages.hpp"
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
    /// number.
    Insight(Minds& minds, Estimates& estimates, Meter& meter, Distance::Aim& aim, std::uint32_t level,
            int reasons)
        : minds_(minds),
          estimates_(estimates),
          distance_(estimates.of(-1)),
          aim_(aim),
          level_(level),
          reasons_(reasons),
          memory_(std::make_shared<Memory>(minds.meter())),  // which knows whether others read there
          lists_(&memory_->lists),
          hopes_(meter),
          own_(1, &meter) {}
    /// For another thread: the same graph, in which acts are tried in the opposite order. It knows what the
    /// first one finds out, and not the other way round: what that one looks at must not depend on chance.
    Insight(const Insight& first, Minds& minds, Estimates& estimates, Meter& meter, Distance::Aim& aim)
        : Insight(minds, estimates, meter, aim, first.level_, first.reasons_) {
        memory_ = first.memory_;
        lists_ = &memory_->helpers;
        helps_ = true;
    }

    /// Let it look at so many more acts.
    void allow(std::uint64_t acts) noexcept { allowed_ += acts; }
    /// A lower bound of the distance of a state; it is the distance if that is at most `cap` and was found in
    /// time.
    int measure(NodeId node, int cap);
    /// The same for the state to which an act leads; never if not all may have hope.
    int measure(NodeId node, ActId act, int cap);
    /// Whether the act breaks the world, or somebody has no hope of it, however long plans may be.
    bool forbidden(NodeId node, ActId act);

  private:
    /// The states are numbered as they are met; no state has one of these numbers.
    static constexpr std::uint32_t unasked = ~std::uint32_t{0}, closed = unasked - 1;
    /// A possible act, what the author's distance sees after it, and the state that it leads to: `unasked`
    /// until somebody wants to go there, `closed` if not all have hope or it breaks.
    struct Edge {
        ActId act{};
        BodyId body{};
        std::atomic<std::uint32_t> to{unasked};
    };
    using Edges = Lists<Edge>::List;
    /// What a thread knows of a state.
    struct Spot {
        Distance::Bound bound;
        bool seen;  ///< its acts
    };
    struct State {
        NodeId node;
        Spot spot;                  ///< of the first thread
        std::atomic<Edges*> edges;  ///< where they have been asked for
    };
    /// The graph, for all threads.
    struct Memory {
        explicit Memory(Meter& meter) : numbers(meter), by_number(1, &meter), lists(meter), helpers(meter) {}
        std::uint32_t number(NodeId node);

        Memo<std::uint64_t, std::uint32_t> numbers;
        Pages<State> by_number;
        std::atomic<std::uint32_t> states{0};
        Lists<Edge> lists, helpers;  ///< each thread has its own
    };
    /// How somebody sees it.
    struct Hope {
        Distance* distance = nullptr;
        Distance::Aim* aim = nullptr;  ///< none where her utility is unknown
        BodyId body{};
    };

    Spot& spot(std::uint32_t at, State& state);
    std::span<Edge> edges(State& state, Spot& spot, BodyId body);
    Edges& expand(State& state, BodyId body);
    int measure(std::uint32_t at, BodyId body, int cap);
    bool within(std::uint32_t at, BodyId body, int steps);
    std::uint32_t follow(NodeId node, Edge& edge);
    bool reached(NodeId node);
    bool hopes(CharacterId who, NodeId mind, ActId act);
    Hope& hope(CharacterId who, NodeId mind);
    bool spent() const noexcept { return seen_ > allowed_; }

    Minds& minds_;
    Estimates& estimates_;
    Distance& distance_;
    Distance::Aim& aim_;
    std::uint32_t level_;
    int reasons_;
    bool helps_ = false;
    std::uint64_t allowed_ = 0, seen_ = 0;
    std::shared_ptr<Memory> memory_;
    Lists<Edge>* lists_;
    FlatMap<std::uint64_t, Hope> hopes_;  ///< by mind and whose it is
    Pages<Spot> own_;                     ///< of who helps: by number
    std::vector<ActId> possible_;
    std::vector<BodyId> bodies_;
};

}  // namespace fabula
