// The walk through a mind: from state to state, to a plan from which nothing may be left out.
#include <algorithm>

#include "core/search/motive.hpp"

namespace fabula {

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
    if (answered(question)) return false;
    meter_.step();
    if (lists_lent_ == option_lists_.size()) option_lists_.emplace_back();
    auto& list = option_lists_[lists_lent_++];
    options(question, node, question.length - done - 1, list);
    const bool met_before = question.met;
    question.met = ends(question, node);
    bool found = false;
    const auto all = list.size();
    for (std::size_t i = 0; !found && !question.answered && i < list.size(); ++i) {
        const auto option = list[question.together.second && i < all ? all - 1 - i : i];
        const auto act = option.act;
        const int limit = question.acts - done;
        // What another thread is busy with comes last: it may be known by then (Weill 1996).
        const auto busy = i < all ? Busy::leave : Busy::join;
        const auto verdict = willing(node, act, static_cast<int>(question.who), limit, question.deep, busy);
        if (verdict == Verdict::busy) list.push_back(option);
        if (verdict != Verdict::yes) continue;
        const auto next = minds_.after(node, act);
        const auto more = question.shadowed ? lengthen(question, node, shadows, act, done) : SetId::any;
        question.plan.push_back(act);
        found = walk(question, next, done + 1, more);
        if (!found) question.plan.pop_back();
    }
    --lists_lent_;
    if (question.answered) return false;
    // What never came to an improvement fails whatever the shadows are.
    if (!found) memory_->failed.raise(question.met ? key : plain_key, left);
    question.met |= met_before;
    return found;
}

/// Whether the other thread has found out.
bool Motive::answered(Question& question) {
    if (question.together.key == Together::alone || question.answered) return question.answered.has_value();
    const auto known = verdicts().find(question.together.key).value_or(Verdict::unasked);
    if (known != Verdict::unasked && known != Verdict::busy) question.answered = known;
    return question.answered.has_value();
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
