// Leaver: what can happen at some places, with a memory between the calls.
#include "core/search/leave.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/vector.h>

#include "bind/bind.hpp"
#include "bind/poll.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;

std::pair<std::vector<std::int64_t>, std::vector<double>> leave(Leaver& leaver, const Words& asked,
                                                                double seconds, std::uint64_t memory,
                                                                const nb::object& poll) {
    fabula::Reply reply;
    {
        const nb::gil_scoped_release released;
        reply = leaver.leave({asked.data(), asked.size()}, {seconds, 0, memory}, asking(poll));
    }
    return {std::move(reply.words), std::move(reply.numbers)};
}

}  // namespace

void register_leave(nb::module_& module) {
    nb::class_<Leaver>(module, "Leaver",
                       "Leaves places of a look around, in the flat format of docs/seam.md.")
        .def(
            "__init__",
            [](Leaver* self, const Words& words, const Numbers& numbers, const Words& options) {
                new (self) Leaver({words.data(), words.size()}, {numbers.data(), numbers.size()},
                                  {options.data(), options.size()});
            },
            nb::sig("def __init__(self, words: array.array[int], numbers: array.array[float], "
                    "options: array.array[int]) -> None"))
        .def("leave", &leave, nb::arg(), nb::arg(), nb::arg(), nb::arg().none(),
             nb::sig("def leave(self, asked: array.array[int], seconds: float, memory: int, "
                     "poll: collections.abc.Callable[[], bool] | None) -> tuple[list[int], list[float]]"),
             "Leave places; one thread at a time.");
}

}  // namespace fabula::bind
