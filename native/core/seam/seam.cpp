// Reading the flat format: every index is checked here, so that nothing behind need check again.
#include "core/seam/seam.hpp"

#include "core/base/mistake.hpp"

namespace fabula {
namespace {

[[noreturn]] void malformed() { throw Mistake(Fault::malformed); }

/// A cursor over the arrays.
///
/// Behaves like a stream of checked integers; only read_problem uses it; it keeps a position and
/// the problem being built, and gives up at the first thing that cannot be.
class Reader {
  public:
    Reader(std::span<const std::int32_t> words, std::span<const double> numbers)
        : words_(words), numbers_(numbers) {}

    Problem read() {
        if (next() != seam_magic || next() != seam_version) malformed();
        problem_.characters = static_cast<std::uint32_t>(below(256));
        problem_.fluents.resize(count());
        for (auto& fluent : problem_.fluents) read_fluent(fluent);
        for (std::size_t f = 0; f < problem_.fluents.size(); ++f) problem_.initial.push_back(number());
        problem_.beliefs.resize(count());
        for (auto& belief : problem_.beliefs) {
            belief.path = path();
            if (belief.path.empty()) malformed();
            belief.fluent = fluent();
            belief.value = number();
        }
        problem_.acts.resize(count());
        for (auto& act : problem_.acts) read_act(act);
        problem_.triggers.resize(count());
        for (auto& trigger : problem_.triggers) {
            trigger.precondition = condition(0);
            read_effects(trigger.effects);
        }
        problem_.utility = value(0);
        for (std::uint32_t c = 0; c < problem_.characters; ++c) problem_.utilities.push_back(value(0));
        const auto beats = count();
        for (std::size_t b = 0; b < beats; ++b) problem_.beats.push_back(condition(0));
        if (at_ != words_.size()) malformed();
        return std::move(problem_);
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
        problem_.terms.push_back(std::move(term));
        return TermId{static_cast<std::uint32_t>(problem_.terms.size() - 1)};
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
    Problem problem_;
};

}  // namespace

Problem read_problem(std::span<const std::int32_t> words, std::span<const double> numbers) {
    return Reader(words, numbers).read();
}

}  // namespace fabula
