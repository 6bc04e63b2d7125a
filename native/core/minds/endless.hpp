// States whose minds go on without end, for worlds in which a cut would show.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <vector>

#include "core/base/flat_map.hpp"
#include "core/states/edit.hpp"
#include "core/states/laws.hpp"
#include "core/states/store.hpp"

namespace fabula {

class Minds;

/// Interns graphs of states that lead back to themselves.
///
/// Behaves like Store::intern for drafts in circles; Endless builds the drafts. Drafts are settled from below
/// in strongly connected groups (Tarjan 1972); a group in a circle is made minimal (Moore 1956) and found
/// again by its shape as seen from any of its members. So two states are one node exactly if no path of
/// beliefs tells them apart. Of a shape only a hash is kept: whether it is the same, the nodes themselves
/// say.
class Knots {
  public:
    Knots(Store& store, Meter& meter) : store_(store), shapes_(meter), circles_(meter) {}

    /// A draft of this class's own: words, and minds that are nodes or drafts. Edited drafts are filled in
    /// late.
    struct Sketch {
        std::vector<std::uint64_t> words;
        std::vector<NodeId> minds;
        NodeId base = NodeId::none;  ///< of an edited one, until it is filled in
        Edits edits;
    };

    NodeId sketch(const std::uint64_t* words);
    /// The node or sketch with the edits made; later changes of the base's minds are seen.
    NodeId edited(NodeId base, Edits edits, const Laws& laws);
    Sketch& at(NodeId id) { return sketches_[low(id)]; }
    const std::uint64_t* words(NodeId id) {
        return is_sketch(id) ? at(id).words.data() : store_.view(id).words;
    }
    std::size_t mark() const noexcept { return used_; }
    /// The one node that is like the sketch; sketches made since `mark` are given back.
    NodeId intern(NodeId root, std::size_t mark, const Laws& laws);

    void recover() noexcept {
        used_ = 0;
        settled_.clear();
    }
    static bool is_sketch(NodeId id) noexcept { return Store::level(id) == 14; }

  private:
    using Group = std::vector<NodeId>;
    using Key = std::vector<std::uint64_t>;
    /// Nodes in a circle; they follow each other.
    struct Circle {
        NodeId first = NodeId::none;
        std::uint32_t size = 0;
    };

    static std::size_t low(NodeId id) noexcept { return static_cast<std::size_t>(id) & ((1u << 28) - 1); }
    NodeId mind(NodeId id, std::size_t slot, const Laws& laws);
    void fill(NodeId id, const Laws& laws);
    std::vector<Group> groups(NodeId root, const Laws& laws);
    void settle(const Group& group);
    bool like(NodeId sketch, NodeId node, std::map<NodeId, NodeId>& assumed);
    bool known(const Group& group);
    bool is(NodeId sketch, NodeId node);
    void make(const Group& group, const std::map<NodeId, std::size_t>& block,
              const std::vector<std::size_t>& order, const std::map<std::size_t, NodeId>& sample);
    std::map<NodeId, std::size_t> blocks(const Group& group);
    Key shape(NodeId root, const std::map<NodeId, std::size_t>& block, std::vector<std::size_t>& order,
              const std::map<std::size_t, NodeId>& sample);
    NodeId below(NodeId id, std::size_t slot);

    Store& store_;
    std::deque<Sketch> sketches_;
    std::size_t used_ = 0;
    std::map<NodeId, NodeId> settled_;
    FlatMap<std::uint64_t, NodeId> shapes_;   ///< by hash of what is seen from a node in a circle
    FlatMap<std::uint64_t, Circle> circles_;  ///< by node
};

/// What acts and triggers do where minds have no end.
///
/// Behaves like Minds, which asks it; it follows the definition to the letter (see minds/nature.py).
class Endless {
  public:
    Endless(Minds& minds, const Laws& laws, Store& store, Meter& meter)
        : minds_(minds), laws_(laws), store_(store), knots_(store, meter), rested_(meter), after_(meter) {}

    NodeId start();
    NodeId after(NodeId node, ActId act);
    void recover() noexcept { knots_.recover(); }

  private:
    using Drafts = std::map<NodeId, NodeId>;
    using Paths = std::set<std::vector<CharacterId>>;

    NodeId initial(const std::vector<double>& values, const std::vector<Belief>& entries,
                   std::map<std::vector<std::int64_t>, NodeId>& made);
    NodeId happen(NodeId node, ActId act, Drafts& drafts);
    NodeId changed(NodeId node, const Edits& edits);
    NodeId rest(NodeId node);
    NodeId resting(NodeId node, Drafts& drafts);
    NodeId fire_all(NodeId node);
    NodeId moved(NodeId node, const Edits& edits);
    bool changes(NodeId node, const Edit& edit) const;

    Minds& minds_;
    const Laws& laws_;
    Store& store_;
    Knots knots_;
    FlatMap<std::uint64_t, NodeId> rested_;
    FlatMap<std::uint64_t, NodeId> after_;  ///< by state and act
};

}  // namespace fabula
