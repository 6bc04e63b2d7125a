// Leaving places answers malformed questions with a fault, not with a crash, as often as it is asked.
#include "core/search/leave.hpp"

int main() {
    fabula::Leaver leaver({}, {}, {});
    const std::int32_t asked[] = {1, 0};
    const auto first = leaver.leave(asked, {}, {});
    const auto again = leaver.leave({}, {}, {});
    return first.words[1] == 1 && again.words[1] == 1 ? 0 : 1;
}
