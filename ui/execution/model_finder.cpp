#include "ui/execution/model_finder.h"

#include <algorithm>
#include <utility>

namespace loom::ui {
namespace fs = std::filesystem;
namespace {

void add_single(const fs::path& path, std::vector<LocalModel>& models) {
  for (const LocalModel& model : models)
    if (model.path == path) return;
  auto model = inspect_model(path);
  if (model && std::any_of(models.begin(), models.end(),
                           [&](const LocalModel& other) { return other.path == model->path; }))
    return;
  if (!model) {
    LocalModel broken;
    broken.path = path;
    broken.name = path.filename().string();
    broken.problem = describe(model.error());
    models.push_back(std::move(broken));
    return;
  }
  models.push_back(std::move(*model));
}

}  // namespace

void ModelFinder::search(std::vector<fs::path> folders, std::vector<fs::path> single) {
  Places places{std::move(folders), std::move(single)};
  if (searching_) {
    next_ = std::move(places);
  } else {
    begin(std::move(places));
  }
}

void ModelFinder::begin(Places places) {
  searching_ = true;
  thread_ = std::jthread([this, places = std::move(places)] {
    std::vector<LocalModel> models = find_models(places.folders);
    for (const fs::path& path : places.single) add_single(path, models);
    auto end = [this, models = std::move(models), devices = measure_devices()] {
      deliver(models, devices);
    };
    QMetaObject::invokeMethod(this, std::move(end), Qt::QueuedConnection);
  });
}

void ModelFinder::deliver(const std::vector<LocalModel>& models, std::vector<LocalDevice> devices) {
  if (auto places = std::exchange(next_, std::nullopt)) return begin(std::move(*places));
  searching_ = false;
  devices_ = std::move(devices);
  Q_EMIT found(models);
}

}  // namespace loom::ui
