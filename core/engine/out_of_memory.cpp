#include "core/engine/out_of_memory.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <cctype>
#include <new>

namespace loom {
namespace {

Error refused(const std::string& reason, const std::string& where) {
  return {ErrorKind::out_of_memory, reason, where,
          "Close other programs, or choose a smaller model"};
}

// Not every refusal has its own type: the CPU's allocator and the CUDA libraries name it in words,
// and CUDA's allocator fails in its own report of who holds the memory where the driver does not
// tell ("INTERNAL ASSERT FAILED at ...CUDACachingAllocator.cpp").
bool tells_of_memory(std::string reason) {
  std::transform(reason.begin(), reason.end(), reason.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return reason.find("alloc") != std::string::npos ||
         reason.find("out of memory") != std::string::npos;
}

}  // namespace

Status catch_out_of_memory(const std::function<Status()>& work, const std::string& where) try {
  return work();
} catch (const c10::OutOfMemoryError& error) {
  return refused(error.what_without_backtrace(), where);
} catch (const std::bad_alloc&) {
  return refused("the system refused memory", where);
} catch (const c10::Error& error) {
  std::string reason = error.what_without_backtrace();
  if (tells_of_memory(reason)) return refused(reason, where);
  return Error{ErrorKind::internal, std::move(reason), where, ""};
}

}  // namespace loom
