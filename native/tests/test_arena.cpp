// Blocks are zero whoever had them before, overlap with none, and go back to the system with the last of
// them.
#include "core/base/arena.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/lists.hpp"

#if defined(__unix__) || defined(__APPLE__)
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#define FORKS 1
#endif

namespace {

using fabula::Arena;

struct Block {
    unsigned char* first;
    std::size_t size;
    unsigned char mark;
};

bool filled(const Block& block, unsigned char with) {
    return std::all_of(block.first, block.first + block.size, [with](unsigned char c) { return c == with; });
}

/// Take and give back in an order that depends on the seed; whether every block was zero and stayed its
/// owner's.
bool used(Arena& arena, std::uint32_t seed) {
    std::vector<Block> mine;
    for (int round = 0; round < 3'000; ++round) {
        seed = seed * 1'664'525 + 1'013'904'223;
        if (mine.size() > 40 || (!mine.empty() && seed >> 30 == 0)) {
            std::swap(mine[(seed >> 8) % mine.size()], mine.back());
            if (!filled(mine.back(), mine.back().mark)) return false;
            arena.give_back(mine.back().first, mine.back().size);
            mine.pop_back();
        }
        const std::size_t size = std::size_t{1} << (seed >> 24) % 17;
        Block block{static_cast<unsigned char*>(arena.take(size)), size,
                    static_cast<unsigned char>(round | 1)};
        if (!filled(block, 0)) return false;
        std::memset(block.first, block.mark, size);
        mine.push_back(block);
    }
    for (const auto& block : mine) {
        if (!filled(block, block.mark)) return false;
        arena.give_back(block.first, block.size);
    }
    return true;
}

bool zeroed_and_apart() {
    Arena arena;
    bool one = false, other = false;
    std::thread beside([&] { one = used(arena, 1); });
    other = used(arena, 2);
    beside.join();
    return one && other && used(arena, 3);
}

bool given_back() {
    Arena arena;
    constexpr std::size_t size = std::size_t{1} << 20, many = 100;
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < many; ++i) blocks.push_back(std::memset(arena.take(size), 1, size));
    const auto held = arena.held();
    for (auto* const block : blocks) arena.give_back(block, size);
    return held >= many * size && arena.held() < held / 2 && used(arena, 4);
}

bool listed() {
    fabula::Meter meter;
    {
        fabula::Lists<std::uint32_t> lists(meter);
        std::vector<std::span<const std::uint32_t>> kept;
        for (std::uint32_t n = 0; n < 1'000; ++n)
            kept.push_back(lists.keep(std::vector<std::uint32_t>(n == 7 ? 100'000 : n % 90, n)).items());
        for (std::uint32_t n = 0; n < 1'000; ++n) {
            if (kept[n].size() != (n == 7 ? 100'000 : n % 90)) return false;
            if (!std::ranges::all_of(kept[n], [n](std::uint32_t one) { return one == n; })) return false;
        }
        if (meter.bytes() < 500'000) return false;
    }
    return meter.bytes() == 0;
}

#ifdef FORKS
/// A child can use the arena although a thread that it does not have was at it.
bool forked() {
    auto& arena = Arena::common();
    std::atomic<bool> enough{false};
    std::thread busy([&] {
        while (!enough) arena.give_back(arena.take(4096), 4096);
    });
    bool good = true;
    for (int i = 0; i < 100 && good; ++i) {
        const auto child = fork();
        if (child == 0) {
            alarm(5);  // who hangs is killed
            arena.give_back(arena.take(100), 100);
            _exit(0);
        }
        int status = 1;
        good = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    }
    enough = true;
    busy.join();
    return good;
}
#else
bool forked() { return true; }
#endif

/// Worlds whose tables differ use each other's memory.
bool shared_out() {
    Arena arena;
    void* const kept = arena.take(64);
    for (std::size_t stride = 1; stride <= 24; ++stride) {
        std::vector<std::pair<void*, std::size_t>> blocks;
        for (std::size_t size = stride * 32'768; size <= Arena::largest; size *= 2)
            for (int twice = 0; twice < 2; ++twice) blocks.emplace_back(arena.take(size), size);
        for (const auto& [block, size] : blocks) arena.give_back(block, size);
    }
    const bool good = arena.held() <= 24 * Arena::largest;
    arena.give_back(kept, 64);
    return good;
}

}  // namespace

int main() {
    if (!zeroed_and_apart()) return std::puts("a block is not zero, or not its owner's alone"), 1;
    if (!given_back()) return std::puts("the arena keeps what nobody uses"), 1;
    if (!forked()) return std::puts("a child hangs in the arena"), 1;
    if (!shared_out()) return std::puts("tables of one size are of no use for those of others"), 1;
    if (!listed()) return std::puts("a list has changed, or its bytes are not counted"), 1;
    return 0;
}
