// What this machine has, what is missing, and what to do about it.
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
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
#include "core/catalog/local_devices.h"
#include "core/catalog/local_models.h"
#include "core/catalog/nvidia_driver.h"
#include "core/sandbox/sandbox.h"
#include "core/servers/engine_client.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

// What was looked at and found wanting, each with what to do about it.
class Findings {
 public:
  void add(const std::string& check, const std::string& message, const std::string& remedy) {
    list_.push_back({{"check", check}, {"message", message}, {"remedy", remedy}});
  }
  // An error's own remedy, else `otherwise`.
  void add(const std::string& check, const std::string& message, const Error& error,
           const std::string& otherwise) {
    Error told = error;
    told.remedy.clear();
    add(check, message + ": " + describe(told), error.remedy.empty() ? otherwise : error.remedy);
  }
  const nlohmann::json& list() const { return list_; }
  // In one line each.
  nlohmann::json lines() const {
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& one : list_)
      lines.push_back(one["message"].get<std::string>() + " (" + one["remedy"].get<std::string>() +
                      ")");
    return lines;
  }

 private:
  nlohmann::json list_ = nlohmann::json::array();
};

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

nlohmann::json known_bytes(uint64_t bytes) {
  return bytes > 0 ? nlohmann::json(bytes) : nlohmann::json();
}

// Names by the management library; by the kernel where that library is missing.
nlohmann::json gpu(Findings& findings) {
  NvidiaDriver driver = ask_nvidia_driver();
  if (driver.gpus.empty())
    for (const LocalDevice& device : find_devices())
      if (device.id != "cpu") driver.gpus.push_back({device.name, 0, 0});
  if (driver.version.empty())
    if (auto text = read_file("/proc/driver/nvidia/version", 1 << 16))
      driver.version = text->substr(0, text->find('\n'));
  nlohmann::json devices = nlohmann::json::array();
  for (const NvidiaGpu& gpu : driver.gpus)
    devices.push_back({{"name", gpu.name},
                       {"memory", known_bytes(gpu.memory_bytes)},
                       {"memory_free", known_bytes(gpu.memory_free_bytes)}});
  void* library = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (library) dlclose(library);
  if (!library)
    findings.add("gpu", "No NVIDIA driver: models run on the CPU",
                 "To use an NVIDIA GPU, install the system's NVIDIA driver");
  return {{"driver", library != nullptr},
          {"version", driver.version.empty() ? nlohmann::json() : nlohmann::json(driver.version)},
          {"devices", devices}};
}

// What the engine says of itself: the version of the libtorch that it was built with and opens.
nlohmann::json libtorch_version(const fs::path& engine) {
  std::string quoted = "'";
  for (char c : engine.string()) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  FILE* said = ::popen((quoted + "' --version </dev/null 2>/dev/null").c_str(), "r");
  if (!said) return {};
  std::string text(4096, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), said));
  if (::pclose(said) != 0) return {};
  const std::string name = "libtorch ";
  const size_t at = text.find(name);
  if (at == std::string::npos) return {};
  const size_t begin = at + name.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

// The smallest model that answers: loading it proves libtorch, the kernels and the pipes at once.
nlohmann::json load_a_model(const fs::path& file, const Invocation& invocation,
                            Findings& findings) {
  auto found = find_models(model_folders(invocation));
  const LocalModel* smallest = smallest_answering(found);
  if (!smallest) {
    findings.add("model", "No model that answers in " + paths::models().string(),
                 "packaging/run.sh puts the default one there; loomscope-cli models add "
                 "hf:ORG/NAME brings others");
    return {{"starts", nullptr}};
  }
  EngineClient client(file, "cpu");
  auto loaded = client.load({smallest->path.string(), "cpu", 0}, interrupt_token());
  if (!loaded) {
    findings.add(
        "engine", "The engine does not load a model", loaded.error(),
        "Run loomscope-engine --version: what it prints names the library that is missing");
    return {{"starts", false}, {"model", smallest->name}};
  }
  return {{"starts", true},
          {"kernels", loaded->kernel_version},
          {"model", smallest->name},
          {"load_s", loaded->load_s}};
}

nlohmann::json engine(const Invocation& invocation, Findings& findings) {
  fs::path file = default_engine_path();
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    findings.add("engine", "loomscope-engine is missing beside the program",
                 "Build or install it, or name it in LOOMSCOPE_ENGINE");
    return {{"path", file.string()}, {"libtorch", nullptr}, {"starts", false}};
  }
  nlohmann::json report = load_a_model(file, invocation, findings);
  report["path"] = file.string();
  report["libtorch"] = libtorch_version(file);
  if (report["libtorch"].is_null())
    findings.add("libtorch", "loomscope-engine cannot be run",
                 "Put libtorch where the engine was built with it, or install the program again");
  return report;
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

// Or can be made: the nearest folder that is there is one, and may be written.
bool can_be_written(const fs::path& given) {
  std::error_code error;
  const fs::path whole = fs::absolute(given, error);
  fs::path present = whole;
  while (!fs::exists(present, error) && present.has_relative_path())
    present = present.parent_path();
  const bool folder = fs::is_directory(present, error);
  return (present == whole || folder) &&
         ::access(present.c_str(), folder ? W_OK | X_OK : W_OK) == 0;
}

void check_places(const fs::path& store, Findings& findings) {
  std::string shut;
  for (const fs::path& place : {paths::models(), paths::benchmarks(), store, paths::cache()})
    if (!can_be_written(place)) shut += (shut.empty() ? "" : ", ") + place.string();
  if (!shut.empty())
    findings.add("folders", "Nothing can be kept in " + shut,
                 "Give yourself the right to write there, or name a folder of yours in "
                 "LOOMSCOPE_HOME");
  std::error_code error;
  if (!fs::exists(store, error)) return;
  auto history = RunQueries::open(store);
  auto runs = history ? (*history)->count_runs({}) : Result<size_t>(history.error());
  if (!runs)
    findings.add("history", "The history cannot be read", runs.error(),
                 "Choose another file with --store");
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
  Findings findings;
  nlohmann::json report;
  report["version"] = LOOM_VERSION;
  report["cpu"] = cpu();
  report["memory"] = {{"total", memory_total_bytes()}, {"free", memory_available_bytes()}};
  report["gpu"] = gpu(findings);
  report["engine"] = engine(invocation, findings);
  report["folders"] = {{"models", folder(paths::models())},
                       {"benchmarks", folder(paths::benchmarks())},
                       {"history", folder(store_path(invocation))},
                       {"cache", folder(paths::cache())}};
  check_places(store_path(invocation), findings);
  report["network"] = network();
  auto sandbox = sandbox_ready();
  report["sandbox"] = sandbox.has_value();
  if (!sandbox)
    findings.add("sandbox", "Generated programs are not run", sandbox.error(),
                 "Use a kernel with user namespaces, and allow them");
  auto catalog = open_catalog();
  report["benchmarks"] = catalog ? nlohmann::json(catalog->benchmarks.size()) : nlohmann::json();
  if (!catalog)
    findings.add("catalogue", "The catalogue cannot be read", catalog.error(),
                 "Install the program again, or name its resources in LOOMSCOPE_RESOURCES");
  if (catalog)
    for (const Error& problem : catalog->problems)
      findings.add("benchmark", "A benchmark of yours is not usable", problem,
                   "loomscope-cli validate FILE names what is wrong in it");
  report["problems"] = findings.list();
  report["advice"] = findings.lines();
  if (invocation.has("json")) {
    print_json(invocation, report);
  } else {
    std::cout << report.dump(2) << std::endl;
  }
  return catalog ? kFinished : kFailed;
}

}  // namespace loom::cli
