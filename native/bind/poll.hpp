// What every door of the core needs: flat arrays from Python, and a way to ask whether to go on.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

namespace fabula::bind {

using Words =
    nanobind::ndarray<const std::int32_t, nanobind::ndim<1>, nanobind::c_contig, nanobind::device::cpu>;
using Numbers = nanobind::ndarray<const double, nanobind::ndim<1>, nanobind::c_contig, nanobind::device::cpu>;

/// Called about twenty times a second; it also lets Ctrl-C through.
inline auto asking(const nanobind::object& poll) {
    return [&poll] {
        const nanobind::gil_scoped_acquire held;
        if (PyErr_CheckSignals() != 0) {
            PyErr_Clear();
            return false;
        }
        return poll.is_none() || nanobind::cast<bool>(poll());
    };
}

}  // namespace fabula::bind
