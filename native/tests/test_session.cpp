// A session answers malformed questions with a fault, not with a crash, as often as it is asked.
#include "core/search/session.hpp"

int main() {
    fabula::Session session({}, {});
    for (int again = 0; again < 2; ++again) {
        const auto reply = session.ask({}, {}, {}, {});
        if (reply.words.size() < 2 || reply.words[1] == 0) return 1;
    }
    return 0;
}
