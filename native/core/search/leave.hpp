// What can happen at some places, asked again and again: the step of which a look around is made.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/seam/reply.hpp"
#include "core/search/solver.hpp"

namespace fabula {

/// A name for a state by content alone: the same in every process, however the state was come by.
struct Digest {
    std::uint64_t high = 0, low = 0;
};

/// Leaves places of a look around.
///
/// Behaves like a function from places, each named by its course, to what can happen there; whoever keeps the
/// look around elsewhere calls it; states and reasons are remembered from one call to the next, so that
/// dropping one and making another changes no answer and only costs time.
class Leaver {
  public:
    /// A problem in the flat format, and `options`: character and epistemic limit. A mistake in them is
    /// answered by every call.
    Leaver(std::span<const std::int32_t> words, std::span<const double> numbers,
           std::span<const std::int32_t> options);

    /// `asked`: the courses as a tree and which of its places to leave (docs/seam.md). `poll` as for a
    /// search.
    Reply leave(std::span<const std::int32_t> asked, const Budget& budget, Meter::Poll poll);

  private:
    /// What is known so far, with all that it is made of.
    struct Known {
        Known(const Problem& problem, int epistemic, int character, Meter& meter);
        World world;
        Question question;
        Round round;
    };
    struct Left;

    void build();
    std::vector<NodeId> replay(std::span<const std::int32_t> tree);
    Left leave(NodeId node);
    std::int64_t number(NodeId node);
    void describe(NodeId node, Reply& out);
    Digest digest(NodeId node) const;

    std::optional<Problem> problem_;
    std::optional<Mistake> wrong_;
    int character_ = 1, epistemic_ = 0;
    Meter meter_;
    std::unique_ptr<Known> known_;
    std::vector<NodeId> met_;  ///< of this call; the first is the start
    std::vector<std::int64_t> met_at_;
};

}  // namespace fabula
