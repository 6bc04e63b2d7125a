// A lock for moments: where threads share a table.
#pragma once

#include <atomic>
#include <thread>

namespace fabula {

/// A spinning lock.
///
/// Behaves like a mutex that is held for some nanoseconds; every part of a shared table has one; where only
/// one thread works it is passed by.
class Gate {
  public:
    /// Holds the gate for as long as it lives, if there is need.
    class Pass {
      public:
        Pass(Gate& gate, bool needed) noexcept : gate_(needed ? &gate : nullptr) {
            if (gate_) gate_->enter();
        }
        ~Pass() {
            if (gate_) gate_->held_.store(false, std::memory_order_release);
        }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;

      private:
        Gate* gate_;
    };

  private:
    void enter() noexcept {
        for (int tries = 0; held_.exchange(true, std::memory_order_acquire); ++tries)
            while (held_.load(std::memory_order_relaxed))
                if (++tries > 1'000) std::this_thread::yield();
    }
    std::atomic<bool> held_{false};
};

}  // namespace fabula
