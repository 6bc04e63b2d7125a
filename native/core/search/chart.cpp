// Copying out of the store, once.
#include "core/search/chart.hpp"

#include <unordered_map>

#include "core/search/spread.hpp"

namespace fabula {

Chart::Chart(const Minds& minds, const std::vector<Spot>& spots)
    : places(spots.size()),
      fluents(minds.laws().layout.size()),
      characters(minds.laws().problem.characters),
      conditions(minds.laws().beats.size()) {
    std::vector<NodeId> order;
    std::unordered_map<NodeId, std::int32_t> numbers;
    for (const auto& spot : spots) {
        numbers.try_emplace(spot.node, static_cast<std::int32_t>(order.size()));
        order.push_back(spot.node);
        depth.push_back(spot.depth);
        before.push_back(static_cast<std::int32_t>(spot.before));
        act.push_back(spot.before < 0 ? -1 : static_cast<std::int32_t>(spot.act));
        open.push_back(spot.open);
        worth.push_back(minds.author_worth(spot.node));
        for (std::size_t i = 0; i < conditions; ++i) holds.push_back(minds.beat(spot.node, i));
        turns_of.push_back(static_cast<std::int64_t>(turn_act.size()));
        for (const auto& [turn, to] : spot.turns) {
            turn_act.push_back(static_cast<std::int32_t>(turn));
            turn_to.push_back(static_cast<std::int32_t>(to));
        }
        refused_of.push_back(static_cast<std::int64_t>(refused_act.size()));
        for (const auto one : spot.refused) refused_act.push_back(static_cast<std::int32_t>(one));
    }
    turns_of.push_back(static_cast<std::int64_t>(turn_act.size()));
    refused_of.push_back(static_cast<std::int64_t>(refused_act.size()));
    const auto& layout = minds.laws().layout;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto* words = minds.view(order[i]).words;
        for (std::uint32_t f = 0; f < fluents; ++f)
            values.push_back(layout.value(FluentId(f), layout.get(words, FluentId(f))));
        for (std::uint32_t c = 0; c < characters; ++c) {
            const auto mind = minds.mind(order[i], CharacterId(c));
            if (mind == NodeId::none) {
                believed.push_back(-1);
                continue;
            }
            const auto [found, fresh] = numbers.try_emplace(mind, static_cast<std::int32_t>(order.size()));
            if (fresh) order.push_back(mind);
            believed.push_back(found->second);
        }
    }
    states = order.size();
}

}  // namespace fabula
