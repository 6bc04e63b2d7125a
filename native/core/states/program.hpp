// Conditions and values, compiled: a condition is a graph of tests, each with a way on for yes and for no.
#pragma once

#include <map>
#include <vector>

#include "core/problem/layout.hpp"
#include "core/problem/problem.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// All compiled expressions of a problem.
///
/// Behaves like an interpreter of conditions and values; laws, motives and search evaluate through it; paths
/// of beliefs are resolved when compiling, so that a test is a few loads and one comparison.
class Program {
  public:
    Program(const Problem& problem, Layout& layout) : problem_(problem), layout_(layout), paths_(1) {}

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
    /// The state at the path; its words are null where beliefs are cut off.
    View resolve(View view, PathId path, const Store& store) const;

  private:
    struct Test {
        bool direct = false;  ///< a fluent compared to a constant
        Comparator comparator = Comparator::eq;
        PathId path = PathId::here;
        Field field;
        Code code = 0;
        ValueId left{}, right{};
        TestId yes = TestId::holds, no = TestId::fails;
    };
    struct Value {
        TermKind kind = TermKind::constant;
        Operator op = Operator::plus;
        PathId path = PathId::here;
        FluentId fluent{};
        double constant = 0;
        ValueId left{}, right{};
        std::vector<std::pair<TestId, ValueId>> branches;
    };

    TestId compile(TermId term, PathId at, bool relaxed, TestId yes, TestId no);
    TestId compare(const Term& term, PathId at, TestId yes, TestId no);
    bool looks_inside(TermId term) const;
    bool direct(const Term& term, PathId at, Test& test);
    double compute(const Value& value, View view, const Store& store) const;

    const Problem& problem_;
    Layout& layout_;
    std::vector<Test> tests_;
    std::vector<Value> values_;
    std::vector<std::vector<CharacterId>> paths_;
    std::map<std::vector<CharacterId>, PathId> path_ids_;
};

}  // namespace fabula
