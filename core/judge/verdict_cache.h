// What judges said, kept in the cache folder so that no question is asked (and paid) twice. A line
// per answer, only ever appended; several processes may write to one file. Damaged lines are
// passed over, and whoever loses the file loses time, not results.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/judge/judge_model.h"

namespace loom {

class VerdictCache {
 public:
  // A file that cannot be read counts as empty; `file` is made with the first answer.
  explicit VerdictCache(std::filesystem::path file);
  // SHA-256 over everything that can change the answer.
  static std::string key(const std::string& judge_identity, const std::string& prompt_version,
                         std::span<const ChatMessage> messages, int max_tokens);
  std::optional<JudgeAnswer> find(const std::string& key) const;
  Status put(const std::string& key, const JudgeAnswer& answer);
  size_t damaged_lines() const { return damaged_; }

 private:
  bool take_line(const std::string& line);

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, JudgeAnswer> answers_;
  size_t damaged_ = 0;
  bool torn_ = false;  // the file's last line has no end
};

}  // namespace loom
