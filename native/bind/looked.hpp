// A chart as Python holds it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "core/minds/minds.hpp"
#include "core/search/chart.hpp"

namespace fabula::bind {

/// Held while a session answers; whoever is told of a story in the middle of that may look at earlier charts,
/// and ask nothing.
class Busy {
  public:
    void lock() { mutex_.lock(); }
    void unlock() { mutex_.unlock(); }

    /// True for as long as one lives. Throws where it is true already.
    class Answering {
      public:
        explicit Answering(Busy& busy) : busy_(busy) {
            if (busy_.answering_) throw std::runtime_error("a session is asked while it answers");
            busy_.answering_ = true;
        }
        ~Answering() { busy_.answering_ = false; }
        Answering(const Answering&) = delete;
        Answering& operator=(const Answering&) = delete;

      private:
        Busy& busy_;
    };

  private:
    std::recursive_mutex mutex_;
    bool answering_ = false;
};

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

    // These throw std::out_of_range, which is Python's IndexError, for a number of nothing.
    std::uint32_t node(std::int64_t place) {
        const std::scoped_lock alone(*busy_);
        return static_cast<std::uint32_t>(chart_.node(known<std::uint32_t>(place)));
    }
    std::vector<double> row(std::int64_t node) {
        const std::scoped_lock alone(*busy_);
        return chart_.values(known<NodeId>(node));
    }
    std::uint32_t mind(std::int64_t node, std::int64_t who) {
        const std::scoped_lock alone(*busy_);
        return static_cast<std::uint32_t>(chart_.mind(known<NodeId>(node), known<CharacterId>(who)));
    }
    std::uint32_t after(std::int64_t node, std::int64_t act) {
        const std::scoped_lock alone(*busy_);
        const Busy::Answering now(*busy_);
        return static_cast<std::uint32_t>(chart_.after(known<NodeId>(node), known<ActId>(act)));
    }
    static bool broken(std::uint32_t node) noexcept { return Minds::broken(NodeId(node)); }

  private:
    /// What a number from outside stands for.
    template <class Id>
    Id known(std::int64_t number) {
        if (!std::in_range<std::uint32_t>(number) || !chart_.has(static_cast<Id>(number)))
            throw std::out_of_range("no place, state, character or act has this number here");
        return static_cast<Id>(number);
    }

    std::shared_ptr<Busy> busy_;
    Chart chart_;
};

}  // namespace fabula::bind
