// Interning states.
#include "core/states/store.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/flat_map.hpp"
#include "core/base/mistake.hpp"

namespace fabula {

Pool::Pool(std::size_t words, std::size_t minds, Meter& meter)
    : words_(words), minds_(minds), stride_(words + (minds + 1) / 2), meter_(meter), slots_(64) {}

Pool::~Pool() {
    meter_.give_back(pages_.size() * (stride_ << page_bits) * 8 + flags_.capacity() +
                     (slots_.size() - 64) * sizeof(Slot));
}

std::uint64_t Pool::hash(const std::uint64_t* words, const NodeId* minds) const noexcept {
    std::uint64_t h = 0x9E3779B97F4A7C15ULL;
    const auto mix = [&h](std::uint64_t x) {
        h = (h ^ x) * 0x9FB21C651E98DF25ULL;
        h ^= h >> 32;
    };
    for (std::size_t i = 0; i < words_; ++i) mix(words[i]);
    for (std::size_t i = 0; i < minds_; ++i) mix(static_cast<std::uint64_t>(minds[i]) + 1);
    return scatter(h);
}

bool Pool::equal(std::uint32_t at, const std::uint64_t* words, const NodeId* minds) const noexcept {
    const auto seen = view(at);
    return std::equal(words, words + words_, seen.words) &&
           (minds_ == 0 || std::equal(minds, minds + minds_, seen.minds));
}

std::uint32_t Pool::intern(const std::uint64_t* words, const NodeId* minds) {
    if ((std::uint64_t{size_} + 1) * 4 > slots_.size() * 3) grow();
    const auto h = hash(words, minds);
    const auto tag = static_cast<std::uint32_t>(h >> 32);
    const auto mask = slots_.size() - 1;
    for (auto at = h & mask;; at = (at + 1) & mask) {
        auto& slot = slots_[at];
        if (slot.at == free) {
            const auto made = append(words, minds);
            slot = {tag, made};
            return made;
        }
        if (slot.tag == tag && equal(slot.at, words, minds)) return slot.at;
    }
}

std::uint32_t Pool::append(const std::uint64_t* words, const NodeId* minds) {
    meter_.node();
    if (size_ == (1u << 28) - 1) throw Stopped(Stop::memory);
    if ((size_ & page_mask) == 0) {
        meter_.take((stride_ << page_bits) * 8 + page_mask + 1);
        pages_.push_back(std::make_unique<std::uint64_t[]>(stride_ << page_bits));
        flags_.resize(flags_.size() + page_mask + 1);
    }
    auto* record = pages_[size_ >> page_bits].get() + (size_ & page_mask) * stride_;
    std::memcpy(record, words, words_ * sizeof(std::uint64_t));
    if (minds_) std::memcpy(record + words_, minds, minds_ * sizeof(NodeId));
    return size_++;
}

void Pool::grow() {
    meter_.take(slots_.size() * sizeof(Slot));
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    const auto mask = slots_.size() - 1;
    for (const auto& slot : old) {
        if (slot.at == free) continue;
        const auto seen = view(slot.at);
        auto at = hash(seen.words, seen.minds) & mask;
        while (slots_[at].at != free) at = (at + 1) & mask;
        slots_[at] = slot;
    }
}

Store::Store(std::size_t words, std::size_t minds, std::uint32_t levels, Meter& meter)
    : words_(words), minds_(minds) {
    if (levels > deepest) throw Mistake(Fault::beyond);
    for (std::uint32_t l = 0; l <= levels; ++l)
        pools_.push_back(std::make_unique<Pool>(words, l ? minds : 0, meter));
}

NodeId Store::intern(std::uint32_t level, const std::uint64_t* words, const NodeId* minds) {
    return NodeId{(level << 28) | pools_[level]->intern(words, minds)};
}

std::uint64_t Store::size() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& pool : pools_) sum += pool->size();
    return sum;
}

NodeId Store::lend(NodeId original) {
    const auto seen = view(original);
    const auto depth = is_draft(original) ? draft(original).level : level(original);
    if (lent_ == drafts_.size()) drafts_.emplace_back();
    auto& made = drafts_[lent_];
    made.words.assign(seen.words, seen.words + words_);
    made.level = depth;
    if (depth)
        made.minds.assign(seen.minds, seen.minds + minds_);
    else
        made.minds.clear();
    return NodeId{(15u << 28) | lent_++};
}

}  // namespace fabula
