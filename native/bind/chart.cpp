// Chart: the tables of a look around as read-only views; what they show lives as long as any of them.
#include "core/search/chart.hpp"

#include <nanobind/ndarray.h>

#include "bind/bind.hpp"

namespace fabula::bind {
namespace {

namespace nb = nanobind;

/// A view of a table, one row of so many columns after the other; none: the table has one dimension.
template <class T>
nb::ndarray<nb::numpy, const T> view(nb::handle owner, const std::vector<T>& table, std::size_t rows,
                                     std::size_t columns) {
    const std::size_t shape[] = {rows, columns};
    return {table.data(), 2, shape, owner};
}
template <class T>
nb::ndarray<nb::numpy, const T> view(nb::handle owner, const std::vector<T>& table) {
    const std::size_t shape[] = {table.size()};
    return {table.data(), 1, shape, owner};
}

/// A property that shows a table of the chart.
template <class Look>
void show(nb::class_<Chart>& chart, const char* name, const Look& look) {
    chart.def_prop_ro(
        name, [look](nb::handle self) { return look(self, nb::cast<const Chart&>(self)); },
        nb::sig((std::string("def ") + name + "(self) -> object").c_str()));
}

}  // namespace

void register_chart(nb::module_& module) {
    nb::class_<Chart> chart(module, "Chart", "The tables of a look around (see fabula.search.graph).");
    const auto row = [&chart](const char* name, auto table) {
        show(chart, name, [table](nb::handle self, const Chart& c) { return view(self, c.*table); });
    };
    row("depth", &Chart::depth);
    row("before", &Chart::before);
    row("act", &Chart::act);
    row("open", &Chart::open);
    row("worth", &Chart::worth);
    row("turns_of", &Chart::turns_of);
    row("turn_act", &Chart::turn_act);
    row("turn_to", &Chart::turn_to);
    row("refused_of", &Chart::refused_of);
    row("refused_act", &Chart::refused_act);
    show(chart, "holds",
         [](nb::handle self, const Chart& c) { return view(self, c.holds, c.places, c.conditions); });
    show(chart, "values",
         [](nb::handle self, const Chart& c) { return view(self, c.values, c.states, c.fluents); });
    show(chart, "believed",
         [](nb::handle self, const Chart& c) { return view(self, c.believed, c.states, c.characters); });
}

}  // namespace fabula::bind
