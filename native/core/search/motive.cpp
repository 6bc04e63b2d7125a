// From a question about reasons to its answer.
#include "core/search/motive.hpp"

#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

namespace fabula {
namespace {

/// Questions about fewer acts are answered sooner than announced.
constexpr int worth_announcing = 4;

}  // namespace

Motive::Motive(Minds& minds, Estimates& estimates, Meter& meter, bool best)
    : minds_(minds),
      estimates_(estimates),
      meter_(meter),
      memory_(std::make_shared<Memory>(meter)),
      best_(best),
      conceive_(*this, minds, estimates, meter, best) {
    std::uint32_t next = 0;
    for (const auto& act : minds.laws().acts) {
        consent_base_.push_back(next);
        next += static_cast<std::uint32_t>(act.consenting.size());
    }
    if (next >= (1u << 22)) throw Mistake(Fault::beyond);
}

Motive::Motive(const Motive& other, Minds& minds, Estimates& estimates, Meter& meter)
    : minds_(minds),
      estimates_(estimates),
      meter_(meter),
      memory_(other.memory_),
      contexts_(other.contexts_),
      consent_base_(other.consent_base_),
      best_(other.best_),
      conceive_(*this, minds, estimates, meter, other.best_) {}

std::uint64_t Motive::memo_key(NodeId mind, CharacterId who, ActId act, int acts, int deep) const {
    const auto& consenting = minds_.laws().acts[index(act)].consenting;
    const auto place = std::ranges::find(consenting, who) - consenting.begin();
    const auto pair = consent_base_[index(act)] + static_cast<std::uint64_t>(place);
    return (static_cast<std::uint64_t>(mind) << 32) | (pair << 10) | (static_cast<std::uint64_t>(acts) << 4) |
           static_cast<std::uint64_t>(deep + 1);
}

/// Whether any good plan is a reason, and its limits fit the keys.
bool Motive::one_will_do(int acts, int deep) const noexcept {
    constexpr int most_acts = 63, most_deep = 14;
    if (best_) return false;
    return deep < 0 || (acts >= 0 && acts <= most_acts && std::min(deep, acts - 1) <= most_deep);
}

Motive::Verdict Motive::explained(NodeId mind, CharacterId who, ActId act, int acts, int deep, Busy busy) {
    if (one_will_do(acts, deep)) return known(mind, who, act, acts, deep, busy);
    const auto found = conceive_.reason(mind, who, act, acts, deep);
    return found.good ? Verdict::yes : found.cut ? Verdict::cut : Verdict::no;
}

bool Motive::found(NodeId mind, CharacterId who, ActId act, int acts, int deep) {
    return one_will_do(acts, deep) && known(mind, who, act, acts, deep, Busy::join) == Verdict::yes;
}

/// Tells other threads who is busy with a question, until it is answered or given up.
class Motive::Announcement {
  public:
    Announcement(Verdicts& known, const Together& together)
        : known_(known), key_(together.key), needed_(key_ != Together::alone && !together.second) {
        if (needed_) known_.put(key_, Verdict::busy);
    }
    ~Announcement() {
        if (needed_ && std::uncaught_exceptions() > before_) known_.put(key_, Verdict::unasked);
    }
    Announcement(const Announcement&) = delete;
    Announcement& operator=(const Announcement&) = delete;

  private:
    Verdicts& known_;
    std::uint64_t key_;
    bool needed_;
    int before_ = std::uncaught_exceptions();
};

Motive::Verdict Motive::known(NodeId mind, CharacterId who, ActId act, int acts, int deep, Busy busy) {
    acts = deep < 0 ? 1 : std::max(acts, 1);
    deep = acts == 1 ? -1 : std::min(deep, acts - 1);  // with one act, nobody else is asked
    const auto key = memo_key(mind, who, act, acts, deep);
    const auto known = verdicts().find(key).value_or(Verdict::unasked);
    const bool open = known == Verdict::unasked || known == Verdict::busy;
    if (!open && (known != Verdict::unsure || !precise_)) return known;
    if (known == Verdict::busy && busy == Busy::leave) return known;
    Together together;
    if (meter_.shared() && acts >= worth_announcing) together = {key, known == Verdict::busy};
    const Announcement busy_with(verdicts(), together);
    const auto verdict = find(mind, who, act, acts, deep, nullptr, together);
    verdicts().put(key, verdict);
    return verdict;
}

std::vector<int> smaller_limits(int most) {
    std::vector<int> found;
    for (int limit = 1, before = 1; limit < most; before = std::exchange(limit, limit + before))
        found.push_back(limit);
    return found;
}

// What is told must not depend on what was asked before, so plans that are remembered are of no use. What is
// a reason under smaller limits is found sooner, and mostly is one.
std::vector<ActId> Motive::plan(NodeId mind, CharacterId who, ActId act, int& acts, int deep) {
    std::vector<ActId> plan;
    if (one_will_do(acts, deep)) {
        acts = deep < 0 ? 1 : std::max(acts, 1);
        deep = std::min(deep, acts - 1);
        for (const int fewer : smaller_limits(acts)) {
            if (known(mind, who, act, fewer, deep, Busy::join) != Verdict::yes) continue;
            find(mind, who, act, fewer, std::min(deep, fewer - 1), &plan, {});
            if (good(mind, who, plan, acts, deep)) return plan;
        }
        find(mind, who, act, acts, deep, &plan, {});
        return plan;
    }
    Conceive::Found found;
    plan = conceive_.plan(mind, who, act, acts, deep, found);
    acts = found.acts;
    return plan;
}

Motive::Verdict Motive::willing(NodeId node, ActId act, int owner, int acts, int deep, Busy busy) {
    auto all = Verdict::yes;
    // Oneself last: the others, one layer deeper, are cheaper to ask.
    for (const bool own : {false, true}) {
        for (const auto who : minds_.laws().acts[index(act)].consenting) {
            if ((static_cast<int>(who) == owner) != own) continue;
            const auto mind = own ? node : minds_.mind(node, who);
            const auto one = explained(mind, who, act, acts, own ? deep : deep - 1, busy);
            if (one == Verdict::busy)
                all = one;  // unless somebody else would not
            else if (one != Verdict::yes)
                return one;
        }
    }
    return all;
}

Motive::Verdict Motive::find(NodeId mind, CharacterId who, ActId act, int acts, int deep,
                             std::vector<ActId>* plan, const Together& together) {
    if (!minds_.possible(mind, act)) return Verdict::no;
    auto question = ask(mind, who, acts, deep);
    question.together = together;
    if (is_unknown(question.before)) return Verdict::no;
    // Bodies first: most acts lead nowhere, and to see that takes no state with minds.
    const auto before = question.distance->body(minds_.store(), mind);
    const auto body = question.distance->after(before, act);
    if (question.distance->measure(*question.aim, body, acts - 1) > acts - 1) return hopeless(question, body);
    question.context = context(who, question.before, deep);
    // What is printed must not depend on what was asked before.
    if (!plan && acts > 1 && remembered(question, act, before)) return Verdict::yes;
    question.plan = {act};
    const auto first = minds_.after(mind, act);
    // The shortest that bodies allow, then all at once: what fails is looked at only once.
    for (const int length : {question.distance->measure(*question.aim, body, acts - 1) + 1, acts}) {
        if (question.shadowed) break;
        question.length = length;
        if (!walk(question, first, 1, SetId::any)) {
            if (question.answered) return *question.answered;
            continue;
        }
        question.length = static_cast<int>(question.plan.size());
        question.shadowed = !minimal(question);
        if (!question.shadowed) return reason_found(question, plan);
    }
    if (!question.shadowed) return hopeless(question, body);
    for (const int length : {static_cast<int>(question.plan.size()), acts}) {
        question.length = length;
        question.plan = {act};
        if (walk(question, first, 1, memory_->sets.intern({mind}))) return reason_found(question, plan);
        if (question.answered) return *question.answered;
    }
    return hopeless(question, body);
}

Motive::Question Motive::ask(NodeId mind, CharacterId who, int acts, int deep) {
    Question question{who, minds_.worth(mind, who), acts, deep, mind, &estimates_.of(static_cast<int>(who))};
    if (!is_unknown(question.before)) question.aim = &question.distance->aim(question.before, true);
    return question;
}

Motive::Verdict Motive::reason_found(const Question& question, std::vector<ActId>* plan) {
    if (question.plan.size() > 1) remember(question);
    if (plan) *plan = question.plan;
    return Verdict::yes;
}

Motive::Verdict Motive::hopeless(Question& question, BodyId body) {
    if (!precise_) return Verdict::unsure;
    return question.distance->unreachable(*question.aim, body) ? Verdict::no : Verdict::cut;
}

/// Whether a plan that was a reason before, where bodies were the same, is one here.
bool Motive::remembered(Question& question, ActId act, BodyId body) {
    const auto known = memory_->hints.find(hint_key(question, act, body));
    return known && static_cast<int>((*known)->size()) <= question.acts && good(question, **known);
}

bool Motive::good(NodeId mind, CharacterId who, const Plan& plan, int acts, int deep) {
    auto question = ask(mind, who, acts, deep);
    question.context = context(who, question.before, deep);
    return good(question, plan);
}

/// Whether a plan that begins with a possible act is a reason.
bool Motive::good(Question& question, const Plan& plan) {
    auto node = minds_.after(question.start, plan[0]);
    for (std::size_t i = 1; i < plan.size(); ++i) {
        if (!minds_.possible(node, plan[i])) return false;
        const int limit = question.acts - static_cast<int>(i);
        if (willing(node, plan[i], static_cast<int>(question.who), limit, question.deep) != Verdict::yes)
            return false;
        node = minds_.after(node, plan[i]);
    }
    if (!(minds_.worth(node, question.who) > question.before)) return false;
    question.plan = plan;
    question.length = static_cast<int>(plan.size());
    return minimal(question);
}

const Motive::Plan* Motive::Memory::keep(std::uint64_t key, std::span<const ActId> plan) {
    const Gate::Pass pass(gate, true);
    tally.take(sizeof(Hint) + plan.size_bytes());
    const auto& made = plans.emplace_back(key, Plan(plan.begin(), plan.end()));
    kept.store(plans.size(), std::memory_order_relaxed);
    return &made.second;
}

/// A hint is tried before it is believed: it does no harm that two may have the same key.
std::uint64_t Motive::hint_key(const Question& question, ActId act, BodyId body) {
    const auto what = (static_cast<std::uint64_t>(question.who) << 32) | static_cast<std::uint64_t>(act);
    return scatter(scatter(what) ^ question.distance->sign(body));
}

void Motive::learn() {
    auto* const teacher = memory_->teacher;
    if (!teacher || teacher->kept.load(std::memory_order_relaxed) == learned_) return;
    std::vector<const Hint*> fresh;
    {
        const Gate::Pass pass(teacher->gate, true);
        for (; learned_ < teacher->plans.size(); ++learned_) fresh.push_back(&teacher->plans[learned_]);
    }
    for (const auto* hint : fresh) memory_->hints.put(hint->first, &hint->second);
}

void Motive::remember(const Question& question) {
    auto node = question.start;
    for (std::size_t i = 0; i < question.plan.size(); ++i) {
        const auto act = question.plan[i];
        const auto& consenting = minds_.laws().acts[index(act)].consenting;
        if (std::ranges::find(consenting, question.who) != consenting.end()) {
            const auto body = question.distance->body(minds_.store(), node);
            const auto rest = std::span(question.plan).subspan(i);
            const auto key = hint_key(question, act, body);
            const auto known = memory_->hints.find(key);
            if (!known || !std::ranges::equal(**known, rest))
                memory_->hints.put(key, memory_->keep(key, rest));
        }
        node = minds_.after(node, act);
    }
}

std::uint32_t Motive::context(CharacterId who, double before, int deep) {
    const auto key = std::tuple(static_cast<std::uint32_t>(who), std::bit_cast<std::uint64_t>(before), deep);
    if (const auto known = contexts_.find(key); known != contexts_.end()) return known->second;
    const Gate::Pass pass(memory_->gate, true);
    auto& all = memory_->contexts;
    const auto number = all.try_emplace(key, static_cast<std::uint32_t>(all.size())).first->second;
    return contexts_[key] = number;
}

}  // namespace fabula
