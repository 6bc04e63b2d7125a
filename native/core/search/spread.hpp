// Everything that can come about: all states that explained acts lead to.
#pragma once

#include <utility>
#include <vector>

#include "core/seam/reply.hpp"
#include "core/search/motive.hpp"
#include "core/search/seen.hpp"

namespace fabula {

/// What can happen in a state: the acts that would change something and that everybody in them would do,
/// those that somebody would not; and whether limits might be to blame for that.
struct Ways {
    std::vector<ActId> taken, refused;
    bool cut = false;
    bool broken = false;  ///< something that everybody would do breaks the world: it is no way
};
/// The ways on from a node, for people who plan so many acts ahead on so many layers. Of a refused act
/// nothing is worked out but that it would change something and break nothing.
Ways ways(Minds& minds, Motive& motive, NodeId node, int acts, int deep);

/// The look at every course of events, shortest first.
///
/// Behaves like a breadth-first walk; Session calls it for questions about all stories; the beats
/// of the laws are the conditions whose truth at every spot is reported.
class Spread {
  public:
    /// `question`: see settled.
    Spread(Minds& minds, Motive& motive, Meter& meter, NodeId start, const Question& question);
    void run();
    void write(Reply& out, Stop stop) const;
    /// Hand over the spots; it is over.
    Seen seen() && { return {std::move(spots_), {}, {}, minds_.laws().beats}; }

  private:
    void leave(std::uint32_t at);
    bool found(const Spot& spot) const;
    std::uint32_t number(NodeId node, std::uint32_t before, ActId act);

    Minds& minds_;
    Motive& motive_;
    Meter& meter_;
    NodeId start_;
    Question question_;
    bool cut_ = false, short_ = false, found_ = false;
    Tally tally_;
    std::vector<Spot> spots_;
    FlatMap<std::uint64_t, std::uint32_t> numbers_;
};

}  // namespace fabula
