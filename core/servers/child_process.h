// A child on two pipes. It dies with its parent, its standard error is kept (the last of it), and it
// gets no other descriptor of ours.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <mutex>
#include <vector>

#include "core/base/result.h"

namespace loom {

class ChildProcess {
 public:
  // `environment`: "NAME=value" for names that are not set in ours.
  static Result<std::unique_ptr<ChildProcess>> start(
      const std::filesystem::path& program, const std::vector<std::string>& arguments,
      const std::vector<std::string>& environment = {});
  ~ChildProcess();  // kills and reaps
  int process_id() const { return pid_; }
  int from_child() const { return out_; }
  int to_child() const { return in_; }
  // How it ended, with the last lines of its standard error.
  std::string last_words();

 private:
  ChildProcess() = default;
  void read_errors(int descriptor);
  int pid_ = 0, in_ = -1, out_ = -1, error_ = -1;
  std::mutex mutex_;
  std::string errors_;
  std::thread reader_;
};

}  // namespace loom
