// What this machine has, what is missing, and what to do about it.
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/cli/interrupt.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/file_paths.h"
#include "core/base/machine_memory.h"
#include "core/base/text_file.h"
#include "core/catalog/local_models.h"
#include "core/sandbox/sandbox.h"
#include "core/servers/engine_client.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

nlohmann::json cpu() {
  std::string name = "unknown";
  if (auto info = read_file("/proc/cpuinfo", 1 << 24)) {
    size_t at = info->find("model name");
    size_t colon = at == std::string::npos ? at : info->find(": ", at);
    if (colon != std::string::npos)
      name = info->substr(colon + 2, info->find('\n', colon) - colon - 2);
  }
  nlohmann::json features = nlohmann::json::array();
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) features.push_back("avx2");
  if (__builtin_cpu_supports("fma")) features.push_back("fma");
  if (__builtin_cpu_supports("avx512f")) features.push_back("avx512f");
  return {{"name", name}, {"cores", std::thread::hardware_concurrency()}, {"features", features}};
}

nlohmann::json gpu(nlohmann::json& advice) {
  if (void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL)) {
    dlclose(driver);
    std::string version;
    if (auto text = read_file("/proc/driver/nvidia/version", 1 << 16))
      version = text->substr(0, text->find('\n'));
    return {{"driver", true}, {"version", version}};
  }
  advice.push_back("No NVIDIA driver: models run on the CPU");
  return {{"driver", false}, {"version", nullptr}};
}

// Starting the engine and asking for its hello proves libtorch and the pipes at once.
nlohmann::json engine(nlohmann::json& advice) {
  fs::path file = default_engine_path();
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    advice.push_back("loomscope-engine is missing beside the program: build or install it");
    return {{"path", file.string()}, {"starts", false}};
  }
  auto found = find_models({paths::models()});
  if (found.empty()) {
    advice.push_back("No model in " + paths::models().string() +
                     ": packaging/run.sh puts the default one there");
    return {{"path", file.string()}, {"starts", nullptr}};
  }
  EngineClient client(file, "cpu");
  auto loaded = client.load({found.front().path.string(), "cpu", 0}, interrupt_token());
  if (!loaded) {
    advice.push_back("The engine does not start: " + describe(loaded.error()));
    return {{"path", file.string()}, {"starts", false}};
  }
  return {{"path", file.string()},
          {"starts", true},
          {"kernels", loaded->kernel_version},
          {"model", found.front().name},
          {"load_s", loaded->load_s}};
}

// Looked up on this machine only: nothing is sent.
nlohmann::json network() {
  bool up = false;
  if (ifaddrs* first = nullptr; getifaddrs(&first) == 0) {
    for (const ifaddrs* one = first; one; one = one->ifa_next)
      up |= one->ifa_addr &&
            (one->ifa_addr->sa_family == AF_INET || one->ifa_addr->sa_family == AF_INET6) &&
            (one->ifa_flags & IFF_UP) && !(one->ifa_flags & IFF_LOOPBACK);
    freeifaddrs(first);
  }
  auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  return {{"interface_up", up},
          {"proxy", is_set("HTTPS_PROXY") || is_set("https_proxy")},
          {"offline", is_set("HF_HUB_OFFLINE")}};
}

nlohmann::json folder(const fs::path& path) {
  std::error_code error;
  fs::path present = path;
  while (!fs::exists(present, error) && present.has_relative_path())
    present = present.parent_path();
  auto space = fs::space(present, error);
  return {{"path", path.string()},
          {"exists", fs::exists(path, error)},
          {"free", error ? nlohmann::json() : nlohmann::json(space.available)}};
}

}  // namespace

Result<int> doctor(const Invocation& invocation) {
  nlohmann::json advice = nlohmann::json::array();
  nlohmann::json report;
  report["version"] = LOOM_VERSION;
  report["cpu"] = cpu();
  report["memory"] = {{"total", memory_total_bytes()}, {"free", memory_available_bytes()}};
  report["gpu"] = gpu(advice);
  report["engine"] = engine(advice);
  report["folders"] = {{"models", folder(paths::models())},
                       {"benchmarks", folder(paths::benchmarks())},
                       {"history", folder(paths::store())},
                       {"cache", folder(paths::cache())}};
  report["network"] = network();
  auto sandbox = sandbox_ready();
  report["sandbox"] = sandbox.has_value();
  if (!sandbox) advice.push_back("Generated programs are not run: " + describe(sandbox.error()));
  auto catalog = open_catalog();
  report["benchmarks"] = catalog ? nlohmann::json(catalog->benchmarks.size()) : nlohmann::json();
  if (!catalog) advice.push_back("The catalogue cannot be read: " + describe(catalog.error()));
  if (catalog)
    for (const Error& problem : catalog->problems)
      advice.push_back("A benchmark of yours is not usable: " + describe(problem));
  report["advice"] = advice;
  if (invocation.has("json")) {
    print_json(invocation, report);
  } else {
    std::cout << report.dump(2) << std::endl;
  }
  return catalog ? kFinished : kFailed;
}

}  // namespace loom::cli
