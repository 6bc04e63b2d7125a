// How far it is, at least, to a state that somebody likes: a lower bound by bodies alone.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/states/chooser.hpp"
#include "core/states/laws.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// Distances in a world without minds, where everybody does anything.
///
/// Behaves like an estimate that never overstates; motives and search prune by it; it drops beliefs and
/// consent, masks states to the fluents that can matter for one utility, and measures exactly in what is left
/// by iterative deepening with remembered bounds (Korf 1985; Reinefeld & Marsland 1994).
class Distance {
  public:
    static constexpr int never = 255;

    /// An act and where it leads, both masked.
    struct Edge {
        ActId act;
        BodyId to;
    };

    /// What is aimed at: a utility above a value, or at it if not `strict`.
    struct Aim {
        double value;
        bool strict;
        std::vector<std::uint8_t> least, most;
        bool large = false;  ///< too many states to look at all of them
    };

    /// `owner` below 0: the author, for whom also acts count that nobody chooses.
    Distance(const Laws& laws, int owner, Meter& meter);

    Aim& aim(double value, bool strict);
    BodyId body(View view);
    /// The distance if it is at most `cap`, else something above it. Without mask it is 0.
    int measure(Aim& aim, BodyId body, int cap);
    /// Whether it is proved that nothing leads there.
    bool unreachable(Aim& aim, BodyId body);
    /// All acts that change what matters here. Valid until the next call.
    std::span<const Edge> edges(BodyId body);
    /// Where an act leads that is possible.
    BodyId after(BodyId body, ActId act);
    /// Whether the act can change what matters at all.
    bool matters(ActId act) const { return usable_ && matters_[index(act)]; }
    bool usable() const noexcept { return usable_; }

  private:
    struct Rule {
        TestId precondition;
        std::vector<LawEffect> effects;
    };

    void find_mask(TermId utility, bool author);
    bool add_reads(TermId term, bool skip_minds);
    bool reached(Aim& aim, BodyId body);
    bool within(Aim& aim, BodyId body, int steps);
    void expand(BodyId body);
    /// Both return false where the world makes a mistake.
    bool run(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& dirty);
    bool apply(const std::vector<LawEffect>& effects, std::vector<std::uint64_t>& words,
               std::vector<std::uint64_t>& dirty);

    const Laws& laws_;
    Meter& meter_;
    Store store_;  ///< of bodies: level 0 only
    ValueId utility_;
    bool usable_ = true;
    std::vector<bool> masked_;
    std::vector<std::uint64_t> mask_;
    std::vector<ActId> acts_;
    std::vector<Rule> rules_;  ///< of those acts, relaxed
    std::unique_ptr<Chooser> chooser_;
    std::vector<std::uint32_t> chosen_;
    std::vector<bool> matters_;
    std::vector<std::pair<TriggerId, Rule>> triggers_;
    std::vector<std::vector<std::uint32_t>> watchers_;
    std::vector<bool> broken_;  ///< bodies that a mistake of the world leads to: let the search find it
    std::vector<std::optional<std::vector<Edge>>> edges_;
    std::deque<Aim> aims_;
    std::map<std::pair<std::uint64_t, bool>, Aim*> by_value_;
};

}  // namespace fabula
