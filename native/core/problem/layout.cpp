// Packing: fluents in their order, none over the edge of a word.
#include "core/problem/layout.hpp"

#include <bit>

#include "core/base/mistake.hpp"

namespace fabula {
namespace {

constexpr std::uint32_t number_bits = 32;

std::uint64_t pattern(double value) { return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value); }

}  // namespace

Layout::Layout(const Problem& problem) {
    std::uint32_t shift = 0;
    for (const auto& fluent : problem.fluents) {
        const auto bits =
            fluent.number ? number_bits : static_cast<std::uint32_t>(std::bit_width(fluent.domain.size()));
        const auto wanted = bits == 0 ? 1 : bits;
        if (shift + wanted > 64) {
            ++words_;
            shift = 0;
        }
        fields_.push_back({static_cast<std::uint32_t>(words_), shift, (std::uint64_t{1} << wanted) - 1});
        shift += wanted;
        numeric_.push_back(fluent.number);
        domains_.push_back(fluent.domain);
    }
    ++words_;
}

bool Layout::known(FluentId fluent, double value, Code& code) const {
    code = 0;
    if (is_unknown(value)) return true;
    if (!numeric_[index(fluent)]) return among(fluent, value, code);
    const Gate::Pass pass(gate_, true);
    const auto found = listed_.find(pattern(value));
    if (found == listed_.end()) return false;
    code = found->second;
    return true;
}

bool Layout::among(FluentId fluent, double value, Code& code) const {
    const auto& domain = domains_[index(fluent)];
    for (std::size_t i = 0; i < domain.size(); ++i) {
        if (domain[i] != value) continue;
        code = static_cast<Code>(i + 1);
        return true;
    }
    return false;
}

Code Layout::code(FluentId fluent, double value) {
    Code found = 0;
    if (known(fluent, value, found)) return found;
    if (!numeric_[index(fluent)])
        throw Mistake(Fault::beyond, Culprit::nothing, -1, static_cast<int>(fluent));
    const Gate::Pass pass(gate_, true);
    const auto [at, fresh] = listed_.try_emplace(pattern(value), listed_numbers_ + 1);
    if (fresh) {
        numbers_.reach(listed_numbers_);
        *numbers_.at(listed_numbers_++) = value == 0 ? 0.0 : value;
    }
    return at->second;
}

}  // namespace fabula
