// Reasons.
#include "core/search/motive.hpp"

#include <algorithm>
#include <bit>
#include <exception>

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
    Announcement(Memory& memory, std::uint64_t key, bool needed)
        : memory_(memory), key_(key), needed_(needed) {
        if (needed_) memory_.known.put(key_, Verdict::busy);
    }
    ~Announcement() {
        if (needed_ && std::uncaught_exceptions() > before_) memory_.known.put(key_, Verdict::unasked);
    }
    Announcement(const Announcement&) = delete;
    Announcement& operator=(const Announcement&) = delete;

  private:
    Memory& memory_;
    std::uint64_t key_;
    bool needed_;
    int before_ = std::uncaught_exceptions();
};

Motive::Verdict Motive::known(NodeId mind, CharacterId who, ActId act, int acts, int deep, Busy busy) {
    acts = deep < 0 ? 1 : std::max(acts, 1);
    deep = acts == 1 ? -1 : std::min(deep, acts - 1);  // with one act, nobody else is asked
    const auto key = memo_key(mind, who, act, acts, deep);
    const auto known = memory_->known.find(key).value_or(Verdict::unasked);
    const bool open = known == Verdict::unasked || known == Verdict::busy;
    if (!open && (known != Verdict::unsure || !precise_)) return known;
    if (known == Verdict::busy && busy == Busy::leave) return known;
    const Announcement busy_with(*memory_, key, meter_.shared() && acts >= worth_announcing);
    const auto verdict = find(mind, who, act, acts, deep, nullptr);
    memory_->known.put(key, verdict);
    return verdict;
}

std::vector<ActId> Motive::plan(NodeId mind, CharacterId who, ActId act, int& acts, int deep) {
    std::vector<ActId> plan;
    if (one_will_do(acts, deep)) {
        acts = deep < 0 ? 1 : std::max(acts, 1);
        find(mind, who, act, acts, std::min(deep, acts - 1), &plan);
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
                             std::vector<ActId>* plan) {
    if (!minds_.possible(mind, act)) return Verdict::no;
    Question question{who,  minds_.worth(mind, who), acts, deep, mind, nullptr, nullptr, 0, false, 0, false,
                      {act}};
    if (is_unknown(question.before)) return Verdict::no;
    question.distance = &estimates_.of(static_cast<int>(who));
    question.aim = &question.distance->aim(question.before, true);
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
        if (!walk(question, first, 1, SetId::any)) continue;
        question.length = static_cast<int>(question.plan.size());
        question.shadowed = !minimal(question);
        if (!question.shadowed) return reason_found(question, plan);
    }
    if (!question.shadowed) return hopeless(question, body);
    for (const int length : {static_cast<int>(question.plan.size()), acts}) {
        question.length = length;
        question.plan = {act};
        if (walk(question, first, 1, memory_->sets.intern({mind}))) return reason_found(question, plan);
    }
    return hopeless(question, body);
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
    if (!known) return false;
    const auto& plan = **known;
    if (static_cast<int>(plan.size()) > question.acts) return false;
    auto node = minds_.after(question.start, act);
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

const Motive::Plan* Motive::Memory::keep(std::span<const ActId> plan) {
    const Gate::Pass pass(gate, true);
    tally.take(sizeof(Plan) + plan.size_bytes());
    return &plans.emplace_back(plan.begin(), plan.end());
}

/// A hint is tried before it is believed: it does no harm that two may have the same key.
std::uint64_t Motive::hint_key(const Question& question, ActId act, BodyId body) {
    const auto what = (static_cast<std::uint64_t>(question.who) << 32) | static_cast<std::uint64_t>(act);
    return scatter(scatter(what) ^ question.distance->sign(body));
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
            if (!known || !std::ranges::equal(**known, rest)) memory_->hints.put(key, memory_->keep(rest));
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

Motive::FailKey Motive::fail_key(const Question& question, NodeId node, int done, SetId shadows) const {
    const auto limit = static_cast<std::uint64_t>(question.acts - done);
    // What fails without shadows fails also with fewer acts left: the most that failed is the value.
    const auto left = shadows == SetId::any ? 0 : static_cast<std::uint64_t>(question.length - done);
    return {(static_cast<std::uint64_t>(node) << 32) | static_cast<std::uint64_t>(shadows),
            (static_cast<std::uint64_t>(question.context) << 32) | (limit << 8) | left};
}

/// Go on from `node`, reached by `done` acts, to an end within the length that is allowed now.
bool Motive::walk(Question& question, NodeId node, int done, SetId shadows) {
    if (Minds::broken(node)) return false;  // the last act cannot happen
    if (good_end(question, node, shadows)) return true;
    const auto left = static_cast<std::uint8_t>(question.length - done);
    if (left == 0) return false;
    if (question.shadowed && std::ranges::binary_search(memory_->sets.members(shadows), node)) {
        question.met = true;  // this failure depends on the shadows
        return false;
    }
    const auto plain_key = fail_key(question, node, done, SetId::any);
    const auto key = fail_key(question, node, done, shadows);
    if (const auto most = memory_->failed.find(plain_key); most && *most >= left) return false;
    if (question.shadowed && memory_->failed.find(key)) {
        question.met = true;
        return false;
    }
    meter_.step();
    if (lists_lent_ == option_lists_.size()) option_lists_.emplace_back();
    auto& list = option_lists_[lists_lent_++];
    options(question, node, question.length - done - 1, list);
    const bool met_before = question.met;
    question.met = ends(question, node);
    bool found = false;
    const auto all = list.size();
    for (std::size_t i = 0; !found && i < list.size(); ++i) {
        const auto act = list[i].act;
        const int limit = question.acts - done;
        // What another thread is busy with comes last: it may be known by then (Weill 1996).
        const auto busy = i < all ? Busy::leave : Busy::join;
        const auto verdict = willing(node, act, static_cast<int>(question.who), limit, question.deep, busy);
        if (verdict == Verdict::busy) list.push_back(Option(list[i]));
        if (verdict != Verdict::yes) continue;
        const auto next = minds_.after(node, act);
        const auto more = question.shadowed ? lengthen(question, node, shadows, act, done) : SetId::any;
        question.plan.push_back(act);
        found = walk(question, next, done + 1, more);
        if (!found) question.plan.pop_back();
    }
    --lists_lent_;
    // What never came to an improvement fails whatever the shadows are.
    if (!found) memory_->failed.raise(question.met ? key : plain_key, left);
    question.met |= met_before;
    return found;
}

bool Motive::ends(const Question& question, NodeId node) const {
    return minds_.worth(node, question.who) > question.before;
}

bool Motive::good_end(Question& question, NodeId node, SetId shadows) {
    const auto value = minds_.worth(node, question.who);
    if (!(value > question.before)) return false;
    question.met = true;
    if (!question.shadowed) return true;
    return std::ranges::none_of(memory_->sets.members(shadows),
                                [&](NodeId shadow) { return minds_.worth(shadow, question.who) == value; });
}

/// Whether nothing in the plan that was found may be left out.
bool Motive::minimal(Question& question) {
    if (nothing_shorter(question)) return true;
    const auto plan = question.plan;
    auto node = minds_.after(question.start, plan[0]);
    auto shadows = memory_->sets.intern({question.start});
    question.shadowed = true;
    for (std::size_t i = 1; i < plan.size(); ++i) {
        shadows = lengthen(question, node, shadows, plan[i], static_cast<int>(i));
        node = minds_.after(node, plan[i]);
    }
    const bool good = good_end(question, node, shadows);
    question.shadowed = false;
    return good;
}

/// Whether no part of the plan could lead to as much even if everybody did everything; that is quickly seen.
bool Motive::nothing_shorter(Question& question) {
    constexpr std::size_t many = 64;
    const auto plan = question.plan;
    auto node = question.start;
    std::vector<NodeId> shadows;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const int left = static_cast<int>(plan.size() - i) - 1;
        const auto alive = [&](NodeId shadow) {
            const auto body = question.distance->body(minds_.store(), shadow);
            return question.distance->measure(*question.aim, body, left) <= left;
        };
        std::vector<NodeId> next;
        if (alive(node)) next.push_back(node);
        for (const auto shadow : shadows) {
            if (alive(shadow)) next.push_back(shadow);
            if (!minds_.possible(shadow, plan[i])) continue;
            if (const auto after = minds_.after(shadow, plan[i]); alive(after)) next.push_back(after);
        }
        if (next.size() > many) return false;
        std::ranges::sort(next);
        next.erase(std::ranges::unique(next).begin(), next.end());
        shadows = std::move(next);
        node = minds_.after(node, plan[i]);
    }
    const auto value = minds_.worth(node, question.who);
    return std::ranges::none_of(shadows, [&](NodeId s) { return minds_.worth(s, question.who) == value; });
}

/// The shadows after one more act: each stays, or takes the act if it can and all are willing; and here joins
/// them. Those that cannot come to an improvement any more can spoil nothing and are dropped.
SetId Motive::lengthen(Question& question, NodeId node, SetId shadows, ActId act, int done) {
    std::vector<NodeId> found;
    const int left = question.length - done - 1;
    const auto keep = [&](NodeId shadow) {
        const auto body = question.distance->body(minds_.store(), shadow);
        if (question.distance->measure(*question.aim, body, left) <= left) found.push_back(shadow);
    };
    keep(node);
    const auto old = memory_->sets.members(shadows);
    for (const auto shadow : old) {
        keep(shadow);
        if (!minds_.possible(shadow, act)) continue;
        if (willing(shadow, act, static_cast<int>(question.who), question.acts - done, question.deep) ==
            Verdict::yes)
            keep(minds_.after(shadow, act));
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return memory_->sets.intern(std::move(found));
}

/// The acts that are possible in the node, that somebody would have to choose, and that bodies can follow
/// with `left` more.
void Motive::options(Question& question, NodeId node, int left, std::vector<Option>& found) {
    found.clear();
    auto& distance = *question.distance;
    const auto& acts = minds_.laws().acts;
    const auto& plain = minds_.laws().plain;
    const auto body = distance.body(minds_.store(), node);
    for (const auto& course : distance.courses(*question.aim, body, left))
        if (plain[index(course.act)] || minds_.possible(node, course.act)) found.push_back(course);
    const auto here = distance.measure(*question.aim, body, left);
    if (here > left) return;
    minds_.possible(node, possible_);
    std::erase_if(possible_,
                  [&](ActId act) { return distance.matters(act) || acts[index(act)].consenting.empty(); });
    // They leave bodies where they are; of those equally far they come last.
    auto at = std::ranges::upper_bound(found, here, {}, &Option::rest);
    for (const auto act : possible_) at = found.insert(at, {here, act}) + 1;
}

}  // namespace fabula
