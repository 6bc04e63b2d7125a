// How far it is, at least, to a state that somebody likes: a lower bound by bodies alone.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/estimate/bodies.hpp"
#include "core/estimate/relaxed.hpp"

namespace fabula {

/// Distances in a world without minds, where everybody does anything.
///
/// Behaves like an estimate that never overstates; motives and search prune by it; it drops beliefs and
/// consent, masks states to the fluents that can matter for one utility, and measures exactly in what is left
/// by iterative deepening with remembered bounds (Korf 1985; Reinefeld & Marsland 1994).
class Distance {
  public:
    /// What is proved to lead nowhere, and how far is counted: it may be farther.
    static constexpr int never = 255, farthest = never - 1;
    using Edge = Bodies::Edge;

    /// An act and how far it is from where it leads.
    struct Course {
        int rest;
        ActId act;
    };

    /// What is aimed at: a utility above a value, or at it if not `strict`.
    struct Aim {
        double value;
        bool strict;
        std::vector<std::uint8_t> least, most;
        bool large = false;  ///< too many states to look at all of them
        /// By body: the acts from which it is at most so far, nearest first.
        struct Courses {
            Courses(int r, std::vector<Course> l) : reach(r), list(std::move(l)) {}
            int reach;
            std::vector<Course> list;
        };
        std::vector<std::unique_ptr<Courses>> courses;
    };

    /// Without bodies nothing is known: every distance is 0.
    Distance(ValueId utility, std::shared_ptr<Bodies> bodies, const Relaxed* relaxed, Meter& meter)
        : utility_(utility), bodies_(std::move(bodies)), meter_(meter), tally_(meter) {
        if (!relaxed) return;
        tally_.take(relaxed->bytes());
        relaxed_.emplace(*relaxed);
    }

    Aim& aim(double value, bool strict);
    BodyId body(const Store& store, NodeId node) { return bodies_ ? bodies_->of(store, node) : BodyId{0}; }
    /// What is seen of a body: the same number in all threads.
    std::uint64_t sign(BodyId body) const noexcept { return bodies_ ? bodies_->sign(body) : 0; }
    /// The distance if it is at most `cap`, else something above it; `farthest` is a lower bound. Without
    /// mask it is 0.
    int measure(Aim& aim, BodyId body, int cap);
    /// Whether it is proved that nothing leads there.
    bool unreachable(Aim& aim, BodyId body);
    /// Whether something is known to lead there.
    bool reachable(Aim& aim, BodyId body);
    /// All acts that change what matters here.
    std::span<const Edge> edges(BodyId body) {
        return bodies_ ? bodies_->edges(body) : std::span<const Edge>{};
    }
    /// Those of them from which it is at most `cap`, nearest first. Valid until the next call.
    std::span<const Course> courses(Aim& aim, BodyId body, int cap);
    /// Where an act leads that is possible.
    BodyId after(BodyId body, ActId act) { return bodies_ ? bodies_->after(body, act) : body; }
    /// Whether the act can change what matters at all.
    bool matters(ActId act) const { return bodies_ && bodies_->matters(act); }

  private:
    bool reached(Aim& aim, BodyId body);
    bool within(Aim& aim, BodyId body, int steps);
    int relax(Aim& aim, BodyId body);
    void widen(Aim& aim, BodyId body) const;

    ValueId utility_;
    std::shared_ptr<Bodies> bodies_;
    std::optional<Relaxed> relaxed_;  ///< where there are bodies, and it is not too large
    Meter& meter_;
    Tally tally_;
    std::deque<Aim> aims_;
    std::map<std::pair<std::uint64_t, bool>, Aim*> by_value_;
};

/// The distances that a question needs, one for each character and one for the author.
class Estimates {
  public:
    Estimates(const Laws& laws, Meter& meter)
        : laws_(laws), meter_(meter), by_owner_(laws.problem.characters + 1), relaxed_(by_owner_.size()) {}
    /// For another thread: the same bodies, of everybody.
    Estimates(Estimates& other, Meter& meter);
    /// `owner` below 0: the author, for whom also acts count that nobody chooses.
    Distance& of(int owner);

  private:
    const Laws& laws_;
    Meter& meter_;
    std::vector<std::unique_ptr<Distance>> by_owner_;
    std::vector<std::shared_ptr<const Relaxed>> relaxed_;  ///< by owner; each Distance has a copy
    std::map<Mask, std::shared_ptr<Bodies>> by_mask_;
};

}  // namespace fabula
