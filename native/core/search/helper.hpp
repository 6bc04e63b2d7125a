// A second thread: another author, who begins at the other end.
#pragma once

#include <thread>

#include "core/search/author.hpp"

namespace fabula {

/// Makes a proof go faster.
///
/// Behaves like a second author of the same story, on the same states and memories; while the author works
/// through what might lead to the goal, the helper does the same from the other end, so that each finds more
/// and more already known, and the last questions are shared by both. The author still asks everything
/// herself, in her own order: the same story, proof and visits come out as without a helper. It begins
/// before her, while she still looks for a first story elsewhere, and lives as long as she is at work.
class Helper {
  public:
    /// `meter`: of the world that all these are of.
    Helper(Estimates& estimates, const Minds& minds, const Motive& motive, const Author& author,
           Meter& meter);
    ~Helper();
    Helper(const Helper&) = delete;
    Helper& operator=(const Helper&) = delete;

    /// See Author.
    void shorten(int acts) noexcept { other_.shorten(acts); }

  private:
    void work();

    Meter& world_;
    Meter meter_;
    Estimates estimates_;
    Minds minds_;
    Motive motive_;
    Author other_;
    std::thread thread_;
};

}  // namespace fabula
