// JSON as a stream of events (nlohmann's SAX interface): of a list only the item being read is in
// memory.
#include <iterator>

#include "core/data_files/json_builder.h"
#include "core/data_files/record_readers.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

// Characters of a stream for the parser; all copies share the stream's position.
class StreamIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  StreamIterator() = default;
  explicit StreamIterator(ByteStream& stream) : stream_(&stream) {}
  char operator*() const { return stream_->peek(); }
  StreamIterator& operator++() {
    stream_->advance();
    return *this;
  }
  StreamIterator operator++(int) {
    StreamIterator before = *this;
    stream_->advance();
    return before;
  }
  bool operator==(const StreamIterator& other) const { return ended() == other.ended(); }
  bool operator!=(const StreamIterator& other) const { return ended() != other.ended(); }

 private:
  bool ended() const { return !stream_ || stream_->at_end(); }
  ByteStream* stream_ = nullptr;
};

std::vector<std::string> keys_of(const std::string& list) {
  std::vector<std::string> keys;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find('/', at), list.size());
    if (end > at) keys.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return keys;
}

// Follows the events down to the records, hands these over one by one, and passes over the rest.
// Every event returns whether the parser shall go on.
class RecordEvents {
 public:
  RecordEvents(ByteStream& stream, const DataSource& source, RecordSink& sink)
      : stream_(stream),
        source_(source),
        sink_(sink),
        path_(keys_of(source.list)),
        builder_(sink.options().limits.depth, sink.options().limits.values) {}

  bool null() { return scalar(nullptr); }
  bool boolean(bool value) { return scalar(value); }
  bool number_integer(int64_t value) { return scalar(value); }
  bool number_unsigned(uint64_t value) { return scalar(value); }
  bool number_float(double value, const std::string&) { return scalar(value); }
  bool string(std::string& value) { return scalar(std::move(value)); }
  bool binary(json::binary_t&) { return false; }
  bool key(std::string& name) {
    if (builder_.building())
      builder_.key(name);
    else if (skipped_ == 0)
      key_ = name;
    return true;
  }
  bool start_object(size_t) { return start(json::value_t::object); }
  bool start_array(size_t) { return start(json::value_t::array); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool parse_error(size_t, const std::string&, const json::exception& problem) {
    if (failure_) failure_ = broken("is not valid JSON: " + json_problem(problem.what()));
    return false;
  }

  bool list_found() const { return list_found_; }
  const Status& failure() const { return failure_; }

 private:
  // Where a value stands that is not part of a record.
  enum class Role { record, list, on_the_way, beside };
  Role role(json::value_t kind) {
    if (in_list_) return Role::record;
    if (levels_ > 0 && key_ != path_[levels_ - 1]) return Role::beside;
    if (levels_ < path_.size())
      return kind == json::value_t::object ? Role::on_the_way : Role::beside;
    list_found_ = true;
    const bool holds_records =
        kind == json::value_t::array || (kind == json::value_t::object && source_.entries);
    return holds_records ? Role::list : Role::record;
  }

  bool start(json::value_t kind) {
    if (builder_.building()) return builder_.open(kind) || refuse();
    if (skipped_ > 0) return ++skipped_ < sink_.options().limits.depth || refuse();
    stream_.begin_record();
    switch (role(kind)) {
      case Role::record:
        return begin(kind);
      case Role::list:
        in_list_ = true;
        break;
      case Role::on_the_way:
        break;
      case Role::beside:
        skipped_ = 1;
        return true;
    }
    ++levels_;
    return true;
  }

  bool begin(json::value_t kind) {
    line_ = stream_.line();
    return builder_.open(kind);
  }

  bool end() {
    if (builder_.building()) {
      builder_.close();
      return builder_.building() || deliver(builder_.take());
    }
    if (skipped_ > 0) {
      --skipped_;
      return true;
    }
    in_list_ = false;
    if (levels_ > 0) --levels_;
    if (levels_ > 0) key_ = path_[levels_ - 1];
    return true;
  }

  bool scalar(json value) {
    if (builder_.building()) return builder_.scalar(std::move(value)) || refuse();
    stream_.begin_record();
    if (skipped_ > 0 || role(value.type()) == Role::beside) return true;
    line_ = stream_.line();
    return deliver(std::move(value));
  }

  bool deliver(json record) {
    failure_ = sink_.take(record, {stream_.name(), line_, 0, source_.entries ? key_ : ""});
    stream_.begin_record();
    return failure_ && !sink_.enough();
  }

  Error broken(const std::string& problem) {
    if (!stream_.status()) return stream_.status().error();
    return {ErrorKind::corrupt, problem, stream_.name() + ":" + std::to_string(stream_.line()),
            "Fetch the file again, or correct it at that line"};
  }
  bool refuse() {
    failure_ = broken(builder_.refusal());
    return false;
  }

  ByteStream& stream_;
  const DataSource& source_;
  RecordSink& sink_;
  std::vector<std::string> path_;
  JsonBuilder builder_;
  std::string key_;
  size_t levels_ = 0, skipped_ = 0, line_ = 0;  // open containers on the way; within what is passed
  bool in_list_ = false, list_found_ = false;
  Status failure_;
};

// Builds one value out of text that is in memory.
struct ValueEvents {
  explicit ValueEvents(const ReadLimits& limits) : builder(limits.depth, limits.values) {}
  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(int64_t value) { return add(value); }
  bool number_unsigned(uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(json::binary_t&) { return false; }
  bool key(std::string& name) {
    builder.key(name);
    return true;
  }
  bool start_object(size_t) { return builder.open(json::value_t::object) || refuse(); }
  bool start_array(size_t) { return builder.open(json::value_t::array) || refuse(); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(size_t, const std::string&, const json::exception& found) {
    if (problem.empty()) problem = "is not valid JSON: " + json_problem(found.what());
    return false;
  }
  bool add(json value) { return builder.scalar(std::move(value)) || refuse(); }
  bool close() {
    builder.close();
    return true;
  }
  bool refuse() {
    problem = builder.refusal();
    return false;
  }

  JsonBuilder builder;
  std::string problem;
};

}  // namespace

std::string json_problem(const std::string& message) {
  constexpr size_t kLongest = 200;
  const size_t after = message.find("] ");
  std::string text = after == std::string::npos ? message : message.substr(after + 2);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "…";
  return repair_utf8(text);
}

Result<json> parse_json(std::string_view text, const ReadLimits& limits) {
  ValueEvents events(limits);
  if (json::sax_parse(text.begin(), text.end(), &events)) return events.builder.take();
  return Error{ErrorKind::corrupt, events.problem, "", "Correct the line, or fetch the file again"};
}

Status read_json_records(ByteStream& stream, const DataSource& source, RecordSink& sink) {
  stream.skip_byte_order_mark();
  stream.skip_white_space();
  RecordEvents events(stream, source, sink);
  // Several values may follow each other: JSON lines under the name of JSON.
  while (!stream.at_end()) {
    const bool whole = json::sax_parse(StreamIterator(stream), StreamIterator(), &events,
                                       json::input_format_t::json, false);
    LOOM_CHECK(stream.status());
    if (!events.failure()) return events.failure();
    if (!whole) break;
    stream.skip_white_space();
  }
  LOOM_CHECK(stream.status());
  if (sink.enough()) return {};
  if (!events.list_found())
    return Error{ErrorKind::corrupt,
                 source.list.empty() ? "is empty" : "holds no \"" + source.list + "\"",
                 stream.name(), "Fetch the file again"};
  return {};
}

}  // namespace loom
