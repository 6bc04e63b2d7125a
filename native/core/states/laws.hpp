// The acts and triggers of a problem, compiled, and who watches what.
#pragma once

#include <map>
#include <vector>

#include "core/states/program.hpp"

namespace fabula {

struct LawEffect {
    PathId path = PathId::here;
    FluentId fluent{};
    TestId condition = TestId::holds;
    ValueId value{};
};

/// One step of the walk down a precondition that mends an observer's beliefs (surprise).
struct Mend {
    enum class Kind : std::uint8_t { nothing, atom, every, ways, within } kind = Kind::nothing;
    std::vector<std::pair<TestId, std::uint32_t>> parts;  ///< condition of the way (holds for `every`), mend
    CharacterId mind{};                                   ///< of `within`
    TestId test = TestId::holds;                          ///< of an atom
    bool equality = false;
    ValueId right{};
    /// The fluents that are corrected, with the value each is compared by.
    struct Target {
        PathId path;
        FluentId fluent;
        ValueId read;
    };
    std::vector<Target> targets;
    bool both = false;  ///< an equality of two entity fluents
};

struct ActLaw {
    TestId precondition = TestId::holds;
    std::vector<LawEffect> effects;
    std::vector<CharacterId> consenting;
    std::vector<TestId> observing;
    std::uint32_t mend = 0;
};

struct TriggerLaw {
    TestId precondition = TestId::holds;
    std::vector<LawEffect> effects;
};

/// A trigger that looks at a fluent or changes it, and the value without which (or with which) it cannot
/// fire.
struct Watch {
    enum class Wish : std::uint8_t { any, is, is_not } wish = Wish::any;
    TriggerId trigger{};
    Code code = 0;
    /// Whether the trigger may fire now that the fluent has this value.
    bool minds(Code now) const noexcept { return wish == Wish::any || (now == code) == (wish == Wish::is); }
};

/// What triggers look at or change in somebody's mind.
struct MindWatch {
    FluentId fluent;
    std::vector<Watch> watches;
};

/// Everything that acts and triggers do, compiled.
///
/// Behaves like a rule book; Minds applies it; it is compiled once for each question, and knows which
/// triggers need looking at again when a fluent, or an idea of a fluent, has changed.
class Laws {
  public:
    Laws(const Problem& problem, Layout& layout, Program& program);

    const Problem& problem;
    Layout& layout;
    Program& program;

    std::vector<ActLaw> acts;
    std::vector<bool> plain;  ///< by act: its precondition looks into no mind
    std::vector<bool> tells;  ///< by act: it has effects in somebody's mind
    std::vector<TriggerLaw> triggers;
    std::vector<Mend> mends;
    std::vector<ValueId> utilities;  ///< of the characters
    ValueId author{};
    std::vector<TestId> beats;

    std::vector<std::vector<Watch>> watchers;          ///< by fluent of the state itself
    std::vector<std::vector<MindWatch>> mind_watches;  ///< by character: what of her beliefs is looked at
    std::vector<std::vector<TriggerId>> deep_watches;  ///< by character: triggers that look further inside
    bool triggers_see_minds = false;

  private:
    std::vector<LawEffect> effects(const std::vector<Effect>& effects);
    std::uint32_t mend(TermId term);
    Mend comparison(TermId id);
    bool target(TermId id, Mend::Target& found);
    using Path = std::vector<CharacterId>;
    /// What a trigger's precondition plainly asks of a fluent, here or in a mind.
    using Wishes = std::map<std::pair<Path, FluentId>, Watch>;

    void watch(TriggerId id, const Trigger& trigger);
    void wish(TriggerId id, TermId term, Path path, Wishes& wishes) const;
    void look(TriggerId id, TermId term, Path& path, const Wishes& wishes);
    void note(TriggerId id, const Path& path, FluentId fluent, const Wishes& wishes);
};

}  // namespace fabula
