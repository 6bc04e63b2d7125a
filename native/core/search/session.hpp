// A problem and all that has become known about it, for one question after the other.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/seam/reply.hpp"
#include "core/seam/seam.hpp"
#include "core/search/chart.hpp"
#include "core/search/solver.hpp"

namespace fabula {

/// The door of the core.
///
/// Behaves like somebody who knows a world by heart; Python asks one question after the other, in the flat
/// format of docs/seam.md; states, reasons and distances are kept between questions, so that a later one is
/// quick. That changes what it costs, and at most which of several stories is told first. After a mistake, or
/// for lack of memory, all is forgotten.
class Session {
  public:
    /// Called with every story as it is found, in the format in which stories stand in an answer.
    using Told = std::function<void(Reply)>;

    /// A mistake in the arrays is answered to every question.
    Session(std::span<const std::int32_t> words, std::span<const double> numbers);

    /// Throws only what `poll` and `told` throw, and Stopped nowhere. What a question that says so has looked
    /// at is put into `chart`.
    Reply ask(std::span<const std::int32_t> words, std::span<const double> numbers, const Budget& budget,
              Meter::Poll poll, const Told& told = {}, std::optional<Chart>* chart = nullptr);

  private:
    /// What worlds stand on: it lives as long as any of them, and those live as long as there are charts of
    /// them.
    struct Ground {
        Meter meter;
        Problem problem;
    };
    /// What comes of a question: the answer, and what was looked at.
    struct Found {
        Reply reply;
        std::optional<Seen> seen;
        Stop stop = Stop::none;
    };

    Found answer(World& world, const Asked& asked, const Told& told);
    Found solve(World& world, const Question& question, const Told& told);
    Found look_around(World& world, const Question& question);
    std::shared_ptr<World> world(const Asked& asked);
    void begin(const Asked& asked);
    void forget() noexcept;

    std::shared_ptr<Ground> ground_ = std::make_shared<Ground>();
    std::optional<Mistake> wrong_;
    std::vector<double> initial_;  ///< as stated: where questions begin that say nothing else
    std::vector<Belief> beliefs_;
    Reach usual_;  ///< what can come about from there
    Listed listed_;
    std::shared_ptr<World> worlds_[2];  ///< by ambition
};

}  // namespace fabula
