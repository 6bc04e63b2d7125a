// Sets of nodes, each once, so that a set is one number.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/ids.hpp"
#include "core/base/lists.hpp"
#include "core/base/memo.hpp"
#include "core/base/pages.hpp"

namespace fabula {

/// The shadows of plans (see motive.hpp), interned.
///
/// Behaves like a table of sorted lists; motives use it; equal sets have equal ids. Lists can be read and
/// found while others are added.
class Sets {
  public:
    using Members = std::span<const NodeId>;

    explicit Sets(Meter& meter) : meter_(meter), kept_(meter), newest_(meter), by_id_(1, &meter) {
        intern({});
    }

    /// The id of a set; the list must be sorted and without repetition.
    SetId intern(const std::vector<NodeId>& members) {
        const auto key = hash(members);
        if (const auto known = find(newest_.find(key).value_or(SetId::any), members); known != SetId::any)
            return known;
        const Gate::Pass pass(gate_, meter_.shared());
        const auto before = newest_.find(key).value_or(SetId::any);
        if (const auto known = find(before, members); known != SetId::any) return known;
        by_id_.reach(size_);
        *by_id_.at(size_) = {&kept_.keep(members), before};
        newest_.put(key, SetId(size_));
        return SetId(size_++);
    }
    Members members(SetId id) const noexcept { return set(id).members(); }

  private:
    struct Set {
        const Lists<NodeId>::List* list;
        SetId before;  ///< another with the same hash; `any` if there is none
        Members members() const noexcept { return list->items(); }
    };

    static std::uint64_t hash(Members members) noexcept {
        std::uint64_t sum = members.size();
        for (const auto node : members) sum = scatter(sum ^ index(node)) + 1;
        return sum;
    }
    const Set& set(SetId id) const noexcept { return *by_id_.at(static_cast<std::uint32_t>(id)); }

    /// Among the sets with one hash, from the newest on; `any` if it is not there.
    SetId find(SetId newest, Members members) const noexcept {
        auto at = newest;
        while (at != SetId::any && !std::ranges::equal(set(at).members(), members)) at = set(at).before;
        return at;
    }

    Meter& meter_;
    Lists<NodeId> kept_;
    Memo<std::uint64_t, SetId> newest_;  ///< by hash
    Pages<Set> by_id_;
    Gate gate_;  ///< before all that is written
    std::uint32_t size_ = 0;
};

}  // namespace fabula
