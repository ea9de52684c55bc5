#include "core/sandbox/sandbox.h"

#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "core/sandbox/caged_process.h"

namespace loom {
namespace {

using Arguments = std::vector<std::string>;

void add(Arguments& list, std::initializer_list<std::string> more) {
  list.insert(list.end(), more);
}

std::string bubblewrap() {
  const char* given = std::getenv("LOOMSCOPE_BWRAP");
  return given && *given ? given : "/usr/bin/bwrap";
}

// The limit on processes counts those of one user in the namespace, and does not bind root: root
// becomes nobody first.
Arguments cage(const SandboxJob& job) {
  Arguments list;
  if (::geteuid() == 0)
    list = {"/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"};
  add(list, {bubblewrap(), "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"});
  add(list, {"--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", "/tmp"});
  add(list, {"--setenv", "LANG", "C.UTF-8", "--setenv", "OMP_NUM_THREADS", "1"});
  add(list, {"--setenv", "OPENBLAS_NUM_THREADS", "1", "--setenv", "MKL_NUM_THREADS", "1"});
  add(list, {"--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"});
  add(list, {"--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"});
  for (const char* file : {"/etc/alternatives", "/etc/ld.so.cache"})
    add(list, {"--ro-bind-try", file, file});
  add(list, {"--proc", "/proc", "--dev", "/dev", "--size", "1048576", "--tmpfs", "/dev/shm"});
  add(list, {"--remount-ro", "/dev", "--size", std::to_string(job.limits.files_bytes)});
  add(list, {"--tmpfs", "/tmp"});
  for (const auto& folder : job.readable) add(list, {"--ro-bind", folder, folder});
  add(list, {"--chdir", "/tmp", "--remount-ro", "/"});
  const SandboxLimits& limits = job.limits;
  auto processor = static_cast<long>(std::ceil(std::max(1.0, limits.seconds)));
  add(list, {"/usr/bin/prlimit", "--nproc=" + std::to_string(limits.processes),
             "--as=" + std::to_string(limits.memory_bytes), "--cpu=" + std::to_string(processor),
             "--fsize=" + std::to_string(limits.files_bytes), "--core=0", "--nofile=256", "--"});
  list.insert(list.end(), job.command.begin(), job.command.end());
  return list;
}

Result<SandboxOutcome> run(const SandboxJob& job, const std::stop_token& stop) {
  return run_caged(cage(job), job.input, std::chrono::duration<double>(job.limits.seconds),
                   job.limits.output_bytes, stop);
}

// Tried, not guessed: many systems forbid namespaces to users.
Status try_sandbox() {
  for (const std::string& program : {bubblewrap(), std::string("/usr/bin/prlimit")})
    if (::access(program.c_str(), X_OK) != 0)
      return Error{ErrorKind::unsupported, "programs that a model wrote are not run without it",
                   program, "Install the Debian package bubblewrap"};
  LOOM_TRY(SandboxOutcome outcome, run({{"/usr/bin/true"}, "", {}, {.seconds = 10}}, {}));
  if (outcome.end == SandboxEnd::finished && outcome.code == 0) return {};
  return Error{ErrorKind::unsupported,
               "bubblewrap cannot shut a program in here: " + outcome.output.substr(0, 300),
               bubblewrap(), "Allow user namespaces (sysctl kernel.unprivileged_userns_clone)"};
}

}  // namespace

Status sandbox_ready() {
  static const Status ready = try_sandbox();
  return ready;
}

Result<SandboxOutcome> run_in_sandbox(const SandboxJob& job, const std::stop_token& stop) {
  LOOM_CHECK(sandbox_ready());
  if (job.command.empty())
    return Error{ErrorKind::invalid_input, "there is no program to run", "sandbox", ""};
  return run(job, stop);
}

}  // namespace loom
