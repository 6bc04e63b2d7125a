// solve(): the search, with the interpreter free to do other things meanwhile.
#include "core/solve.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include "bind/bind.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;
using Words = nb::ndarray<const std::int32_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Numbers = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

std::pair<std::vector<std::int64_t>, std::vector<double>> solve(const Words& words, const Numbers& numbers,
                                                                const Words& options, double goal,
                                                                double seconds, std::uint64_t nodes,
                                                                std::uint64_t memory,
                                                                const nb::object& poll) {
    // Called about twenty times a second; it also lets Ctrl-C through.
    const auto ask = [&poll] {
        const nb::gil_scoped_acquire held;
        if (PyErr_CheckSignals() != 0) {
            PyErr_Clear();
            return false;
        }
        return poll.is_none() || nb::cast<bool>(poll());
    };
    fabula::Reply reply;
    {
        const nb::gil_scoped_release released;
        reply = fabula::solve({words.data(), words.size()}, {numbers.data(), numbers.size()},
                              {options.data(), options.size()}, goal, {seconds, nodes, memory}, ask);
    }
    return {std::move(reply.words), std::move(reply.numbers)};
}

}  // namespace

void register_solve(nb::module_& module) {
    module.def("solve", &solve, nb::arg("words"), nb::arg("numbers"), nb::arg("options"), nb::arg("goal"),
               nb::arg("seconds"), nb::arg("nodes"), nb::arg("memory"), nb::arg("poll").none(),
               "Solve a problem in the flat format of docs/seam.md; return the answer in it.");
}

}  // namespace fabula::bind
