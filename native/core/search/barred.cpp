// A walk through what she can imagine, breadth first, as if everybody did anything.
#include "core/search/barred.hpp"

#include <algorithm>
#include <unordered_set>

namespace fabula {
namespace {

/// So many imagined states are looked at; what is further away than that hardly crosses anybody's mind.
constexpr std::size_t many = 2'000;
/// Where plans may have any length, these are as long as anybody likes.
constexpr int far = 60;

/// One search for such a plan.
class Imagining {
  public:
    Imagining(Round& round, NodeId mind, CharacterId who, int deep)
        : round_(round),
          minds_(round.minds),
          mind_(mind),
          who_(who),
          deep_(deep),
          before_(minds_.worth(mind, who)),
          distance_(round.world.estimates.of(static_cast<int>(who))) {}

    std::optional<Barred> from(ActId act) {
        if (is_unknown(before_) || !minds_.possible(mind_, act)) return {};
        auto& aim = distance_.aim(before_, true);
        add(minds_.after(mind_, act), 0, act, 1);
        for (std::uint32_t at = 0; at < fronts_.size(); ++at) {
            round_.meter.step();
            const auto front = fronts_[at];
            if (const auto worth = minds_.worth(front.node, who_); worth > before_) {
                const auto plan = trace(at);
                if (auto found = needless(plan, worth) ? std::nullopt : refusal(plan)) return found;
            }
            const int left = (round_.character < 0 ? far : round_.character) - front.length - 1;
            if (left < 0 || seen_.size() > many) continue;
            minds_.possible(front.node, acts_);
            for (const auto further : acts_) {
                if (minds_.laws().acts[index(further)].consenting.empty()) continue;
                const auto after = minds_.after(front.node, further);
                if (Minds::broken(after)) continue;
                // Where nothing can come of it, whoever does what, there is no such plan.
                const auto body = distance_.body(minds_.store(), after);
                if (distance_.measure(aim, body, left) <= left) add(after, at, further, front.length + 1);
            }
        }
        return {};
    }

  private:
    struct Front {
        NodeId node;
        std::uint32_t from;
        ActId act;
        int length;
    };

    void add(NodeId node, std::uint32_t from, ActId act, int length) {
        if (seen_.insert(node).second) fronts_.push_back({node, from, act, length});
    }

    std::vector<ActId> trace(std::uint32_t at) const {
        std::vector<ActId> plan;
        for (auto left = fronts_[at].length; left > 0; --left) {
            plan.push_back(fronts_[at].act);
            at = fronts_[at].from;
        }
        std::ranges::reverse(plan);
        return plan;
    }

    /// Whether it would bring as much to leave out one of the acts, and whatever that made possible.
    bool needless(const std::vector<ActId>& plan, double worth) {
        for (std::size_t out = 0; out < plan.size(); ++out) {
            auto node = mind_;
            for (std::size_t i = 0; i < plan.size(); ++i)
                if (i != out && minds_.possible(node, plan[i])) node = minds_.after(node, plan[i]);
            if (minds_.worth(node, who_) >= worth) return true;
        }
        return false;
    }

    /// The first act after the first for which another has no reason, in her eyes.
    std::optional<Barred> refusal(const std::vector<ActId>& plan) {
        auto node = minds_.after(mind_, plan[0]);
        for (std::size_t i = 1; i < plan.size(); ++i) {
            std::vector<CharacterId> by;
            const int left = round_.character < 0 ? -1 : round_.character - static_cast<int>(i);
            for (const auto other : minds_.laws().acts[index(plan[i])].consenting)
                if (other != who_ && round_.motive.explained(minds_.mind(node, other), other, plan[i], left,
                                                             deep_ - 1) != Motive::Verdict::yes)
                    by.push_back(other);
            if (!by.empty()) return Barred{plan, plan[i], std::move(by)};
            node = minds_.after(node, plan[i]);
        }
        return {};
    }

    Round& round_;
    Minds& minds_;
    NodeId mind_;
    CharacterId who_;
    int deep_;
    double before_;
    Distance& distance_;
    std::vector<Front> fronts_;
    std::unordered_set<NodeId> seen_;
    std::vector<ActId> acts_;
};

}  // namespace

std::optional<Barred> barred(Round& round, NodeId mind, CharacterId who, ActId act, int deep) {
    return Imagining(round, mind, who, deep).from(act);
}

}  // namespace fabula
