// Thinking of everything.
#include "core/search/conceive.hpp"

#include <algorithm>

#include <map>

#include "core/search/motive.hpp"

namespace fabula {

/// One train of thought: the plans that begin with one act.
struct Conceive::Imagining {
    /// A plan as far as it is thought through; `from` is the one that it lengthens.
    struct Front {
        NodeId node;
        SetId shadows;
        std::size_t from;
        ActId act;
    };

    Imagining(Conceive& whole, NodeId start, CharacterId character, int limit, int layers)
        : all(whole),
          minds(whole.minds_),
          mind(start),
          who(character),
          acts(limit),
          deep(layers),
          distance(whole.estimates_.of(static_cast<int>(character))),
          before(minds.worth(start, character)),
          aim(distance.aim(before, true)) {}
    ~Imagining() { all.meter_.give_back(fronts.size() * sizeof(Front)); }
    Imagining(const Imagining&) = delete;
    Imagining& operator=(const Imagining&) = delete;

    /// Think of plans until one brings as much as is wanted.
    Thought run(ActId act, double wanted) {
        if (is_unknown(before) || !minds.possible(mind, act)) return thought;
        const auto first = minds.after(mind, act);
        if (alive(first, acts - 1)) add({first, all.sets_.intern({mind}), 0, act});
        for (std::size_t at = 0, length = 1; at < fronts.size(); ++length) {
            const auto end = fronts.size();
            std::map<std::pair<NodeId, SetId>, std::size_t> seen;
            for (; at < end; ++at) {
                const auto front = fronts[at];
                const auto shadows = all.sets_.members(front.shadows);
                if (std::ranges::binary_search(shadows, front.node)) continue;
                if (judge(front, shadows) && thought.most >= wanted) {
                    last = at;
                    return thought;
                }
                lengthen(at, acts - static_cast<int>(length), seen);
            }
        }
        return thought;
    }

    std::vector<ActId> plan() const {
        std::vector<ActId> found;
        for (auto at = last;; at = fronts[at].from) {
            found.push_back(fronts[at].act);
            if (at == 0) break;
        }
        std::ranges::reverse(found);
        return found;
    }

    void add(Front front) {
        all.meter_.take(sizeof(Front));
        fronts.push_back(front);
    }

    /// Whether the end is a good one; remembers the most that any brings.
    bool judge(const Front& front, Sets::Members shadows) {
        const auto worth = minds.worth(front.node, who);
        if (!(worth > before) || worth <= thought.most) return false;
        if (std::ranges::any_of(shadows, [&](NodeId s) { return minds.worth(s, who) == worth; }))
            return false;
        thought.most = worth;
        return true;
    }

    /// Whether an improvement may be had within so many acts; notes if it is only too far.
    bool alive(NodeId node, int left) {
        if (Minds::broken(node)) return false;
        if (near(node, left)) return true;
        if (!distance.unreachable(aim, distance.body(minds.store(), node)))
            thought.cut = thought.longer = true;
        return false;
    }
    bool near(NodeId node, int left) {
        return !Minds::broken(node) &&
               distance.measure(aim, distance.body(minds.store(), node), left) <= left;
    }

    void lengthen(std::size_t at, int left, std::map<std::pair<NodeId, SetId>, std::size_t>& seen) {
        all.meter_.step();
        const auto front = fronts[at];
        std::vector<ActId> possible;
        minds.possible(front.node, possible);
        for (const auto act : possible) {
            if (minds.laws().acts[index(act)].consenting.empty()) continue;
            if (left == 0) {
                thought.cut = thought.longer = true;
                return;
            }
            const auto next = minds.after(front.node, act);
            if (!alive(next, left - 1) || !consent(front.node, act, left)) continue;
            const auto shadows = shifted(front, act, left);
            if (seen.try_emplace({next, shadows}, fronts.size()).second) add({next, shadows, at, act});
        }
    }

    /// The shadows after one more act: each stays, and takes the act if it can and all are willing; and here
    /// joins them.
    SetId shifted(const Front& front, ActId act, int left) {
        std::vector<NodeId> found;
        const auto keep = [&](NodeId shadow) {
            if (near(shadow, left - 1)) found.push_back(shadow);
        };
        keep(front.node);
        const auto old = all.sets_.members(front.shadows);
        for (const auto shadow : old) {
            keep(shadow);
            if (minds.possible(shadow, act) && consent(shadow, act, left)) keep(minds.after(shadow, act));
        }
        std::ranges::sort(found);
        found.erase(std::ranges::unique(found).begin(), found.end());
        return all.sets_.intern(std::move(found));
    }

    bool consent(NodeId node, ActId act, int left) {
        for (const auto other : minds.laws().acts[index(act)].consenting) {
            const bool own = other == who;
            const auto found =
                all.reason(own ? node : minds.mind(node, other), other, act, left, own ? deep : deep - 1);
            if (found.good) continue;
            thought.cut |= found.cut;
            thought.longer |= found.longer;
            return false;
        }
        return true;
    }

    Conceive& all;
    Minds& minds;
    NodeId mind;
    CharacterId who;
    int acts, deep;
    Distance& distance;
    double before;
    Distance::Aim& aim;
    Thought thought{};
    std::vector<Front> fronts{};
    std::size_t last = 0;
};

Conceive::Conceive(Motive& motive, Minds& minds, Estimates& estimates, Meter& meter, bool best)
    : motive_(motive),
      minds_(minds),
      estimates_(estimates),
      meter_(meter),
      best_(best),
      sets_(meter),
      thoughts_(meter),
      bests_(meter),
      found_(meter) {}

Conceive::Found Conceive::reason(NodeId mind, CharacterId who, ActId act, int acts, int deep) {
    const bool shallow = deep < 0;
    if (shallow) acts = 1;
    if (acts == 0) acts = 1;
    if (acts > 0) deep = std::min(deep, acts - 1);
    const Key key{(static_cast<std::uint64_t>(mind) << 32) | index(act),
                  (std::uint64_t{index(who)} << 48) | (static_cast<std::uint64_t>(acts + 1) << 20) |
                      static_cast<std::uint64_t>(deep + 1) << 1 | shallow,
                  estimates_.usual()};
    if (const auto* known = found_.find(key)) return *known;
    auto found = acts < 0 ? any_length(mind, who, act, deep) : within(mind, who, act, acts, deep);
    if (shallow) found.longer = false;  // were there no limit on length, this one would still stand
    return found_[key] = found;
}

/// Lengthens the plan until one is found, or until no longer one is conceivable (which might be better).
Conceive::Found Conceive::any_length(NodeId mind, CharacterId who, ActId act, int deep) {
    for (int acts = 1;; ++acts) {
        const auto found = reason(mind, who, act, acts, deep);
        if (!found.longer || (found.good && !best_)) return found;
        meter_.step();
    }
}

Conceive::Found Conceive::within(NodeId mind, CharacterId who, ActId act, int acts, int deep) {
    if (!best_ && motive_.found(mind, who, act, acts, deep)) return {true, false, false, acts};
    const auto one = thought(mind, who, act, acts, deep);
    if (!best_) return {one.most > nothing, one.cut, one.longer, acts};
    const auto all = best_of_all(mind, who, acts, deep);
    return {one.most > nothing && one.most == all.most, one.cut || all.cut, one.longer || all.longer, acts};
}

Conceive::Thought Conceive::thought(NodeId mind, CharacterId who, ActId act, int acts, int deep) {
    const Key key{(static_cast<std::uint64_t>(mind) << 32) | index(act),
                  (std::uint64_t{index(who)} << 48) | (static_cast<std::uint64_t>(acts) << 16) |
                      static_cast<std::uint64_t>(deep + 1),
                  estimates_.usual()};
    if (const auto* known = thoughts_.find(key)) return *known;
    const double wanted = best_ ? -nothing : nothing;
    const auto found = Imagining(*this, mind, who, acts, deep).run(act, wanted);
    return thoughts_[key] = found;
}

/// The most that any plan of hers, begun by herself, would bring.
Conceive::Thought Conceive::best_of_all(NodeId mind, CharacterId who, int acts, int deep) {
    const Key key{static_cast<std::uint64_t>(mind),
                  (std::uint64_t{index(who)} << 48) | (static_cast<std::uint64_t>(acts) << 16) |
                      static_cast<std::uint64_t>(deep + 1),
                  estimates_.usual()};
    if (const auto* known = bests_.find(key)) return *known;
    Thought best;
    std::vector<ActId> possible;
    minds_.possible(mind, possible);
    for (const auto act : possible) {
        const auto& consenting = minds_.laws().acts[index(act)].consenting;
        if (std::ranges::find(consenting, who) == consenting.end()) continue;
        const auto one = thought(mind, who, act, acts, deep);
        best.most = std::max(best.most, one.most);
        best.cut |= one.cut;
        best.longer |= one.longer;
    }
    return bests_[key] = best;
}

std::vector<ActId> Conceive::plan(NodeId mind, CharacterId who, ActId act, int acts, int deep, Found& found) {
    found = reason(mind, who, act, acts, deep);
    if (!found.good) return {};
    if (deep < 0) found.acts = 1;
    const double wanted =
        best_ ? best_of_all(mind, who, found.acts, std::min(deep, found.acts - 1)).most : nothing;
    Imagining imagining(*this, mind, who, found.acts, std::min(deep, found.acts - 1));
    (void)imagining.run(act, wanted);
    return imagining.plan();
}

}  // namespace fabula
