// Independent pieces of work side by side: on all cores, or as many at once as a server takes
// questions.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace loom {

size_t all_cores();  // at least 1

// Calls work(0) … work(count - 1), each at most once, in no order and on at most so many threads,
// this one among them, until told to stop; returns when all are done.
void for_each_index(size_t count, size_t threads, std::stop_token stop,
                    const std::function<void(size_t)>& work);

}  // namespace loom
