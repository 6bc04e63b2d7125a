// solve() and spread(): the search, with the interpreter free to do other things meanwhile.
#include "core/solve.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include "bind/bind.hpp"
#include "bind/poll.hpp"
#include "core/search/spread.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;

/// One of the doors of the core.
using Door = fabula::Reply (*)(std::span<const std::int32_t>, std::span<const double>,
                               std::span<const std::int32_t>, double, const Budget&, Meter::Poll);

template <Door door>
std::pair<std::vector<std::int64_t>, std::vector<double>> answer(const Words& words, const Numbers& numbers,
                                                                 const Words& options, double goal,
                                                                 double seconds, std::uint64_t nodes,
                                                                 std::uint64_t memory,
                                                                 const nb::object& poll) {
    fabula::Reply reply;
    {
        const nb::gil_scoped_release released;
        reply = door({words.data(), words.size()}, {numbers.data(), numbers.size()},
                     {options.data(), options.size()}, goal, {seconds, nodes, memory}, asking(poll));
    }
    return {std::move(reply.words), std::move(reply.numbers)};
}

}  // namespace

// Any buffer of the right kind will do; the engine hands over arrays, which are there without loading numpy.
#define FABULA_DOOR(NAME)                                                                                 \
    nb::sig(                                                                                              \
        "def " NAME                                                                                       \
        "(words: array.array[int], numbers: array.array[float], options: array.array[int], goal: float, " \
        "seconds: float, nodes: int, memory: int, poll: collections.abc.Callable[[], bool] | None) "      \
        "-> tuple[list[int], list[float]]")

void register_solve(nb::module_& module) {
    module.def("solve", &answer<&fabula::solve>, FABULA_DOOR("solve"), nb::arg(), nb::arg(), nb::arg(),
               nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none(),
               "Solve a problem in the flat format of docs/seam.md; return the answer in it.");
    module.def("spread", &answer<&fabula::spread>, FABULA_DOOR("spread"), nb::arg(), nb::arg(), nb::arg(),
               nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none(),
               "Look at every course of events in a problem, in the flat format of docs/seam.md.");
}

#undef FABULA_DOOR

}  // namespace fabula::bind
