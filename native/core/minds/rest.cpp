// Triggers: they fire one at a time, the first that changes something, until none does; then the minds
// follow.
#include <algorithm>
#include <bit>

#include "core/minds/minds.hpp"

namespace fabula {
namespace {

constexpr int many_firings = 10'000;

void raise(std::vector<std::uint64_t>& flags, TriggerId id) {
    flags[index(id) / 64] |= std::uint64_t{1} << (index(id) % 64);
}

bool any(const std::vector<std::uint64_t>& flags) {
    return std::ranges::any_of(flags, [](std::uint64_t word) { return word != 0; });
}

}  // namespace

Minds::Flags Minds::every() const {
    Flags flags((laws_.triggers.size() + 63) / 64, ~std::uint64_t{0});
    if (const auto left = laws_.triggers.size() % 64; left) flags.back() = (std::uint64_t{1} << left) - 1;
    return flags;
}

void Minds::changed_here(FluentId fluent, Code now, Flags& dirty) const {
    for (const auto& watch : laws_.watchers[index(fluent)])
        if (watch.minds(now)) raise(dirty, watch.trigger);
}

/// `before`: the values that she took for true.
void Minds::changed_mind(CharacterId who, const std::uint64_t* before, NodeId now, Flags& dirty) const {
    if (Store::is_broken(now)) return seen_by_all(who, dirty);
    for (const auto id : laws_.deep_watches[index(who)]) raise(dirty, id);
    const auto* const words = store_.view(now).words;
    if (before == words) return;
    for (const auto& watch : laws_.mind_watches[index(who)]) {
        const auto code = laws_.layout.get(words, watch.fluent);
        if (laws_.layout.get(before, watch.fluent) == code) continue;
        for (const auto& each : watch.watches)
            if (each.minds(code)) raise(dirty, each.trigger);
    }
}

/// The triggers that may fire now although none did in the node that the draft was made from.
Minds::Flags Minds::differences(NodeId node, NodeId draft) {
    if (laws_.triggers.empty()) return {};
    if (!store_.settled(node)) return every();
    Flags dirty((laws_.triggers.size() + 63) / 64, 0);
    const auto before = store_.view(node), now = store_.view(draft);
    for (std::size_t word = 0; word < store_.words(); ++word) {
        if (before.words[word] == now.words[word]) continue;
        for (const auto fluent : fields_[word]) {
            const auto code = laws_.layout.get(now.words, fluent);
            if (laws_.layout.get(before.words, fluent) != code) changed_here(fluent, code, dirty);
        }
    }
    if (!laws_.triggers_see_minds || !now.minds) return dirty;
    for (std::size_t slot = 0; slot < store_.minds(); ++slot)
        if (before.minds[slot] != now.minds[slot])
            changed_mind(kept_[slot], store_.view(before.minds[slot]).words, now.minds[slot], dirty);
    return dirty;
}

/// `before`: what became the node, if that is known.
NodeId Minds::rest(NodeId node, NodeId before) {
    if (laws_.triggers.empty() || store_.settled(node)) return node;
    if (const auto known = memory_->rested.find(static_cast<std::uint64_t>(node))) return *known;
    const auto made = drafted(node, [&](NodeId draft) { return settle(draft, before); });
    memory_->rested.put(static_cast<std::uint64_t>(node), made);
    return made;
}

NodeId Minds::settle(NodeId draft, NodeId before) {
    auto dirty = before == NodeId::none ? every() : differences(before, draft);
    std::vector<Origin> origins(store_.draft(draft).minds.size());
    return settle(draft, dirty, origins);
}

NodeId Minds::settle(NodeId draft, Flags& dirty, std::vector<Origin>& origins) {
    run(draft, dirty, origins);
    bool quiet_minds = true;
    Flags moved(dirty.size(), 0);  // triggers that see a mind which has changed since the state came to rest
    const auto count = store_.draft(draft).minds.size();
    for (std::size_t slot = 0; slot < count; ++slot) {
        const auto mind = store_.draft(draft).minds[slot];
        if (mind == NodeId::none) continue;
        const auto rested = settle_mind(mind, kept_[slot], origins[slot], moved);
        store_.draft(draft).minds[slot] = rested;
        quiet_minds &= laws_.triggers.empty() || store_.settled(rested);
    }
    const auto made = commit(draft);
    if (quiet_minds && (!any(moved) || quiet(made, moved))) store_.settle(made);
    return made;
}

/// Let triggers run in a mind. Adds to `moved` those that see what has changed in it.
NodeId Minds::settle_mind(NodeId mind, CharacterId who, const Origin& origin, Flags& moved) {
    if (!Store::is_draft(mind)) {
        const auto rested = origin.acted ? after(origin.before, origin.act) : rest(mind, origin.before);
        if (rested != mind && laws_.triggers_see_minds)
            changed_mind(who, store_.view(mind).words, rested, moved);
        return rested;
    }
    const auto words = store_.draft(mind).words;
    const auto before = origin.before != NodeId::none ? origin.before : store_.draft(mind).original;
    auto rested = Store::broken(store_.depth(mind));
    try {
        rested = settle(mind, before);
    } catch (const Broken&) {  // and so it is
    }
    changed_mind(who, words.data(), rested, moved);
    return rested;
}

void Minds::seen_by_all(CharacterId who, Flags& dirty) const {
    for (const auto id : laws_.deep_watches[index(who)]) raise(dirty, id);
    for (const auto& watch : laws_.mind_watches[index(who)])
        for (const auto& each : watch.watches) raise(dirty, each.trigger);
}

/// Whether none of these triggers would change anything in the node itself.
bool Minds::quiet(NodeId node, const Flags& triggers) {
    const auto mark = store_.lent();
    const auto draft = store_.lend(node);
    Flags ignored(triggers.size(), 0);
    std::vector<Origin> origins(store_.draft(draft).minds.size());
    bool still = true;
    try {
        for (std::size_t word = 0; still && word < triggers.size(); ++word)
            for (auto left = triggers[word]; still && left; left &= left - 1) {
                const auto bit = static_cast<std::size_t>(std::countr_zero(left));
                const TriggerId id{static_cast<std::uint32_t>(word * 64 + bit)};
                still = !fire(draft, id, ignored, origins, nullptr);
            }
    } catch (const Broken&) {
        still = false;
    }
    store_.give_back(mark);
    return still;
}

void Minds::run(NodeId draft, Flags& dirty, std::vector<Origin>& origins) {
    int firings = 0;
    Paths touched;  // by the later half of many firings
    for (std::size_t word = 0; word < dirty.size();) {
        if (!dirty[word]) {
            ++word;
            continue;
        }
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(dirty[word]));
        const auto id = TriggerId(static_cast<std::uint32_t>(word * 64 + bit));
        dirty[word] &= dirty[word] - 1;
        if (!fire(draft, id, dirty, origins, firings < many_firings / 2 ? nullptr : &touched)) continue;
        raise(dirty, id);
        word = 0;
        if (++firings <= many_firings) continue;
        meter_.note({Fault::endless, Culprit::trigger, static_cast<int>(id)});
        break_off(draft, touched, dirty, origins);
        firings = 0;
        touched.clear();
    }
}

/// Break what triggers go on changing.
void Minds::break_off(NodeId draft, const Paths& paths, Flags& dirty, std::vector<Origin>& origins) {
    if (paths.contains(Path{})) throw Broken();
    for (const auto& path : paths) {
        overwrite(draft, {path, {}, 0, true});
        origins[static_cast<std::size_t>(laws_.program.slots[index(path[0])])] = {};
        seen_by_all(path[0], dirty);
    }
}

/// Fire the trigger if it holds; false if that changes nothing. Adds to `touched` in whose minds it does.
bool Minds::fire(NodeId draft, TriggerId id, Flags& dirty, std::vector<Origin>& origins, Paths* touched) {
    const auto edits = fired(draft, id);
    if (breaks(edits)) throw Broken();
    bool changed = false;
    for (const auto& edit : edits) {
        if (!overwrite(draft, edit)) continue;
        changed = true;
        if (touched) touched->insert(edit.path);
        if (edit.path.empty()) {
            changed_here(edit.fluent, edit.code, dirty);
            continue;
        }
        const auto who = edit.path[0];
        origins[static_cast<std::size_t>(laws_.program.slots[index(who)])].acted = false;
        if (edit.breaks) {
            seen_by_all(who, dirty);
            continue;
        }
        for (const auto watcher : laws_.deep_watches[index(who)]) raise(dirty, watcher);
        for (const auto& watch : laws_.mind_watches[index(who)])
            for (const auto& each : watch.watches)
                if (watch.fluent == edit.fluent && each.minds(edit.code)) raise(dirty, each.trigger);
    }
    return changed;
}

/// Write a value into a draft, or break a mind in it, making drafts of the minds on the way; false if nothing
/// changes.
bool Minds::overwrite(NodeId draft, const Edit& edit) {
    auto at = draft;
    for (const auto step : edit.path) {
        const auto slot = laws_.program.slots[index(step)];
        const auto seen = store_.view(at);
        if (slot < 0 || !seen.minds || seen.minds[slot] == NodeId::none) return false;
        at = seen.minds[slot];
        if (Store::is_broken(at)) return false;
    }
    if (!edit.breaks && laws_.layout.get(store_.view(at).words, edit.fluent) == edit.code) return false;
    const auto broken = Store::broken(store_.depth(at));
    at = draft;
    for (std::size_t i = 0; i < edit.path.size(); ++i) {
        const auto slot = static_cast<std::size_t>(laws_.program.slots[index(edit.path[i])]);
        if (edit.breaks && i + 1 == edit.path.size()) {
            store_.draft(at).minds[slot] = broken;
            return true;
        }
        auto mind = store_.draft(at).minds[slot];
        if (!Store::is_draft(mind)) {
            mind = store_.lend(mind);
            store_.draft(at).minds[slot] = mind;
        }
        at = mind;
    }
    laws_.layout.set(store_.draft(at).words.data(), edit.fluent, edit.code);
    return true;
}

NodeId Minds::commit(NodeId draft) {
    for (auto& mind : store_.draft(draft).minds)
        if (Store::is_draft(mind)) mind = commit(mind);
    const auto& made = store_.draft(draft);
    return store_.intern(made.level, made.words.data(), made.minds.data());
}

}  // namespace fabula
