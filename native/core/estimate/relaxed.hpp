// How far it looks from a body if nothing that was brought about ever ended.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/estimate/bodies.hpp"
#include "core/states/laws.hpp"
#include "core/states/store.hpp"

namespace fabula {

/// Delete relaxation: all acts that are possible are done at once, again and again, and no fact is ever lost.
///
/// Behaves like an optimist with a pocket calculator; Distance asks it before it walks; how often everything
/// has to be done is a lower bound of the distance (h_max, Bonet & Geffner 2001). A fact is a comparison in a
/// condition, or one of several ways to meet it. What is asked of beliefs counts as met, and a value that has
/// to be worked out as any value.
class Relaxed {
  public:
    Relaxed(const Laws& laws, const Mask& mask, TermId utility);

    /// How many acts it takes at least until the utility is above `value`, or at it if not `strict`, or until
    /// the world may make a mistake; at most `endless`, which is no proof that it never comes to that.
    int measure(View body, const Store& store, double value, bool strict);

    static constexpr int endless = 250;

    /// What a look goes through, at most, for each act that it takes.
    std::size_t words() const noexcept { return table_.size(); }
    std::size_t bytes() const noexcept { return words() * sizeof(Word); }

  private:
    using Facts = std::vector<std::uint32_t>;
    using Word = std::uint64_t;
    struct Fact {
        TermId term;
        bool wanted;  ///< what the test should say
        TestId test;  ///< `fails` where only a step can bring it about
    };
    struct Step {
        Facts needs, makes;
        bool free;  ///< no act
    };
    /// A value that a part of the utility may have, and what it needs.
    struct Option {
        double value;  ///< 1 or -1 in front of `now`, if that is there
        Facts needs;
        std::optional<ValueId> now;
    };

    // Building.
    TermId first_like(TermId term);
    void need(TermId term, bool wanted, Facts& found);
    std::uint32_t comparison(TermId term, bool wanted);
    std::uint32_t ways(TermId term, bool wanted);
    std::uint32_t note(Fact fact);
    void mark(TermId term, std::uint32_t fact);
    void summands(TermId term, double sign);
    void options(TermId term, double sign, const Facts& before, std::vector<Option>& found);
    void add(const Mask& mask, const std::vector<Effect>& effects, TermId precondition, bool free);
    void clash(const std::vector<Effect>& effects, const Effect& effect, const Facts& needs, bool free);
    void connect(std::size_t first_trigger);
    Facts made(const Effect& effect) const;
    bool comes_true(std::uint32_t fact, double value) const;
    void pack();
    // Measuring. `W`: in how many words of bits facts are kept, where that is known beforehand.
    template <std::size_t W>
    int measured(double value, bool strict);
    void begin(View body, const Store& store);
    template <std::size_t W>
    bool fire();
    template <std::size_t W>
    void settle();
    bool met(const Facts& facts) const;
    bool ends(double value, bool strict) const;

    const Laws& laws_;
    const Problem& problem_;
    std::vector<Fact> facts_;
    std::vector<Step> steps_;
    std::vector<std::pair<const Effect*, std::size_t>> effects_;  ///< and the steps they are of
    std::map<std::vector<std::uint64_t>, TermId> alike_;          ///< by what it says
    std::map<std::pair<TermId, bool>, std::uint32_t> numbers_;    ///< of the facts
    std::vector<Facts> by_fluent_;                                ///< what may change with it
    std::vector<Facts> by_word_;                                  ///< of a body: the same, each once
    std::vector<std::vector<Option>> parts_;                      ///< of the utility, a sum
    // The steps, in words of bits.
    std::size_t words_ = 0;
    std::vector<Word> table_;  ///< of each step what it needs, and then what it makes
    std::vector<std::uint32_t> acts_, free_;
    // From one body, and what held in the last one.
    std::vector<std::uint64_t> last_;
    std::vector<Word> held_, reached_, more_;
    std::vector<std::uint32_t> pending_acts_, pending_free_;
    std::vector<std::vector<double>> values_;  ///< of the options
};

}  // namespace fabula
