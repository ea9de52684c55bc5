#include "core/benchmarks/pdf_text.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "core/base/environment.h"
#include "core/base/file_paths.h"
#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/sandbox/caged_process.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostPdfBytes = 512u << 20, kMostTextBytes = 64u << 20;
constexpr double kSeconds = 120;

double seconds() {
  const char* given = environment("LOOMSCOPE_PDFTOTEXT_SECONDS");
  const double value = given ? std::atof(given) : 0;
  return value > 0 ? value : kSeconds;
}

Result<std::string> program() {
  const char* given = environment("LOOMSCOPE_PDFTOTEXT");
  const std::string path = given ? given : "/usr/bin/pdftotext";
  if (::access(path.c_str(), X_OK) == 0) return path;
  return Error{ErrorKind::unsupported, "PDF files are read by pdftotext, which is not here", path,
               "Install the package poppler-utils, or take the PDF files out of the folder"};
}

Result<SandboxOutcome> run(const std::string& path, const std::string& pdf, std::stop_token stop) {
  const std::vector<std::string> command = {path, "-q", "-enc", "UTF-8", "-nopgbrk", "-", "-"};
  if (!sandbox_ready())
    return run_caged(command, pdf, std::chrono::duration<double>(seconds()), kMostTextBytes, stop);
  SandboxJob job;
  job.command = command;
  job.input = pdf;
  if (!path.starts_with("/usr/")) job.readable = {path};
  job.limits.seconds = seconds();
  job.limits.memory_bytes = size_t{4} << 30;
  job.limits.output_bytes = kMostTextBytes;
  return run_in_sandbox(job, stop);
}

}  // namespace

Result<std::string> pdf_text(const fs::path& file, std::stop_token stop) {
  LOOM_TRY(const std::string path, program());
  LOOM_TRY(const std::string pdf, read_file(file, kMostPdfBytes));
  const fs::path kept = paths::cache() / "documents" / (sha256(pdf) + ".txt");
  if (auto text = read_file(kept, kMostTextBytes); text && is_utf8(*text)) return text;
  LOOM_TRY(SandboxOutcome outcome, run(path, pdf, stop));
  auto failed = [&](const std::string& message) {
    return Error{ErrorKind::corrupt, message, file.string(), "Take it out of the folder"};
  };
  if (outcome.end == SandboxEnd::out_of_time) return failed("its text takes too long to read");
  if (outcome.end == SandboxEnd::too_much_output) return failed("holds more than 64 MiB of text");
  if (outcome.code != 0)
    return failed("pdftotext cannot read it (code " + std::to_string(outcome.code) +
                  "): " + repair_utf8(outcome.output.substr(0, 200)));
  std::string text = repair_utf8(outcome.output);
  (void)write_file(kept, text);  // what is not kept is read again
  return text;
}

}  // namespace loom
