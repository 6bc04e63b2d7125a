// When to give up: time, nodes, memory, or the user.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>

#include "core/base/mistake.hpp"

namespace fabula {

enum class Stop : std::int32_t { none = 0, time = 1, nodes = 2, memory = 3, interrupt = 4, share = 5 };

/// Thrown where the budget is spent; `share` means only this round's share of it, and of a helper `interrupt`
/// that nobody needs it any more.
struct Stopped : std::exception {
    explicit Stopped(Stop why) noexcept : reason(why) {}
    const char* what() const noexcept override { return "fabula: stopped"; }
    Stop reason;
};

/// What the user allows; 0 means without limit.
struct Budget {
    double seconds = 0;
    std::uint64_t nodes = 0;
    std::uint64_t memory = 0;
    std::uint32_t threads = 1;
};

/// The counters of one search.
///
/// Behaves like a taxi meter that stops the car; everything that grows or loops reports to it; it looks at
/// the clock and asks the user only now and then, so that reporting costs nothing. It also notes what breaks
/// on the way. A thread that helps has a meter of its own, which counts its steps, and so has a world that is
/// made beside; bytes are counted by the first one for all.
class Meter {
  public:
    using Poll = std::function<bool()>;  ///< false: the user has had enough

    Meter() = default;
    Meter(const Budget& budget, Poll poll)
        : budget_(budget), poll_(std::move(poll)), began_(std::chrono::steady_clock::now()) {}

    /// Begin again to count under another budget; what memory is in use stays in use.
    void renew(const Budget& budget, Poll poll) {
        budget_ = budget;
        poll_ = std::move(poll);
        began_ = std::chrono::steady_clock::now();
        asked_ = 0;
        visited_ = nodes_ = bodies_ = steps_ = 0;
        mistake_.reset();
        share_ = ~std::uint64_t{0};
        peak_.store(bytes_.load());
    }
    /// The meter of a helper: it stops when the first one says so.
    struct Helping {
        Meter& first;
    };
    explicit Meter(Helping helping) : first_(&helping.first), interval_(15) {}
    /// The meter of a world beside the first one's: it counts for itself, and looks at the first one's clock.
    struct Beside {
        Meter& first;
    };
    explicit Meter(Beside beside) : first_(&beside.first), beside_(true) {}

    void take(std::uint64_t bytes) {
        if (first_) return first_->take(bytes);
        const auto now = bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
        if (budget_.memory && now > budget_.memory) {
            give_back(bytes);  // what is refused was never taken
            throw Stopped(Stop::memory);
        }
        if (now > peak_.load(std::memory_order_relaxed)) peak_.store(now, std::memory_order_relaxed);
    }
    void give_back(std::uint64_t bytes) noexcept {
        if (first_) return first_->give_back(bytes);
        bytes_.fetch_sub(bytes, std::memory_order_relaxed);
    }
    /// Whether there is a limit of memory.
    bool scarce() const noexcept { return budget_.memory > 0; }
    /// How many threads may work on a proof.
    std::uint32_t threads() const noexcept { return budget_.threads; }
    /// Whether tables are used by several threads at present.
    bool shared() const noexcept { return first_ && !beside_ ? first_->shared_ : shared_; }
    /// Only while no helper runs.
    void share_tables(bool shared) noexcept {
        shared_ = shared;
        halted_.store(!shared, std::memory_order_relaxed);
    }
    /// Let all helpers stop at their next look.
    void halt() noexcept { halted_.store(true, std::memory_order_relaxed); }
    bool halted() const noexcept { return halted_.load(std::memory_order_relaxed); }
    /// What another has counted belongs to the sum.
    void add(const Meter& other) noexcept {
        nodes_ += other.nodes_;
        bodies_ += other.bodies_;
    }

    /// Something broke. Of all that is noted the first in order is kept, whatever was met first.
    void note(const Mistake& mistake) noexcept {
        if (mistake.fault != Fault::lost && (!mistake_ || mistake.before(*mistake_))) mistake_ = mistake;
    }
    const std::optional<Mistake>& mistake() const noexcept { return mistake_; }
    /// Whether it was in what is asked.
    bool asked_breaks() const noexcept { return mistake_ && mistake_->culprit == Culprit::nothing; }
    /// There is no answer where that is so.
    [[noreturn]] void refuse() const { throw mistake_.value_or(Mistake(Fault::malformed)); }

    /// A new state was made.
    void node() {
        ++nodes_;
        step();
    }
    /// All was found that can be done in a state without minds.
    void body() noexcept { ++bodies_; }
    /// A step of the author's plan was looked at.
    void visit() {
        ++visited_;
        if (budget_.nodes && visited_ > budget_.nodes) throw Stopped(Stop::nodes);
        step();
    }
    /// What was visited since there were so many will be visited again.
    void go_back(std::uint64_t visited) noexcept { visited_ = visited; }
    /// Anything that takes about a microsecond.
    void step() {
        ++steps_;
        if (steps_ > share_) throw Stopped(Stop::share);
        if ((steps_ & interval_) == 0) look();
    }
    /// Allow only so many more steps before Stop::share.
    void share(std::uint64_t steps) noexcept { share_ = steps ? steps_ + steps : ~std::uint64_t{0}; }

    /// While it lives, only so many more steps are allowed, and no more than the share; 0: as many.
    class Patience {
      public:
        Patience(Meter& meter, std::uint64_t steps) noexcept : meter_(meter), share_(meter.share_) {
            if (steps) meter.share_ = std::min(share_, meter.steps_ + steps);
        }
        ~Patience() { meter_.share_ = share_; }
        Patience(const Patience&) = delete;
        Patience& operator=(const Patience&) = delete;
        /// Whether the share would have lasted longer.
        bool more() const noexcept { return meter_.steps_ <= share_; }

      private:
        Meter& meter_;
        std::uint64_t share_;
    };

    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }
    std::uint64_t nodes() const noexcept { return nodes_; }
    std::uint64_t bodies() const noexcept { return bodies_; }
    std::uint64_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }
    std::uint64_t visited() const noexcept { return visited_; }
    std::uint64_t steps() const noexcept { return steps_; }
    std::uint64_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }

  private:
    void look() {
        if (beside_) return first_->look();
        if (first_) {
            // Not `share`: who has patience would put that off and go on.
            if (first_->halted_.load(std::memory_order_relaxed)) throw Stopped(Stop::interrupt);
            return;
        }
        const auto now = seconds();
        if (budget_.seconds > 0 && now > budget_.seconds) throw Stopped(Stop::time);
        if (now - asked_ < 0.05) return;
        asked_ = now;
        if (poll_ && !poll_()) throw Stopped(Stop::interrupt);
    }

    Budget budget_;
    Poll poll_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    Meter* first_ = nullptr;  ///< whom it reports to
    bool beside_ = false;
    bool shared_ = false;
    std::uint64_t interval_ = 1023;  ///< between two looks
    std::atomic<bool> halted_{true};
    // What all threads write, and what one writes all the time, in lines of the cache of their own: else each
    // would wait for the other whenever it reads what is above.
    alignas(64) std::atomic<std::uint64_t> bytes_{0};
    std::atomic<std::uint64_t> peak_{0};
    alignas(64) double asked_ = 0;
    std::uint64_t nodes_ = 0, visited_ = 0, bodies_ = 0, steps_ = 0;
    std::uint64_t share_ = ~std::uint64_t{0};
    std::optional<Mistake> mistake_;
};

/// Bytes that somebody has taken, given back with them: who keeps a table has one beside it.
class Tally {
  public:
    explicit Tally(Meter& meter) noexcept : meter_(meter) {}
    ~Tally() { meter_.give_back(taken_); }
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;

    void take(std::uint64_t bytes) {
        meter_.take(bytes);  // what is refused is not counted, there or here
        taken_ += bytes;
    }

  private:
    Meter& meter_;
    std::uint64_t taken_ = 0;
};

}  // namespace fabula
