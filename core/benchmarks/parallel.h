// Independent pieces of work on all cores.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace loom {

// Calls work(0) … work(count - 1), in no order and from several threads, until told to stop.
void for_each_index(size_t count, std::stop_token stop, const std::function<void(size_t)>& work);

}  // namespace loom
