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
/// quick. That changes no answer, only what it costs. After a mistake, or for lack of memory, all is
/// forgotten.
class Session {
  public:
    /// Called with every story as it is found, in the format in which stories stand in an answer.
    using Told = std::function<void(Reply)>;

    /// A mistake in the arrays is answered to every question.
    Session(std::span<const std::int32_t> words, std::span<const double> numbers);

    /// Throws only what `poll` and `told` throw, and Stopped nowhere.
    Reply ask(std::span<const std::int32_t> words, std::span<const double> numbers, const Budget& budget,
              Meter::Poll poll, const Told& told = {});
    /// Hand over what the last question of the mode `chart` has seen; none if there is nothing new.
    std::shared_ptr<Chart> take_chart() noexcept { return std::move(chart_); }

  private:
    Reply answer(const Asked& asked, const Told& told);
    Reply solve(World& world, const Question& question, const Told& told);
    Reply look_around(World& world, const Question& question);
    World& world(const Asked& asked);
    void begin(const Asked& asked);
    void forget() noexcept;

    Meter meter_;
    std::optional<Mistake> wrong_;
    Problem problem_;
    std::vector<double> initial_;  ///< as stated: where questions begin that say nothing else
    std::vector<Belief> beliefs_;
    Listed listed_;
    std::shared_ptr<Chart> chart_;
    std::unique_ptr<World> worlds_[2];  ///< by ambition
};

}  // namespace fabula
