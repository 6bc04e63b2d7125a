// version(): lets Python see that core and package belong together.
#include "core/version.hpp"

#include <nanobind/stl/string_view.h>

#include "bind/bind.hpp"

namespace fabula::bind {

void register_version(nanobind::module_& module) {
    module.def("version", &fabula::version, "Return the version of fabula that this core was built from.");
}

}  // namespace fabula::bind
