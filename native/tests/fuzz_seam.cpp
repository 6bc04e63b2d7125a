// A libFuzzer target: whatever comes through the seam, and however it is asked, the core answers.
//
// The first seven bytes are the question: which mode, three limits, the goal, the ambition, how many numbers.
// Then the numbers, in halves, -128 for `?`; then the words, each a byte with a sign, or -128 and four bytes.
// The magic and the version are put before them, since guessing those teaches nothing.
// `tests/search/fuzz_seeds.py` writes seeds.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "core/search/session.hpp"

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
    const fabula::Budget budget{0.2, 1'000, 1 << 24};
    numbers.push_back(data[4] / 2.0);
    const auto goal = static_cast<std::int32_t>(numbers.size() - 1);
    const std::int32_t mode = bytes[0] % 9;
    const std::vector<std::int32_t> question{
        limit(1), limit(2), limit(3), mode, data[5] & 1, 1, data[4] != 0, goal, 0, 0, 2, 0, 1, 1, 0};
    fabula::Session session(words, numbers);
    for (int again = 0; again < 2; ++again) {
        std::optional<fabula::Chart> chart;
        (void)session.ask(question, numbers, budget, {}, {}, &chart);
        if (chart) (void)chart->states();
    }
    return 0;
}
