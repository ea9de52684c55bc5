#include "app/cli/progress_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "core/base/printable_text.h"

namespace loom::cli {
namespace {

std::string clock_time(double seconds) {
  auto total = static_cast<long>(seconds + 0.5);
  char text[32];
  if (total >= 3600) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  }
  return text;
}

std::string bar(double share) {
  constexpr size_t kWidth = 20;
  auto full = std::min(kWidth, static_cast<size_t>(share * kWidth));
  return "[" + std::string(full, '#') + std::string(kWidth - full, '.') + "]";
}

std::string line_of(const RunProgress& progress) {
  std::string line = bar(progress.share) + ' ' + std::to_string(progress.samples_done) + '/' +
                     std::to_string(progress.samples_planned) + " samples";
  if (progress.remaining_s) line += ", " + clock_time(*progress.remaining_s) + " left";
  if (progress.tokens_per_second > 0)
    line += ", " + std::to_string(static_cast<long>(progress.tokens_per_second)) + " tokens/s";
  if (progress.remembered > 0) line += ", " + std::to_string(progress.remembered) + " remembered";
  if (progress.failed > 0) line += ", " + std::to_string(progress.failed) + " failed";
  if (progress.truncated > 0) line += ", " + std::to_string(progress.truncated) + " truncated";
  return line + "  " + printable_line(progress.job_title);
}

std::string megabytes(uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1e6);
  return text;
}

std::string line_of(const JudgeProgress& progress) {
  const double share = progress.planned == 0 ? 0
                                             : static_cast<double>(progress.done) /
                                                   static_cast<double>(progress.planned);
  std::string line = bar(share) + ' ' + std::to_string(progress.done) + '/' +
                     std::to_string(progress.planned) + " samples judged";
  if (progress.unparsed > 0) line += ", " + std::to_string(progress.unparsed) + " unparsed";
  if (progress.failed > 0) line += ", " + std::to_string(progress.failed) + " failed";
  return line;
}

std::string line_of(const FetchProgress& progress) {
  double share = progress.bytes == 0 ? 0
                                     : static_cast<double>(progress.bytes_done) /
                                           static_cast<double>(progress.bytes);
  std::string line = bar(share) + ' ' + std::to_string(progress.files_done) + '/' +
                     std::to_string(progress.files) + " files, " + megabytes(progress.bytes_done) +
                     " of " + megabytes(progress.bytes) + " MB";
  if (progress.bytes_per_second > 0)
    line += ", " + megabytes(static_cast<uint64_t>(progress.bytes_per_second)) + " MB/s";
  if (progress.seconds_left >= 0) line += ", " + clock_time(progress.seconds_left) + " left";
  return line + "  " + printable_line(progress.file);
}

// A line that the terminal breaks could not be renewed: only its last piece would be.
std::string one_row_of(const std::string& line) {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return line;
  size_t end = 0;
  for (size_t columns = 0; end < line.size(); ++end) {
    const bool begins_a_character = (static_cast<unsigned char>(line[end]) & 0xC0) != 0x80;
    if (begins_a_character && ++columns >= size.ws_col) break;
  }
  return line.substr(0, end);
}

}  // namespace

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const RunProgress& progress) {
  show(line_of(progress), progress.job != job_);
  job_ = progress.job;
}

void ProgressLine::show(const FetchProgress& progress) {
  show(line_of(progress), progress.bytes_done == progress.bytes);
}

void ProgressLine::show(const JudgeProgress& progress) {
  show(line_of(progress), progress.done == progress.planned);
}

void ProgressLine::show(const std::string& whole, bool now) {
  auto time = std::chrono::steady_clock::now();
  // Ten a second is as much as an eye takes; a log gets one line per job and one per half minute.
  auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(30);
  if (!now && time - shown_ < pause) return;
  shown_ = time;
  const std::string line = terminal_ ? one_row_of(whole) : whole;
  if (terminal_) {
    std::string blank(width_ > line.size() ? width_ - line.size() : 0, ' ');
    std::cerr << '\r' << line << blank << std::flush;
    width_ = line.size();
  } else {
    std::cerr << line << std::endl;
  }
}

RunObserver ProgressLine::observer() {
  RunObserver observer;
  observer.progress = [this](const RunProgress& progress) { show(progress); };
  observer.notice = [this](const std::string& text) {
    close();
    std::cerr << text << std::endl;
  };
  return observer;
}

void ProgressLine::close() {
  if (terminal_ && width_ > 0) std::cerr << std::endl;
  width_ = 0;
}

}  // namespace loom::cli
