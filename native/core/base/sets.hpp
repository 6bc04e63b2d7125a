// Sets of nodes, each once, so that a set is one number.
#pragma once

#include <map>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// The shadows of plans (see motive.hpp), interned.
///
/// Behaves like a table of sorted lists; motives use it; equal sets have equal ids.
class Sets {
  public:
    explicit Sets(Meter& meter) : meter_(meter), tally_(meter) { intern({}); }

    /// The id of a set; the list must be sorted and without repetition.
    SetId intern(std::vector<NodeId> members) {
        const Gate::Pass pass(gate_, meter_.shared());
        const auto [found, fresh] =
            ids_.try_emplace(std::move(members), SetId(static_cast<std::uint32_t>(sets_.size())));
        if (fresh) {
            tally_.take(found->first.size() * sizeof(NodeId) + 96);
            sets_.push_back(&found->first);
        }
        return found->second;
    }
    const std::vector<NodeId>& members(SetId id) {
        const Gate::Pass pass(gate_, meter_.shared());
        return *sets_[index(id)];
    }

  private:
    Meter& meter_;
    Tally tally_;
    Gate gate_;
    std::map<std::vector<NodeId>, SetId> ids_;
    std::vector<const std::vector<NodeId>*> sets_;
};

}  // namespace fabula
