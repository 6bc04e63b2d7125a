// The definition of acts and triggers, to the letter.
#include "core/minds/endless.hpp"

#include "core/minds/minds.hpp"

namespace fabula {
namespace {

constexpr std::size_t many_firings = 10'000;

}  // namespace

NodeId Endless::start() {
    std::map<std::vector<std::int64_t>, NodeId> made;
    const auto mark = knots_.mark();
    return rest(knots_.intern(initial(laws_.problem.initial, laws_.problem.beliefs, made), mark, laws_));
}

NodeId Endless::initial(const std::vector<double>& values, const std::vector<Belief>& entries,
                        std::map<std::vector<std::int64_t>, NodeId>& made) {
    std::vector<std::uint64_t> words(store_.words());
    for (std::uint32_t f = 0; f < values.size(); ++f)
        laws_.layout.set(words.data(), FluentId{f}, laws_.layout.code(FluentId{f}, values[f]));
    // The last entry for a path and fluent wins.
    std::map<std::pair<std::vector<CharacterId>, FluentId>, double> last;
    for (const auto& entry : entries) last[{entry.path, entry.fluent}] = entry.value;
    std::vector<std::int64_t> key(words.begin(), words.end());
    for (const auto& [where, value] : last) {
        key.push_back(static_cast<std::int64_t>(where.first.size()));
        for (const auto step : where.first) key.push_back(static_cast<std::int64_t>(step));
        key.push_back(static_cast<std::int64_t>(where.second));
        key.push_back(static_cast<std::int64_t>(laws_.layout.code(where.second, value)));
    }
    if (const auto found = made.find(key); found != made.end()) return found->second;
    const auto root = made[key] = knots_.sketch(words.data());
    for (std::uint32_t c = 0; c < store_.minds(); ++c) {
        auto seen = values;
        std::vector<Belief> inner, shifted;
        for (const auto& [where, value] : last) {
            if (where.first[0] != CharacterId{c}) continue;
            inner.push_back({where.first, where.second, value});
            if (where.first.size() == 1)
                seen[index(where.second)] = value;
            else
                shifted.push_back({{where.first.begin() + 1, where.first.end()}, where.second, value});
        }
        inner.insert(inner.end(), shifted.begin(), shifted.end());
        const auto mind = initial(seen, inner, made);
        knots_.at(root).minds[c] = mind;
    }
    return root;
}

NodeId Endless::after(NodeId node, ActId act) {
    const auto key = (static_cast<std::uint64_t>(node) << 32) | index(act);
    if (const auto* known = after_.find(key)) return *known;
    Drafts drafts;
    const auto mark = knots_.mark();
    const auto made = rest(knots_.intern(happen(node, act, drafts), mark, laws_));
    after_[key] = made;
    return made;
}

NodeId Endless::changed(NodeId node, const Edits& edits) {
    const auto made = knots_.sketch(knots_.words(node));
    for (const auto& edit : edits)
        if (edit.path.empty()) laws_.layout.set(knots_.at(made).words.data(), edit.fluent, edit.code);
    return made;
}

NodeId Endless::happen(NodeId node, ActId act, Drafts& drafts) {
    if (const auto known = drafts.find(node); known != drafts.end()) return known->second;
    const auto edits = minds_.effects(node, act);
    if (breaks(edits)) return drafts[node] = Store::broken(1);
    const auto made = drafts[node] = changed(node, edits);
    for (std::uint32_t c = 0; c < store_.minds(); ++c) {
        auto mind = store_.view(node).minds[c];
        if (!Store::is_broken(mind) && minds_.observes(node, act, CharacterId{c})) {
            const auto mark = knots_.mark();
            const auto corrected = knots_.edited(mind, minds_.corrections(node, mind, act), laws_);
            mind = happen(knots_.intern(corrected, mark, laws_), act, drafts);
        }
        mind = knots_.edited(mind, within(edits, CharacterId{c}), laws_);
        knots_.at(made).minds[c] = mind;
    }
    return made;
}

NodeId Endless::rest(NodeId node) {
    if (laws_.triggers.empty() || Store::is_broken(node)) return node;
    if (const auto* known = rested_.find(static_cast<std::uint64_t>(node))) return *known;
    Drafts drafts;
    const auto mark = knots_.mark();
    const auto made = knots_.intern(resting(node, drafts), mark, laws_);
    rested_[static_cast<std::uint64_t>(node)] = made;
    return made;
}

NodeId Endless::resting(NodeId node, Drafts& drafts) {
    if (Store::is_broken(node)) return node;
    if (const auto* known = rested_.find(static_cast<std::uint64_t>(node))) return *known;
    if (const auto known = drafts.find(node); known != drafts.end()) return known->second;
    if (drafts.size() > many_firings)
        throw Mistake(Fault::endless, Culprit::trigger, static_cast<int>(laws_.triggers.size()) - 1);
    const auto still = fire_all(node);
    if (Store::is_broken(still)) return drafts[node] = still;
    if (const auto known = drafts.find(still); known != drafts.end()) return drafts[node] = known->second;
    const auto made = knots_.sketch(store_.view(still).words);
    drafts[node] = drafts[still] = made;
    for (std::uint32_t c = 0; c < store_.minds(); ++c) {
        const auto mind = store_.view(still).minds[c];
        const auto rested = mind == still ? made : resting(mind, drafts);
        knots_.at(made).minds[c] = rested;
    }
    return made;
}

/// Fire triggers one at a time until none changes anything; break what they would go on changing.
NodeId Endless::fire_all(NodeId node) {
    std::map<NodeId, std::size_t> since{{node, 0}};
    std::vector<Paths> touched;
    for (std::uint32_t t = 0; t < laws_.triggers.size() && !Store::is_broken(node); ++t) {
        const auto edits = minds_.fired(node, TriggerId{t});
        Paths paths;
        for (const auto& edit : edits)
            if (changes(node, edit)) paths.insert(edit.path);
        if (paths.empty()) continue;
        node = moved(node, edits);
        touched.push_back(std::move(paths));
        const auto [before, fresh] = since.try_emplace(node, touched.size());
        if (!fresh || touched.size() > many_firings) {
            minds_.note({Fault::endless, Culprit::trigger, static_cast<int>(t)});
            Edits breaking;
            for (auto i = fresh ? many_firings / 2 : before->second; i < touched.size(); ++i)
                for (const auto& path : touched[i]) breaking.push_back({path, {}, 0, true});
            node = moved(node, breaking);
            touched.clear();
            since = {{node, 0}};
        }
        t = static_cast<std::uint32_t>(-1);  // look again from the first
    }
    return node;
}

/// Whether the edit would make anything different.
bool Endless::changes(NodeId node, const Edit& edit) const {
    for (const auto step : edit.path) {
        node = store_.view(node).minds[index(step)];
        if (Store::is_broken(node)) return false;
    }
    return edit.breaks || laws_.layout.get(store_.view(node).words, edit.fluent) != edit.code;
}

/// The node with edits made that nobody observes.
NodeId Endless::moved(NodeId node, const Edits& edits) {
    if (breaks(edits)) return Store::broken(1);
    const auto mark = knots_.mark();
    const auto made = changed(node, edits);
    for (std::uint32_t c = 0; c < store_.minds(); ++c) {
        const auto mind = store_.view(node).minds[c];
        const auto base = mind == node ? made : mind;  // who is right stays right
        const auto now = knots_.edited(base, within(edits, CharacterId{c}), laws_);
        knots_.at(made).minds[c] = now;
    }
    return knots_.intern(made, mark, laws_);
}

}  // namespace fabula
