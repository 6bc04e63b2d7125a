// Stretches of large pages, and blocks in them.
#include "core/base/arena.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#define FABULA_FORKS 1
#include <pthread.h>
#endif
#if defined(__linux__) && !defined(FABULA_WATCHED)
#define FABULA_LARGE_PAGES 1
#include <sys/mman.h>
#endif

namespace fabula {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20, stretch = 4 * large_page;
/// Of the processor's cache: no two blocks share one.
constexpr std::size_t line = 64;

template <class Number>
constexpr Number up(Number number, std::size_t to) noexcept {
    return (number + to - 1) / to * to;
}

/// How many bytes a block has: a power of two, or three quarters of one, so that worlds whose tables differ
/// can use each other's.
std::size_t rounded(std::size_t bytes) noexcept {
    const auto whole = std::bit_ceil(std::max(bytes, line));
    return whole >= 4 * line && bytes <= whole / 4 * 3 ? whole / 4 * 3 : whole;
}

}  // namespace

#ifdef FABULA_LARGE_PAGES

namespace {

/// Before a process has so much it takes small pages: to have a large one may take milliseconds, as long as a
/// hundred small questions.
constexpr std::size_t much = std::size_t{32} << 20;
std::atomic<std::size_t> reserved{0};

}  // namespace

void* reserve(std::size_t bytes) {
    const auto wanted = up(bytes, large_page);
    void* const all =
        mmap(nullptr, wanted + large_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    const auto from = reinterpret_cast<std::uintptr_t>(all), begin = up(from, large_page);
    auto* const memory = static_cast<char*>(all) + (begin - from);
    if (begin > from) munmap(all, begin - from);
    if (begin < from + large_page) munmap(memory + wanted, from + large_page - begin);
    if (reserved.fetch_add(wanted) >= much) madvise(memory, wanted, MADV_HUGEPAGE);  // it may fail
    return memory;
}

void release(void* memory, std::size_t bytes) noexcept {
    reserved.fetch_sub(up(bytes, large_page));
    munmap(memory, up(bytes, large_page));
}

#else

void* reserve(std::size_t bytes) {
    void* const memory = std::calloc(bytes, 1);
    if (!memory) throw std::bad_alloc();
    return memory;
}

void release(void* memory, std::size_t) noexcept { std::free(memory); }

#endif

// Never destroyed: whoever ends after main() may still give something back.
Arena& Arena::common() {
    static auto* const arena = [] {
#ifdef FABULA_FORKS
        // Who forks holds the gate meanwhile: else the child might find it held by a thread that it does not
        // have.
        pthread_atfork([] { common().gate_.lock(); }, [] { common().gate_.unlock(); },
                       [] { common().gate_.unlock(); });
#endif
        return new Arena;
    }();
    return *arena;
}

Arena::~Arena() {
    for (auto* const memory : stretches_) release(memory, stretch);
}

void* Arena::take(std::size_t bytes) {
    const auto size = rounded(bytes);
    char* block = nullptr;
    auto written = size;
    {
        const std::lock_guard guard(gate_);
        if (auto& free = free_[size]) {
            block = reinterpret_cast<char*>(std::exchange(free, free->next));
        } else {
            block = fresh(size);
            written = block < zero_ ? std::min(size, static_cast<std::size_t>(zero_ - block)) : 0;
            zero_ = std::max(zero_, next_);
        }
        ++lent_;
    }
    return std::memset(block, 0, std::min(written, bytes));
}

/// The next block of the stretch, or of a new one. It may have been written before.
char* Arena::fresh(std::size_t size) {
    if (static_cast<std::size_t>(end_ - next_) < size) {
        stretches_.reserve(stretches_.size() + 1);
        stretches_.push_back(static_cast<char*>(reserve(stretch)));
        begin(stretches_.back(), 0);
    }
    return std::exchange(next_, next_ + size);
}

/// Blocks come from this stretch, of which so many bytes may have been written.
void Arena::begin(char* memory, std::size_t used) noexcept {
    const auto at = reinterpret_cast<std::uintptr_t>(memory);
    next_ = memory + (up(at, line) - at);
    zero_ = memory + used;
    end_ = memory + stretch;
}

void Arena::give_back(void* block, std::size_t bytes) noexcept {
    const std::lock_guard guard(gate_);
    auto& free = free_.find(rounded(bytes))->second;
    free = new (block) Free{free};
    if (--lent_) return;
    for (auto& [size, list] : free_) list = nullptr;
    const bool only = stretches_.size() == 1;
    for (; stretches_.size() > 1; stretches_.pop_back()) release(stretches_.back(), stretch);
    begin(stretches_[0], only ? static_cast<std::size_t>(zero_ - stretches_[0]) : stretch);
}

std::size_t Arena::held() const noexcept {
    const std::lock_guard guard(gate_);
    return stretches_.size() * stretch;
}

}  // namespace fabula
