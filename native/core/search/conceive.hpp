// Everything that a character can think of: for plans without limit, and for those who want only the best.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/flat_map.hpp"
#include "core/base/sets.hpp"
#include "core/estimate/distance.hpp"
#include "core/minds/minds.hpp"

namespace fabula {

class Motive;

/// All good plans of a character in one mind.
///
/// Behaves like the definition of *explained* read aloud (see search/reasons.py); Motive asks it where one
/// good plan is no answer: where plans may have any length, and where only a best plan is a reason. It
/// goes through plans breadth first, each with its shadows; two that stand at the same state with the same
/// shadows are one. What is too far from any improvement is left aside, plans and shadows alike; that loses
/// none.
class Conceive {
  public:
    Conceive(Motive& motive, Minds& minds, Estimates& estimates, Meter& meter, bool best);

    struct Found {
        bool good = false;    ///< there is a reason
        bool cut = false;     ///< a limit left something unseen
        bool longer = false;  ///< it was one on length
        int acts = 0;         ///< the limit on length under which this was found
    };

    /// Whether the character has a reason for the act: a plan of at most so many acts, below 0 of any length.
    /// `deep` as in Motive.
    Found reason(NodeId mind, CharacterId who, ActId act, int acts, int deep);
    /// The plan that is the reason, if there is one; `found` says under which limit.
    std::vector<ActId> plan(NodeId mind, CharacterId who, ActId act, int acts, int deep, Found& found);

  private:
    struct Imagining;
    static constexpr double nothing = -std::numeric_limits<double>::infinity();

    /// What comes of thinking: the most that a good plan brings, and whether limits hid others.
    struct Thought {
        double most = nothing;
        bool cut = false, longer = false;
    };
    /// One who asks herself what to do; of all acts, or of one.
    struct Key {
        std::uint64_t where = 0;  ///< mind and act
        std::uint64_t what = 0;   ///< character, acts, layers
        bool usual = false;       ///< only that can happen
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::uint64_t operator()(const Key& key) const noexcept {
            return scatter(key.where ^ scatter(key.what ^ key.usual));
        }
    };

    Found within(NodeId mind, CharacterId who, ActId act, int acts, int deep);
    Found any_length(NodeId mind, CharacterId who, ActId act, int deep);
    Thought thought(NodeId mind, CharacterId who, ActId act, int acts, int deep);
    Thought best_of_all(NodeId mind, CharacterId who, int acts, int deep);

    Motive& motive_;
    Minds& minds_;
    Estimates& estimates_;
    Meter& meter_;
    bool best_;
    Sets sets_;
    FlatMap<Key, Thought, KeyHash> thoughts_, bests_;
    FlatMap<Key, Found, KeyHash> found_;
};

}  // namespace fabula
