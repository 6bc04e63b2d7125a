// The unknown value.
#include "core/problem/problem.hpp"

#include <cmath>
#include <limits>

namespace fabula {

double unknown() noexcept { return std::numeric_limits<double>::quiet_NaN(); }
bool is_unknown(double value) noexcept { return std::isnan(value); }
bool same(double left, double right) noexcept {
    return left == right || (is_unknown(left) && is_unknown(right));
}

}  // namespace fabula
