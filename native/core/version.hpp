// Which fabula this core belongs to.
#pragma once

#include <string_view>

namespace fabula {

/// The version in pyproject.toml at the time of the build, such as "0.1.0".
std::string_view version() noexcept;

}  // namespace fabula
