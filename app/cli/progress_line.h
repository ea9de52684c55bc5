// Progress on standard error: one line that renews itself on a terminal, else a line when a job
// ends.
#pragma once

#include <chrono>

#include "core/execution/evaluation_run.h"
#include "core/hub/fetch_files.h"
#include "core/judge/judge_run.h"

namespace loom::cli {

class ProgressLine {
 public:
  ProgressLine();
  RunObserver observer();
  void show(const FetchProgress& progress);
  void show(const JudgeProgress& progress);
  void close();  // ends the line, so that what follows starts on a fresh one

 private:
  void show(const RunProgress& progress);
  void show(const std::string& line, bool now);

  bool terminal_;
  int job_ = -1;
  size_t width_ = 0;
  std::chrono::steady_clock::time_point shown_{};
};

}  // namespace loom::cli
