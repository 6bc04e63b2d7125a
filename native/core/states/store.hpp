// All states seen so far, each once: packed values, and for each character the believed state's id.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "core/base/budget.hpp"
#include "core/base/ids.hpp"

namespace fabula {

/// A state as it is looked at. `minds` is null where beliefs are cut off.
struct View {
    const std::uint64_t* words = nullptr;
    const NodeId* minds = nullptr;
};

/// A state under construction; its minds may be drafts too.
struct Draft {
    std::vector<std::uint64_t> words;
    std::vector<NodeId> minds;
    std::uint32_t level = 0;
};

/// The states of one level, that is with beliefs nested so deep.
///
/// Behaves like a set that numbers its members; Store uses one for each level; records lie in pages that
/// never move, and a table of indices finds them by content.
class Pool {
  public:
    Pool(std::size_t words, std::size_t minds, Meter& meter);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    std::uint32_t intern(const std::uint64_t* words, const NodeId* minds);
    View view(std::uint32_t at) const noexcept {
        const auto* record = pages_[at >> page_bits].get() + (at & page_mask) * stride_;
        return {record, minds_ ? reinterpret_cast<const NodeId*>(record + words_) : nullptr};
    }
    std::uint32_t size() const noexcept { return size_; }
    std::uint8_t& flags(std::uint32_t at) noexcept { return flags_[at]; }

  private:
    static constexpr std::uint32_t page_bits = 12;
    static constexpr std::uint32_t page_mask = (1u << page_bits) - 1;

    std::uint64_t hash(const std::uint64_t* words, const NodeId* minds) const noexcept;
    bool equal(std::uint32_t at, const std::uint64_t* words, const NodeId* minds) const noexcept;
    std::uint32_t append(const std::uint64_t* words, const NodeId* minds);
    void grow();

    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t at = free;
    };
    static constexpr std::uint32_t free = 0xFFFFFFFFu;

    std::size_t words_, minds_, stride_;
    Meter& meter_;
    std::vector<std::unique_ptr<std::uint64_t[]>> pages_;
    std::vector<std::uint8_t> flags_;
    std::vector<Slot> slots_;
    std::uint32_t size_ = 0;
};

/// All states of a search.
///
/// Behaves like one set of states with beliefs; minds, motives and search speak of its NodeIds; it keeps a
/// Pool for each level and lends drafts, which look like nodes of level 15.
class Store {
  public:
    static constexpr std::uint32_t deepest = 13;

    Store(std::size_t words, std::size_t minds, std::uint32_t levels, Meter& meter);

    static constexpr std::uint32_t level(NodeId node) noexcept {
        return static_cast<std::uint32_t>(node) >> 28;
    }
    static constexpr bool is_draft(NodeId node) noexcept { return level(node) == 15 && node != NodeId::none; }

    NodeId intern(std::uint32_t level, const std::uint64_t* words, const NodeId* minds);
    View view(NodeId node) const noexcept {
        if (is_draft(node)) {
            const auto& draft = drafts_[static_cast<std::uint32_t>(node) & low_bits];
            return {draft.words.data(), draft.level ? draft.minds.data() : nullptr};
        }
        return pools_[level(node)]->view(static_cast<std::uint32_t>(node) & low_bits);
    }
    std::uint8_t& flags(NodeId node) noexcept {
        return pools_[level(node)]->flags(static_cast<std::uint32_t>(node) & low_bits);
    }

    /// The id that the next new node of the level will have.
    NodeId next(std::uint32_t level) const noexcept { return NodeId{(level << 28) | pools_[level]->size()}; }
    std::size_t words() const noexcept { return words_; }
    std::size_t minds() const noexcept { return minds_; }
    std::uint64_t size() const noexcept;

    /// Borrow a draft that begins as a copy of the node. Drafts are given back in the opposite order.
    NodeId lend(NodeId original);
    Draft& draft(NodeId node) noexcept { return drafts_[static_cast<std::uint32_t>(node) & low_bits]; }
    std::uint32_t lent() const noexcept { return lent_; }
    void give_back(std::uint32_t mark) noexcept { lent_ = mark; }

  private:
    static constexpr std::uint32_t low_bits = (1u << 28) - 1;

    std::size_t words_, minds_;
    std::vector<std::unique_ptr<Pool>> pools_;
    std::deque<Draft> drafts_;
    std::uint32_t lent_ = 0;
};

}  // namespace fabula
