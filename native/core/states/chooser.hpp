// Which acts may be possible in a state, without asking each of them.
#pragma once

#include <cstdint>
#include <vector>

#include "core/problem/layout.hpp"
#include "core/problem/problem.hpp"

namespace fabula {

/// A decision tree over fluents.
///
/// Behaves like a sieve that lets through every act that is possible, and few others; whoever expands a state
/// asks it; it tests one fluent after the other and follows the acts that want its value or do not care (the
/// successor generator of Helmert 2006).
class Chooser {
  public:
    /// For these acts of the problem, by what their preconditions plainly require of the state itself.
    Chooser(const Problem& problem, const Layout& layout, const std::vector<ActId>& acts);

    /// Give the places, in the list of acts, of those that may be possible, in order.
    void choose(const std::uint64_t* words, std::vector<std::uint32_t>& found) const;

  private:
    struct Wish {
        FluentId fluent;
        Code code;
    };
    struct Candidate {
        std::uint32_t place;
        std::vector<Wish> wishes;  ///< by fluent
    };
    /// A number of a branch; the root is nobody's.
    using Next = std::uint32_t;
    static constexpr Next none = 0;
    struct Way {
        Code code;
        Next then;
    };
    struct Branch {
        Field field;                ///< of the fluent that is looked at
        std::uint32_t wanting = 0;  ///< in `wanting_`, by value: where to go on
        std::uint32_t values = 0;   ///< so many
        std::uint32_t done = 0;     ///< in `done_`: of which nothing more is to be tested
        std::uint32_t dones = 0;    ///< so many
        Next careless = none;       ///< the others
    };

    static void collect(const Problem& problem, const Layout& layout, TermId term, std::vector<Wish>& wishes);
    Next grow(const Layout& layout, const std::vector<const Candidate*>& candidates, std::size_t depth);
    void follow(Next at, const std::uint64_t* words, std::vector<std::uint32_t>& found) const;

    std::vector<Branch> branches_;
    std::vector<Way> wanting_;
    std::vector<std::uint32_t> done_;
};

}  // namespace fabula
