// gpu_checks DEVICE GOLDENS [--only parity|bits|memory|kill] [--model FOLDER]...
// Exit code 0, 1 when a check failed, 77 when there is no such device.
#include <cstdio>
#include <cstring>

#include "tests/gpu/check.h"

using namespace loom;
using namespace loom::gpu;

int main(int argc, char** argv) {
  Settings settings;
  std::string only;
  if (argc > 1) settings.device = argv[1];
  if (argc > 2) settings.goldens = argv[2];
  for (int i = 3; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--only") == 0) only = argv[i + 1];
    if (std::strcmp(argv[i], "--model") == 0) settings.models.emplace_back(argv[i + 1]);
  }
  if (auto device = open_device(settings.device); !device) {
    std::printf("skipped: no CUDA device (%s)\n", describe(device.error()).c_str());
    return kSkipped;
  }
  Report report;
  auto wanted = [&only](const char* name) { return only.empty() || only == name; };
  if (wanted("parity")) check_parity(report, settings);
  if (wanted("bits")) check_same_bits(report, settings);
  if (wanted("memory")) check_memory(report, settings);
  if (wanted("kill")) check_killed_engine(report, settings);
  std::printf("%d checks failed\n", report.failed);
  leave(report.failed > 0 ? 1 : 0);
}
