// Would she do it? The search for the plan, in her own mind, for whose sake a character does an act.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/memo.hpp"
#include "core/base/sets.hpp"
#include "core/estimate/distance.hpp"
#include "core/minds/minds.hpp"
#include "core/search/conceive.hpp"

namespace fabula {

/// Limits on explanations, all below the most, that grow as the Fibonacci numbers: few of them cover many.
std::vector<int> smaller_limits(int most);

/// Answers who would do what, and why.
///
/// Behaves like the definition of *explained*; the search asks it about every act that somebody must consent
/// to; it remembers each answer by (mind, character, act, acts left, layers left). It looks for plans of one
/// length after the other. A first walk ignores that plans must be minimal: if it finds nothing there is no
/// reason. If what it finds is minimal there is one. Only otherwise a second walk carries the exact set of
/// *shadows*: the states to which parts of the plan lead when one or more of its acts are left out.
/// Where one good plan is no answer, it asks Conceive.
class Motive {
  public:
    /// `best`: only a best plan is a reason.
    Motive(Minds& minds, Estimates& estimates, Meter& meter, bool best = false);

    /// For another thread: the same memories.
    Motive(const Motive& other, Minds& minds, Estimates& estimates, Meter& meter);

    /// cut: no, but limits left something unseen; unsure: no, and that was not looked into; busy: another
    /// thread is finding out.
    enum class Verdict : std::uint8_t { unasked, yes, no, cut, unsure, busy };
    /// What to do about a question that another thread is busy with: find out as well, each from what the
    /// other has not yet come to, or leave it.
    enum class Busy : std::uint8_t { join, leave };

    /// Whether the character has a plan of at most `acts` acts (below 0: of any length), in `mind`, that
    /// begins with the act. `deep`: on how many layers further inside plans may also have more than one act;
    /// below 0: hers has one act only.
    Verdict explained(NodeId mind, CharacterId who, ActId act, int acts, int deep, Busy busy = Busy::join);
    /// Whether a walk finds such a plan; no, too, where it cannot look for it.
    bool found(NodeId mind, CharacterId who, ActId act, int acts, int deep);
    /// The first such plan, shortest first; empty if there is none. `acts` becomes the limit that it was
    /// found under.
    std::vector<ActId> plan(NodeId mind, CharacterId who, ActId act, int& acts, int deep);
    /// Whether all who consent to the act in the node would do it; `owner` below 0: the node is the real
    /// state.
    Verdict willing(NodeId node, ActId act, int owner, int acts, int deep, Busy busy = Busy::join);
    /// Another world of the same problem, which stays: the plans that are reasons there are tried here, too.
    void learn_from(const Motive& other) noexcept { memory_->teacher = other.memory_.get(); }
    /// Take over those that have come since the last time.
    void learn();
    /// Whether to tell `cut` and `no` apart from now on.
    void be_precise(bool precise = true) noexcept { precise_ = precise; }
    /// Whether others can answer for this one: not where they would see more or less (precise), and not where
    /// all plans are compared.
    bool can_be_shared() const noexcept { return !precise_ && !best_; }
    /// Make good what an exception in the middle of a question has left behind.
    void recover() noexcept { lists_lent_ = 0; }

  private:
    /// Two threads may find out together: the second comes from the other end, and both stop when one is
    /// done.
    struct Together {
        static constexpr std::uint64_t alone = ~std::uint64_t{0};
        std::uint64_t key = alone;  ///< of what is announced
        bool second = false;
    };
    struct Question {
        CharacterId who;
        double before;  ///< her utility at the start
        int acts;       ///< limit
        int deep;
        NodeId start;
        Distance* distance;
        Distance::Aim* aim = nullptr;  ///< none where her utility is unknown
        std::uint32_t context = 0;     ///< of who, before and deep
        bool shadowed = false;         ///< shadows are carried
        int length = 0;                ///< of the plans that are looked for now
        bool met = false;              ///< the walk came to an improvement
        Together together{};
        std::optional<Verdict> answered{};  ///< by the other thread
        std::vector<ActId> plan{};
    };
    struct FailKey {
        std::uint64_t where = 0;  ///< node and set
        std::uint64_t what = 0;   ///< context, limit left, acts left
        bool operator==(const FailKey&) const = default;
    };
    struct FailHash {
        std::uint64_t operator()(const FailKey& key) const noexcept {
            return scatter(key.where ^ scatter(key.what));
        }
    };
    class Announcement;
    using Option = Distance::Course;
    /// By character, what her utility was, and layers: a number.
    using Contexts = std::map<std::tuple<std::uint32_t, std::uint64_t, int>, std::uint32_t>;
    using Plan = std::vector<ActId>;
    using Hint = std::pair<std::uint64_t, Plan>;
    using Verdicts = Memo<std::uint64_t, Verdict>;
    /// What is remembered for all threads.
    struct Memory {
        explicit Memory(Meter& meter)
            : sets(meter),
              known{Verdicts(meter), Verdicts(meter)},
              failed(meter),
              hints(meter),
              tally(meter) {}
        const Plan* keep(std::uint64_t key, std::span<const ActId> plan);

        Sets sets;
        /// If everything can happen, and if only the usual can: what is told of limits must not depend on
        /// what was asked before.
        Verdicts known[2];
        Memo<FailKey, std::uint8_t, FailHash> failed;
        /// By character, act and what is seen of the body: the plan that last was a reason. It is tried
        /// before any search.
        Memo<std::uint64_t, const Plan*> hints;
        Gate gate;  ///< before what follows
        Contexts contexts;
        Tally tally;
        std::deque<Hint> plans;  ///< as they came
        std::atomic<std::size_t> kept{0};
        Memory* teacher = nullptr;
    };

    Verdicts& verdicts() noexcept { return memory_->known[estimates_.usual()]; }
    bool one_will_do(int acts, int deep) const noexcept;
    Verdict known(NodeId mind, CharacterId who, ActId act, int acts, int deep, Busy busy);
    Verdict find(NodeId mind, CharacterId who, ActId act, int acts, int deep, std::vector<ActId>* plan,
                 const Together& together);
    bool answered(Question& question);
    bool walk(Question& question, NodeId node, int done, SetId shadows);
    bool ends(const Question& question, NodeId node) const;
    bool good_end(Question& question, NodeId node, SetId shadows);
    bool minimal(Question& question);
    bool nothing_shorter(Question& question);
    Question ask(NodeId mind, CharacterId who, int acts, int deep);
    bool remembered(Question& question, ActId act, BodyId body);
    bool good(NodeId mind, CharacterId who, const Plan& plan, int acts, int deep);
    bool good(Question& question, const Plan& plan);
    void remember(const Question& question);
    static std::uint64_t hint_key(const Question& question, ActId act, BodyId body);
    Verdict reason_found(const Question& question, std::vector<ActId>* plan);
    Verdict hopeless(Question& question, BodyId body);
    SetId lengthen(Question& question, NodeId node, SetId shadows, ActId act, int done);
    void options(Question& question, NodeId node, int left, std::vector<Option>& found);
    FailKey fail_key(const Question& question, NodeId node, int done, SetId shadows) const;
    std::uint32_t context(CharacterId who, double before, int deep);
    std::uint64_t memo_key(NodeId mind, CharacterId who, ActId act, int acts, int deep) const;

    Minds& minds_;
    Estimates& estimates_;
    Meter& meter_;
    std::shared_ptr<Memory> memory_;
    Contexts contexts_;                        ///< as far as this thread has met them
    std::vector<std::uint32_t> consent_base_;  ///< by act: number of its first (act, consenting) pair
    std::deque<std::vector<Option>> option_lists_;
    std::size_t lists_lent_ = 0;
    std::size_t learned_ = 0;  ///< of the other world's hints
    std::vector<ActId> possible_;
    bool precise_ = false;
    bool best_;
    Conceive conceive_;
};

}  // namespace fabula
