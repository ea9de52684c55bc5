#include "core/benchmarks/record_set.h"

#include <cmath>

#include "core/base/hash.h"

namespace loom {
namespace {

// Lengths go first, so that moving a byte from one field to the next changes the hash.
void add(Sha256& hash, std::string_view field) {
  hash.update(std::to_string(field.size()) + ":");
  hash.update(field);
}

}  // namespace

ByteSpan append(std::string& text, std::string_view piece) {
  ByteSpan span{text.size(), text.size() + piece.size()};
  text += piece;
  return span;
}

std::string record_id(const std::string& task, size_t index) {
  std::string digits = std::to_string(index);
  return task + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

int depth_of(const ByteSpan& span, size_t document_bytes) {
  if (document_bytes == 0) return 0;
  return static_cast<int>(
      std::lround(100.0 * static_cast<double>(span.begin) / static_cast<double>(document_bytes)));
}

std::string records_hash(const std::vector<Record>& records) {
  Sha256 hash;
  for (const Record& record : records) {
    add(hash, record.id);
    add(hash, record.prompt);
    add(hash, std::to_string(record.context_end));
    add(hash, record.answer_prefix);
    for (const std::string& reference : record.references) add(hash, reference);
    add(hash, record.metadata.dump());
    if (!record.system.empty()) add(hash, "system:" + record.system);
    if (record.max_new_tokens) add(hash, "limit:" + std::to_string(*record.max_new_tokens));
    if (const auto& next = record.follow_up)
      for (const std::string& part : {next->system, next->prompt, next->answer_prefix, next->joined})
        add(hash, "follow-up:" + part);
  }
  return hash.hex();
}

TaskRecords finished(std::vector<Record> records, std::string data_label) {
  std::string hash = records_hash(records);
  return {std::move(records), std::move(data_label), std::move(hash)};
}

void add_bad_records(const ReadReport& report, TaskRecords& task) {
  task.bad_records += report.bad_records;
  for (const Error& problem : report.bad) task.notes.push_back("left out: " + describe(problem));
}

}  // namespace loom
