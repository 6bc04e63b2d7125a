// A grounded problem as the core holds it: the same nouns as fabula.ground.problem.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"

namespace fabula {

/// `?` is not a number; nothing else in a world is.
double unknown() noexcept;
bool is_unknown(double value) noexcept;
/// Identity of values: `?` is the same as `?`.
bool same(double left, double right) noexcept;

enum class TermKind : std::int32_t {
    constant = 0,
    read = 1,
    believed = 2,
    arithmetic = 3,
    choice = 4,
    truth = 5,
    compare = 6,
    all_of = 7,
    any_of = 8,
    thinks = 9,
};

enum class Comparator : std::int32_t { eq = 0, ne = 1, ge = 2, le = 3, gt = 4, lt = 5 };
/// Whether a comparison of two values holds; `?` is as much as `?`, and neither more nor less than a number.
bool compare_values(Comparator comparator, double left, double right);
enum class Operator : std::int32_t { times = 0, over = 1, plus = 2, minus = 3 };

/// One expression. `parts` of a choice: condition, value, condition, value …, otherwise.
struct Term {
    TermKind kind = TermKind::truth;
    std::int32_t detail = 0;  ///< fluent, character, operator, comparator or truth
    bool entities = false;    ///< of a comparison: surprise corrects both sides
    double value = 0;         ///< of a constant
    std::vector<TermId> parts;
};

struct Fluent {
    bool number = false;
    std::vector<double> domain;
};

struct Effect {
    std::vector<CharacterId> path;
    FluentId fluent{};
    TermId condition{};
    TermId value{};
};

struct Act {
    TermId precondition{};
    std::vector<Effect> effects;
    std::vector<CharacterId> consenting;
    std::vector<TermId> observing;
};

struct Trigger {
    TermId precondition{};
    std::vector<Effect> effects;
};

/// An explicit belief at the start.
struct Belief {
    std::vector<CharacterId> path;
    FluentId fluent{};
    double value = 0;
};

struct Problem {
    std::uint32_t characters = 0;
    std::vector<Term> terms;
    std::vector<Fluent> fluents;
    std::vector<Act> acts;
    std::vector<Trigger> triggers;
    std::vector<double> initial;
    std::vector<Belief> beliefs;
    TermId utility{};
    std::vector<TermId> utilities;
    std::vector<TermId> beats;

    const Term& at(TermId id) const { return terms[index(id)]; }
};

}  // namespace fabula
