// Zeroed memory, in large pages where the system has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace fabula {

/// A fixed number of plain values, all zero at first.
///
/// Behaves like an array that owns its memory; tables and pages of states lie in it; it comes straight from
/// the system, so what is never touched costs nothing, and large ones ask for large pages, without which
/// every look into a table of gigabytes would be a miss in the processor's page cache as well.
template <class T>
class Region {
    static_assert(std::is_trivially_destructible_v<T>);

  public:
    Region() = default;
    explicit Region(std::size_t size) : size_(size) {
        if (size == 0) return;
        data_ = static_cast<T*>(std::calloc(size, sizeof(T)));
        if (!data_) throw std::bad_alloc();
#ifdef __linux__
        constexpr std::size_t page = 4096, large = std::size_t{4} << 20;
        if (size * sizeof(T) < large) return;
        const auto from = (reinterpret_cast<std::uintptr_t>(data_) + page - 1) & ~(page - 1);
        const auto to = reinterpret_cast<std::uintptr_t>(data_ + size) & ~(page - 1);
        madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);  // only advice: it may fail
#endif
    }
    ~Region() { std::free(data_); }
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
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace fabula
