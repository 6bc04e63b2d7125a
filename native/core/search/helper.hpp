// A second thread that answers ahead.
#pragma once

#include <optional>
#include <thread>

#include "core/search/author.hpp"

namespace fabula {

/// Answers questions about reasons before their turn comes.
///
/// Behaves like a diligent reader of the author's list of things to do: while the author works at its top,
/// the helper asks, from the other end, whether people are willing, and writes down what it learns where both
/// read. The author still asks everything herself, in her own order, and mostly finds the answer there: the
/// same story, proof and visits come out as without a helper. It lives as long as the author is at work.
class Helper {
  public:
    Helper(Estimates& estimates, const Minds& minds, const Motive& motive, Author& author, Meter& meter);
    ~Helper();
    Helper(const Helper&) = delete;
    Helper& operator=(const Helper&) = delete;

  private:
    void work();

    Author& author_;
    Meter& first_;
    Meter meter_;
    Estimates estimates_;
    Minds minds_;
    Motive motive_;
    std::thread thread_;
};

}  // namespace fabula
