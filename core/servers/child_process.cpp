#include "core/servers/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace loom {
namespace {

constexpr size_t kKeptErrors = 8192;

struct Pipe {
  int ends[2] = {-1, -1};
  bool open() { return ::pipe2(ends, O_CLOEXEC) == 0; }
  void close(int end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

// Between fork and exec only calls that are safe there.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* environment, int in, int out, int error, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) _exit(127);
  // A group of its own: Ctrl-C in the terminal reaches only the parent, which stops the child in order.
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  if (::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(error, 2) < 0) _exit(127);
  ::execve(program, arguments, environment);
  _exit(127);
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(
    const std::filesystem::path& program, const std::vector<std::string>& arguments,
    const std::vector<std::string>& environment) {
  if (::access(program.c_str(), X_OK) != 0)
    return Error{ErrorKind::not_found, std::strerror(errno), program.string(),
                 "Build or install loomscope-engine beside this program"};
  // Writing to a child that has died must be an error, not the end of this program.
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, error;
  if (!in.open() || !out.open() || !error.open())
    return Error{ErrorKind::io, std::strerror(errno), "pipes for " + program.string(), ""};
  std::string name = program.string();
  std::vector<char*> list = {name.data()};
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) list.push_back(argument.data());
  list.push_back(nullptr);
  std::vector<char*> variables;
  for (char** variable = environ; *variable; ++variable) variables.push_back(*variable);
  std::vector<std::string> additions = environment;
  for (std::string& addition : additions)
    if (!::getenv(addition.substr(0, addition.find('=')).c_str()))
      variables.push_back(addition.data());
  variables.push_back(nullptr);
  pid_t parent = ::getpid(), pid = ::fork();
  if (pid == 0)
    become(name.c_str(), list.data(), variables.data(), in.ends[0], out.ends[1], error.ends[1], parent);
  int problem = errno;
  in.close(0);
  out.close(1);
  error.close(1);
  if (pid < 0) {
    in.close(1);
    out.close(0);
    error.close(0);
    return Error{ErrorKind::io, std::strerror(problem), program.string(), ""};
  }
  std::unique_ptr<ChildProcess> child(new ChildProcess);
  child->pid_ = pid;
  child->in_ = in.ends[1];
  child->out_ = out.ends[0];
  child->error_ = error.ends[0];
  child->reader_ = std::thread([process = child.get()] { process->read_errors(process->error_); });
  return child;
}

void ChildProcess::read_errors(int descriptor) {
  char bytes[1024];
  for (ssize_t count; (count = ::read(descriptor, bytes, sizeof bytes)) != 0;) {
    if (count < 0) {
      if (errno == EINTR) continue;
      return;
    }
    std::lock_guard lock(mutex_);
    errors_.append(bytes, static_cast<size_t>(count));
    if (errors_.size() > kKeptErrors) errors_.erase(0, errors_.size() - kKeptErrors);
  }
}

std::string ChildProcess::last_words() {
  int status = 0;
  std::string text;
  // A child that has just closed its pipe is given a moment to end.
  for (int i = 0; i < 20 && pid_ > 0; ++i) {
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = 0;
      if (WIFSIGNALED(status)) text = std::string("ended by signal ") + std::to_string(WTERMSIG(status));
      if (WIFEXITED(status)) text = "ended with code " + std::to_string(WEXITSTATUS(status));
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::lock_guard lock(mutex_);
  if (errors_.empty()) return text;
  size_t from = errors_.size() > 600 ? errors_.size() - 600 : 0;
  return text + (text.empty() ? "" : ": ") + errors_.substr(from);
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(in_);
  ::close(out_);
  if (reader_.joinable()) reader_.join();
  ::close(error_);
}

}  // namespace loom
