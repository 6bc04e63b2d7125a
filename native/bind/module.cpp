// The extension module fabula._core: a table of contents.
#include "bind/bind.hpp"

NB_MODULE(_core, module) {
    module.doc() = "The native search core of fabula; only fabula.search.engine imports it.";
    fabula::bind::register_chart(module);
    fabula::bind::register_leave(module);
    fabula::bind::register_session(module);
    fabula::bind::register_version(module);
}
