// What all readers do with a record: hand it over, count it, and treat a bad one as the options
// say.
#pragma once

#include "core/data_files/data_files.h"

namespace loom {

class RecordSink {
 public:
  RecordSink(const ReceiveRecord& receive, const ReadOptions& options, std::stop_token stop)
      : receive_(receive), options_(options), stop_(std::move(stop)) {}

  // An Error ends the reading. Fills in the record's number.
  Status take(nlohmann::json& record, RecordPlace place);
  Status take_bad(Error problem);  // a record that could not even be parsed
  bool enough() const { return enough_; }
  const ReadOptions& options() const { return options_; }
  const std::stop_token& stop() const { return stop_; }
  ReadReport report() && { return std::move(report_); }

 private:
  const ReceiveRecord& receive_;
  const ReadOptions& options_;
  std::stop_token stop_;
  ReadReport report_;
  size_t row_ = 0;
  bool enough_ = false;
};

}  // namespace loom
