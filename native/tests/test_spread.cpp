// A look around answers malformed questions with a fault, not with a crash.
#include "core/search/spread.hpp"

int main() {
    const auto reply = fabula::spread({}, {}, {}, 0, {}, {});
    return reply.words.size() > 1 && reply.words[1] != 0 ? 0 : 1;
}
