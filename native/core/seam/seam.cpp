// Reading the flat format: every index is checked here, so that nothing behind need check again.
#include "core/seam/seam.hpp"

#include <bit>

#include "core/base/mistake.hpp"

namespace fabula {
namespace {

/// Each act of a plan may be thought of inside the one before it: longer ones would need too much stack.
constexpr std::int32_t most_planned = 500;

[[noreturn]] void malformed() { throw Mistake(Fault::malformed); }

/// A cursor over the arrays.
///
/// Behaves like a stream of checked integers; only the two functions below use it; it keeps a position and
/// the problem being built or asked about, and gives up at the first thing that cannot be.
class Reader {
  public:
    /// With `listed`, a term that was read before is that very one.
    Reader(std::span<const std::int32_t> words, std::span<const double> numbers, Problem& problem,
           Listed* listed = nullptr)
        : words_(words), numbers_(numbers), problem_(problem), listed_(listed) {}

    void read() {
        if (next() != seam_magic || next() != seam_version) malformed();
        problem_.characters = static_cast<std::uint32_t>(below(256));
        problem_.fluents.resize(count());
        for (auto& fluent : problem_.fluents) read_fluent(fluent);
        problem_.initial = initial();
        problem_.beliefs = beliefs();
        problem_.acts.resize(count());
        for (auto& act : problem_.acts) read_act(act);
        problem_.triggers.resize(count());
        for (auto& trigger : problem_.triggers) {
            trigger.precondition = condition(0);
            read_effects(trigger.effects);
        }
        problem_.utility = value(0);
        for (std::uint32_t c = 0; c < problem_.characters; ++c) problem_.utilities.push_back(value(0));
        problem_.beats = conditions();
        if (at_ != words_.size()) malformed();
    }

    Asked question() {
        Asked asked;
        asked.question.author = next();
        asked.question.character = next();
        if (asked.question.character > most_planned) malformed();
        asked.question.epistemic = next();
        asked.question.mode = static_cast<Mode>(below(9));
        asked.question.best = below(2) == 1;
        asked.question.keep = below(2) == 1;
        asked.question.has_goal = below(2) == 1;
        asked.question.goal = number();
        asked.elsewhere = below(2) == 1;
        if (asked.elsewhere) {
            asked.initial = initial();
            asked.beliefs = beliefs();
        }
        asked.conditions = conditions();
        asked.acts = acts();
        asked.about = acts();
        if (at_ != words_.size()) malformed();
        return asked;
    }

  private:
    std::int32_t next() {
        if (at_ >= words_.size()) malformed();
        return words_[at_++];
    }
    std::int32_t below(std::size_t limit) {
        const auto word = next();
        if (word < 0 || static_cast<std::size_t>(word) >= limit) malformed();
        return word;
    }
    /// A count of things that take at least one word each.
    std::size_t count() { return static_cast<std::size_t>(below(words_.size() - at_ + 1)); }
    double number() { return numbers_[static_cast<std::size_t>(below(numbers_.size()))]; }
    CharacterId character() { return CharacterId{static_cast<std::uint32_t>(below(problem_.characters))}; }
    FluentId fluent() { return FluentId{static_cast<std::uint32_t>(below(problem_.fluents.size()))}; }

    std::vector<CharacterId> path() {
        std::vector<CharacterId> found(count());
        if (found.size() > 64) malformed();
        for (auto& step : found) step = character();
        return found;
    }

    std::vector<double> initial() {
        std::vector<double> found;
        for (std::size_t f = 0; f < problem_.fluents.size(); ++f) found.push_back(number());
        return found;
    }

    std::vector<Belief> beliefs() {
        std::vector<Belief> found(count());
        for (auto& belief : found) {
            belief.path = path();
            if (belief.path.empty()) malformed();
            belief.fluent = fluent();
            belief.value = number();
        }
        return found;
    }

    std::vector<TermId> conditions() {
        std::vector<TermId> found(count());
        for (auto& one : found) one = condition(0);
        return found;
    }

    std::vector<ActId> acts() {
        std::vector<ActId> found(count());
        for (auto& act : found) act = ActId{static_cast<std::uint32_t>(below(problem_.acts.size()))};
        return found;
    }

    void read_fluent(Fluent& fluent) {
        fluent.number = below(2) == 1;
        fluent.domain.resize(count());
        for (auto& value : fluent.domain) {
            value = number();
            if (!(value >= 0 && value < 65536 && value == static_cast<double>(static_cast<int>(value))))
                malformed();
        }
    }

    void read_act(Act& act) {
        act.precondition = condition(0);
        read_effects(act.effects);
        act.consenting.resize(count());
        for (auto& who : act.consenting) who = character();
        for (std::uint32_t c = 0; c < problem_.characters; ++c) act.observing.push_back(condition(0));
    }

    void read_effects(std::vector<Effect>& effects) {
        effects.resize(count());
        for (auto& effect : effects) {
            effect.path = path();
            effect.fluent = fluent();
            effect.condition = condition(0);
            effect.value = value(0);
        }
    }

    TermId keep(Term term) {
        const TermId fresh{static_cast<std::uint32_t>(problem_.terms.size())};
        if (listed_) {
            const auto bits = std::bit_cast<std::uint64_t>(term.value);
            const auto [known, is_new] =
                listed_->try_emplace({term.kind, term.detail, term.entities, bits, term.parts}, fresh);
            if (!is_new) return known->second;
        }
        problem_.terms.push_back(std::move(term));
        return fresh;
    }

    TermId condition(int depth) {
        if (depth > 500) malformed();
        Term term;
        term.kind = static_cast<TermKind>(below(10));
        switch (term.kind) {
            case TermKind::truth:
                term.detail = below(2);
                break;
            case TermKind::compare:
                term.detail = below(6);
                term.entities = below(2) == 1;
                term.parts = {value(depth + 1), value(depth + 1)};
                break;
            case TermKind::all_of:
            case TermKind::any_of: {
                const auto size = count();
                for (std::size_t i = 0; i < size; ++i) term.parts.push_back(condition(depth + 1));
                break;
            }
            case TermKind::thinks:
                term.detail = static_cast<std::int32_t>(character());
                term.parts = {condition(depth + 1)};
                break;
            default:
                malformed();
        }
        return keep(std::move(term));
    }

    TermId value(int depth) {
        if (depth > 500) malformed();
        Term term;
        term.kind = static_cast<TermKind>(below(10));
        switch (term.kind) {
            case TermKind::constant:
                term.value = number();
                break;
            case TermKind::read:
                term.detail = static_cast<std::int32_t>(fluent());
                break;
            case TermKind::believed:
                term.detail = static_cast<std::int32_t>(character());
                term.parts = {value(depth + 1)};
                break;
            case TermKind::arithmetic:
                term.detail = below(4);
                term.parts = {value(depth + 1), value(depth + 1)};
                break;
            case TermKind::choice: {
                const auto branches = count();
                for (std::size_t i = 0; i < branches; ++i) {
                    term.parts.push_back(condition(depth + 1));
                    term.parts.push_back(value(depth + 1));
                }
                term.parts.push_back(value(depth + 1));
                break;
            }
            default:
                malformed();
        }
        return keep(std::move(term));
    }

    std::span<const std::int32_t> words_;
    std::span<const double> numbers_;
    std::size_t at_ = 0;
    Problem& problem_;
    Listed* listed_;
};

}  // namespace

Problem read_problem(std::span<const std::int32_t> words, std::span<const double> numbers) {
    Problem problem;
    Reader(words, numbers, problem).read();
    return problem;
}

Asked read_question(std::span<const std::int32_t> words, std::span<const double> numbers, Problem& problem,
                    Listed& listed) {
    return Reader(words, numbers, problem, &listed).question();
}

}  // namespace fabula
