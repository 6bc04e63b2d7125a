// Everything that can come about: all states that explained acts lead to.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "core/seam/reply.hpp"
#include "core/search/motive.hpp"

namespace fabula {

/// When the look around ends early: never, where all beats hold, or where they hold and a course may end.
enum class Until : std::int32_t { never = 0, anywhere = 1, ending = 2 };

/// What is asked of a look around. Limits as in Question.
struct Around {
    int author = -1;
    int character = 1;
    int epistemic = 0;
    Until until = Until::never;
    bool has_goal = false;
    double goal = 0;
};

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
/// Behaves like a breadth-first walk; the seam calls it for questions about all stories; the beats of the
/// problem are the conditions whose truth at every spot is reported.
class Spread {
  public:
    Spread(Minds& minds, Motive& motive, Meter& meter, const Around& around);
    void run();
    void write(Reply& out, Stop stop) const;

  private:
    void leave(std::uint32_t at);
    bool found(const Spot& spot) const;
    std::uint32_t number(NodeId node, std::uint32_t before, ActId act);

    Minds& minds_;
    Motive& motive_;
    Meter& meter_;
    Around around_;
    bool cut_ = false, short_ = false, found_ = false;
    std::vector<Spot> spots_;
    FlatMap<std::uint64_t, std::uint32_t> numbers_;
};

/// Look around in what the arrays hold. `options`: author, character, epistemic limit, until, has goal.
Reply spread(std::span<const std::int32_t> words, std::span<const double> numbers,
             std::span<const std::int32_t> options, double goal, const Budget& budget, Meter::Poll poll);

}  // namespace fabula
