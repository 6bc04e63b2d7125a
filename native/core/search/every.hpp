// Every story within the limits, each once.
#pragma once

#include <functional>
#include <vector>

#include "core/search/author.hpp"

namespace fabula {

/// The enumeration of all stories.
///
/// Behaves like a walk through all of them, also those that go on after a goal; Solver uses it for the mode
/// `all`; it goes depth first and carries the exact set of shadows, so that what is superfluous is left as
/// soon as a part of the plan leads to the same place.
class Every {
  public:
    using Told = std::function<void(const std::vector<ActId>&)>;

    Every(Minds& minds, Author& author, int acts) : minds_(minds), author_(author), acts_(acts) {}
    /// Write down what is visited.
    void keep(Tree& tree) noexcept { tree_ = &tree; }
    void run(const Told& told) {
        told_ = told;
        walk(author_.first(), {}, 0);
    }

  private:
    void walk(Place place, const std::vector<Place>& shadows, std::uint32_t parent);
    std::uint32_t visit(Place place, std::uint32_t parent);
    std::vector<Place> lengthened(Place place, const std::vector<Place>& shadows, ActId act);
    bool superfluous(Place place, const std::vector<Place>& shadows) const;

    Minds& minds_;
    Author& author_;
    int acts_;
    Told told_;
    Tree* tree_ = nullptr;
    std::vector<ActId> plan_;
};

}  // namespace fabula
