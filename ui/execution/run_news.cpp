#include "ui/execution/run_news.h"

#include <utility>

namespace loom::ui {
namespace {

// Two prompts of a million tokens are enough to hold: the newest of each kind is what is shown.
void forget_prompt(std::vector<RunEvent>& events, RunEvent::Kind kind) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->kind != kind) continue;
    event->news.sample.prompt.text.clear();
    event->news.sample.prompt.evidence.clear();
    return;
  }
}

Sample without_ids(const Sample& sample) {
  Sample copy;
  copy.job = sample.job;
  copy.index = sample.index;
  copy.record_id = sample.record_id;
  copy.identity = sample.identity;
  copy.state = sample.state;
  copy.prompt.text = sample.prompt.text;
  copy.prompt.context_end = sample.prompt.context_end;
  copy.prompt.truncation = sample.prompt.truncation;
  copy.prompt.evidence = sample.prompt.evidence;
  copy.references = sample.references;
  copy.metadata = sample.metadata;
  copy.result = sample.result;
  copy.result.ids.clear();
  copy.error = sample.error;
  copy.score = sample.score;
  return copy;
}

}  // namespace

void RunNews::add_sample(RunEvent::Kind kind, int job, const Sample& sample) {
  RunEvent event;
  event.kind = kind;
  event.news.job = job;
  event.news.sample = without_ids(sample);
  std::lock_guard lock(mutex_);
  if (kind == RunEvent::started) {
    job_ = job;
    index_ = sample.index;
  }
  forget_prompt(batch_.events, kind);
  batch_.events.push_back(std::move(event));
}

void RunNews::add_token(int job, int index, const std::string& piece) {
  std::lock_guard lock(mutex_);
  if (job != job_ || index != index_) return;
  if (batch_.events.empty() || batch_.events.back().kind != RunEvent::token)
    batch_.events.emplace_back().kind = RunEvent::token;
  batch_.events.back().text += piece;
}

RunObserver RunNews::observer() {
  RunObserver observer;
  observer.progress = [this](const RunProgress& progress) {
    std::lock_guard lock(mutex_);
    batch_.progress = progress;
  };
  observer.sample_started = [this](int job, const Sample& sample) {
    add_sample(RunEvent::started, job, sample);
  };
  observer.token = [this](int job, int index, const std::string& piece) {
    add_token(job, index, piece);
  };
  observer.sample_finished = [this](int job, const Sample& sample) {
    add_sample(RunEvent::finished, job, sample);
  };
  observer.notice = [this](const std::string& text) {
    std::lock_guard lock(mutex_);
    batch_.events.emplace_back().text = text;
  };
  return observer;
}

RunNews::Batch RunNews::take() {
  std::lock_guard lock(mutex_);
  return std::exchange(batch_, {});
}

}  // namespace loom::ui
