#include "core/sandbox/caged_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

Error failed(const char* what) {
  return {ErrorKind::io, std::strerror(errno), what, ""};
}

// A file in memory: unlike a pipe it needs nobody to feed it.
bool write_input(int file, const std::string& input) {
  for (size_t at = 0; at < input.size();) {
    ssize_t count = ::write(file, input.data() + at, input.size() - at);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) at += static_cast<size_t>(count);
  }
  return ::lseek(file, 0, SEEK_SET) == 0;
}

// Between fork and exec only calls that are safe there.
[[noreturn]] void become(char* const* arguments, int in, int out) {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  char* const nothing[] = {nullptr};
  if (::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(out, 2) >= 0)
    ::execve(arguments[0], arguments, nothing);
  _exit(127);
}

// Reads what is there. False: the other end is closed.
bool read_some(int pipe, std::string& output) {
  char bytes[16384];
  ssize_t count = ::read(pipe, bytes, sizeof bytes);
  if (count > 0) output.append(bytes, static_cast<size_t>(count));
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

enum class Verdict { ended, out_of_time, too_much_output, stopped };

Verdict watch(int process, Descriptor& pipe, std::string& output, size_t output_bytes,
              Clock::time_point deadline, const std::stop_token& stop) {
  for (;;) {
    if (stop.stop_requested()) return Verdict::stopped;
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Verdict::out_of_time;
    pollfd watched[] = {{process, POLLIN, 0}, {pipe.number(), POLLIN, 0}};
    ::poll(watched, 2, static_cast<int>(std::min<long long>(left, 50)));
    if (watched[1].revents != 0 && !read_some(pipe.number(), output)) pipe.close();
    if (output.size() > output_bytes) return Verdict::too_much_output;
    if (watched[0].revents != 0 && watched[1].revents == 0) return Verdict::ended;
  }
}

int exit_code(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<SandboxOutcome> run_caged(std::vector<std::string> arguments, const std::string& input,
                                 std::chrono::duration<double> time, size_t output_bytes,
                                 const std::stop_token& stop) {
  Descriptor in(::memfd_create("input", MFD_CLOEXEC));
  int ends[2];
  if (in.number() < 0 || !write_input(in.number(), input)) return failed("the program's input");
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed("the program's output");
  Descriptor out(ends[0]), written(ends[1]);
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  std::vector<char*> list;
  for (std::string& argument : arguments) list.push_back(argument.data());
  list.push_back(nullptr);
  auto begin = Clock::now();
  pid_t pid = ::fork();
  if (pid == 0) become(list.data(), in.number(), written.number());
  if (pid < 0) return failed(arguments[0].c_str());
  written.close();
  Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  SandboxOutcome outcome;
  auto deadline = begin + std::chrono::duration_cast<Clock::duration>(time);
  Verdict verdict = Verdict::stopped;
  if (process.number() >= 0)
    verdict = watch(process.number(), out, outcome.output, output_bytes, deadline, stop);
  if (verdict != Verdict::ended) ::kill(pid, SIGKILL);
  outcome.code = exit_code(pid);
  outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  outcome.output.resize(std::min(outcome.output.size(), output_bytes));
  if (process.number() < 0) return Error{ErrorKind::unsupported, "cannot be watched", "pidfd", ""};
  if (verdict == Verdict::stopped) return Error{ErrorKind::cancelled, "stopped", "sandbox", ""};
  if (verdict == Verdict::out_of_time) outcome.end = SandboxEnd::out_of_time;
  if (verdict == Verdict::too_much_output) outcome.end = SandboxEnd::too_much_output;
  return outcome;
}

}  // namespace loom
