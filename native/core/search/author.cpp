// Weighted A* over the states of the story.
#include "core/search/author.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace fabula {
namespace {

/// How many acts Insight may look at at once, and with each that the author looks at: about as long as that
/// takes.
constexpr std::uint64_t insight_first = 200'000, insight_more = 10'000;

/// Beyond that it does not matter how far it is.
constexpr int far_enough = 60;

/// When a question is so long under way that who helps joins in, and how many steps she takes for one of her
/// own, at first, before it waits until all of its rank were looked at.
constexpr std::chrono::milliseconds long_asked{2};
constexpr std::uint64_t helpers_patience = 20'000;

/// Where a plan has more shadows than that, everybody is asked at once.
constexpr std::size_t many_shadows = 5'000;
/// How many steps a question about one of them may take before the others are asked.
constexpr std::uint64_t reducers_patience = 2'000;

std::uint64_t key(Place place) { return (static_cast<std::uint64_t>(place.node) << 32) | place.beats; }

}  // namespace

Author::Author(Minds& minds, Estimates& estimates, Motive& motive, Meter& meter, NodeId start, double goal,
               int acts, int reasons, int deep, int weight, std::uint32_t cut)
    : Author(minds, estimates, motive, meter, start, Task{goal, reasons, deep, weight}, acts, nullptr) {
    if (cut)
        insight_.emplace(minds, estimates, meter, *aim_, cut, deep > 0 ? reasons : 1).allow(insight_first);
}

Author::Author(const Author& other, Minds& minds, Estimates& estimates, Motive& motive, Meter& meter)
    : Author(minds, estimates, motive, meter, other.first().node, other.task_, other.limit(), &other) {
    if (other.insight_)
        insight_.emplace(*other.insight_, minds, estimates, meter, *aim_).allow(insight_first);
}

Author::Author(Minds& minds, Estimates& estimates, Motive& motive, Meter& meter, NodeId start,
               const Task& task, int acts, const Author* first)
    : minds_(minds),
      motive_(motive),
      meter_(meter),
      distance_(estimates.of(-1)),
      task_(task),
      floor_(minds.author_worth(start)),
      acts_(acts),
      first_(first),
      tally_(meter),
      places_(meter),
      frontier_(meter, first) {
    // A story ends strictly above the start and at or above the goal.
    const bool above = !(task.goal > floor_ || is_unknown(floor_));
    aim_ = &distance_.aim(above ? floor_ : task.goal, above);
    entries_.push_back({{start, met(start, 0)}, 0, ActId{}, 0});
    places_[key(entries_[0].place)] = 0;
}

std::uint32_t Author::met(NodeId node, std::uint32_t beats) const {
    const auto all = minds_.laws().beats.size();
    while (beats < all && minds_.beat(node, beats)) ++beats;
    return beats;
}

Place Author::after(Place place, ActId act) {
    const auto node = minds_.after(place.node, act);
    return {node, met(node, place.beats)};
}

bool Author::told(Place place) const {
    const auto worth = minds_.author_worth(place.node);
    return place.beats == minds_.laws().beats.size() && worth >= task_.goal && worth > floor_;
}

bool Author::willing(NodeId node, ActId act) {
    return agreed(motive_.willing(node, act, -1, task_.reasons, task_.deep));
}

bool Author::agreed(Motive::Verdict verdict) {
    cut_ |= verdict == Motive::Verdict::cut || verdict == Motive::Verdict::unsure;
    return verdict == Motive::Verdict::yes;
}

int Author::measure(NodeId node, int cap) {
    const int far = distance_.measure(*aim_, distance_.body(minds_.store(), node), cap);
    return insight_ && far <= cap ? insight_->measure(node, cap) : far;
}

void Author::visit() {
    meter_.visit();
    if (insight_) insight_->allow(insight_more);
}

bool Author::in_reach() { return distance_.reachable(*aim_, distance_.body(minds_.store(), first().node)); }

void Author::leave(NodeId node) {
    cut_ |= !distance_.unreachable(*aim_, distance_.body(minds_.store(), node));
}

/// Queue what can be done there; who is stopped in the middle goes on from it when called again.
void Author::expand(std::uint32_t at) {
    const auto& entry = entries_[at];
    std::vector<ActId> possible;
    minds_.possible(entry.place.node, possible);
    // What changes nothing that bodies see comes last.
    std::ranges::stable_partition(possible, [this](ActId act) { return distance_.matters(act); });
    const int depth = entry.depth + 1;
    const int rest = std::max(0, rest_ - 1);  // at least
    for (; queued_ < possible.size(); ++queued_) enqueue({at, possible[queued_]}, depth, rest);
    queued_ = 0;
}

void Author::enqueue(const Frontier::Item& item, int depth, int rest) {
    if (!within_limit(depth, rest)) return;
    meter_.step();
    frontier_.push(depth + task_.weight * rest, rest, item);
}

/// How far it is after the act; never: nobody need do it. It is asked only as the act's turn comes, and no
/// further than that turn reaches, `room` (lazy A*, Tolpin et al. 2013): to look up to the limit may cost a
/// hundred times as much.
int Author::foresee(NodeId node, ActId act, int depth, int room) {
    const auto to = distance_.after(distance_.body(minds_.store(), node), act);
    int found = distance_.measure(*aim_, to, room);
    if (found <= room && insight_) found = insight_->measure(node, act, room);
    if (found <= room) return room;
    // How much further it is known to be depends on what was asked before.
    if (found < Distance::never && within_limit(depth, room + 1)) {
        if (limit() >= 0 || room < far_enough) return room + 1;
        // Without a limit of acts there is room for everything but what leads nowhere.
        return distance_.unreachable(*aim_, to) ? Distance::never : room;
    }
    const bool forbidden = found == Distance::never && insight_ && insight_->forbidden(node, act);
    cut_ = cut_ || !(forbidden || distance_.unreachable(*aim_, to));
    return Distance::never;
}

std::optional<std::vector<ActId>> Author::next() {
    while (true) {
        if (more()) {
            if (go_on()) return trace(opened_ - 1);
        } else {
            if (!frontier_.waiting()) return std::nullopt;
            if (!first_) throw Stopped(Stop::share);
            recall();
        }
    }
}

bool Author::hides() {
    while (!cut_ && more()) go_on();
    return cut_;
}

/// Open a place, or do an act; whether a story ends there.
bool Author::go_on() {
    if (opened_ < entries_.size()) return open();
    take();
    return false;
}

/// Look on from the newest place; whether a story ends there.
bool Author::open() {
    const auto& entry = entries_[opened_];
    const bool end = told(entry.place);
    if (limit() < 0 || entry.depth < limit())
        expand(opened_);
    else if (!end)
        cut_ = true;
    ++opened_;
    return end;
}

/// Do the act whose turn has come, if everybody would.
void Author::take() {
    if (first_) {
        motive_.learn();
        join();
    }
    const auto item = frontier_.top();
    if (first_ && goes_back()) return recall();
    const auto parent = entries_[item.parent];
    const int depth = parent.depth + 1;
    const int room = frontier_.distance();
    if (within_limit(depth, 0)) {
        if (const int far = foresee(parent.place.node, item.act, depth, room); far > room) {
            if (far == Distance::never) return frontier_.drop();
            meter_.step();  // who is stopped here finds the act where it was
            frontier_.drop();
            return frontier_.push(depth + task_.weight * far, far, item);
        }
    }
    visit();
    if (within_limit(depth, 0)) {
        // Reasons first: they are mostly known, since many states have the same minds in them.
        const auto would = soon(parent.place.node, item.act, patience_);
        if (!would) return frontier_.postpone();
        if (*would) arrive({after(parent.place, item.act), item.parent, item.act, depth}, room);
    } else {
        cut_ = true;
    }
    frontier_.drop();
}

/// Whether the act whose turn has come is of a higher rank, and some are still put off: who helps does those
/// first, since what comes later may be in vain.
bool Author::goes_back() {
    if (frontier_.rank() <= rank_) return false;
    if (frontier_.waiting()) return true;
    rank_ = frontier_.rank();
    patience_ = helpers_patience;
    return false;
}

/// Take up what was put off, with more patience.
void Author::recall() {
    frontier_.recall();
    patience_ *= 4;
}

/// Tell who helps what is asked from now on.
void Author::announce(NodeId node, ActId act) {
    asking_.store(nothing, std::memory_order_relaxed);
    since_.store(std::chrono::steady_clock::now().time_since_epoch().count(), std::memory_order_relaxed);
    asking_.store((static_cast<std::uint64_t>(node) << 32) | static_cast<std::uint64_t>(act),
                  std::memory_order_release);  // who reads it reads the node
}

/// Help with what is being asked, if it takes long: that is hardly ever in vain.
void Author::join() {
    using namespace std::chrono;
    const auto asked = first_->asked();
    if (!asked) return;
    const steady_clock::duration since(first_->since_.load(std::memory_order_relaxed));
    if (steady_clock::now().time_since_epoch() - since < long_asked) return;
    motive_.willing(asked->first, asked->second, -1, task_.reasons, task_.deep);
}

std::optional<std::pair<NodeId, ActId>> Author::asked() const noexcept {
    const auto asked = asking_.load(std::memory_order_acquire);
    if (asked == nothing) return std::nullopt;
    return std::pair(NodeId(static_cast<std::uint32_t>(asked >> 32)),
                     ActId(static_cast<std::uint32_t>(asked)));
}

/// Whether everybody would; nothing if that is not seen within so many steps (0: as many as it takes).
std::optional<bool> Author::soon(NodeId node, ActId act, std::uint64_t steps) {
    const Meter::Patience patience(meter_, steps);
    if (!first_ && minds_.meter().shared()) announce(node, act);
    const auto busy = first_ && steps == helpers_patience ? Motive::Busy::leave : Motive::Busy::join;
    try {
        const auto verdict = motive_.willing(node, act, -1, task_.reasons, task_.deep, busy);
        if (verdict == Motive::Verdict::busy) return std::nullopt;
        return agreed(verdict);
    } catch (const Stopped& stopped) {
        if (stopped.reason != Stop::share || !patience.more()) throw;
        motive_.recover();
        minds_.recover();
        return std::nullopt;
    }
}

/// Note a place, unless it was come to as soon before.
void Author::arrive(const Tree::Visit& visit, int rest) {
    const auto* known = places_.find(key(visit.place));
    if (known && entries_[*known].depth <= visit.depth) return;
    tally_.take(sizeof(Tree::Visit));
    places_[key(visit.place)] = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back(visit);
    rest_ = rest;
}

Tree Author::tree() && {
    Tree made{std::exchange(entries_, {}), {}};
    made.open.resize(made.visits.size());
    frontier_.each([&made](const Frontier::Item& item) { made.open[item.parent] = true; });
    for (std::size_t at = 0; at < made.visits.size(); ++at)
        if (at >= opened_ || made.visits[at].depth == limit()) made.open[at] = true;
    return made;
}

std::vector<ActId> Author::trace(std::uint32_t at) const {
    std::vector<ActId> plan;
    for (; entries_[at].depth > 0; at = entries_[at].parent) plan.push_back(entries_[at].act);
    std::ranges::reverse(plan);
    return plan;
}

bool Author::valid(const std::vector<ActId>& plan) {
    auto place = first();
    for (const auto act : plan) {
        if (!minds_.possible(place.node, act) || !willing(place.node, act)) return false;
        place = after(place, act);
    }
    return !plan.empty() && told(place);
}

std::vector<ActId> Author::reduced(std::vector<ActId> plan) {
    while (auto less = shorter(plan)) plan = std::move(*less);
    return plan;
}

/// The shadows that come to the same worth and beats as the plan if everybody is willing; nothing if there
/// are too many to look at. Whether somebody is willing may take a thousand times as long to see as where
/// that leads, and most plans are minimal.
std::optional<Author::Shadows> Author::promising(const std::vector<ActId>& plan) {
    Shadows shadows(plan.size() + 1);
    std::vector<std::vector<std::pair<Place, Place>>> ways(plan.size());
    auto place = first();
    std::size_t count = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const int left = static_cast<int>(plan.size() - i) - 1;
        const auto go = [&](Place from, Place to) {
            if (!near(to, left)) return;
            shadows[i + 1].insert(to);
            ways[i].emplace_back(from, to);
        };
        for (const auto shadow : shadows[i]) {
            meter_.step();
            go(shadow, shadow);
            if (minds_.possible(shadow.node, plan[i])) go(shadow, after(shadow, plan[i]));
        }
        if (near(place, left)) shadows[i + 1].insert(place);
        place = after(place, plan[i]);
        if ((count += shadows[i + 1].size()) > many_shadows) return std::nullopt;
    }
    const auto worth = minds_.author_worth(place.node);
    std::erase_if(shadows.back(), [&](Place shadow) {
        return shadow.beats != place.beats || minds_.author_worth(shadow.node) != worth;
    });
    for (auto i = plan.size(); i-- > 0;) {
        std::set<Place> good;
        for (const auto& [from, to] : ways[i])
            if (shadows[i + 1].contains(to)) good.insert(from);
        shadows[i] = std::move(good);
    }
    return shadows;
}

/// A plan from which some acts are left out and that ends with the same worth and beats; nothing if there is
/// none. One will do, so what is hard to see is put off: some refusals take longer than the search did.
std::optional<std::vector<ActId>> Author::shorter(const std::vector<ActId>& plan) {
    const auto good = promising(plan);
    bool all_asked = false;
    for (auto patience = reducers_patience; !all_asked; patience *= 8) {
        all_asked = true;
        if (auto part = shorter(plan, good, patience, all_asked)) return part;
    }
    return std::nullopt;
}

std::optional<std::vector<ActId>> Author::shorter(const std::vector<ActId>& plan,
                                                  const std::optional<Shadows>& good, std::uint64_t patience,
                                                  bool& all_asked) {
    std::map<Place, std::vector<ActId>> shadows;  // where a part of the plan leads, and which part
    auto place = first();
    std::vector<ActId> done;
    for (const auto act : plan) {
        const int left = static_cast<int>(plan.size() - done.size()) - 1;
        // What cannot come to the goal any more cannot spoil the plan.
        const auto promises = [&](Place shadow) {
            return good ? (*good)[done.size() + 1].contains(shadow) : near(shadow, left);
        };
        std::map<Place, std::vector<ActId>> more;
        for (const auto& [shadow, part] : shadows) {
            if (promises(shadow)) more.try_emplace(shadow, part);
            if (!minds_.possible(shadow.node, act)) continue;
            const auto next = after(shadow, act);
            if (!promises(next)) continue;
            const auto would = soon(shadow.node, act, patience);
            all_asked = all_asked && would;
            if (!would.value_or(false)) continue;
            auto longer = part;
            longer.push_back(act);
            more.try_emplace(next, std::move(longer));
        }
        if (promises(place)) more.try_emplace(place, done);
        shadows = std::move(more);
        place = after(place, act);
        done.push_back(act);
    }
    const auto worth = minds_.author_worth(place.node);
    for (const auto& [shadow, part] : shadows)
        if (shadow.beats == place.beats && minds_.author_worth(shadow.node) == worth) return part;
    return std::nullopt;
}

}  // namespace fabula
