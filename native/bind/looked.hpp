// A chart as Python holds it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "core/search/chart.hpp"

namespace fabula::bind {

/// Held while a session answers; whoever is told of a story in the middle of that may look at earlier charts.
using Busy = std::recursive_mutex;

/// A chart that waits, when it is first looked at, until nobody asks its session anything.
class Looked {
  public:
    Looked(std::shared_ptr<Busy> busy, Chart chart) : busy_(std::move(busy)), chart_(std::move(chart)) {}

    const Chart::Places& places() {
        const std::scoped_lock alone(*busy_);
        return chart_.places();
    }
    const Chart::States& states() {
        const std::scoped_lock alone(*busy_);
        return chart_.states();
    }

  private:
    std::shared_ptr<Busy> busy_;
    Chart chart_;
};

}  // namespace fabula::bind
