// A folder of documents that a test fills.
#pragma once

#include <QtGlobal>

#include "core/base/text_file.h"
#include "core/benchmarks/custom.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

inline std::string prose(int sentences, const std::string& topic) {
  std::string text;
  for (int i = 0; i < sentences; ++i)
    text += "Note " + std::to_string(i) + " on " + topic + " says that the " +
            (i % 3 ? "harbour opens late" : "bridge was painted twice and nobody knew why") +
            ".\n" + (i % 5 ? "" : "\n## Part " + std::to_string(i) + "\n\n");
  return text;
}

class OwnDocuments {
 public:
  OwnDocuments() {
    qputenv("LOOMSCOPE_HOME", (folder_.path() / "home").c_str());
    qunsetenv("LOOMSCOPE_PDFTOTEXT");
    qunsetenv("LOOMSCOPE_PDFTOTEXT_SECONDS");
  }
  const std::filesystem::path& beside() const { return folder_.path(); }
  std::filesystem::path docs() const { return folder_.path() / "docs"; }
  void put(const char* name, const std::string& bytes) const {
    if (!write_file(docs() / name, bytes)) qFatal("cannot write");
  }
  CustomBenchmark benchmark() const {
    CustomBenchmark custom;
    custom.kind = CustomBenchmark::documents;
    custom.id = "mine";
    custom.title = "Mine";
    custom.data = docs();
    return custom;
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace loom::testing
