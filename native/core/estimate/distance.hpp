// How far it is, at least, to a state that somebody likes: a lower bound by bodies alone.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/flat_map.hpp"
#include "core/base/lists.hpp"
#include "core/base/pages.hpp"
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

    /// What is proved of a body. Threads may lose each other's news: it holds all the same.
    struct Bound {
        std::atomic<std::uint8_t> least, nearness;  ///< the distance is at most `never` less this
        int most() const noexcept { return never - nearness.load(std::memory_order_relaxed); }
        int at_least() const noexcept { return least.load(std::memory_order_relaxed); }
        void raise(int far) noexcept {
            least.store(static_cast<std::uint8_t>(far), std::memory_order_relaxed);
        }
        void lower(int far) noexcept {
            nearness.store(static_cast<std::uint8_t>(never - far), std::memory_order_relaxed);
        }
    };
    using Bounds = Pages<Bound>;

    /// What is aimed at, a utility above a value, or at it if not `strict`, and what this thread knows of it.
    struct Aim {
        double value;
        bool strict;
        Bounds& bounds;  ///< by body, for all threads
        std::uint64_t number;
        /// By body: whether anything leads there. That is found out by each thread alone, since it depends on
        /// what was looked at before.
        enum class Fate : std::uint8_t { unknown, open, lost };
        std::vector<Fate> fates{};
        bool large = false;  ///< too many states to look at all of them
    };

    /// Without bodies nothing is known: every distance is 0.
    Distance(ValueId utility, std::shared_ptr<Bodies> bodies, std::optional<Relaxed> relaxed, Meter& meter)
        : utility_(utility),
          bodies_(std::move(bodies)),
          relaxed_(std::move(relaxed)),
          meter_(meter),
          tally_(meter),
          lists_(meter),
          courses_(meter),
          memory_(std::make_shared<Memory>(meter)) {
        if (relaxed_) tally_.take(relaxed_->bytes());
    }
    /// For another thread: the same bounds. `bodies` are the same, too.
    Distance(const Distance& other, std::shared_ptr<Bodies> bodies, Meter& meter)
        : Distance(other.utility_, std::move(bodies), other.relaxed_, meter) {
        memory_ = other.memory_;
    }

    Aim& aim(double value, bool strict);
    const Bodies* bodies() const noexcept { return bodies_.get(); }
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
    /// Those of them from which it is at most `cap`, nearest first. Valid for good.
    std::span<const Course> courses(Aim& aim, BodyId body, int cap);
    /// Where an act leads that is possible.
    BodyId after(BodyId body, ActId act) { return bodies_ ? bodies_->after(body, act) : body; }
    /// Whether the act can change what matters at all.
    bool matters(ActId act) const { return bodies_ && bodies_->matters(act); }

  private:
    /// The acts from which it is at most so far, nearest first.
    struct Courses {
        int reach;
        const Lists<Course>::List* list;  ///< none: nothing is known yet
    };
    using Value = std::pair<std::uint64_t, bool>;  ///< that is aimed at: its bits, and whether above it
    /// What is proved, for all threads.
    struct Memory {
        explicit Memory(Meter& m) : meter(m) {}
        Bounds& of(const Value& value);

        Meter& meter;
        Gate gate;  ///< before what follows
        std::map<Value, Bounds> bounds;
    };

    static Bound& bound(Aim& aim, BodyId body) {
        aim.bounds.reach(index(body));
        return *aim.bounds.at(index(body));
    }
    static Aim::Fate fate(const Aim& aim, BodyId body) {
        return index(body) < aim.fates.size() ? aim.fates[index(body)] : Aim::Fate::unknown;
    }
    void decide(Aim& aim, const std::vector<BodyId>& bodies, Aim::Fate fate);
    bool reached(Aim& aim, BodyId body);
    bool within(Aim& aim, BodyId body, int steps);
    bool worth_a_look() const noexcept;
    int relax(Aim& aim, BodyId body);

    ValueId utility_;
    std::shared_ptr<Bodies> bodies_;
    std::optional<Relaxed> relaxed_;  ///< where there are bodies, and it is not too large
    Meter& meter_;
    Tally tally_;
    Lists<Course> lists_;
    FlatMap<std::uint64_t, Courses> courses_;  ///< by aim and body
    std::vector<Course> found_;
    std::map<Value, Aim> aims_;
    std::shared_ptr<Memory> memory_;
};

/// The distances that a question needs, one for each character and one for the author.
///
/// Behaves like a drawer with two folders: distances if only so much can ever happen as from where questions
/// usually begin, and distances if everything can; all who look ahead take theirs from it. The fewer acts
/// there are, the further everything is, and the fewer bodies there are to measure it in.
class Estimates {
  public:
    Estimates(const Laws& laws, Reach usual, Meter& meter);
    /// For another thread: the same bodies and distances, of everybody, as they are now.
    Estimates(Estimates& other, Meter& meter);
    /// Whether only the usual can happen from now on. At first, everything can.
    void be_usual(bool usual) noexcept {
        now_ = usual || usual_.reach == everything_.reach ? &usual_ : &everything_;
    }
    bool usual() const noexcept { return now_ == &usual_; }
    /// What usually can.
    const Reach& usually() const noexcept { return usual_.reach; }
    /// `owner` below 0: the author, for whom also acts count that nobody chooses.
    Distance& of(int owner);

  private:
    struct Folder {
        Reach reach;
        std::vector<std::unique_ptr<Distance>> by_owner;
    };

    const Laws& laws_;
    Meter& meter_;
    Folder everything_, usual_;
    Folder* now_ = &everything_;
    std::map<Mask, std::shared_ptr<Bodies>> by_mask_;
};

}  // namespace fabula
