// The chapters of the extension module: one `register_*` for each area of the core.
#pragma once

#include <nanobind/nanobind.h>

namespace fabula::bind {

void register_chart(nanobind::module_& module);
void register_leave(nanobind::module_& module);
void register_session(nanobind::module_& module);
void register_version(nanobind::module_& module);

}  // namespace fabula::bind
