// The author's search: acts that everybody has a reason for, up to the goal.
#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/estimate/insight.hpp"
#include "core/search/frontier.hpp"
#include "core/search/motive.hpp"
#include "core/search/seen.hpp"

namespace fabula {

/// One best-first search under fixed limits.
///
/// Behaves like a search that can be halted and resumed; Solver runs one for each pair of limits; it is
/// weighted A* (Pohl 1970) whose queue holds acts, not states: a state is built, and its act's reasons are
/// looked for, only when its turn has come.
class Author {
  public:
    /// `acts`: most acts of a story, below 0 without limit. `reasons`, `deep`: how many acts an explanation
    /// may have, and on how many layers (see Motive). `cut`: where states are cut off for Insight; 0: without
    /// it.
    Author(Minds& minds, Estimates& estimates, Motive& motive, Meter& meter, NodeId start, double goal,
           int acts, int reasons, int deep, int weight, std::uint32_t cut = 0);
    /// For another thread: the same search, begun from its other end. What the other is busy with it leaves
    /// for the last.
    Author(const Author& other, Minds& minds, Estimates& estimates, Motive& motive, Meter& meter);

    /// The next story, not necessarily minimal; nothing when all is searched.
    std::optional<std::vector<ActId>> next();
    /// For who knows that there is no story: search until a limit has left something unseen; whether one has.
    bool hides();
    /// From now on an act whose reasons take more steps than this waits until the next call; 0: none does. If
    /// there are no others, next() throws Stop::share.
    void begin_turn(std::uint64_t patience) {
        patience_ = patience;
        frontier_.recall();
    }
    /// Whether the limit of acts, or one on explanations, has left something unseen.
    bool cut() const noexcept { return cut_; }
    /// Look only for stories of at most so many acts from now on. Any thread may say so.
    void shorten(int acts) noexcept { acts_.store(acts, std::memory_order_relaxed); }
    double goal() const noexcept { return task_.goal; }
    /// For who helps: the last act whose reasons were asked for while tables are shared. Any thread may ask.
    std::optional<std::pair<NodeId, ActId>> asked() const noexcept;

    Place first() const noexcept { return entries_[0].place; }
    Place after(Place place, ActId act);
    bool told(Place place) const;
    std::uint32_t met(NodeId node, std::uint32_t beats) const;
    bool willing(NodeId node, ActId act);
    /// Drop from the plan what can be left out, until it is minimal (rules 5 and 6); it stays a story.
    std::vector<ActId> reduced(std::vector<ActId> plan);
    /// A part of a plan that ends with the same worth and beats, if everybody would do that.
    std::optional<std::vector<ActId>> shorter(const std::vector<ActId>& plan);
    /// Whether the acts are a story, and what is wrong with rules 5 and 6 put aside.
    bool valid(const std::vector<ActId>& plan);
    int measure(NodeId node, int cap);
    /// Whether bodies are known to come to the goal, in however many acts.
    bool in_reach();
    /// Note that a node is left although acts are possible there, for the limit's sake.
    void leave(NodeId node);
    /// An act is looked at.
    void visit();
    /// Hand over what was visited; the search is over.
    Tree tree() &&;

  private:
    /// What stays the same while it searches.
    struct Task {
        double goal;
        int reasons, deep, weight;
    };

    static constexpr std::uint64_t nothing = ~std::uint64_t{0};

    /// Where parts of a plan lead, by how many of its acts are over. Those that leave out none are not in it.
    using Shadows = std::vector<std::set<Place>>;

    Author(Minds& minds, Estimates& estimates, Motive& motive, Meter& meter, NodeId start, const Task& task,
           int acts, const Author* first);
    std::optional<Shadows> promising(const std::vector<ActId>& plan);
    std::optional<std::vector<ActId>> shorter(const std::vector<ActId>& plan,
                                              const std::optional<Shadows>& good, std::uint64_t patience,
                                              bool& all_asked);
    bool agreed(Motive::Verdict verdict);
    bool more() const noexcept { return opened_ < entries_.size() || !frontier_.empty(); }
    bool go_on();
    bool open();
    void take();
    std::optional<bool> soon(NodeId node, ActId act, std::uint64_t steps);
    void announce(NodeId node, ActId act);
    void join();
    bool goes_back();
    void recall();
    void arrive(const Tree::Visit& visit, int rest);
    void expand(std::uint32_t at);
    int foresee(NodeId node, ActId act, int depth, int room);
    void enqueue(const Frontier::Item& item, int depth, int rest);
    bool near(Place place, int acts) { return measure(place.node, acts) <= acts; }
    int limit() const noexcept { return acts_.load(std::memory_order_relaxed); }
    bool within_limit(int depth, int rest) const noexcept { return limit() < 0 || depth + rest <= limit(); }
    std::vector<ActId> trace(std::uint32_t at) const;

    Minds& minds_;
    Motive& motive_;
    Meter& meter_;
    Distance& distance_;
    Distance::Aim* aim_ = nullptr;
    std::optional<Insight> insight_;
    const Task task_;
    double floor_;  ///< what the start is worth
    std::atomic<int> acts_;
    bool cut_ = false;
    const Author* first_ = nullptr;  ///< whom it helps
    int rank_ = -1;                  ///< of what it looks at
    /// For who helps: what is asked, and since when (in clock ticks).
    std::atomic<std::uint64_t> asking_{nothing};
    std::atomic<std::int64_t> since_{0};
    Tally tally_;
    std::vector<Tree::Visit> entries_;
    int rest_ = 0;              ///< how far it is from the last of them, at least
    std::uint32_t opened_ = 0;  ///< of the entries: all but, at times, the last
    std::uint64_t patience_ = 0;
    std::size_t queued_ = 0;  ///< how many acts have been looked at from that one
    FlatMap<std::uint64_t, std::uint32_t> places_;
    Frontier frontier_;
};

}  // namespace fabula
