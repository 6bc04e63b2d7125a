// A world without minds, where everybody does anything, seen through a mask.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "core/base/lists.hpp"
#include "core/base/pages.hpp"
#include "core/problem/reach.hpp"
#include "core/states/chooser.hpp"
#include "core/states/laws.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// What can matter for one utility: which fluents, and which acts and triggers change them.
///
/// Behaves like a stencil; Bodies are seen through it; it is the utility's fluents, closed under whatever is
/// read by anything that can change one of them, of what can ever happen. Equal masks share their bodies.
struct Mask {
    /// `author`: acts that nobody chooses count too.
    Mask(const Problem& problem, const Reach& reach, TermId utility, bool author);

    bool usable;  ///< false where that would have to look into a mind, or to divide
    std::vector<bool> fluents, acts, triggers;
    auto operator<=>(const Mask&) const = default;

  private:
    bool add(const Problem& problem, TermId term, bool skip_minds);
    bool touched(const std::vector<Effect>& effects) const;
    void take(const Problem& problem, const std::vector<Effect>& effects);
};

/// The states of that world, and where acts lead from each.
///
/// Behaves like a graph that is built as it is walked; distances are measured in it.
class Bodies {
  public:
    /// An act and where it leads.
    struct Edge {
        ActId act;
        BodyId to;
    };

    Bodies(const Laws& laws, const Mask& mask, Meter& meter);
    /// For another thread: the same graph.
    Bodies(const Bodies& other, Meter& meter);

    /// The masked body of a state.
    BodyId of(const Store& store, NodeId node);
    /// All acts that change what matters here, in order. Valid for good.
    std::span<const Edge> edges(BodyId body);
    /// Where an act leads that is possible.
    BodyId after(BodyId body, ActId act);
    /// Whether the act can change what matters at all.
    bool matters(ActId act) const { return rules_->mask.acts[index(act)]; }
    /// Where a mistake of the world leads, from which on nothing is known: let the search find it.
    static constexpr BodyId nowhere{~std::uint32_t{0}};
    double evaluate(ValueId value, BodyId body) const {
        return laws_.program.evaluate(value, store_.view(NodeId(static_cast<std::uint32_t>(body))), store_);
    }
    View view(BodyId body) const { return store_.view(NodeId(static_cast<std::uint32_t>(body))); }
    const Store& store() const noexcept { return store_; }
    /// What is seen of the body, as a number that is the same in all threads.
    std::uint64_t sign(BodyId body) const noexcept {
        const auto* words = store_.view(NodeId(static_cast<std::uint32_t>(body))).words;
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < rules_->bits.size(); ++i) sum = scatter(sum ^ words[i]);
        return sum;
    }
    std::size_t size() const noexcept { return store_.bodies(); }
    /// In how many bodies this thread has tried all acts, and how many were possible there, on average.
    std::size_t expanded() const noexcept { return expanded_; }
    double branching() const noexcept {
        return static_cast<double>(followed_ + 1) / static_cast<double>(expanded_ + 1);
    }

  private:
    struct Rule {
        TestId precondition;
        std::vector<LawEffect> effects;
    };
    /// The laws as they are seen through the mask.
    struct Rules {
        Rules(const Laws& laws, const Mask& m);
        Mask mask;
        std::vector<std::uint64_t> bits;  ///< of a state's words: what is kept of them
        std::vector<ActId> acts;
        std::vector<Rule> of_acts;  ///< relaxed
        std::vector<Rule> of_triggers;
        std::vector<std::vector<Watch>> watchers;  ///< by fluent; triggers are numbered as in of_triggers
        std::unique_ptr<Chooser> chooser;
    };
    /// What is known of the graph, for all threads.
    struct Memory {
        using List = Lists<Edge>::List;
        using Known = std::atomic<const List*>;
        explicit Memory(Meter& meter) : by_state(1, &meter), edges(1, &meter), lists(meter), helpers(meter) {}

        Pages<std::atomic<std::uint32_t>> by_state;  ///< by a state's whole body: the masked one, plus one
        Pages<Known> edges;                          ///< by body, where they have been asked for
        Lists<Edge> lists, helpers;                  ///< each thread has its own
    };

    std::span<const Edge> expand(BodyId body);
    /// Both return false where the world makes a mistake.
    bool run(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& dirty);
    bool apply(const std::vector<LawEffect>& effects, std::vector<std::uint64_t>& words,
               std::vector<std::uint64_t>& dirty);

    const Laws& laws_;
    Meter& meter_;
    std::shared_ptr<const Rules> rules_;
    std::shared_ptr<Memory> memory_;
    Lists<Edge>& lists_;
    Store store_;  ///< level 0 only
    std::vector<std::uint64_t> words_, old_, dirty_;
    std::vector<std::uint32_t> chosen_;
    std::vector<Edge> found_;
    std::size_t expanded_ = 0, followed_ = 0;
};

}  // namespace fabula
