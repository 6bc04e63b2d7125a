// Acts: effects, who notices, surprise.
#include "core/minds/minds.hpp"

#include <algorithm>

namespace fabula {
namespace {

std::uint64_t key(NodeId node, ActId act) {
    return (static_cast<std::uint64_t>(node) << 32) | static_cast<std::uint32_t>(act);
}

std::vector<ActId> every_act(const Problem& problem) {
    std::vector<ActId> found;
    for (std::uint32_t a = 0; a < problem.acts.size(); ++a) found.push_back(ActId(a));
    return found;
}

}  // namespace

Minds::Minds(const Laws& laws, const Shape& shape, std::uint32_t levels, Meter& meter)
    : laws_(laws),
      shape_(shape),
      levels_(levels),
      chooser_(laws.problem, laws.layout, every_act(laws.problem)),
      meter_(meter),
      store_(
          laws.layout.words(),
          static_cast<std::size_t>(std::ranges::count_if(laws.program.slots, [](int s) { return s >= 0; })),
          levels, meter),
      memory_(std::make_shared<Memory>(meter)) {
    kept_.resize(store_.minds());
    for (std::uint32_t c = 0; c < laws.problem.characters; ++c)
        if (laws.program.slots[c] >= 0)
            kept_[static_cast<std::size_t>(laws.program.slots[c])] = CharacterId(c);
    fields_.resize(store_.words());
    for (std::uint32_t f = 0; f < laws.layout.size(); ++f)
        if (!laws.watchers[f].empty()) fields_[laws.layout.field(FluentId(f)).word].push_back(FluentId(f));
    if (!shape.cut_is_exact) endless_ = std::make_unique<Endless>(*this, laws, store_, meter);
}

Minds::Minds(const Minds& other, Meter& meter)
    : laws_(other.laws_),
      shape_(other.shape_),
      levels_(other.levels_),
      chooser_(laws_.problem, laws_.layout, every_act(laws_.problem)),
      meter_(meter),
      store_(other.store_, meter),
      memory_(other.memory_),
      kept_(other.kept_),
      fields_(other.fields_) {}

NodeId Minds::start(std::uint32_t levels) {
    const auto made = endless_ ? endless_->start() : stated(levels);
    if (Store::is_broken(made)) meter_.refuse();
    return made;
}

NodeId Minds::stated(std::uint32_t levels) {
    std::vector<std::uint64_t> words(store_.words());
    for (std::uint32_t f = 0; f < laws_.problem.initial.size(); ++f)
        laws_.layout.set(words.data(), FluentId(f), laws_.layout.code(FluentId(f), laws_.problem.initial[f]));
    return rest(initial(words, laws_.problem.beliefs, std::min(levels, levels_), -1));
}

// In A's belief state the values are those at [A]; an entry at [A]+p stands at p, and also still at [A]+p,
// as A's idea of A. What is not stated is as in the state itself.
NodeId Minds::initial(const std::vector<std::uint64_t>& words, const Entries& entries, std::uint32_t level,
                      int owner) {
    std::vector<NodeId> minds(level ? store_.minds() : 0, NodeId::none);
    for (std::size_t slot = 0; slot < minds.size(); ++slot) {
        const auto who = kept_[slot];
        if (!shape_.minds_matter && static_cast<int>(who) == owner) continue;
        auto seen = words;
        Entries inner;
        for (const auto& entry : entries)
            if (entry.path[0] == who) inner.push_back(entry);
        for (const auto& entry : entries) {
            if (entry.path[0] != who) continue;
            if (entry.path.size() == 1)
                laws_.layout.set(seen.data(), entry.fluent, laws_.layout.code(entry.fluent, entry.value));
            else
                inner.push_back({{entry.path.begin() + 1, entry.path.end()}, entry.fluent, entry.value});
        }
        minds[slot] = initial(seen, inner, level - 1, static_cast<int>(who));
    }
    return store_.intern(level, words.data(), minds.data());
}

bool Minds::possible(NodeId node, ActId act) const {
    return !Store::is_broken(node) &&
           laws_.program.holds(laws_.acts[index(act)].precondition, store_.view(node), store_);
}

void Minds::possible(NodeId node, std::vector<ActId>& found) {
    found.clear();
    if (Store::is_broken(node)) return;
    chooser_.choose(store_.view(node).words, chosen_);
    for (const auto a : chosen_)
        if (possible(node, ActId(a))) found.push_back(ActId(a));
}

bool Minds::observes(NodeId node, ActId act, CharacterId who) const {
    return laws_.program.holds(laws_.acts[index(act)].observing[index(who)], store_.view(node), store_);
}

double Minds::worth(NodeId node, ValueId utility) const {
    try {
        return Store::is_broken(node) ? unknown()
                                      : laws_.program.evaluate(utility, store_.view(node), store_);
    } catch (const Mistake& mistake) {
        meter_.note(mistake);
        return unknown();
    }
}

double Minds::worth(NodeId node, CharacterId who) const { return worth(node, laws_.utilities[index(who)]); }

double Minds::author_worth(NodeId node) const { return worth(node, laws_.author); }

bool Minds::beat(NodeId node, std::size_t beat) const {
    return !Store::is_broken(node) && laws_.program.holds(laws_.beats[beat], store_.view(node), store_);
}

NodeId Minds::cut(NodeId node, std::uint32_t level) {
    if (Store::is_broken(node)) return Store::broken(std::min(level, Store::level(node)));
    if (level >= Store::level(node)) return node;
    if (level == 0) return store_.body(node);
    const auto key = (static_cast<std::uint64_t>(node) << 32) | level;
    if (const auto known = memory_->cut.find(key)) return *known;
    const auto seen = store_.view(node);
    std::vector<NodeId> minds(store_.minds(), NodeId::none);
    for (std::size_t slot = 0; slot < minds.size(); ++slot)
        if (seen.minds[slot] != NodeId::none) minds[slot] = cut(seen.minds[slot], level - 1);
    const auto made = store_.intern(level, seen.words, minds.data());
    memory_->cut.put(key, made);
    return made;
}

NodeId Minds::after(NodeId node, ActId act) {
    if (Store::is_broken(node)) return node;
    if (endless_) return endless_->after(node, act);
    if (const auto known = memory_->after.find(key(node, act))) return *known;
    const bool apart = Store::level(node) > 0 && !laws_.triggers_see_minds;
    const auto made = apart ? moved(node, act) : drafted(node, [&](NodeId draft) {
        std::vector<Origin> origins;
        build(draft, node, act, false, origins);
        auto dirty = differences(node, draft);
        return settle(draft, dirty, origins);
    });
    memory_->after.put(key(node, act), made);
    return made;
}

// Where triggers look into no minds, either, the body and each of the minds come to rest by themselves.
NodeId Minds::moved(NodeId node, ActId act) {
    const auto body = after(store_.body(node), act);
    const auto level = Store::level(node);
    if (broken(body)) return Store::broken(level);
    const auto edits = laws_.tells[index(act)] ? effects(node, act) : Edits{};
    return drafted(node, [&](NodeId draft) {
        auto& minds = store_.draft(draft).minds;
        bool settled = true;
        for (std::size_t slot = 0; slot < minds.size(); ++slot) {
            if (minds[slot] == NodeId::none) continue;
            minds[slot] = moved(node, minds[slot], kept_[slot], act, edits);
            settled &= store_.settled(minds[slot]);
        }
        const auto made = store_.intern(level, body, minds.data());
        if (settled) store_.settle(made);
        return made;
    });
}

/// What becomes of a mind in the node.
NodeId Minds::moved(NodeId node, NodeId mind, CharacterId who, ActId act, const Edits& edits) {
    const bool sees = observes(node, act, who);
    if (sees) mind = observed(node, mind, act);
    if (const auto inner = within(edits, who); !inner.empty()) {
        const auto before = sees ? raw(mind, act) : mind;
        if (const auto changed = edited(before, inner); changed != before) return rest(changed);
    }
    return sees ? after(mind, act) : rest(mind);
}

// Where minds may be cut off, bodies follow from bodies: what is seen in them need not be worked out in
// minds.
Minds::Effect Minds::effect(NodeId node, ActId act) {
    auto before = endless_ ? node : store_.body(node);
    auto made = after(before, act);
    if (made == before && before != node) made = after(before = node, act);
    return broken(made) ? Effect::broken : made == before ? Effect::none : Effect::some;
}

// The result with all triggers postponed: what others see while the triggers of the state above run.
NodeId Minds::raw(NodeId node, ActId act) {
    if (laws_.triggers.empty() || Store::is_broken(node)) return after(node, act);
    if (const auto known = memory_->raw.find(key(node, act))) return *known;
    const auto made = drafted(node, [&](NodeId draft) {
        std::vector<Origin> origins;
        build(draft, node, act, true, origins);
        return commit(draft);
    });
    memory_->raw.put(key(node, act), made);
    return made;
}

void Minds::build(NodeId draft, NodeId node, ActId act, bool postponed, std::vector<Origin>& origins) {
    const auto edits = effects(node, act);
    if (breaks(edits)) throw Broken();
    for (const auto& edit : edits)
        if (edit.path.empty()) laws_.layout.set(store_.draft(draft).words.data(), edit.fluent, edit.code);
    const auto minds = store_.draft(draft).minds.size();
    origins.assign(minds, {});
    for (std::size_t slot = 0; slot < minds; ++slot) {
        const auto who = kept_[slot];
        auto mind = store_.draft(draft).minds[slot];
        if (mind == NodeId::none) continue;
        const auto inner = within(edits, who);
        if (observes(node, act, who)) {
            const auto corrected = observed(node, mind, act);
            // Where triggers look into no minds, those may come to rest at once.
            const bool at_once = !postponed && !laws_.triggers_see_minds && inner.empty();
            if (!at_once) origins[slot] = {corrected, act, true};
            mind = at_once ? after(corrected, act) : raw(corrected, act);
        }
        if (!inner.empty()) {
            const auto changed = edited(mind, inner);
            if (changed != mind) {
                if (!origins[slot].acted) origins[slot].before = mind;
                origins[slot].acted = false;
            }
            mind = changed;
        }
        store_.draft(draft).minds[slot] = mind;
    }
}

Edits Minds::effects(NodeId node, ActId act) const {
    return collect(store_.view(node), laws_.acts[index(act)].effects, Culprit::act, index(act));
}

Edits Minds::fired(NodeId node, TriggerId trigger) const {
    const auto& law = laws_.triggers[index(trigger)];
    if (!laws_.program.holds(law.precondition, store_.view(node), store_)) return {};
    return collect(store_.view(node), law.effects, Culprit::trigger, index(trigger));
}

Edits Minds::corrections(NodeId node, NodeId mind, ActId act) const {
    Edits found;
    if (Store::is_broken(mind) || !possible(node, act)) return found;
    std::vector<CharacterId> path;
    mend(laws_.acts[index(act)].mend, store_.view(node), store_.view(mind), path, found);
    // A value outdoes `?`; otherwise the last word counts.
    std::ranges::stable_sort(found, {}, [](const Edit& edit) { return edit.code != 0; });
    return found;
}

NodeId Minds::observed(NodeId node, NodeId mind, ActId act) {
    const bool same = !Store::is_broken(mind) && store_.body(mind) == store_.body(node);
    if (same && laws_.plain[index(act)]) return mind;  // who sees how things are has nothing to correct
    const auto found = corrections(node, mind, act);
    return found.empty() ? mind : edited(mind, found);
}

void Minds::mend(std::uint32_t at, View real, View seen, std::vector<CharacterId>& path, Edits& found) const {
    const auto& mending = laws_.mends[at];
    const auto& program = laws_.program;
    switch (mending.kind) {
        case Mend::Kind::nothing:
            return;
        case Mend::Kind::every:
        case Mend::Kind::ways:
            for (const auto& [condition, part] : mending.parts)
                if (program.holds(condition, real, store_)) mend(part, real, seen, path, found);
            return;
        case Mend::Kind::within: {
            const auto slot = laws_.program.slots[index(mending.mind)];
            if (slot < 0 || !real.minds || !seen.minds) return;
            if (real.minds[slot] == NodeId::none || seen.minds[slot] == NodeId::none) return;
            if (Store::is_broken(seen.minds[slot])) return;
            path.push_back(mending.mind);
            mend(mending.parts[0].second, store_.view(real.minds[slot]), store_.view(seen.minds[slot]), path,
                 found);
            path.pop_back();
            return;
        }
        case Mend::Kind::atom:
            break;
    }
    if (!mending.both && program.holds(mending.test, seen, store_)) return;
    const auto value = mending.equality ? program.evaluate(mending.right, real, store_) : unknown();
    for (const auto& target : mending.targets) {
        if (mending.both && knows(seen, target.read, value)) continue;
        auto where = path;
        const auto& below = program.steps(target.path);
        where.insert(where.end(), below.begin(), below.end());
        found.push_back({std::move(where), target.fluent, laws_.layout.code(target.fluent, value)});
    }
}

/// Whether the value is seen to be this one; in a broken mind none is.
bool Minds::knows(View seen, ValueId read, double value) const {
    try {
        return same(laws_.program.evaluate(read, seen, store_), value);
    } catch (const Mistake&) {
        return false;
    }
}

/// What the effects set, as read in the state, and what they break.
Edits Minds::collect(View view, const std::vector<LawEffect>& effects, Culprit culprit,
                     std::size_t which) const {
    Edits found;
    const auto& program = laws_.program;
    for (const auto& effect : effects) {
        if (!program.holds(effect.condition, view, store_)) continue;
        Edit edit{program.steps(effect.path), effect.fluent};
        try {
            edit.code = laws_.layout.code(effect.fluent, program.evaluate(effect.value, view, store_));
        } catch (const Mistake& mistake) {
            if (mistake.fault == Fault::beyond) throw;
            meter_.note(mistake);
            edit.breaks = true;
        }
        const auto other = std::ranges::find_if(found, [&edit](const Edit& e) {
            return e.fluent == edit.fluent && e.path == edit.path && !e.breaks && !edit.breaks;
        });
        if (other != found.end() && other->code == edit.code) continue;
        if (other != found.end()) {
            meter_.note(
                {Fault::contradiction, culprit, static_cast<int>(which), static_cast<int>(edit.fluent)});
            edit.breaks = true;
        }
        found.push_back(std::move(edit));
    }
    return found;
}

NodeId Minds::edited(NodeId node, const Edits& edits) {
    if (Store::is_broken(node)) return node;
    return drafted(node, [&](NodeId draft) {
        if (breaks(edits)) throw Broken();
        for (const auto& edit : edits) overwrite(draft, edit);
        return commit(draft);
    });
}

}  // namespace fabula
