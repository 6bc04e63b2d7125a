// Where tables and pages lie: memory from the system, in large pages.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

// Who watches over addresses sees no further than to the end of what the system has given.
#if defined(__SANITIZE_ADDRESS__)
#define FABULA_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FABULA_WATCHED 1
#endif
#endif

namespace fabula {

/// Zeroed memory straight from the system, in large pages where it has them. Throws std::bad_alloc.
void* reserve(std::size_t bytes);
/// Give it back; the size is that which was asked for.
void release(void* memory, std::size_t bytes) noexcept;

/// The memory of all Regions that are not large themselves.
///
/// Behaves like an allocator of zeroed blocks; Regions come from it; blocks lie side by side in stretches of
/// large pages, since in small ones each look into a table would be a miss in the processor's cache of
/// addresses as well. What is given back serves whoever wants about as much; with the last block all
/// but one stretch go back to the system. A process may fork while some thread is at it.
class Arena {
  public:
    /// The one of this process.
    static Arena& common();

    Arena() = default;
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    /// How many bytes a block has at most.
    static constexpr std::size_t largest = std::size_t{1} << 20;
    /// Regions of at most so many are blocks.
#ifdef FABULA_WATCHED
    static constexpr std::size_t most = 0;
#else
    static constexpr std::size_t most = largest;
#endif
    /// Throws std::bad_alloc.
    void* take(std::size_t bytes);
    void give_back(void* block, std::size_t bytes) noexcept;
    /// How many bytes the system has given.
    std::size_t held() const noexcept;

  private:
    /// What stands in a block that was given back.
    struct Free {
        Free* next;
    };

    void begin(char* stretch, std::size_t used) noexcept;
    char* fresh(std::size_t size);

    mutable std::mutex gate_;
    std::map<std::size_t, Free*> free_;  ///< by size, of those that were ever taken
    std::vector<char*> stretches_;
    char* next_ = nullptr;  ///< where the next block begins, in the last stretch
    char* zero_ = nullptr;  ///< from here on nothing was ever written
    char* end_ = nullptr;
    std::size_t lent_ = 0;  ///< how many blocks
};

}  // namespace fabula
