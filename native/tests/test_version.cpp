// The core knows its version.
#include <cstdio>

#include "core/version.hpp"

int main() {
    if (fabula::version().find('.') != std::string_view::npos) return 0;
    std::fprintf(stderr, "the version has no dot: %.*s\n", static_cast<int>(fabula::version().size()),
                 fabula::version().data());
    return 1;
}
