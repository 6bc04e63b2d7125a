// Session: one question after the other about a problem, with the interpreter free to do other things
// meanwhile.
#include "core/search/session.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <mutex>

#include "bind/bind.hpp"
#include "bind/looked.hpp"
#include "bind/poll.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;
using Answered = std::tuple<std::vector<std::int64_t>, std::vector<double>, std::optional<Looked>>;

/// A session that takes one question at a time, from whatever thread.
class Guarded {
  public:
    Guarded(const Words& words, const Numbers& numbers)
        : session_({words.data(), words.size()}, {numbers.data(), numbers.size()}) {}

    Answered ask(const Words& words, const Numbers& numbers, double seconds, std::uint64_t nodes,
                 std::uint64_t memory, std::uint32_t threads, const nb::object& poll,
                 const nb::object& told) {
        Session::Told tell;
        if (!told.is_none())
            tell = [&told](Reply story) {
                interruptible([&] { told(std::move(story.words), std::move(story.numbers)); });
            };
        const nb::gil_scoped_release released;
        const std::scoped_lock alone(*busy_);
        const Busy::Answering now(*busy_);
        std::optional<Chart> chart;
        auto reply = session_.ask({words.data(), words.size()}, {numbers.data(), numbers.size()},
                                  {seconds, nodes, memory, threads}, asking(poll), tell, &chart);
        std::optional<Looked> looked;
        if (chart) looked.emplace(busy_, std::move(*chart));
        return {std::move(reply.words), std::move(reply.numbers), std::move(looked)};
    }

  private:
    std::shared_ptr<Busy> busy_ = std::make_shared<Busy>();
    Session session_;
};

}  // namespace

// Any buffer of the right kind will do; the engine hands over arrays, which are there without loading numpy.
void register_session(nb::module_& module) {
    nb::class_<Guarded>(module, "Session",
                        "Answers questions about a problem, in the flat format of docs/seam.md.")
        .def(nb::init<const Words&, const Numbers&>(),
             nb::sig("def __init__(self, words: array.array[int], numbers: array.array[float]) -> None"))
        .def(
            "ask", &Guarded::ask, nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg(),
            nb::arg().none(), nb::arg().none(),
            nb::sig("def ask(self, words: array.array[int], numbers: array.array[float], seconds: float, "
                    "nodes: int, memory: int, threads: int, poll: collections.abc.Callable[[], bool] | None, "
                    "told: collections.abc.Callable[[list[int], list[float]], object] | None) "
                    "-> tuple[list[int], list[float], Chart | None]"),
            "Answer a question; `told` is called with every story as it is found.");
}

}  // namespace fabula::bind
