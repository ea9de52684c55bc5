// history_writer STORE SAMPLES: goes on with the store's only run, or begins it, and prints the
// index of each sample once it is durable.
#include <algorithm>
#include <iostream>

#include "tests/core/history/written_samples.h"

using namespace loom;

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  size_t samples = std::stoul(argv[2]);
  auto store = RunStore::open(argv[1]);
  if (!store) {
    std::cerr << describe(store.error()) << std::endl;
    return 1;
  }
  auto run = (*store)->latest_unfinished();
  if (!run) run = (*store)->create_run(testing::small_plan("killed", samples),
                                       testing::small_jobs(samples));
  if (!run) return 1;
  auto claim = (*store)->claim(*run);
  if (!claim || !(*store)->set_state(*run, RunState::running)) return 1;
  auto finished = (*store)->finished_samples(*run, 1);
  if (!finished) return 1;
  std::vector<int>& done = (*finished)[0];
  std::sort(done.begin(), done.end());
  for (int i = 0; i < static_cast<int>(samples); ++i) {
    if (std::binary_search(done.begin(), done.end(), i)) continue;
    if (auto put = (*store)->put_sample(*run, testing::written_sample(i)); !put) {
      std::cerr << describe(put.error()) << std::endl;
      return 1;
    }
    std::cout << i << std::endl;
  }
  return (*store)->set_state(*run, RunState::finished) ? 0 : 1;
}
