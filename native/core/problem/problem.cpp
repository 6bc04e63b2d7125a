// Values: the unknown one, and how they compare.
#include "core/problem/problem.hpp"

#include <cmath>
#include <limits>

namespace fabula {

double unknown() noexcept { return std::numeric_limits<double>::quiet_NaN(); }
bool is_unknown(double value) noexcept { return std::isnan(value); }
bool same(double left, double right) noexcept {
    return left == right || (is_unknown(left) && is_unknown(right));
}

bool compare_values(Comparator comparator, double left, double right) {
    if (comparator == Comparator::eq) return same(left, right);
    if (comparator == Comparator::ne) return !same(left, right);
    if (is_unknown(left) || is_unknown(right))
        return same(left, right) && (comparator == Comparator::ge || comparator == Comparator::le);
    switch (comparator) {
        case Comparator::ge:
            return left >= right;
        case Comparator::le:
            return left <= right;
        case Comparator::gt:
            return left > right;
        default:
            return left < right;
    }
}

}  // namespace fabula
