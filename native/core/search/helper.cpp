// Working through the author's list from the other end.
#include "core/search/helper.hpp"

#include <chrono>
#include <new>

namespace fabula {

Helper::Helper(Estimates& estimates, const Minds& minds, const Motive& motive, Author& author, Meter& meter)
    : author_(author),
      first_(meter),
      meter_(Meter::Helping{meter}),
      estimates_(estimates, meter_),
      minds_(minds, meter_),
      motive_(motive, minds_, estimates_, meter_) {
    meter.share_tables(true);
    try {
        thread_ = std::thread([this] { work(); });
    } catch (...) {  // the system has no thread to spare: the author works alone
        meter.share_tables(false);
    }
}

Helper::~Helper() {
    first_.halt();
    if (thread_.joinable()) thread_.join();
    first_.share_tables(false);
    first_.add(meter_);
}

void Helper::work() {
    using namespace std::chrono_literals;
    std::vector<Author::Errand> errands;
    try {
        while (!first_.halted()) {
            author_.errands(errands);
            if (errands.empty()) std::this_thread::sleep_for(50us);
            for (const auto& errand : errands) {
                try {
                    (void)author_.ask(motive_, errand);
                } catch (const Mistake&) {  // the author will meet it in its turn
                    minds_.recover();
                    motive_.recover();
                }
            }
        }
    } catch (const Stopped&) {  // it is over, or the author will come to the same limit
    } catch (const std::bad_alloc&) {
    }
}

}  // namespace fabula
