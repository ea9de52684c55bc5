// Reads data files that a test makes.
#pragma once

#include <QtGlobal>

#include "core/base/text_file.h"
#include "core/data_files/data_files.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

struct Read {
  std::vector<nlohmann::json> records;
  std::vector<RecordPlace> places;
  Result<ReadReport> report = ReadReport{};
  std::string problem() const { return report ? "" : describe(report.error()); }
};

inline Read read_source(const DataSource& source, const ReadOptions& options = {}) {
  Read read;
  read.report = for_each_record(
      source,
      [&](nlohmann::json& record, const RecordPlace& place) -> Result<Reading> {
        read.records.push_back(record);
        read.places.push_back(place);
        return Reading::go_on;
      },
      options);
  return read;
}

class FilesOfATest {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = folder_.path() / name;
    if (!write_file(file, text)) qFatal("cannot write");
    return file;
  }
  Read read(const std::string& name, const std::string& text, const ReadOptions& options = {}) {
    return read_source({write(name, text)}, options);
  }

  TemporaryFolder folder_;
};

}  // namespace loom::testing
