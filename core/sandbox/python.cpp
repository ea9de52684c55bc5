#include "core/sandbox/python.h"

#include <unistd.h>

#include <map>
#include <mutex>
#include <sstream>

#include "core/base/environment.h"
#include "core/sandbox/caged_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSystemPython = "/usr/bin/python3";

struct Interpreter {
  std::string path;
  std::vector<fs::path> folders;  // of what it is made of, beside /usr
};

// The interpreter knows where its parts are. It is the user's own program: no model wrote it.
std::vector<fs::path> folders_of(const std::string& path) {
  const std::string program = "import sys\nprint(sys.prefix)\nprint(sys.base_prefix)";
  auto outcome = run_caged({path, "-I", "-B", "-"}, program, std::chrono::seconds(30), 65536, {});
  std::vector<fs::path> folders;
  if (!outcome || outcome->code != 0) return folders;
  std::istringstream lines(outcome->output);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with('/') && line != "/usr" && line != "/" &&
        (folders.empty() || folders[0] != line))
      folders.emplace_back(line);
  return folders;
}

const Interpreter& interpreter() {
  static const Interpreter found = [] {
    const char* given = environment("LOOMSCOPE_PYTHON");
    if (!given) return Interpreter{kSystemPython, {}};
    return Interpreter{given, folders_of(given)};
  }();
  return found;
}

constexpr SandboxLimits kProbe = {
    .seconds = 60, .memory_bytes = size_t{8} << 30, .processes = 64, .output_bytes = 65536};

Status try_python() {
  LOOM_CHECK(sandbox_ready());
  const std::string& path = interpreter().path;
  auto missing = [&](const std::string& why) {
    return Error{ErrorKind::unsupported, "there is no Python to run programs with" + why, path,
                 "Install python3, or name an interpreter with LOOMSCOPE_PYTHON"};
  };
  if (::access(path.c_str(), X_OK) != 0) return missing("");
  LOOM_TRY(SandboxOutcome outcome, run_in_sandbox(python_job("print(6 * 7)", kProbe)));
  if (outcome.code == 0 && outcome.output == "42\n") return {};
  return missing(": in the sandbox it says \"" + outcome.output.substr(0, 300) + "\"");
}

Result<double> try_import(const std::string& package) {
  LOOM_CHECK(python_ready());
  // A name that is no name must not become a program.
  const std::string program =
      "import importlib, sys\nimportlib.import_module(sys.stdin.readline())";
  SandboxJob job = python_job(package, kProbe);
  job.command.back() = "-c";
  job.command.push_back(program);
  LOOM_TRY(SandboxOutcome outcome, run_in_sandbox(job));
  if (outcome.end == SandboxEnd::finished && outcome.code == 0) return outcome.seconds;
  return Error{ErrorKind::not_found,
               "the Python package " + package + " is not there for " + interpreter().path,
               interpreter().path,
               "Install it, or name an interpreter that has it with LOOMSCOPE_PYTHON"};
}

}  // namespace

Status python_ready() {
  static const Status ready = try_python();
  return ready;
}

SandboxJob python_job(std::string program, const SandboxLimits& limits) {
  const Interpreter& python = interpreter();
  return {{python.path, "-I", "-B", "-"}, std::move(program), python.folders, limits};
}

Result<double> seconds_to_import(const std::string& package) {
  static std::mutex mutex;
  static std::map<std::string, Result<double>> known;
  std::lock_guard lock(mutex);
  auto found = known.find(package);
  if (found == known.end()) found = known.emplace(package, try_import(package)).first;
  return found->second;
}

}  // namespace loom
