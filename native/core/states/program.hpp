// Conditions and values, compiled: a condition is a graph of tests, each with a way on for yes and for no.
#pragma once

#include <map>
#include <vector>

#include "core/base/mistake.hpp"
#include "core/problem/layout.hpp"
#include "core/problem/problem.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// All compiled expressions of a problem.
///
/// Behaves like an interpreter of conditions and values; laws, motives and search evaluate through it; paths
/// of beliefs are resolved when compiling, so that a test is a few loads and one comparison. A value that
/// divides by zero, or is looked for in a broken mind, is thrown as a Mistake; a comparison with it does not
/// hold.
class Program {
  public:
    Program(const Problem& problem, Layout& layout) : problem_(problem), layout_(layout), paths_(1) {}

    /// What is compiled from now on belongs to this one: its divisions by zero are that one's mistakes.
    void blame(Culprit culprit, std::size_t which = 0) noexcept {
        culprit_ = culprit;
        which_ = culprit == Culprit::nothing ? -1 : static_cast<std::int32_t>(which);
    }
    /// `relaxed`: what a belief is asked for counts as true.
    TestId condition(TermId term, PathId at = PathId::here, bool relaxed = false);
    ValueId value(TermId term, PathId at = PathId::here);
    PathId path(const std::vector<CharacterId>& steps);
    const std::vector<CharacterId>& steps(PathId path) const { return paths_[index(path)]; }
    PathId extended(PathId path, CharacterId step);
    /// Which slot of a state's minds a character has; below 0: her beliefs are not kept.
    std::vector<int> slots;

    bool holds(TestId test, View view, const Store& store) const;
    double evaluate(ValueId value, View view, const Store& store) const;
    /// The state at the path; its words are null where beliefs are cut off. Throws where it is broken.
    View resolve(View view, PathId path, const Store& store) const;

  private:
    /// Two of them in a line of the processor's cache: half of all work is to ask tests.
    struct Test {
        std::uint64_t mask = 0, wanted = 0;  ///< which bits of the word, and what they should be
        std::uint32_t word = compared;       ///< `compared`: `wanted` is the number of a comparison
        PathId path = PathId::here;
        bool turned = false;  ///< it asks whether they are otherwise: `yes` and `no` have changed places
        TestId yes = TestId::holds, no = TestId::fails;
    };
    static constexpr std::uint32_t compared = ~std::uint32_t{0};
    /// What is more than a fluent that has a certain value.
    struct Comparison {
        Comparator comparator;
        ValueId left, right;
    };
    struct Value {
        TermKind kind = TermKind::constant;
        Operator op = Operator::plus;
        PathId path = PathId::here;
        FluentId fluent{};
        double constant = 0;
        Culprit culprit = Culprit::nothing;
        std::int32_t which = -1;
        ValueId left{}, right{};
        std::vector<std::pair<TestId, ValueId>> branches;
    };

    TestId compile(TermId term, PathId at, bool relaxed, TestId yes, TestId no);
    TestId compare(const Term& term, PathId at, TestId yes, TestId no);
    bool looks_inside(TermId term) const;
    bool direct(const Term& term, PathId at, Test& test);
    bool inside(const Test& test, View view, const Store& store) const;
    double compute(const Value& value, View view, const Store& store) const;

    const Problem& problem_;
    Layout& layout_;
    std::vector<Test> tests_;
    std::vector<Comparison> comparisons_;
    std::vector<Value> values_;
    std::vector<std::vector<CharacterId>> paths_;
    std::map<std::vector<CharacterId>, PathId> path_ids_;
    Culprit culprit_ = Culprit::nothing;
    std::int32_t which_ = -1;
};

}  // namespace fabula
