// What an act does to a state and to every mind in it.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "core/base/memo.hpp"
#include "core/base/mistake.hpp"
#include "core/minds/endless.hpp"
#include "core/problem/shape.hpp"
#include "core/states/chooser.hpp"
#include "core/states/edit.hpp"
#include "core/states/laws.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// The states of a question, and how acts lead from one to the next.
///
/// Behaves like a function from (state, act) to the next state; motives and search walk through it; every
/// state is interned once, with beliefs nested to a fixed depth, and every answer is remembered. A state
/// under construction is a draft: first all minds are made with triggers postponed, then triggers run, then
/// the minds come to rest one after the other. What divides by zero, gets two values at once or is changed
/// again and again is broken (see minds/nature.py): the meter notes it, and the state is the broken one, or
/// has it for somebody's mind.
class Minds {
  public:
    /// `levels`: how deep beliefs are kept.
    Minds(const Laws& laws, const Shape& shape, std::uint32_t levels, Meter& meter);

    /// For another thread: the same states and memories. Not where minds have no end.
    Minds(const Minds& other, Meter& meter);
    /// Whether that can be done.
    bool can_be_shared() const noexcept { return !endless_; }

    /// The state in which every story begins, with so many levels of beliefs, at most those kept. Throws
    /// Mistake if it is broken.
    NodeId start(std::uint32_t levels);
    NodeId start() { return start(levels_); }
    /// Where the act leads; the broken state if it cannot happen for that.
    NodeId after(NodeId node, ActId act);
    static bool broken(NodeId node) noexcept { return Store::is_broken(node); }
    /// What an act comes to: it changes something, or nothing, or breaks the state.
    enum class Effect : std::uint8_t { none, some, broken };
    Effect effect(NodeId node, ActId act);
    /// Whether the precondition holds.
    bool possible(NodeId node, ActId act) const;
    /// Give all acts that are possible in the node, in order.
    void possible(NodeId node, std::vector<ActId>& found);
    double worth(NodeId node, CharacterId who) const;
    double author_worth(NodeId node) const;
    bool beat(NodeId node, std::size_t beat) const;
    bool observes(NodeId node, ActId act, CharacterId who) const;
    /// The state that somebody takes for true; none where beliefs are cut off or not kept.
    NodeId mind(NodeId node, CharacterId who) const noexcept {
        const auto slot = laws_.program.slots[index(who)];
        const auto seen = store_.view(node);
        return slot < 0 || !seen.minds ? NodeId::none : seen.minds[slot];
    }
    /// The same state with beliefs to so many levels only.
    NodeId cut(NodeId node, std::uint32_t level);
    /// What the act sets, as read in the node.
    Edits effects(NodeId node, ActId act) const;
    /// What the trigger sets; nothing if it does not hold.
    Edits fired(NodeId node, TriggerId trigger) const;
    /// Surprise: what an observer with this mind corrects when she sees the act done.
    Edits corrections(NodeId node, NodeId mind, ActId act) const;
    /// Something broke.
    void note(const Mistake& mistake) noexcept { meter_.note(mistake); }
    /// Give back what an exception has left lent.
    void recover() noexcept {
        store_.give_back(0);
        if (endless_) endless_->recover();
    }
    View view(NodeId node) const noexcept { return store_.view(node); }
    /// Whether a number is that of a state. Bodies are none where minds have no end.
    bool has(NodeId node) const noexcept {
        return store_.has(node) && !(endless_ && Store::level(node) == 0);
    }
    /// Of this world.
    Meter& meter() noexcept { return meter_; }
    const Laws& laws() const noexcept { return laws_; }
    const Store& store() const noexcept { return store_; }

  private:
    /// What is remembered for all threads: by (state, act), and by state.
    struct Memory {
        explicit Memory(Meter& meter) : raw(meter), after(meter), rested(meter), cut(meter) {}
        Memo<std::uint64_t, NodeId> raw, after, rested, cut;
    };
    using Entries = std::vector<Belief>;
    using Flags = std::vector<std::uint64_t>;  ///< which triggers are to be looked at
    /// Thrown where a draft breaks; what went wrong has been noted.
    struct Broken {};
    using Path = std::vector<CharacterId>;
    using Paths = std::set<Path>;
    /// How a mind came about: from what it was (which may be at rest), corrected for an observer; by the act
    /// and nothing else, if `acted`.
    struct Origin {
        NodeId before = NodeId::none;
        ActId act{};
        bool acted = false;
    };

    NodeId stated(std::uint32_t levels);
    NodeId initial(const std::vector<std::uint64_t>& words, const Entries& entries, std::uint32_t level,
                   int owner);
    NodeId moved(NodeId node, ActId act);
    NodeId moved(NodeId node, NodeId mind, CharacterId who, ActId act, const Edits& edits);
    NodeId raw(NodeId node, ActId act);
    void build(NodeId draft, NodeId node, ActId act, bool postponed, std::vector<Origin>& origins);
    NodeId observed(NodeId node, NodeId mind, ActId act);
    Edits collect(View view, const std::vector<LawEffect>& effects, Culprit culprit, std::size_t which) const;
    NodeId edited(NodeId node, const Edits& edits);
    /// Make a node out of a draft that begins as a copy of another; the broken one where the draft breaks.
    template <class Make>
    NodeId drafted(NodeId original, Make make) {
        const auto mark = store_.lent();
        NodeId made{};
        try {
            made = make(store_.lend(original));
        } catch (const Broken&) {
            made = Store::broken(store_.depth(original));
        }
        store_.give_back(mark);
        return made;
    }
    double worth(NodeId node, ValueId utility) const;
    void mend(std::uint32_t at, View real, View seen, std::vector<CharacterId>& path, Edits& found) const;
    bool knows(View seen, ValueId read, double value) const;

    NodeId rest(NodeId node, NodeId before = NodeId::none);
    NodeId settle(NodeId draft, NodeId before);
    NodeId settle(NodeId draft, Flags& dirty, std::vector<Origin>& origins);
    NodeId settle_mind(NodeId mind, CharacterId who, const Origin& origin, Flags& moved);
    void run(NodeId draft, Flags& dirty, std::vector<Origin>& origins);
    bool fire(NodeId draft, TriggerId trigger, Flags& dirty, std::vector<Origin>& origins, Paths* touched);
    void break_off(NodeId draft, const Paths& paths, Flags& dirty, std::vector<Origin>& origins);
    bool overwrite(NodeId draft, const Edit& edit);
    void changed_here(FluentId fluent, Code now, Flags& dirty) const;
    void changed_mind(CharacterId who, const std::uint64_t* before, NodeId now, Flags& dirty) const;
    Flags differences(NodeId node, NodeId draft);
    void seen_by_all(CharacterId who, Flags& dirty) const;
    bool quiet(NodeId node, const Flags& triggers);
    Flags every() const;
    NodeId commit(NodeId draft);

    const Laws& laws_;
    const Shape& shape_;
    std::uint32_t levels_;
    Chooser chooser_;
    std::vector<std::uint32_t> chosen_;
    Meter& meter_;
    Store store_;
    std::shared_ptr<Memory> memory_;
    std::vector<CharacterId> kept_;              ///< by slot
    std::vector<std::vector<FluentId>> fields_;  ///< by word of a state: the fluents in it that are watched
    std::unique_ptr<Endless> endless_;           ///< where a cut would show
};

}  // namespace fabula
