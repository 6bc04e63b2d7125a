// What every door of the core needs: flat arrays from Python, and a way to ask whether to go on.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "core/base/budget.hpp"

namespace fabula::bind {

using Words =
    nanobind::ndarray<const std::int32_t, nanobind::ndim<1>, nanobind::c_contig, nanobind::device::cpu>;
using Numbers = nanobind::ndarray<const double, nanobind::ndim<1>, nanobind::c_contig, nanobind::device::cpu>;

/// Call something of Python's; a Ctrl-C that it meets ends the search, and loses nothing.
template <class Call>
auto interruptible(const Call& call) {
    const nanobind::gil_scoped_acquire held;
    try {
        return call();
    } catch (nanobind::python_error& error) {
        if (!error.matches(PyExc_KeyboardInterrupt)) throw;
        throw Stopped(Stop::interrupt);
    }
}

/// Called about twenty times a second; it also lets Ctrl-C through.
inline auto asking(const nanobind::object& poll) {
    return [&poll] {
        return interruptible([&poll] {
            if (PyErr_CheckSignals() != 0) nanobind::raise_python_error();
            return poll.is_none() || nanobind::cast<bool>(poll());
        });
    };
}

}  // namespace fabula::bind
