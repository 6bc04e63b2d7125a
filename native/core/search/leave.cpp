// Leaving places, and naming states by what they hold.
#include "core/search/leave.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/seam/seam.hpp"
#include "core/search/spread.hpp"

namespace fabula {
namespace {

/// Takes words in and gives a digest: two streams, stirred in different ways.
class Stirred {
  public:
    void add(std::uint64_t word) noexcept {
        sum_.high = scatter(sum_.high ^ word);
        sum_.low = scatter(std::rotl(sum_.low, 29) + word * 0x9e3779b97f4a7c15ULL);
    }
    void add(double value) noexcept {
        if (is_unknown(value)) return add(~std::uint64_t{0});
        add(std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value));
    }
    Digest sum() const noexcept { return sum_; }

  private:
    Digest sum_{1, 2};
};

std::int64_t word(std::size_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

struct Leaver::Left {
    bool shortened = false;
    std::vector<std::int64_t> turns;  ///< acts and where they lead, in turns
    std::vector<std::int64_t> refused;
};

Leaver::Known::Known(const Problem& problem, int epistemic, int character, Meter& meter)
    : world(problem, meter, epistemic), round(world, epistemic, character, question, meter) {
    round.motive.be_precise();
}

Leaver::Leaver(std::span<const std::int32_t> words, std::span<const double> numbers,
               std::span<const std::int32_t> options) {
    try {
        if (options.size() != 2) throw Mistake(Fault::malformed);
        character_ = options[0] == 0 ? 1 : options[0];
        epistemic_ = layers(options[0], options[1]);
        problem_ = read_problem(words, numbers);
    } catch (const Mistake& mistake) {
        wrong_ = mistake;
    }
}

void Leaver::build() {
    if (wrong_) throw Mistake(*wrong_);
    if (!known_) known_ = std::make_unique<Known>(*problem_, epistemic_, character_, meter_);
}

Reply Leaver::leave(std::span<const std::int32_t> asked, const Budget& budget, Meter::Poll poll) {
    meter_.renew(budget, std::move(poll));
    met_.clear();
    met_at_.clear();
    std::vector<Left> found;
    Stop stop = Stop::none;
    try {
        if (asked.empty() || asked[0] < 1) throw Mistake(Fault::malformed);
        const auto size = static_cast<std::size_t>(asked[0]);
        if ((asked.size() - 1) / 2 + 1 < size) throw Mistake(Fault::malformed);
        build();
        number(known_->round.start);
        const auto nodes = replay(asked.subspan(1, 2 * (size - 1)));
        for (const auto at : asked.subspan(2 * size - 1)) {
            if (at < 0 || static_cast<std::size_t>(at) >= size) throw Mistake(Fault::malformed);
            meter_.visit();
            found.push_back(leave(nodes[static_cast<std::size_t>(at)]));
        }
    } catch (const Mistake& mistake) {
        known_.reset();
        return reply(mistake);
    } catch (const Stopped& stopped) {
        stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        stop = Stop::memory;
    }
    auto out = begun({});
    out.words.insert(out.words.end(), {static_cast<std::int64_t>(stop), word(found.size())});
    if (!known_) {
        out.words.push_back(0);
        return out;
    }
    if (stop != Stop::none) {
        known_->round.minds.recover();
        known_->round.motive.recover();
    }
    for (const auto& left : found) {
        out.words.insert(out.words.end(), {left.shortened, word(left.turns.size() / 2)});
        out.words.insert(out.words.end(), left.turns.begin(), left.turns.end());
        out.words.push_back(word(left.refused.size()));
        out.words.insert(out.words.end(), left.refused.begin(), left.refused.end());
    }
    out.words.push_back(word(met_.size()));
    for (const auto node : met_) describe(node, out);
    if (!meter_.mistake()) return out;
    known_.reset();
    return reply(*meter_.mistake());
}

/// The places of a tree: the start, then for each of the others the one before it and the act between them.
std::vector<NodeId> Leaver::replay(std::span<const std::int32_t> tree) {
    auto& minds = known_->round.minds;
    std::vector<NodeId> nodes{known_->round.start};
    for (std::size_t i = 0; i + 1 < tree.size(); i += 2) {
        const auto before = tree[i], act = tree[i + 1];
        if (before < 0 || static_cast<std::size_t>(before) >= nodes.size() || act < 0 ||
            static_cast<std::size_t>(act) >= minds.laws().acts.size())
            throw Mistake(Fault::malformed);
        nodes.push_back(
            minds.after(nodes[static_cast<std::size_t>(before)], ActId(static_cast<std::uint32_t>(act))));
        meter_.step();
    }
    return nodes;
}

Leaver::Left Leaver::leave(NodeId node) {
    auto& round = known_->round;
    const auto found = ways(round.minds, round.motive, node, character_, epistemic_);
    Left left{found.cut, {}, {}};
    for (const auto act : found.taken)
        left.turns.insert(left.turns.end(),
                          {static_cast<std::int64_t>(act), number(round.minds.after(node, act))});
    for (const auto act : found.refused) left.refused.push_back(static_cast<std::int64_t>(act));
    return left;
}

/// Where the node stands among those met in this call.
std::int64_t Leaver::number(NodeId node) {
    const auto level = static_cast<std::size_t>(node) & ((1u << 28) - 1);
    if (met_at_.size() <= level) met_at_.resize(level + 1, -1);
    if (met_at_[level] < 0) {
        met_at_[level] = word(met_.size());
        met_.push_back(node);
    }
    return met_at_[level];
}

void Leaver::describe(NodeId node, Reply& out) {
    const auto& minds = known_->round.minds;
    const auto& layout = minds.laws().layout;
    const auto [high, low] = digest(node);
    out.words.insert(out.words.end(), {static_cast<std::int64_t>(high), static_cast<std::int64_t>(low)});
    out.numbers.push_back(minds.author_worth(node));
    for (std::uint32_t c = 0; c < problem_->characters; ++c)
        out.numbers.push_back(minds.worth(node, CharacterId(c)));
    const auto *start = minds.view(known_->round.start).words, *here = minds.view(node).words;
    const auto list = out.words.size();
    out.words.push_back(0);
    for (std::uint32_t f = 0; f < layout.size(); ++f) {
        const auto fluent = FluentId(f);
        if (layout.get(start, fluent) == layout.get(here, fluent)) continue;
        ++out.words[list];
        out.words.push_back(f);
        out.numbers.push_back(layout.value(fluent, layout.get(here, fluent)));
    }
    const auto holds = out.words.size();
    out.words.push_back(0);
    for (std::size_t i = 0; i < minds.laws().beats.size(); ++i) {
        if (!minds.beat(node, i)) continue;
        ++out.words[holds];
        out.words.push_back(word(i));
    }
}

/// Beliefs form a graph in which every state stands once; walked breadth-first from the same state, character
/// by character, it always reads the same.
Digest Leaver::digest(NodeId root) const {
    const auto& minds = known_->round.minds;
    const auto& layout = minds.laws().layout;
    std::vector<NodeId> order{root};
    std::unordered_map<NodeId, std::size_t> places{{root, 0}};
    Stirred sum;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto view = minds.view(order[i]);
        if (Minds::broken(order[i])) sum.add(std::uint64_t{0});
        for (std::uint32_t f = 0; f < layout.size(); ++f)
            sum.add(layout.value(FluentId(f), layout.get(view.words, FluentId(f))));
        for (std::size_t slot = 0; view.minds && slot < minds.store().minds(); ++slot) {
            const auto mind = view.minds[slot];
            if (mind == NodeId::none) {
                sum.add(~std::uint64_t{0});
                continue;
            }
            const auto [found, fresh] = places.try_emplace(mind, order.size());
            if (fresh) order.push_back(mind);
            sum.add(std::uint64_t{found->second});
        }
    }
    return sum.sum();
}

}  // namespace fabula
