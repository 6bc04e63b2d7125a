// Which fabula this core belongs to: CMake hands the version in.
#include "core/version.hpp"

namespace fabula {

std::string_view version() noexcept { return FABULA_VERSION; }

}  // namespace fabula
