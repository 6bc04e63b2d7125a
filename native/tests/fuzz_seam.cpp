// A libFuzzer target: whatever comes through the seam, and however it is asked, the core answers.
//
// The first seven bytes are the question: which door, three limits, the goal, the ambition, how many numbers.
// Then the numbers, in halves, -128 for `?`; then the words, each a byte with a sign, or -128 and four bytes.
// The magic and the version are put before them, since guessing those teaches nothing.
// `tests/search/fuzz_seeds.py` writes seeds.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "core/seam/seam.hpp"
#include "core/search/spread.hpp"
#include "core/solve.hpp"

namespace {

constexpr std::size_t head = 7;
constexpr int escape = -128;

std::vector<std::int32_t> words_of(const std::int8_t* data, std::size_t size) {
    std::vector<std::int32_t> words{fabula::seam_magic, fabula::seam_version};
    for (std::size_t i = 0; i < size; ++i) {
        std::int32_t word = data[i];
        if (word == escape && i + sizeof word < size) {
            std::memcpy(&word, data + i + 1, sizeof word);
            i += sizeof word;
        }
        words.push_back(word);
    }
    return words;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < head) return 0;
    const auto* data = reinterpret_cast<const std::int8_t*>(bytes);
    const std::size_t count = std::min<std::size_t>(bytes[6], size - head);
    std::vector<double> numbers;
    for (std::size_t i = 0; i < count; ++i)
        numbers.push_back(data[head + i] == escape ? std::numeric_limits<double>::quiet_NaN()
                                                   : data[head + i] / 2.0);
    const auto words = words_of(data + head + count, size - head - count);
    const auto limit = [&](int which) { return std::int32_t{data[which]} % 6; };  // below 0: none
    const double goal = data[4] / 2.0;
    const bool has_goal = data[4] != 0;
    const fabula::Budget budget{0.2, 1'000, 1 << 24};
    const auto door = bytes[0] % 6;
    if (door < 3) {
        const std::array<std::int32_t, 6> options{limit(1), limit(2), limit(3), door, data[5] & 1, has_goal};
        (void)fabula::solve(words, numbers, options, goal, budget, {});
    } else {
        const std::array<std::int32_t, 5> options{limit(1), limit(2), limit(3), door - 3, has_goal};
        (void)fabula::spread(words, numbers, options, goal, budget, {});
    }
    return 0;
}
