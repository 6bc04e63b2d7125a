// Interning graphs with circles.
#include <algorithm>

#include "core/minds/endless.hpp"

namespace fabula {
namespace {

std::uint64_t hash(const std::vector<std::uint64_t>& key) {
    std::uint64_t sum = key.size();
    for (const auto word : key) sum = scatter(sum ^ word) + 1;
    return sum;
}

}  // namespace

NodeId Knots::sketch(const std::uint64_t* words) {
    if (used_ == sketches_.size()) sketches_.emplace_back();
    auto& made = sketches_[used_];
    made.words.assign(words, words + store_.words());
    made.minds.assign(store_.minds(), NodeId::none);
    made.base = NodeId::none;
    made.edits.clear();
    return NodeId{(14u << 28) | static_cast<std::uint32_t>(used_++)};
}

NodeId Knots::edited(NodeId base, Edits edits, const Laws& laws) {
    if (Store::is_broken(base) || breaks(edits)) return Store::broken(1);
    if (edits.empty()) return base;
    const auto made = sketch(words(base));
    for (const auto& edit : edits)
        if (edit.path.empty()) laws.layout.set(at(made).words.data(), edit.fluent, edit.code);
    at(made).base = base;
    at(made).edits = std::move(edits);
    return made;
}

NodeId Knots::mind(NodeId id, std::size_t slot, const Laws& laws) {
    if (!is_sketch(id)) return store_.view(id).minds[slot];
    fill(id, laws);
    return at(id).minds[slot];
}

void Knots::fill(NodeId id, const Laws& laws) {
    if (at(id).base == NodeId::none) return;
    const auto base = at(id).base;
    const auto edits = at(id).edits;
    at(id).base = NodeId::none;
    for (std::size_t slot = 0; slot < store_.minds(); ++slot) {
        const CharacterId who{static_cast<std::uint32_t>(slot)};
        at(id).minds[slot] = edited(mind(base, slot, laws), within(edits, who), laws);
    }
}

/// Where a belief of a sketch leads: to a node, or to a sketch that is not settled yet.
NodeId Knots::below(NodeId id, std::size_t slot) {
    const auto mind = at(id).minds[slot];
    if (!is_sketch(mind)) return mind;
    const auto found = settled_.find(mind);
    return found == settled_.end() ? mind : found->second;
}

NodeId Knots::intern(NodeId root, std::size_t mark, const Laws& laws) {
    if (!is_sketch(root)) return root;
    for (const auto& group : groups(root, laws)) settle(group);
    const auto made = settled_.at(root);
    settled_.clear();
    used_ = mark;
    return made;
}

std::vector<Knots::Group> Knots::groups(NodeId root, const Laws& laws) {
    std::vector<Group> found;
    std::map<NodeId, std::size_t> order, lowest;
    std::vector<NodeId> open;
    std::set<NodeId> inside;
    std::vector<std::pair<NodeId, std::size_t>> walk;
    const auto enter = [&](NodeId id) {
        fill(id, laws);
        lowest[id] = order[id] = order.size();
        open.push_back(id);
        inside.insert(id);
        walk.emplace_back(id, 0);
    };
    enter(root);
    while (!walk.empty()) {
        const auto id = walk.back().first;
        if (walk.back().second < store_.minds()) {
            const auto next = at(id).minds[walk.back().second++];
            if (!is_sketch(next)) continue;
            if (!order.contains(next))
                enter(next);
            else if (inside.contains(next))
                lowest[id] = std::min(lowest[id], order[next]);
            continue;
        }
        walk.pop_back();
        if (!walk.empty()) lowest[walk.back().first] = std::min(lowest[walk.back().first], lowest[id]);
        if (lowest[id] != order[id]) continue;
        const auto from = std::ranges::find(open, id);
        found.emplace_back(from, open.end());
        for (const auto one : found.back()) inside.erase(one);
        open.erase(from, open.end());
    }
    return found;
}

void Knots::settle(const Group& group) {
    const auto minds = store_.minds();
    std::vector<NodeId> kids(minds);
    bool circle = group.size() > 1;
    for (std::size_t slot = 0; slot < minds; ++slot) {
        kids[slot] = below(group[0], slot);
        circle |= is_sketch(kids[slot]);
    }
    if (!circle) {
        settled_[group[0]] = store_.intern(1, at(group[0]).words.data(), kids.data());
        return;
    }
    if (known(group)) return;
    const auto block = blocks(group);
    std::map<std::size_t, NodeId> sample;
    for (const auto id : group) sample.try_emplace(block.at(id), id);
    std::vector<std::size_t> order;
    for (auto at = hash(shape(group[0], block, order, sample));; at = scatter(at + 1)) {
        const auto* found = shapes_.find(at);
        if (!found) return make(group, block, order, sample);
        if (is(group[0], *found)) return;
    }
}

/// Make nodes of a circle that there was not yet.
void Knots::make(const Group& group, const std::map<NodeId, std::size_t>& block,
                 const std::vector<std::size_t>& order, const std::map<std::size_t, NodeId>& sample) {
    const auto first = static_cast<std::uint32_t>(store_.next(1));
    const Circle circle{NodeId{first}, static_cast<std::uint32_t>(order.size())};
    std::map<std::size_t, NodeId> made;
    for (const auto number : order) made[number] = NodeId{first + static_cast<std::uint32_t>(made.size())};
    std::vector<NodeId> kids(store_.minds());
    for (const auto number : order) {
        const auto id = sample.at(number);
        for (std::size_t slot = 0; slot < kids.size(); ++slot) {
            const auto mind = below(id, slot);
            kids[slot] = is_sketch(mind) ? made.at(block.at(mind)) : mind;
        }
        const auto node = store_.intern(1, at(id).words.data(), kids.data());
        circles_[static_cast<std::uint64_t>(node)] = circle;
        std::vector<std::size_t> seen;
        auto key = hash(shape(id, block, seen, sample));
        while (shapes_.find(key)) key = scatter(key + 1);
        shapes_[key] = node;
    }
    for (const auto id : group) settled_[id] = made.at(block.at(id));
}

/// Whether the circle is a part of one that its own beliefs lead to; if so it is settled.
bool Knots::known(const Group& group) {
    std::map<NodeId, std::uint32_t> circles;
    for (const auto id : group)
        for (std::size_t slot = 0; slot < store_.minds(); ++slot)
            if (const auto mind = below(id, slot); !is_sketch(mind))
                if (const auto* circle = circles_.find(static_cast<std::uint64_t>(mind)))
                    circles[circle->first] = circle->size;
    for (const auto& [first, size] : circles)
        for (std::uint32_t i = 0; i < size; ++i)
            if (is(group[0], NodeId{static_cast<std::uint32_t>(first) + i})) return true;
    return false;
}

/// Whether the sketch is like the node; if so, all in its circle are settled.
bool Knots::is(NodeId sketch, NodeId node) {
    std::map<NodeId, NodeId> assumed;
    if (!like(sketch, node, assumed)) return false;
    settled_.insert(assumed.begin(), assumed.end());
    return true;
}

bool Knots::like(NodeId id, NodeId node, std::map<NodeId, NodeId>& assumed) {
    if (!is_sketch(id)) return id == node;
    const auto [found, fresh] = assumed.try_emplace(id, node);
    if (!fresh) return found->second == node;
    const auto seen = store_.view(node);
    if (!std::equal(at(id).words.begin(), at(id).words.end(), seen.words)) return false;
    for (std::size_t slot = 0; slot < store_.minds(); ++slot)
        if (!like(below(id, slot), seen.minds[slot], assumed)) return false;
    return true;
}

/// Number the sketches of a circle so that like ones share a number.
std::map<NodeId, std::size_t> Knots::blocks(const Group& group) {
    std::map<NodeId, std::size_t> block;
    for (const auto id : group) block[id] = 0;
    for (std::size_t count = 0;;) {
        std::map<Key, std::size_t> numbers;
        std::map<NodeId, std::size_t> finer;
        for (const auto id : group) {
            Key key{block[id]};
            key.insert(key.end(), at(id).words.begin(), at(id).words.end());
            for (std::size_t slot = 0; slot < store_.minds(); ++slot) {
                const auto mind = below(id, slot);
                key.push_back(is_sketch(mind) ? (std::uint64_t{1} << 40) | block[mind]
                                              : static_cast<std::uint64_t>(mind));
            }
            finer[id] = numbers.try_emplace(std::move(key), numbers.size()).first->second;
        }
        block = std::move(finer);
        if (numbers.size() == count) return block;
        count = numbers.size();
    }
}

/// The circle as seen from one of its blocks: blocks in the order met, and what each holds and believes.
Knots::Key Knots::shape(NodeId root, const std::map<NodeId, std::size_t>& block,
                        std::vector<std::size_t>& order, const std::map<std::size_t, NodeId>& sample) {
    Key key;
    std::map<std::size_t, std::size_t> place{{block.at(root), 0}};
    order = {block.at(root)};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto id = sample.at(order[i]);
        key.insert(key.end(), at(id).words.begin(), at(id).words.end());
        for (std::size_t slot = 0; slot < store_.minds(); ++slot) {
            const auto mind = below(id, slot);
            if (!is_sketch(mind)) {
                key.push_back(static_cast<std::uint64_t>(mind));
                continue;
            }
            const auto [found, fresh] = place.try_emplace(block.at(mind), order.size());
            if (fresh) order.push_back(block.at(mind));
            key.push_back((std::uint64_t{1} << 40) | found->second);
        }
    }
    return key;
}

}  // namespace fabula
