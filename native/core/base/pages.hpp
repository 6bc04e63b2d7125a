// Records of one size that never move, however many there are.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>

#include "core/base/budget.hpp"
#include "core/base/gate.hpp"
#include "core/base/region.hpp"

namespace fabula {

/// An array of records that grows at its end.
///
/// Behaves like an array whose elements, all zero at first, stay where they are; pools of states lie in it;
/// each page holds as many records as all before it together, so a record is found with one shift. Who knows
/// the number of a record may read it while others append.
template <class Unit>
class Pages {
  public:
    /// Without a meter nothing is counted.
    explicit Pages(std::size_t stride, Meter* meter = nullptr) : stride_(stride), meter_(meter) {}
    ~Pages() {
        if (meter_) meter_->give_back(taken_);
    }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    const Unit* at(std::uint32_t index) const noexcept { return place(index); }
    Unit* at(std::uint32_t index) noexcept { return place(index); }
    /// Make room for all records up to this number. Throws Stopped where memory is spent.
    void reach(std::uint32_t index) {
        while (!reaches(index)) make();
    }
    /// Whether there is room for it.
    bool reaches(std::uint32_t index) const noexcept {
        return index < reached_.load(std::memory_order_acquire);
    }

  private:
    static constexpr std::uint32_t first_bits = 12;
    static constexpr std::uint32_t first = 1u << first_bits;
    static constexpr std::size_t most = 18;

    static std::size_t page(std::uint32_t wanted) noexcept {
        return static_cast<std::size_t>(std::bit_width(wanted)) - first_bits - 1;
    }
    Unit* place(std::uint32_t index) const noexcept {
        const auto wanted = index + first;
        const auto number = page(wanted);
        return pages_[number].load(std::memory_order_relaxed) + (wanted - (first << number)) * stride_;
    }
    void make() {
        const Gate::Pass pass(gate_, true);
        const auto from = reached_.load(std::memory_order_relaxed);
        if (meter_) {  // untouched memory costs nothing: it is counted as it is used
            meter_->take(first * stride_ * sizeof(Unit));
            taken_ += first * stride_ * sizeof(Unit);
        }
        const auto number = page(from + first);
        if (!regions_[number].size()) {
            regions_[number] = Region<Unit>((std::size_t{first} << number) * stride_);
            pages_[number].store(regions_[number].begin(), std::memory_order_release);
        }
        reached_.store(from + first, std::memory_order_release);
    }

    std::size_t stride_;
    Meter* meter_;
    Gate gate_;
    std::uint64_t taken_ = 0;
    std::atomic<std::uint32_t> reached_{0};
    std::array<Region<Unit>, most> regions_;
    std::array<std::atomic<Unit*>, most> pages_{};
};

}  // namespace fabula
