// Following a plan.
#include "core/search/examine.hpp"

namespace fabula {
namespace {

/// One plan under examination: what can be wrong, in the order in which it is looked for.
class Examining {
  public:
    Examining(Round& round, Meter& meter) : round_(round), meter_(meter) {}

    void run(const std::vector<ActId>& plan, Examined& found) {
        auto& author = *round_.author;
        auto place = author.first();
        found.before = found.after = round_.minds.author_worth(place.node);
        found.goal = author.goal();
        const auto most = round_.question.author;
        if (plan.empty()) return blame(found, Flaw::empty, 0);
        if (most >= 0 && plan.size() > static_cast<std::size_t>(most))
            return blame(found, Flaw::too_long, most);
        for (std::size_t i = 0; i < plan.size(); ++i) {
            meter_.visit();
            if (!round_.minds.possible(place.node, plan[i]))
                return blame(found, Flaw::impossible, static_cast<int>(i));
            if (!willing(place.node, plan[i], found))
                return blame(found, Flaw::unwilling, static_cast<int>(i));
            place = author.after(place, plan[i]);
            if (Minds::broken(place.node)) return blame(found, Flaw::impossible, static_cast<int>(i));
        }
        found.after = round_.minds.author_worth(place.node);
        found.story = recount(round_, plan);
        if (!(found.after >= found.goal && found.after > found.before))
            return blame(found, Flaw::goal, static_cast<int>(plan.size()));
        if (!author.told(place)) return blame(found, Flaw::beats, static_cast<int>(place.beats));
        if (auto part = author.shorter(plan)) {
            found.part = std::move(*part);
            blame(found, Flaw::needless, 0);
        }
    }

  private:
    static void blame(Examined& found, Flaw flaw, int at) {
        found.flaw = flaw;
        found.at = at;
    }

    bool willing(NodeId node, ActId act, Examined& found) {
        for (const auto who : round_.minds.laws().acts[index(act)].consenting) {
            const auto verdict = round_.motive.explained(round_.minds.mind(node, who), who, act,
                                                         round_.character, round_.epistemic - 1);
            if (verdict == Motive::Verdict::yes) continue;
            found.whose.push_back(who);
            found.cut |= verdict == Motive::Verdict::cut;
        }
        return found.whose.empty();
    }

    Round& round_;
    Meter& meter_;
};

}  // namespace

Examined examine(World& world, const Question& question, Meter& meter, const std::vector<ActId>& plan) {
    Examined found;
    try {
        world.motive.be_precise();
        Round round(world, question.epistemic, question.character, question, meter);
        round.begin(question.author, 0);
        Examining(round, meter).run(plan, found);
    } catch (const Stopped& stopped) {
        found.stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        found.stop = Stop::memory;
    }
    world.recover();
    found.seconds = meter.seconds();
    return found;
}

}  // namespace fabula
