// Everything that can come about: all states that explained acts lead to.
#pragma once

#include <utility>
#include <vector>

#include "core/seam/reply.hpp"
#include "core/search/motive.hpp"

namespace fabula {

/// A state that courses of events lead to; `open`: what follows was not looked at.
struct Spot {
    NodeId node{};
    int depth = 0;
    std::int64_t before = -1;
    ActId act{};
    std::vector<std::pair<ActId, std::uint32_t>> turns;
    std::vector<ActId> refused;
    bool open = true;
};

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
    const std::vector<Spot>& spots() const noexcept { return spots_; }

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
    std::vector<Spot> spots_;
    FlatMap<std::uint64_t, std::uint32_t> numbers_;
};

}  // namespace fabula
