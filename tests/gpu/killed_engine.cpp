// kill -9 of the engine process while it answers: it is started again, what was at work is asked
// once more, and the answers are the ones of an undisturbed run.
#include <signal.h>

#include "core/servers/engine_client.h"
#include "tests/gpu/check.h"

namespace loom::gpu {

void check_killed_engine(Report& report, const Settings& settings) {
  std::filesystem::path model = settings.models.empty() ? golden_folders(settings).front() : settings.models[0];
  auto server = open_server(model, settings.device);
  if (!server) return report.row("kill -9", model.filename(), false, "does not load");
  auto vocabulary = static_cast<size_t>(server->model()->shape().vocabulary);
  std::vector<GenerationRequest> requests;
  for (uint64_t id = 0; id < 12; ++id) {
    GenerationRequest one;
    one.id = id;
    one.ids = random_ids(300 + 40 * id, vocabulary, id);
    one.max_new_tokens = 64;
    one.ignore_eos = true;
    requests.push_back(one);
  }
  auto want = answers(*server, requests);
  EngineClient engine(default_engine_path(), settings.device);
  if (auto loaded = engine.load({model.string(), settings.device, 0}, {}); !loaded)
    return report.row("kill -9", model.filename(), false, describe(loaded.error()));
  size_t equal = 0, finished = 0, again = 0;
  int killed = 0;
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    ++finished;
    if (result && want[id]) equal += result->ids == want[id]->ids;
    if (result) again += result->attempt == 2;
    if (finished == 3 && killed == 0) killed = engine.process_id(), ::kill(killed, SIGKILL);
  };
  Status status = engine.generate(requests, observer, {});
  report.row("kill -9", model.filename(), status && equal == requests.size() && killed > 0,
             std::to_string(equal) + " of " + std::to_string(requests.size()) + " answers equal, " + std::to_string(again) +
                 " asked twice" + (status ? "" : ", " + describe(status.error())));
}

}  // namespace loom::gpu
