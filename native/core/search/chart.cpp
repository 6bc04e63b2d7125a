// Copying out of the store, once.
#include "core/search/chart.hpp"

#include <unordered_map>
#include <utility>

#include "core/search/solver.hpp"

namespace fabula {
namespace {

template <class Id>
std::int32_t plain(Id id) {
    return static_cast<std::int32_t>(id);
}

/// Numbers for nodes, in the order in which they are met.
class Numbers {
  public:
    std::int32_t of(NodeId node) {
        const auto [found, fresh] = numbers_.try_emplace(node, static_cast<std::int32_t>(order_.size()));
        if (fresh) order_.push_back(node);
        return found->second;
    }
    std::size_t size() const noexcept { return order_.size(); }
    NodeId operator[](std::size_t number) const noexcept { return order_[number]; }

  private:
    std::vector<NodeId> order_;
    std::unordered_map<NodeId, std::int32_t> numbers_;
};

}  // namespace

Chart::Chart(std::shared_ptr<World> world, Seen seen) : world_(std::move(world)), seen_(std::move(seen)) {}

bool Chart::has(NodeId node) const noexcept { return world_->minds.has(node); }
bool Chart::has(CharacterId who) const noexcept { return index(who) < world_->problem.characters; }
bool Chart::has(ActId act) const noexcept { return index(act) < world_->problem.acts.size(); }

const std::vector<Spot>& Chart::spots() {
    if (seen_.spots.empty()) join(seen_);
    return seen_.spots;
}

const Chart::Places& Chart::places() {
    if (places_) return *places_;
    Places made;
    made.conditions = seen_.conditions.size();
    for (const auto& spot : spots()) {
        made.depth.push_back(spot.depth);
        made.before.push_back(static_cast<std::int32_t>(spot.before));
        made.act.push_back(spot.before < 0 ? -1 : plain(spot.act));
        made.open.push_back(spot.open);
        made.worth.push_back(world_->minds.author_worth(spot.node));
        const auto view = world_->minds.view(spot.node);
        for (const auto test : seen_.conditions)
            made.holds.push_back(world_->program.holds(test, view, world_->minds.store()));
        made.turns_of.push_back(static_cast<std::int64_t>(made.turn_act.size()));
        for (const auto& [act, to] : spot.turns) {
            made.turn_act.push_back(plain(act));
            made.turn_to.push_back(plain(to));
        }
        made.refused_of.push_back(static_cast<std::int64_t>(made.refused_act.size()));
        for (const auto act : spot.refused) made.refused_act.push_back(plain(act));
    }
    made.turns_of.push_back(static_cast<std::int64_t>(made.turn_act.size()));
    made.refused_of.push_back(static_cast<std::int64_t>(made.refused_act.size()));
    return places_.emplace(std::move(made));
}

std::vector<double> Chart::values(NodeId node) const {
    const auto& layout = world_->layout;
    const auto* words = world_->minds.view(node).words;
    std::vector<double> found;
    for (std::uint32_t f = 0; f < layout.size(); ++f)
        found.push_back(layout.value(FluentId(f), layout.get(words, FluentId(f))));
    return found;
}

NodeId Chart::mind(NodeId node, CharacterId who) const { return world_->minds.mind(node, who); }

NodeId Chart::after(NodeId node, ActId act) {
    auto& meter = world_->meter;
    const auto broke = meter.mistake();
    meter.renew({}, {});  // the budget was for the question
    if (broke) meter.note(*broke);
    try {
        return world_->minds.after(node, act);
    } catch (const Mistake&) {
        world_->recover();
        return NodeId::none;
    } catch (...) {
        world_->recover();
        throw;
    }
}

const Chart::States& Chart::states() {
    if (states_) return *states_;
    Numbers numbers;
    for (const auto& spot : spots()) numbers.of(spot.node);
    States made;
    for (const auto& story : seen_.stories) {
        made.stories_of.push_back(static_cast<std::int64_t>(made.story_state.size()));
        for (const auto& visit : story.visits) made.story_state.push_back(numbers.of(visit.place.node));
    }
    made.stories_of.push_back(static_cast<std::int64_t>(made.story_state.size()));
    made.fluents = world_->layout.size();
    made.characters = world_->problem.characters;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const auto row = values(numbers[at]);
        made.values.insert(made.values.end(), row.begin(), row.end());
        for (std::uint32_t c = 0; c < made.characters; ++c) {
            const auto one = mind(numbers[at], CharacterId(c));
            made.believed.push_back(one == NodeId::none ? -1 : numbers.of(one));
        }
    }
    made.count = numbers.size();
    return states_.emplace(std::move(made));
}

}  // namespace fabula
