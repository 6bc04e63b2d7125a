// Growing and following the tree.
#include "core/states/chooser.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace fabula {

Chooser::Chooser(const Problem& problem, const Layout& layout, const std::vector<ActId>& acts) {
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
    grow(layout, all, 0);
}

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

Chooser::Next Chooser::grow(const Layout& layout, const std::vector<const Candidate*>& candidates,
                            std::size_t depth) {
    const auto made = static_cast<Next>(branches_.size());
    Branch branch;
    branch.done = static_cast<std::uint32_t>(done_.size());
    std::vector<const Candidate*> left;
    for (const auto* candidate : candidates) {
        if (candidate->wishes.size() == depth)
            done_.push_back(candidate->place);
        else
            left.push_back(candidate);
    }
    branch.dones = static_cast<std::uint32_t>(done_.size()) - branch.done;
    branches_.push_back(branch);
    if (left.empty()) return made;
    // Wishes are sorted, so who does not wish for the smallest fluent now never will.
    const auto fluent =
        std::ranges::min(left, {}, [depth](const Candidate* c) { return c->wishes[depth].fluent; })
            ->wishes[depth]
            .fluent;
    std::map<Code, std::vector<const Candidate*>> wanting;
    std::vector<const Candidate*> careless;
    for (const auto* candidate : left) {
        const auto& wish = candidate->wishes[depth];
        if (wish.fluent == fluent)
            wanting[wish.code].push_back(candidate);
        else
            careless.push_back(candidate);
    }
    branch.field = layout.field(fluent);
    branch.wanting = static_cast<std::uint32_t>(wanting_.size());
    branch.values = static_cast<std::uint32_t>(wanting.size());
    for (const auto& [code, some] : wanting) wanting_.push_back({code, none});
    for (auto at = branch.wanting; const auto& [code, some] : wanting) {
        const auto then = grow(layout, some, depth + 1);
        wanting_[at++].then = then;
    }
    if (!careless.empty()) branch.careless = grow(layout, careless, depth);
    branches_[made] = branch;
    return made;
}

void Chooser::choose(const std::uint64_t* words, std::vector<std::uint32_t>& found) const {
    found.clear();
    follow(0, words, found);
    std::ranges::sort(found);
}

void Chooser::follow(Next at, const std::uint64_t* words, std::vector<std::uint32_t>& found) const {
    do {
        const auto& branch = branches_[at];
        const auto* const done = done_.data() + branch.done;
        found.insert(found.end(), done, done + branch.dones);
        const auto value =
            static_cast<Code>((words[branch.field.word] >> branch.field.shift) & branch.field.mask);
        const auto wanting = std::span(wanting_).subspan(branch.wanting, branch.values);
        const auto way = std::ranges::lower_bound(wanting, value, {}, &Way::code);
        if (way != wanting.end() && way->code == value) follow(way->then, words, found);
        at = branch.careless;
    } while (at != none);
}

}  // namespace fabula
