// How the values of a state are packed into words: as many bits for each fluent as its values need.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/base/memo.hpp"
#include "core/base/pages.hpp"
#include "core/problem/problem.hpp"

namespace fabula {

/// A value as it is packed: 0 is `?`.
using Code = std::uint32_t;

/// Where a fluent stands in the words of a state.
struct Field {
    std::uint32_t word = 0;
    std::uint32_t shift = 0;
    std::uint64_t mask = 0;  ///< of the code, before shifting
};

/// The packing of one problem's fluents.
///
/// Behaves like a pair of functions between values and codes; everything that reads or writes a state uses
/// it; booleans and entities have a code per value of their domain, numbers are listed as they turn up.
class Layout {
  public:
    Layout(const Problem& problem, Meter& meter);

    std::size_t words() const noexcept { return words_; }
    std::size_t size() const noexcept { return fields_.size(); }
    const Field& field(FluentId fluent) const noexcept { return fields_[index(fluent)]; }

    Code get(const std::uint64_t* words, FluentId fluent) const noexcept {
        const auto& f = fields_[index(fluent)];
        return static_cast<Code>((words[f.word] >> f.shift) & f.mask);
    }
    void set(std::uint64_t* words, FluentId fluent, Code code) const noexcept {
        const auto& f = fields_[index(fluent)];
        words[f.word] = (words[f.word] & ~(f.mask << f.shift)) | (std::uint64_t{code} << f.shift);
    }
    double value(FluentId fluent, Code code) const noexcept {
        if (code == 0) return unknown();
        return numeric_[index(fluent)] ? *numbers_.at(code - 1) : domains_[index(fluent)][code - 1];
    }
    /// The code of a value; a value that the fluent cannot have is a Mistake{beyond}.
    Code code(FluentId fluent, double value);
    /// The code if the value has turned up before; false otherwise.
    bool known(FluentId fluent, double value, Code& code) const;

  private:
    bool among(FluentId fluent, double value, Code& code) const;

    std::size_t words_ = 0;
    std::vector<Field> fields_;
    std::vector<std::uint8_t> numeric_;
    std::vector<std::vector<double>> domains_;
    Pages<double> numbers_;
    std::atomic<Code> listed_numbers_{0};
    Memo<std::uint64_t, Code> listed_;  ///< by the bits of the number
};

}  // namespace fabula
