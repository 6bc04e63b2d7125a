// Working from the other end.
#include "core/search/helper.hpp"

#include <new>

namespace fabula {

Helper::Helper(Estimates& estimates, const Minds& minds, const Motive& motive, const Author& author,
               Meter& meter)
    : world_(meter),
      meter_(Meter::Helping{meter}),
      estimates_(estimates, meter_),
      minds_(minds, meter_),
      motive_(motive, minds_, estimates_, meter_),
      other_(author, minds_, estimates_, motive_, meter_) {
    meter.share_tables(true);
    try {
        thread_ = std::thread([this] { work(); });
    } catch (...) {  // the system has no thread to spare: the author works alone
        meter.share_tables(false);
    }
}

Helper::~Helper() {
    world_.halt();
    if (thread_.joinable()) thread_.join();
    world_.share_tables(false);
    world_.add(meter_);
    if (meter_.mistake()) world_.note(*meter_.mistake());
}

void Helper::work() {
    try {
        while (other_.next()) continue;
    } catch (const Stopped&) {  // it is over, or the author will come to the same limit
    } catch (const Mistake&) {  // the author will meet it in its turn, or has no need to
    } catch (const std::bad_alloc&) {
    }
}

}  // namespace fabula
