// Zeroed memory for plain values.
#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

#include "core/base/arena.hpp"

namespace fabula {

/// A fixed number of plain values, all zero at first.
///
/// Behaves like an array that owns its memory; tables and pages of states lie in it; small ones are blocks of
/// the Arena, large ones come straight from the system, so that what is never touched costs nothing.
template <class T>
class Region {
    static_assert(std::is_trivially_destructible_v<T>);

  public:
    Region() = default;
    /// Throws std::bad_alloc.
    explicit Region(std::size_t size) : size_(size) {
        if (size > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
        if (size) data_ = static_cast<T*>(small() ? Arena::common().take(bytes()) : reserve(bytes()));
    }
    ~Region() {
        if (data_) small() ? Arena::common().give_back(data_, bytes()) : release(data_, bytes());
    }
    Region(Region&& other) noexcept { swap(other); }
    Region& operator=(Region&& other) noexcept {
        swap(other);
        return *this;
    }
    void swap(Region& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
    }

    /// Have all of its memory at once. What is read before it is written is fetched twice otherwise, and the
    /// second time makes all threads wait.
    void touch() noexcept {
        constexpr std::size_t page = 4096;
        auto* const raw = reinterpret_cast<volatile char*>(data_);
        for (std::size_t at = 0; at < bytes(); at += page) raw[at] = 0;
    }

    T& operator[](std::size_t at) noexcept { return data_[at]; }
    const T& operator[](std::size_t at) const noexcept { return data_[at]; }
    T* begin() noexcept { return data_; }
    T* end() noexcept { return data_ + size_; }
    const T* begin() const noexcept { return data_; }
    const T* end() const noexcept { return data_ + size_; }
    std::size_t size() const noexcept { return size_; }
    std::size_t bytes() const noexcept { return size_ * sizeof(T); }

  private:
    bool small() const noexcept { return bytes() <= Arena::most; }

    T* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace fabula
