// Growing and following the tree.
#include "core/states/chooser.hpp"

#include <algorithm>
#include <map>

namespace fabula {

/// `done`: nothing more is to be tested. `by_code`: the acts that want this value of the fluent.
struct Chooser::Branch {
    std::vector<std::uint32_t> done;
    FluentId fluent{};
    std::vector<std::pair<Code, std::unique_ptr<Branch>>> by_code;
    std::unique_ptr<Branch> careless;
};

Chooser::Chooser(const Problem& problem, const Layout& layout, const std::vector<ActId>& acts)
    : layout_(layout) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < acts.size(); ++i) {
        Candidate made{static_cast<std::uint32_t>(i), {}};
        collect(problem, layout, problem.acts[index(acts[i])].precondition, made.wishes);
        std::ranges::stable_sort(made.wishes, {}, &Wish::fluent);
        const auto twice = std::ranges::unique(made.wishes, {}, &Wish::fluent);
        made.wishes.erase(twice.begin(), twice.end());
        candidates.push_back(std::move(made));
    }
    std::vector<const Candidate*> all;
    for (const auto& candidate : candidates) all.push_back(&candidate);
    root_ = grow(all, 0);
}

Chooser::~Chooser() = default;

void Chooser::collect(const Problem& problem, const Layout& layout, TermId id, std::vector<Wish>& wishes) {
    const auto& term = problem.at(id);
    if (term.kind == TermKind::all_of)
        for (const auto part : term.parts) collect(problem, layout, part, wishes);
    if (term.kind != TermKind::compare || static_cast<Comparator>(term.detail) != Comparator::eq) return;
    const auto& left = problem.at(term.parts[0]);
    const auto& right = problem.at(term.parts[1]);
    if (left.kind != TermKind::read || right.kind != TermKind::constant) return;
    Code code = 0;
    if (layout.known(FluentId(left.detail), right.value, code))
        wishes.push_back({FluentId(left.detail), code});
}

std::unique_ptr<Chooser::Branch> Chooser::grow(const std::vector<const Candidate*>& candidates,
                                               std::size_t depth) {
    auto branch = std::make_unique<Branch>();
    std::vector<const Candidate*> left;
    for (const auto* candidate : candidates) {
        if (candidate->wishes.size() == depth)
            branch->done.push_back(candidate->place);
        else
            left.push_back(candidate);
    }
    if (left.empty()) return branch;
    // Wishes are sorted, so who does not wish for the smallest fluent now never will.
    branch->fluent =
        std::ranges::min(left, {}, [depth](const Candidate* c) { return c->wishes[depth].fluent; })
            ->wishes[depth]
            .fluent;
    std::map<Code, std::vector<const Candidate*>> wanting;
    std::vector<const Candidate*> careless;
    for (const auto* candidate : left) {
        const auto& wish = candidate->wishes[depth];
        if (wish.fluent == branch->fluent)
            wanting[wish.code].push_back(candidate);
        else
            careless.push_back(candidate);
    }
    for (const auto& [code, some] : wanting) branch->by_code.emplace_back(code, grow(some, depth + 1));
    if (!careless.empty()) branch->careless = grow(careless, depth);
    return branch;
}

void Chooser::choose(const std::uint64_t* words, std::vector<std::uint32_t>& found) const {
    found.clear();
    follow(*root_, words, found);
    std::ranges::sort(found);
}

void Chooser::follow(const Branch& branch, const std::uint64_t* words,
                     std::vector<std::uint32_t>& found) const {
    found.insert(found.end(), branch.done.begin(), branch.done.end());
    if (!branch.by_code.empty()) {
        const auto code = layout_.get(words, branch.fluent);
        for (const auto& [wanted, then] : branch.by_code)
            if (wanted == code) follow(*then, words, found);
    }
    if (branch.careless) follow(*branch.careless, words, found);
}

}  // namespace fabula
