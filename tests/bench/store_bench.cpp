// How fast samples become durable, and how long a page of a history with many runs takes.
//   store_bench [SAMPLES] [RUNS]     100,000 runs take minutes on a disk with slow fsync
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "core/history/run_queries.h"
#include "tests/bench/calibration.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

// Small writes, each followed by fsync: the most that any durable store can do here.
double syncs_per_second(const std::filesystem::path& folder) {
  std::FILE* file = std::fopen((folder / "sync").c_str(), "wb");
  constexpr int kWrites = 200;
  const auto start = bench::Clock::now();
  for (int i = 0; i < kWrites; ++i) {
    std::fputs("one line that has to be on the disk\n", file);
    std::fflush(file);
    (void)fsync(fileno(file));
  }
  const double seconds = bench::since(start);
  std::fclose(file);
  return kWrites / seconds;
}

}  // namespace

int main(int argc, char** argv) {
  const int samples = argc > 1 ? std::atoi(argv[1]) : 5000;
  const int runs = argc > 2 ? std::atoi(argv[2]) : 100'000;
  testing::TemporaryFolder folder;
  const auto file = folder.path() / "history.sqlite";
  auto store = *RunStore::open(file);
  std::printf("calibration: %.0f fsyncs/s, memcpy %.1f GB/s\n", syncs_per_second(folder.path()),
              bench::copy_gigabytes_per_second());
  const size_t count = static_cast<size_t>(samples);
  const int64_t run = *store->create_run(testing::small_plan("bench", count), testing::small_jobs(count));
  auto start = bench::Clock::now();
  for (int i = 0; i < samples; ++i) (void)store->put_sample(run, testing::written_sample(i));
  std::printf("%-36s %10.0f per s\n", "samples made durable", samples / bench::since(start));
  start = bench::Clock::now();
  for (int i = 0; i < runs; ++i)
    (void)store->create_run(testing::small_plan("run " + std::to_string(i), 1), testing::small_jobs(1));
  std::printf("%-36s %10.0f per s\n", "runs created", runs / bench::since(start));
  auto queries = *RunQueries::open(file);
  auto row = [](const char* name, auto work) {
    std::printf("%-36s %10.2f ms\n", name, bench::quickest(5, work) * 1000);
  };
  const int64_t middle = runs / 2;
  row("count of all runs", [&] { (void)queries->count_runs({}); });
  row("newest page of 50", [&] { (void)queries->runs({}, 0, 50); });
  row("page of 50 in the middle", [&] { (void)queries->runs({}, middle, 50); });
  row("ids of all runs", [&] { (void)queries->run_ids({}); });
  RunFilter text;
  text.text = "run 777";
  row("search by text", [&] { (void)queries->runs(text, 0, 50); });
  row("summary of the long run", [&] { (void)queries->summary(run); });
  row("ids of its samples", [&] { (void)queries->sample_ids(run, {}); });
  SampleFilter words;
  words.text = "number 4242";
  row("search in its samples", [&] { (void)queries->sample_ids(run, words); });
  return 0;
}
