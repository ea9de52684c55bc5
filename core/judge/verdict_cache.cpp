#include "core/judge/verdict_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/bounded_json.h"
#include "core/base/hash.h"
#include "core/base/json_text.h"

namespace loom {
namespace {

using nlohmann::json;

// Over all that a line holds: a flipped bit inside a verdict would still be good JSON.
std::string check_sum(const std::string& key, const JudgeAnswer& answer) {
  return sha256(key + '\n' + answer.text + '\n' + std::to_string(answer.usage.prompt) + ' ' +
                std::to_string(answer.usage.completion) + ' ' +
                std::to_string(answer.usage.unknown))
      .substr(0, 16);
}

Error write_problem(const std::filesystem::path& file) {
  return {ErrorKind::io, std::string("cannot be written: ") + std::strerror(errno), file.string(),
          "Make room, or choose another cache folder (XDG_CACHE_HOME)"};
}

}  // namespace

VerdictCache::VerdictCache(std::filesystem::path file) : file_(std::move(file)) {
  std::ifstream in(file_, std::ios::binary);
  std::string line;
  while (std::getline(in, line)) {
    torn_ = in.eof();
    if (!line.empty() && !take_line(line)) ++damaged_;
  }
}

bool VerdictCache::take_line(const std::string& line) {
  const json entry = parse_bounded(line);
  if (!entry.is_object()) return false;
  const auto text = [&](const char* name) -> std::string {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : "";
  };
  const auto number = [&](const char* name) -> uint64_t {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_number_unsigned() ? found->get<uint64_t>() : 0;
  };
  const std::string key = text("key");
  JudgeAnswer answer{text("text"), {number("prompt"), number("completion"), number("unknown")}};
  if (key.empty() || text("check") != check_sum(key, answer)) return false;
  answers_.insert_or_assign(key, std::move(answer));
  return true;
}

std::string VerdictCache::key(const std::string& judge_identity, const std::string& prompt_version,
                              std::span<const ChatMessage> messages, int max_tokens) {
  json request = json::array();
  for (const ChatMessage& message : messages) request.push_back({message.role, message.content});
  return sha256(json_text({{"judge", judge_identity},
                           {"prompts", prompt_version},
                           {"messages", request},
                           {"max_tokens", max_tokens},
                           {"temperature", 0}}));
}

std::optional<JudgeAnswer> VerdictCache::find(const std::string& key) const {
  std::lock_guard lock(mutex_);
  const auto found = answers_.find(key);
  return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

Status VerdictCache::put(const std::string& key, const JudgeAnswer& answer) {
  std::lock_guard lock(mutex_);
  answers_.insert_or_assign(key, answer);
  std::string line = json_text({{"key", key},
                                {"text", answer.text},
                                {"prompt", answer.usage.prompt},
                                {"completion", answer.usage.completion},
                                {"unknown", answer.usage.unknown},
                                {"check", check_sum(key, answer)}});
  line = (torn_ ? "\n" : "") + line + '\n';
  std::error_code ignored;
  std::filesystem::create_directories(file_.parent_path(), ignored);
  // Answers may quote private data: for the user alone. One write appends whole lines.
  const int handle = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (handle < 0) return write_problem(file_);
  const ssize_t written = ::write(handle, line.data(), line.size());
  torn_ = written >= 0 && static_cast<size_t>(written) < line.size();
  const Status status = written < 0 || torn_ ? Status(write_problem(file_)) : Status();
  ::close(handle);
  return status;
}

}  // namespace loom
