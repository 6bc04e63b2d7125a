// Which acts may be possible in a state, without asking each of them.
#pragma once

#include <cstdint>
#include <memory>
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
    ~Chooser();

    /// Give the places, in the list of acts, of those that may be possible, in order.
    void choose(const std::uint64_t* words, std::vector<std::uint32_t>& found) const;

  private:
    struct Wish {
        FluentId fluent;
        Code code;
    };
    struct Branch;
    struct Candidate {
        std::uint32_t place;
        std::vector<Wish> wishes;  ///< by fluent
    };

    static void collect(const Problem& problem, const Layout& layout, TermId term, std::vector<Wish>& wishes);
    static std::unique_ptr<Branch> grow(const std::vector<const Candidate*>& candidates, std::size_t depth);
    void follow(const Branch& branch, const std::uint64_t* words, std::vector<std::uint32_t>& found) const;

    const Layout& layout_;
    std::unique_ptr<Branch> root_;
};

}  // namespace fabula
