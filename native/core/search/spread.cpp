// The walk over everything that can come about.
#include "core/search/spread.hpp"

#include <algorithm>

#include "core/search/solver.hpp"

namespace fabula {

Spread::Spread(Minds& minds, Motive& motive, Meter& meter, NodeId start, const Question& question)
    : minds_(minds),
      motive_(motive),
      meter_(meter),
      start_(start),
      question_(question),
      tally_(meter),
      numbers_(meter) {}

void Spread::run() {
    motive_.be_precise();
    if (!question_.has_goal) question_.goal = default_goal(minds_.author_worth(start_));
    spots_.emplace_back().node = start_;
    numbers_[static_cast<std::uint64_t>(start_)] = 0;
    for (std::uint32_t at = 0; at < spots_.size() && !found_; ++at) {
        meter_.visit();
        leave(at);
        found_ = found(spots_[at]);
    }
}

Ways ways(Minds& minds, Motive& motive, NodeId node, int acts, int deep) {
    Ways found;
    const auto every = static_cast<std::uint32_t>(minds.laws().acts.size());
    for (std::uint32_t a = 0; a < every; ++a) {
        const auto act = ActId(a);
        if (!minds.possible(node, act)) continue;
        const auto effect = minds.effect(node, act);
        if (effect == Minds::Effect::none) continue;
        const auto verdict = motive.willing(node, act, -1, acts, deep);
        if (effect == Minds::Effect::broken) {
            found.broken |= verdict == Motive::Verdict::yes;
            continue;
        }
        found.cut |= verdict == Motive::Verdict::cut;
        (verdict == Motive::Verdict::yes ? found.taken : found.refused).push_back(act);
    }
    return found;
}

void Spread::leave(std::uint32_t at) {
    const auto node = spots_[at].node;
    auto found = ways(minds_, motive_, node, question_.character, question_.epistemic);
    if (found.broken) meter_.refuse();
    short_ |= found.cut;
    if (short_) motive_.be_precise(false);  // that it might be for the limits is said once for all
    spots_[at].refused = std::move(found.refused);
    spots_[at].open = false;
    for (const auto act : found.taken) {
        const auto after = minds_.after(node, act);
        if (spots_[at].depth == question_.author) {
            spots_[at].open = true;
            cut_ |= !numbers_.find(static_cast<std::uint64_t>(after));
        } else {
            const auto to = number(after, at, act);
            spots_[at].turns.emplace_back(act, to);
        }
    }
}

std::uint32_t Spread::number(NodeId node, std::uint32_t before, ActId act) {
    const auto key = static_cast<std::uint64_t>(node);
    if (const auto* known = numbers_.find(key)) return *known;
    const auto fresh = static_cast<std::uint32_t>(spots_.size());
    tally_.take(sizeof(Spot));
    spots_.push_back({node, spots_[before].depth + 1, before, act, {}, {}, true});
    numbers_[key] = fresh;
    return fresh;
}

bool Spread::found(const Spot& spot) const {
    if (question_.mode == Mode::around) return false;
    for (std::size_t i = 0; i < minds_.laws().beats.size(); ++i)
        if (!minds_.beat(spot.node, i)) return false;
    if (question_.mode == Mode::anywhere) return true;
    const bool still = spot.turns.empty() && !spot.open;
    return spot.before >= 0 && (still || minds_.author_worth(spot.node) >= question_.goal);
}

void Spread::write(Reply& out, Stop stop) const {
    out.words.insert(out.words.end(), {cut_, short_, static_cast<std::int64_t>(stop), found_,
                                       static_cast<std::int64_t>(spots_.size())});
    out.numbers = {meter_.seconds(), question_.goal};
    for (const auto& spot : spots_) {
        out.numbers.push_back(minds_.author_worth(spot.node));
        out.words.insert(out.words.end(), {spot.depth, spot.before, static_cast<std::int64_t>(spot.act),
                                           spot.open, static_cast<std::int64_t>(spot.turns.size())});
        for (const auto& [act, to] : spot.turns) {
            out.words.push_back(static_cast<std::int64_t>(act));
            out.words.push_back(to);
        }
        out.words.push_back(static_cast<std::int64_t>(spot.refused.size()));
        for (const auto act : spot.refused) out.words.push_back(static_cast<std::int64_t>(act));
        std::vector<std::int64_t> holds;
        for (std::size_t i = 0; i < minds_.laws().beats.size(); ++i)
            if (minds_.beat(spot.node, i)) holds.push_back(static_cast<std::int64_t>(i));
        out.words.push_back(static_cast<std::int64_t>(holds.size()));
        out.words.insert(out.words.end(), holds.begin(), holds.end());
    }
}

}  // namespace fabula
