// What every generator does with its records.
#pragma once

#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"
#include "core/data_files/data_files.h"

namespace loom {

// Appends and says where it went.
ByteSpan append(std::string& text, std::string_view piece);
// "code_words-0007"
std::string record_id(const std::string& task, size_t index);
// Percent of the document that lies before the span.
int depth_of(const ByteSpan& span, size_t document_bytes);
std::string records_hash(const std::vector<Record>& records);
TaskRecords finished(std::vector<Record> records, std::string data_label);
// Counts the records that a reader left out, and names the first of them by file and line.
void add_bad_records(const ReadReport& report, TaskRecords& task);

}  // namespace loom
