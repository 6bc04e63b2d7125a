// Asking everybody.
#include "core/search/willing.hpp"

#include <algorithm>

#include "core/search/barred.hpp"

namespace fabula {
namespace {

Willing ask(Round& round, NodeId node, CharacterId who, ActId act) {
    if (Minds::broken(node)) return {who, false, unknown(), unknown(), {}, {}};
    const auto mind = round.minds.mind(node, who);
    const int deep = round.question.epistemic - 1;
    const auto verdict = round.motive.explained(mind, who, act, round.character, deep);
    Willing found{who, verdict == Motive::Verdict::cut, unknown(), unknown(), {}, {}};
    if (round.minds.possible(mind, act)) {
        found.before = round.minds.worth(mind, who);
        found.after = round.minds.worth(round.minds.after(mind, act), who);
    }
    if (verdict == Motive::Verdict::yes)
        found.reason = reason(round, mind, who, act, round.character, deep);
    else
        found.barred = barred(round, mind, who, act, deep);
    return found;
}

}  // namespace

Moment moment(World& world, const Question& question, Meter& meter, const std::vector<ActId>& course,
              const std::vector<ActId>& about) {
    Moment found;
    try {
        world.motive.be_precise();
        // Whom others bar needs an idea of what they think, however few layers reasons may have.
        Round round(world, std::max(question.epistemic, 1), question.character, question, meter);
        found.course = {round.start};
        for (const auto act : course) {
            const auto node = found.course.back();
            if (!round.minds.possible(node, act)) world.expect_anything();
            found.course.push_back(round.minds.after(node, act));
        }
        const auto node = found.course.back();
        for (const auto act : about) {
            meter.visit();
            std::vector<Willing> all;
            for (const auto who : world.laws.acts[index(act)].consenting)
                all.push_back(ask(round, node, who, act));
            found.acts.push_back(std::move(all));
        }
    } catch (const Stopped& stopped) {
        found.stop = stopped.reason;
    } catch (const std::bad_alloc&) {
        found.stop = Stop::memory;
    }
    world.recover();
    return found;
}

}  // namespace fabula
