// Packing: fluents in their order, none over the edge of a word.
#include "core/problem/layout.hpp"

#include <bit>

#include "core/base/mistake.hpp"

namespace fabula {
namespace {

constexpr std::uint32_t number_bits = 32;

std::uint64_t pattern(double value) { return std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value); }

}  // namespace

Layout::Layout(const Problem& problem, Meter& meter) : numbers_(1, &meter), listed_(meter) {
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
    const auto found = listed_.find(pattern(value));
    code = found.value_or(0);
    return found.has_value();
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
    return listed_.find_or_put(pattern(value), [this, value] {
        const auto listed = listed_numbers_.fetch_add(1, std::memory_order_relaxed);
        numbers_.reach(listed);
        *numbers_.at(listed) = value == 0 ? 0.0 : value;
        return listed + 1;
    });
}

}  // namespace fabula
