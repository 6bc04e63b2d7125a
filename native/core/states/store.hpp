// All states seen so far, each once: a body, and for each character the believed state's id.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/ids.hpp"
#include "core/states/pool.hpp"

namespace fabula {

/// A state as it is looked at. `minds` is null where beliefs are cut off.
struct View {
    const std::uint64_t* words = nullptr;
    const NodeId* minds = nullptr;
};

/// A state under construction; its minds may be drafts too.
struct Draft {
    std::vector<std::uint64_t> words;
    std::vector<NodeId> minds;
    std::uint32_t level = 0;
    NodeId original{};  ///< what it began as a copy of
};

/// The states that all threads share.
///
/// Behaves like one set of states with beliefs; each thread's Store reads and adds to it. A body, that is a
/// state without minds, is its packed values; any other state is its body and its minds: most states share
/// their bodies, and what depends on bodies alone is known for all of them at once. The first record of each
/// level stands for what is no state: the broken one.
struct States {
    States(std::size_t words, std::size_t minds, std::uint32_t levels, Meter& meter);

    std::size_t words, minds;
    Pool<std::uint64_t> bodies;                        ///< level 0
    std::vector<std::unique_ptr<Pool<NodeId>>> above;  ///< level 1 and up: body, minds
};

/// One thread's view of the states.
///
/// Behaves like the set itself; minds, motives and search speak of its NodeIds; it lends drafts, which look
/// like nodes of level 15.
class Store {
  public:
    static constexpr std::uint32_t deepest = 13;

    Store(std::size_t words, std::size_t minds, std::uint32_t levels, Meter& meter);
    /// For another thread.
    Store(const Store& other, Meter& meter) : states_(other.states_), meter_(meter) { make_room(); }

    static constexpr std::uint32_t level(NodeId node) noexcept {
        return static_cast<std::uint32_t>(node) >> 28;
    }
    /// What is no state of this level.
    static constexpr NodeId broken(std::uint32_t level) noexcept { return NodeId{level << 28}; }
    static constexpr bool is_broken(NodeId node) noexcept { return low(node) == 0 && level(node) < 14; }
    static constexpr bool is_draft(NodeId node) noexcept { return level(node) == 15 && node != NodeId::none; }

    NodeId intern(std::uint32_t level, const std::uint64_t* words, const NodeId* minds);
    /// The state of a level above 0 with this body, a node of level 0.
    NodeId intern(std::uint32_t level, NodeId body, const NodeId* minds);
    View view(NodeId node) const noexcept {
        const auto depth = level(node);
        if (depth == 0) return {states_->bodies.at(low(node)), nullptr};
        if (depth == 15) {
            const auto& draft = *drafts_[low(node)];
            return {draft.words.data(), draft.level ? draft.minds.data() : nullptr};
        }
        const auto* record = states_->above[depth - 1]->at(low(node));
        return {states_->bodies.at(low(record[0])), record + 1};
    }
    /// Whether a number is that of a node.
    bool has(NodeId node) const noexcept {
        const auto depth = level(node);
        return depth == 0 ? low(node) < states_->bodies.size()
                          : depth <= states_->above.size() && low(node) < states_->above[depth - 1]->size();
    }
    /// The level of a node or draft.
    std::uint32_t depth(NodeId node) const noexcept {
        return is_draft(node) ? drafts_[low(node)]->level : level(node);
    }
    /// The state of level 0 with the same values. Not of drafts.
    NodeId body(NodeId node) const noexcept {
        const auto depth = level(node);
        return depth == 0 ? node : states_->above[depth - 1]->at(low(node))[0];
    }
    /// Whether triggers are known to rest in the node and in all its minds.
    bool settled(NodeId node) const noexcept {
        return level(node) == 0 ? states_->bodies.settled(low(node))
                                : states_->above[level(node) - 1]->settled(low(node));
    }
    void settle(NodeId node) noexcept {
        level(node) == 0 ? states_->bodies.settle(low(node))
                         : states_->above[level(node) - 1]->settle(low(node));
    }

    /// Something broke in one of the states.
    void note(const Mistake& mistake) const noexcept { meter_.note(mistake); }

    /// The id that the next new node of the level (not 0) will have.
    NodeId next(std::uint32_t level) const noexcept {
        return NodeId{(level << 28) | states_->above[level - 1]->size()};
    }
    std::size_t words() const noexcept { return states_->words; }
    std::size_t minds() const noexcept { return states_->minds; }
    std::uint32_t bodies() const noexcept { return states_->bodies.size(); }

    /// Borrow a draft that begins as a copy of the node. Drafts are given back in the opposite order.
    NodeId lend(NodeId original);
    Draft& draft(NodeId node) noexcept { return *drafts_[low(node)]; }
    std::uint32_t lent() const noexcept { return lent_; }
    void give_back(std::uint32_t mark) noexcept { lent_ = mark; }

  private:
    static constexpr std::uint32_t low(NodeId node) noexcept {
        return static_cast<std::uint32_t>(node) & ((1u << 28) - 1);
    }
    void make_room() { record_.resize(states_->minds + 1); }

    std::shared_ptr<States> states_;
    Meter& meter_;
    std::vector<NodeId> record_;  ///< of the node that is being looked up
    std::vector<std::unique_ptr<Draft>> drafts_;
    std::uint32_t lent_ = 0;
};

}  // namespace fabula
