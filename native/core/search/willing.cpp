// Asking everybody.
#include "core/search/willing.hpp"

namespace fabula {
namespace {

Willing ask(Round& round, NodeId node, CharacterId who, ActId act) {
    if (Minds::broken(node)) return {who, false, {}};
    const auto mind = round.minds.mind(node, who);
    const int deep = round.epistemic - 1;
    const auto verdict = round.motive.explained(mind, who, act, round.character, deep);
    Willing found{who, verdict == Motive::Verdict::cut, {}};
    if (verdict == Motive::Verdict::yes) found.reason = reason(round, mind, who, act, round.character, deep);
    return found;
}

}  // namespace

Moment moment(World& world, const Question& question, Meter& meter, const std::vector<ActId>& course,
              const std::vector<ActId>& about) {
    Moment found;
    try {
        world.motive.be_precise();
        Round round(world, question.epistemic, question.character, question, meter);
        auto node = round.start;
        for (const auto act : course) node = round.minds.after(node, act);
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
