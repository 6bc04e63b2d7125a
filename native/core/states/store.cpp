// Interning states.
#include "core/states/store.hpp"

#include "core/base/mistake.hpp"

namespace fabula {

States::States(std::size_t w, std::size_t m, std::uint32_t levels, Meter& meter)
    : words(w), minds(m), bodies(w, meter) {
    if (levels > Store::deepest) throw Mistake(Fault::beyond);
    const std::vector<std::uint64_t> blank(w, 0);
    bodies.add(blank.data());
    std::vector<NodeId> blind(m + 1, NodeId::none);
    blind[0] = Store::broken(0);
    for (std::uint32_t l = 1; l <= levels; ++l) {
        above.push_back(std::make_unique<Pool<NodeId>>(m + 1, meter));
        above.back()->add(blind.data());
    }
}

Store::Store(std::size_t words, std::size_t minds, std::uint32_t levels, Meter& meter)
    : states_(std::make_shared<States>(words, minds, levels, meter)), meter_(meter) {
    make_room();
}

NodeId Store::intern(std::uint32_t level, const std::uint64_t* words, const NodeId* minds) {
    const auto body = states_->bodies.intern(words);
    if (body.fresh) meter_.node();
    return level == 0 ? NodeId{body.at} : intern(level, NodeId{body.at}, minds);
}

NodeId Store::intern(std::uint32_t level, NodeId body, const NodeId* minds) {
    record_[0] = body;
    std::copy(minds, minds + states_->minds, record_.begin() + 1);
    const auto made = states_->above[level - 1]->intern(record_.data());
    if (made.fresh) meter_.node();
    return NodeId{(level << 28) | made.at};
}

NodeId Store::lend(NodeId original) {
    const auto seen = view(original);
    const auto level = depth(original);
    if (lent_ == drafts_.size()) drafts_.push_back(std::make_unique<Draft>());
    auto& made = *drafts_[lent_];
    made.words.assign(seen.words, seen.words + words());
    made.level = level;
    made.original = original;
    if (level)
        made.minds.assign(seen.minds, seen.minds + minds());
    else
        made.minds.clear();
    return NodeId{(15u << 28) | lent_++};
}

}  // namespace fabula
