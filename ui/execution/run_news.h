// What happened in a run since the window last looked. Filled on the thread that runs, emptied by
// the window ten times a second; neither waits for the other.
#pragma once

#include <QString>
#include <mutex>
#include <optional>
#include <vector>

#include "core/execution/evaluation_run.h"

namespace loom::ui {

// What the Run page shows of the sample at work or just finished. Token ids are left out, and so
// is the text of prompts that were overtaken before they could be shown.
struct SampleNews {
  int job = 0;
  Sample sample;
};

struct RunEvent {
  enum Kind { started, token, finished, notice } kind = notice;
  SampleNews news;   // started, finished
  std::string text;  // token, notice
};

class RunNews {
 public:
  RunObserver observer();

  struct Batch {
    std::optional<RunProgress> progress;
    std::vector<RunEvent> events;  // in the order they happened
  };
  Batch take();

 private:
  void add_sample(RunEvent::Kind kind, int job, const Sample& sample);
  void add_token(int job, int index, const std::string& piece);

  std::mutex mutex_;
  Batch batch_;
  int job_ = -1, index_ = -1;  // the sample whose answer is shown
};

}  // namespace loom::ui
