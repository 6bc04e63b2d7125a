// Sets of nodes, each once, so that a set is one number.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/ids.hpp"
#include "core/base/memo.hpp"
#include "core/base/pages.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// The shadows of plans (see motive.hpp), interned.
///
/// Behaves like a table of sorted lists; motives use it; equal sets have equal ids. The lists lie one after
/// the other in blocks that never move: lists can be read and found while others are added, every byte is
/// counted, and millions of them are given back in a moment.
class Sets {
  public:
    using Members = std::span<const NodeId>;

    explicit Sets(Meter& meter) : meter_(meter), tally_(meter), newest_(meter), lists_(1, &meter) {
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
        lists_.reach(size_);
        *lists_.at(size_) = {keep(members), static_cast<std::uint32_t>(members.size()), before};
        newest_.put(key, SetId(size_));
        return SetId(size_++);
    }
    Members members(SetId id) const noexcept { return list(id).members(); }

  private:
    static constexpr std::size_t block = 1u << 14;
    struct List {
        const NodeId* first;
        std::uint32_t size;
        SetId before;  ///< another with the same hash; `any` if there is none
        Members members() const noexcept { return {first, size}; }
    };

    static std::uint64_t hash(Members members) noexcept {
        std::uint64_t sum = members.size();
        for (const auto node : members) sum = scatter(sum ^ index(node)) + 1;
        return sum;
    }
    const List& list(SetId id) const noexcept { return *lists_.at(static_cast<std::uint32_t>(id)); }

    /// Among the lists with one hash, from the newest on; `any` if it is not there.
    SetId find(SetId newest, Members members) const noexcept {
        auto at = newest;
        while (at != SetId::any && !std::ranges::equal(list(at).members(), members)) at = list(at).before;
        return at;
    }

    const NodeId* keep(Members members) {
        if (members.size() > static_cast<std::size_t>(end_ - free_)) {
            const auto wanted = std::max(block, members.size());
            tally_.take(wanted * sizeof(NodeId));
            auto& fresh = blocks_.emplace_back(wanted);
            free_ = fresh.begin();
            end_ = fresh.end();
        }
        auto* const copy = free_;
        free_ = std::ranges::copy(members, copy).out;
        return copy;
    }

    Meter& meter_;
    Tally tally_;
    Memo<std::uint64_t, SetId> newest_;  ///< by hash
    Pages<List> lists_;
    Gate gate_;  ///< before what follows
    std::uint32_t size_ = 0;
    std::vector<Region<NodeId>> blocks_;
    NodeId *free_ = nullptr, *end_ = nullptr;
};

}  // namespace fabula
