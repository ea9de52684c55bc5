// Files that a user may make a benchmark of, on a workspace and a home folder of their own.
#pragma once

#include <QComboBox>
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/ui/pages/open_workspace.h"

namespace loom::testing {

template <typename Widget>
Widget* part(QWidget& parent, const char* name) {
  auto* found = parent.findChild<Widget*>(QLatin1String(name));
  if (!found) qFatal("no %s", name);
  return found;
}

inline void choose_metric(QWidget& dialog, const char* id) {
  auto* metric = part<QComboBox>(dialog, "custom_metric");
  metric->setCurrentIndex(metric->findData(QLatin1String(id)));
}

class OwnData {
 public:
  OwnData() {
    qputenv("LOOMSCOPE_HOME", (home() / "home").c_str());
    qputenv("HF_HUB_CACHE", (home() / "hub").c_str());
    workspace_ = std::make_unique<OpenWorkspace>();
  }
  bool is_open() const { return workspace_->is_open(); }
  OpenWorkspace& workspace() { return *workspace_; }
  const std::filesystem::path& home() const { return home_.path(); }

  std::filesystem::path put(const char* name, const std::string& bytes) const {
    const std::filesystem::path file = home() / "own" / name;
    if (!write_file(file, bytes)) qFatal("cannot write");
    return file;
  }
  std::filesystem::path ships() const {
    return put("Old ships.jsonl",
               "{\"question\": \"Which ship?\", \"answer\": \"Vega\", \"document\": \"The Vega "
               "sailed.\", \"year\": 1879}\n"
               "{\"question\": \"Which port?\", \"answer\": \"Oslo\", \"document\": \"Oslo.\", "
               "\"year\": 1880}\n");
  }
  std::filesystem::path notes() const {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "Day " + std::to_string(i) + " was a quiet day. ";
    return put("notes/a.md", text).parent_path();
  }
  void put_encoder(const char* name, const char* golden) const {
    const std::filesystem::path models = home() / "home/data/models";
    std::filesystem::create_directories(models);
    std::filesystem::copy(source_folder() / "tests/golden/encoders" / golden, models / name);
  }

 private:
  TemporaryFolder home_;
  std::unique_ptr<OpenWorkspace> workspace_;
};

}  // namespace loom::testing
