#include "core/execution/progress_meter.h"

#include <algorithm>
#include <numeric>

namespace loom {

ProgressMeter::ProgressMeter(int64_t run, const std::vector<Job>& jobs, size_t max_length)
    : planned_(jobs.size()), done_(jobs.size()), wanted_(jobs.size()), built_(jobs.size()) {
  progress_.run = run;
  progress_.jobs = jobs.size();
  for (size_t i = 0; i < jobs.size(); ++i) {
    wanted_[i] = jobs[i].samples;
    progress_.samples_planned += jobs[i].samples;
    lengths_.push_back(max_length > 0 ? std::min(max_length, jobs[i].length_tokens)
                                      : jobs[i].length_tokens);
    guess(i);
  }
}

void ProgressMeter::guess(size_t job) {
  constexpr double at_first = 1000;  // tokens, while no prompts are known
  double each = built_samples_ > 0 ? built_tokens_ / built_samples_ : at_first;
  if (lengths_[job] > 0) each = static_cast<double>(lengths_[job]);
  planned_[job] = each * static_cast<double>(wanted_[job] - std::min(done_[job], wanted_[job]));
}

void ProgressMeter::skip(int job, size_t samples) {
  auto i = static_cast<size_t>(job);
  done_[i] += samples;
  progress_.samples_done += samples;
  skipped_ += samples;
  guess(i);
}

void ProgressMeter::begin_job(int job, const std::string& title) {
  progress_.job = job;
  progress_.job_title = title;
  progress_.job_done = done_[static_cast<size_t>(job)];
  progress_.job_planned = wanted_[static_cast<size_t>(job)];
}

void ProgressMeter::holds(int job, size_t samples) {
  auto i = static_cast<size_t>(job);
  progress_.samples_planned += samples;
  progress_.samples_planned -= wanted_[i];
  wanted_[i] = samples;
  progress_.job_planned = samples;
  guess(i);
}

void ProgressMeter::planned(int job, double tokens, size_t samples) {
  auto i = static_cast<size_t>(job);
  holds(job, samples);
  planned_[i] = tokens;
  if (built_[i] || tokens <= 0 || samples <= done_[i]) return;
  built_[i] = true;
  built_tokens_ += tokens;
  built_samples_ += static_cast<double>(samples - done_[i]);
  for (size_t j = 0; j < built_.size(); ++j)
    if (!built_[j]) guess(j);
}

void ProgressMeter::advanced(int job, int sample, size_t tokens) {
  // The first word about a sample comes after its first computed chunk.
  constexpr double kChunk = 512;
  auto [at, fresh] = under_way_.try_emplace({job, sample});
  at->second.tokens = static_cast<double>(tokens);
  if (fresh) at->second.reused = std::max(0.0, at->second.tokens - kChunk);
}

void ProgressMeter::finished(const Sample& sample) {
  auto i = static_cast<size_t>(sample.job);
  ++done_[i];
  ++progress_.samples_done;
  progress_.job_done = done_[i];
  progress_.failed += sample.state == SampleState::failed;
  progress_.truncated += sample.prompt.truncation.cut;
  progress_.remembered += sample.result.remembered;
  progress_.peak_memory_bytes =
      std::max(progress_.peak_memory_bytes, sample.result.peak_memory_bytes);
  double prompt = static_cast<double>(sample.prompt.ids.size());
  planned_[i] = done_[i] < wanted_[i] ? std::max(0.0, planned_[i] - prompt) : 0;
  under_way_.erase({sample.job, sample.index});
  if (sample.result.remembered) {  // no work: says nothing of how long the rest takes
    ++skipped_;
    return;
  }
  finished_tokens_ += prompt;
  computed_tokens_ +=
      static_cast<double>(sample.result.tokens_prefilled + sample.result.ids.size());
  const Timings& times = sample.result.timings;
  prompt_s_ += times.tokenise_s + times.prefill_new_s + times.prefill_reused_s;
  answer_s_ += times.decode_s;
  ++finished_;
}

std::optional<double> ProgressMeter::remaining(double tokens_left) const {
  const size_t samples_left = progress_.samples_planned - progress_.samples_done;
  if (samples_left == 0) return 0;
  if (progress_.elapsed_s <= 1 || progress_.tokens_done <= 0) return {};
  const double apart = prompt_s_ + answer_s_;
  if (finished_ == 0 || finished_tokens_ <= 0 || apart <= 0)
    return tokens_left * progress_.elapsed_s / progress_.tokens_done;
  const double left =
      tokens_left * prompt_s_ / finished_tokens_ +
      static_cast<double>(samples_left) * answer_s_ / static_cast<double>(finished_);
  // Several devices and samples answered together make the clock go faster or slower than that.
  return left * progress_.elapsed_s / apart;
}

double ProgressMeter::elapsed() const {
  auto since = std::chrono::steady_clock::now() - start_;
  return std::max(0.0, std::chrono::duration<double>(since).count() - waited_s_);
}

double ProgressMeter::share() const {
  const auto planned = static_cast<double>(progress_.samples_planned);
  if (planned <= 0 || progress_.samples_done >= progress_.samples_planned) return planned > 0;
  double now = 0;  // of what was left at the start
  if (progress_.remaining_s)
    now = progress_.elapsed_s / (progress_.elapsed_s + *progress_.remaining_s);
  else if (progress_.tokens_planned > 0)
    now = progress_.tokens_done / progress_.tokens_planned;
  const double before = static_cast<double>(skipped_) / planned;
  return before + (1 - before) * now;
}

const RunProgress& ProgressMeter::now() {
  progress_.elapsed_s = elapsed();
  double seen = 0, computed = computed_tokens_;
  for (const auto& [sample, work] : under_way_) {
    seen += work.tokens;
    computed += work.tokens - work.reused;
  }
  double left = std::max(0.0, std::accumulate(planned_.begin(), planned_.end(), 0.0) - seen);
  progress_.tokens_done = finished_tokens_ + seen;
  progress_.tokens_planned = progress_.tokens_done + left;
  progress_.tokens_computed = computed;
  progress_.remaining_s = remaining(left);
  if (progress_.elapsed_s > 1.0) progress_.tokens_per_second = computed / progress_.elapsed_s;
  // A guess that turns out too low makes the bar wait, not go back.
  progress_.share = std::max(progress_.share, share());
  return progress_;
}

}  // namespace loom
