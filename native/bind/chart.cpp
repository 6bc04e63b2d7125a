// Chart: the tables of a question as read-only views; what they show lives as long as any of them.
#include "core/search/chart.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/vector.h>

#include <cmath>

#include "bind/bind.hpp"
#include "bind/looked.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;

/// A view of a table.
template <class T>
nb::ndarray<nb::numpy, const T> view(nb::handle owner, const std::vector<T>& table,
                                     std::initializer_list<std::size_t> shape) {
    static constexpr T nothing{};  // an empty table, too, lies somewhere
    return {table.empty() ? &nothing : table.data(), shape.size(), shape.begin(), owner};
}
template <class T>
nb::ndarray<nb::numpy, const T> view(nb::handle owner, const std::vector<T>& table) {
    return view(owner, table, {table.size()});
}

/// The part of a chart in which a table stands; Python's lock is free while it is filled in.
template <class Part>
const Part& part(nb::handle self, const Part& (Looked::*fill)()) {
    auto& looked = nb::cast<Looked&>(self);
    const nb::gil_scoped_release released;
    return (looked.*fill)();
}

/// A property that shows a table of the chart.
template <class Look>
void show(nb::class_<Looked>& chart, const char* name, const Look& look) {
    chart.def_prop_ro(name, look, nb::sig((std::string("def ") + name + "(self) -> object").c_str()));
}

/// The values of a state, as Python has them.
nb::object row(Looked& looked, std::int64_t node) {
    const auto values = [&] {
        const nb::gil_scoped_release released;
        return looked.row(node);
    }();
    auto made = nb::steal(PyTuple_New(static_cast<Py_ssize_t>(values.size())));
    if (!made) nb::raise_python_error();
    for (std::size_t i = 0; i < values.size(); ++i)
        PyTuple_SET_ITEM(
            made.ptr(), static_cast<Py_ssize_t>(i),
            (std::isnan(values[i]) ? nb::none() : nb::object(nb::float_(values[i]))).release().ptr());
    return made;
}

}  // namespace

void register_chart(nb::module_& module) {
    nb::class_<Looked> chart(
        module, "Chart",
        "The tables of a question (see fabula.search.tables). IndexError: a number stands for nothing.");
    const auto place = [&chart](const char* name, auto table) {
        show(chart, name,
             [table](nb::handle self) { return view(self, part(self, &Looked::places).*table); });
    };
    const auto story = [&chart](const char* name, auto table) {
        show(chart, name,
             [table](nb::handle self) { return view(self, part(self, &Looked::states).*table); });
    };
    using Places = Chart::Places;
    place("depth", &Places::depth);
    place("before", &Places::before);
    place("act", &Places::act);
    place("open", &Places::open);
    place("worth", &Places::worth);
    place("turns_of", &Places::turns_of);
    place("turn_act", &Places::turn_act);
    place("turn_to", &Places::turn_to);
    place("refused_of", &Places::refused_of);
    place("refused_act", &Places::refused_act);
    story("stories_of", &Chart::States::stories_of);
    story("story_state", &Chart::States::story_state);
    const nb::call_guard<nb::gil_scoped_release> free;
    chart.def("node", &Looked::node, free, nb::arg(), nb::sig("def node(self, place: int) -> int"),
              "Name the state at a place, for the functions below.");
    chart.def("row", row, nb::arg(), nb::sig("def row(self, node: int) -> tuple[float | None, ...]"),
              "Return the values of a state, as a row of `values`; None is `?`.");
    chart.def("mind", &Looked::mind, free, nb::arg(), nb::arg(),
              nb::sig("def mind(self, node: int, character: int) -> int"),
              "Name the state that somebody takes for true; 2**32 - 1 where it is not kept.");
    chart.def("after", &Looked::after, free, nb::arg(), nb::arg(),
              nb::sig("def after(self, node: int, act: int) -> int"),
              "Name the state that an act leads to; 2**32 - 1 where that cannot be worked out.");
    chart.def_static("broken", &Looked::broken, nb::arg(), nb::sig("def broken(node: int) -> bool"),
                     "Say whether that is no state: what broke in somebody's mind.");
    show(chart, "holds", [](nb::handle self) {
        const auto& found = part(self, &Looked::places);
        return view(self, found.holds, {found.depth.size(), found.conditions});
    });
    show(chart, "values", [](nb::handle self) {
        const auto& found = part(self, &Looked::states);
        return view(self, found.values, {found.count, found.fluents});
    });
    show(chart, "believed", [](nb::handle self) {
        const auto& found = part(self, &Looked::states);
        return view(self, found.believed, {found.count, found.characters});
    });
}

}  // namespace fabula::bind
