// Small worlds for the tests of the core, and questions about them, in the words in which they cross the
// seam.
#pragma once

#include <cstdint>
#include <vector>

#include "core/problem/problem.hpp"
#include "core/seam/answer.hpp"
#include "core/seam/seam.hpp"

namespace fabula::sketch {

using Words = std::vector<std::int32_t>;
using Parts = std::vector<Words>;

/// Whoever asks gives at least as many of these as there are numbers in the world: each stands at its own
/// place.
inline const std::vector<double> numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

inline Words joined(Words words, const Parts& parts) {
    for (const auto& part : parts) words.insert(words.end(), part.begin(), part.end());
    return words;
}
inline Words listed(const Parts& parts) { return joined({static_cast<std::int32_t>(parts.size())}, parts); }
inline Words listed(const Words& members) {
    return joined({static_cast<std::int32_t>(members.size())}, {members});
}

// Values.
inline Words number(std::int32_t value) { return {0, value}; }
inline Words read(std::int32_t fluent) { return {1, fluent}; }
inline Words sum(const Words& one, const Words& other) { return joined({3, 2}, {one, other}); }
inline Words choice(const Words& when, const Words& value, const Words& otherwise) {
    return joined({4, 1}, {when, value, otherwise});
}

// Conditions.
inline Words yes() { return {5, 1}; }
inline Words no() { return {5, 0}; }
inline Words compare(Comparator how, const Words& left, const Words& right, bool entities = false) {
    return joined({6, static_cast<std::int32_t>(how), entities}, {left, right});
}
inline Words is(std::int32_t fluent, std::int32_t value) {
    return compare(Comparator::eq, read(fluent), number(value));
}
inline Words is_not(std::int32_t fluent, std::int32_t value) {
    return compare(Comparator::ne, read(fluent), number(value));
}
inline Words alike(std::int32_t fluent, std::int32_t other) {
    return compare(Comparator::eq, read(fluent), read(other), true);
}
inline Words all(const Parts& conditions) { return joined({7}, {listed(conditions)}); }
inline Words any(const Parts& conditions) { return joined({8}, {listed(conditions)}); }
inline Words thinks(std::int32_t who, const Words& condition) { return joined({9, who}, {condition}); }

/// An effect, in the world or in the mind at the end of the path.
inline Words sets(std::int32_t fluent, std::int32_t value, const Words& path = {},
                  const Words& when = yes()) {
    return joined(listed(path), {{fluent}, when, number(value)});
}
/// A belief that somebody has at the start.
inline Words believes(const Words& path, std::int32_t fluent, std::int32_t value) {
    return joined(listed(path), {{fluent, value}});
}
/// `seen`: by character, when she sees it.
inline Words act(const Words& when, const Parts& effects, const Words& consenting, const Parts& seen) {
    return joined(when, {listed(effects), listed(consenting), joined({}, seen)});
}
inline Words trigger(const Words& when, const Parts& effects) { return joined(when, {listed(effects)}); }

/// A world: there are as many characters as utilities.
struct World {
    Words values{};  ///< by fluent: how many it may have, from 0 on
    Words initial{};
    Parts beliefs{}, acts{}, triggers{};
    Words utility{};
    Parts utilities{}, beats{};

    Words words() const {
        Parts fluents;
        for (const auto size : values) {
            Words domain;
            for (std::int32_t value = 0; value < size; ++value) domain.push_back(value);
            fluents.push_back(joined({0}, {listed(domain)}));
        }
        const auto characters = static_cast<std::int32_t>(utilities.size());
        return joined({seam_magic, seam_version, characters},
                      {listed(fluents), initial, listed(beliefs), listed(acts), listed(triggers), utility,
                       joined({}, utilities), listed(beats)});
    }
    Problem problem() const { return read_problem(words(), numbers); }
};

/// A question: limits, mode, ambition, and where it is about a plan, its acts, or others after them.
inline Words question(std::int32_t author, std::int32_t character, std::int32_t epistemic, Mode mode,
                      bool best = false, const Words& acts = {}, const Words& about = {}, bool keep = true) {
    return joined({author, character, epistemic, static_cast<std::int32_t>(mode), best, keep, 0, 0, 0, 0},
                  {listed(acts), listed(about)});
}

}  // namespace fabula::sketch
