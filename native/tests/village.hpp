// Villages: worlds of any size, in which people need each other and are wrong about each other.
#pragma once

#include <random>

#include "tests/sketch.hpp"

namespace fabula::sketch {

/// People at some places; each has a thing and wants her neighbour's. Who meets may swap, if both consent;
/// some begin with a wrong idea of who has what they want.
///
/// Behaves like a recipe for a world; the tests of what takes long ask about it; with every person there are
/// more ways to get a thing by way of another, and more to think about what others think.
struct Village {
    int people, places;
    bool talk = false;    ///< who meets may also tell what she thinks
    bool sight = false;   ///< who meets sees what the other has
    bool mishap = false;  ///< one road breaks the world for whoever carries something there

    World world(unsigned seed) const {
        World made;
        settle(made, seed);
        for (int who = 0; who < people; ++who) walks(made, who);
        for (int who = 0; who < people; ++who)
            for (int other = 0; other < people; ++other) {
                if (who < other) swaps(made, who, other);
                if (who != other && talk) tells(made, who, other);
                if (who != other && sight) looks(made, who, other);
            }
        wishes(made);
        return made;
    }

  private:
    int at(int who) const { return who; }
    int holder(int thing) const { return people + thing; }
    int wanted(int who) const { return (who + 1) % people; }
    Words meet(int who, int other) const { return alike(at(who), at(other)); }
    Words happy(int who) const { return is(holder(wanted(who)), who); }

    void settle(World& made, unsigned seed) const {
        std::mt19937 chance(seed);
        const auto below = [&chance](int most) {
            return static_cast<std::int32_t>(chance() % static_cast<unsigned>(most));
        };
        for (int who = 0; who < people; ++who) {
            made.values.push_back(places);
            made.initial.push_back(below(places));
        }
        for (int thing = 0; thing < people; ++thing) {
            made.values.push_back(people);
            made.initial.push_back(thing);
        }
        for (int who = 0; who < people; ++who)
            if (const auto other = below(people); other != who && below(2))
                made.beliefs.push_back(believes({who}, holder(wanted(who)), other));
    }

    void walks(World& made, int who) const {
        for (int from = 0; from < places; ++from)
            for (int to = 0; to < places; ++to) {
                if (from == to) continue;
                Parts effects{sets(at(who), to)}, seen;
                if (mishap && from == 1) effects.push_back(sets(at(who), from, {}, is(holder(2), who)));
                for (int other = 0; other < people; ++other)
                    seen.push_back(any({is(at(other), from), is(at(other), to)}));
                made.acts.push_back(act(is(at(who), from), effects, {who}, seen));
            }
    }

    void swaps(World& made, int who, int other) const {
        Parts seen;
        for (int third = 0; third < people; ++third) seen.push_back(meet(third, who));
        for (int mine = 0; mine < people; ++mine)
            for (int hers = 0; hers < people; ++hers) {
                if (mine == hers) continue;
                const auto when = all({meet(who, other), is(holder(mine), who), is(holder(hers), other)});
                const Parts effects{sets(holder(mine), other), sets(holder(hers), who)};
                made.acts.push_back(act(when, effects, {who, other}, seen));
            }
    }

    void tells(World& made, int who, int other) const {
        Parts seen(static_cast<std::size_t>(people), no());
        seen[static_cast<std::size_t>(who)] = seen[static_cast<std::size_t>(other)] = yes();
        for (int thing = 0; thing < people; ++thing)
            for (int has = 0; has < people; ++has) {
                const auto when = all({meet(who, other), thinks(who, is(holder(thing), has))});
                made.acts.push_back(act(when, {sets(holder(thing), has, {other})}, {who, other}, seen));
            }
    }

    void looks(World& made, int who, int other) const {
        for (int thing = 0; thing < people; ++thing) {
            const auto surprising = thinks(who, is_not(holder(thing), other));
            made.triggers.push_back(trigger(all({meet(who, other), is(holder(thing), other), surprising}),
                                            {sets(holder(thing), other, {who})}));
        }
    }

    /// To have what one wants is worth more than to be at home. The author has a goal of 1, that half of them
    /// have it, and one of 2, that all have what they do not want: swaps lead there, but hardly ever reasons.
    void wishes(World& made) const {
        Parts half, all_wrong;
        for (int who = 0; who < people; ++who) {
            const auto home = is(at(who), made.initial[static_cast<std::size_t>(who)]);
            made.utilities.push_back(
                sum(choice(happy(who), number(2), number(0)), choice(home, number(1), number(0))));
            if (2 * who < people) half.push_back(happy(who));
            all_wrong.push_back(is(holder(who), wanted(who)));
        }
        made.utility = choice(all(all_wrong), number(2), choice(all(half), number(1), number(0)));
    }
};

}  // namespace fabula::sketch
