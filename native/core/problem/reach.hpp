// Which acts and triggers can ever happen, from where a question begins.
#pragma once

#include <deque>
#include <vector>

#include "core/problem/problem.hpp"

namespace fabula {

/// The acts and triggers that can ever happen, in the world or in anybody's mind.
struct Reach {
    std::vector<bool> acts, triggers;
    bool operator==(const Reach&) const = default;

    /// All that there are.
    static Reach everything(const Problem& problem);
    /// Whether all of this is in the other.
    bool within(const Reach& other) const;
};

/// Finds out what can ever happen.
///
/// Behaves like a stage manager who is told how tonight's play begins and says who may be needed; distances
/// leave out everybody else; values are collected as if acts had only their wanted effects and every mind
/// could hold all of them at once (the relaxation of Bonet & Geffner 2001, over values and minds together).
/// What is ground for one start has been pruned by the same (fabula.ground.reach); what is ground for any,
/// has not.
class Stage {
  public:
    explicit Stage(const Problem& problem);

    /// From where the problem begins now.
    Reach reach();

  private:
    /// Who holds the comparison to be false, and sees that it is not, is left with `?`.
    struct Lesson {
        FluentId fluent;
        TermId comparison;
    };
    /// The values that something can take.
    struct Values {
        bool any = false;            ///< any number, or `?`
        bool lost = false;           ///< `?` is one of them
        std::vector<double> list{};  ///< the others, from the least to the greatest

        bool has(double value) const;
        bool add(double value);
        bool add(const Values& others);
    };
    static constexpr std::uint32_t yes = ~std::uint32_t{0};

    void begin();
    template <class Law>
    bool happens(const Law& law);
    void learn(TermId condition);
    bool possible(TermId condition);
    bool holds(const Term& term);
    bool can_be(const Term& comparison, bool outcome);
    const Values& of(TermId value);
    bool done(const Effect& effect);
    bool taught(const Lesson& lesson);

    const Problem& problem_;
    std::vector<Values> constants_;        ///< by term
    std::vector<Values> values_;           ///< by fluent, in anybody's mind
    std::deque<Values> choices_;           ///< of what is being looked at
    std::vector<std::uint32_t> verdicts_;  ///< by condition: `yes`, or when it was last found impossible
    std::uint32_t now_ = 0;                ///< how often there were new values
    std::vector<const Effect*> effects_;   ///< of what happens, as long as they may bring new values
    std::vector<Lesson> lessons_;          ///< the same
};

}  // namespace fabula
