// Looks for models on a thread of its own, and for the devices they could run on: headers of large
// files on slow disks take seconds, and so do GPUs that sleep.
#pragma once

#include <QObject>
#include <optional>
#include <thread>

#include "core/catalog/local_devices.h"
#include "core/catalog/local_models.h"

namespace loom::ui {

class ModelFinder : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  // Folders are searched, files and model folders given one by one are inspected. Searching again
  // before found() came drops the older answer.
  void search(std::vector<std::filesystem::path> folders,
              std::vector<std::filesystem::path> single = {});
  bool is_searching() const { return searching_; }
  // With their free memory when the models were found.
  const std::vector<LocalDevice>& devices() const { return devices_; }

 Q_SIGNALS:
  void found(const std::vector<loom::LocalModel>& models);

 private:
  struct Places {
    std::vector<std::filesystem::path> folders, single;
  };
  void begin(Places places);
  void deliver(const std::vector<LocalModel>& models, std::vector<LocalDevice> devices);

  bool searching_ = false;
  std::vector<LocalDevice> devices_;
  std::optional<Places> next_;  // asked for while a search was at work
  std::jthread thread_;
};

}  // namespace loom::ui
