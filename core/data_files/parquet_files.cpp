#include "core/data_files/parquet_files.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/data_files/data_files.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr std::array kSplits = {"test", "validation", "train"};
constexpr std::string_view kEnding = ".parquet", kFirst = "-00000-of-", kConverted = "0000.parquet";
constexpr size_t kNumberDigits = 5, kMostShards = 10'000;

bool is_number(std::string_view text, size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string padded(size_t number, size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

// "STEM.parquet", or the first of "STEM-00000-of-00003.parquet".
std::optional<std::string> named(const std::string& folder, const std::string& stem,
                                 const ListFolder& list) {
  std::optional<std::string> sharded;
  for (const std::string& name : list(folder)) {
    if (name == stem + std::string(kEnding)) return joined(folder, name);
    const std::string head = stem + std::string(kFirst);
    if (name.starts_with(head) && name.ends_with(kEnding) &&
        is_number(std::string_view(name).substr(head.size(), kNumberDigits), kNumberDigits) &&
        name.size() == head.size() + kNumberDigits + kEnding.size())
      sharded = joined(folder, name);
  }
  return sharded;
}

bool has(const ListFolder& list, const std::string& folder, std::string_view name) {
  const auto names = list(folder);
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Below a folder of its own: a split's file, or a split's folder as the hub converts them.
std::optional<std::string> split_in(const std::string& folder, const ListFolder& list) {
  for (const char* split : kSplits) {
    if (auto found = named(folder, split, list)) return found;
    if (has(list, joined(folder, split), kConverted))
      return joined(joined(folder, split), std::string(kConverted));
  }
  if (has(list, folder, kConverted)) return joined(folder, std::string(kConverted));
  return std::nullopt;
}

std::optional<std::string> found_at(const fs::path& base, const ListFolder& list) {
  if (auto found = named(base.parent_path().generic_string(), base.filename().string(), list))
    return found;
  return split_in(base.generic_string(), list);
}

}  // namespace

ListFolder folder_below(const fs::path& root) {
  return [root](const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator entry(root / folder, failure), end; !failure && entry != end;
         entry.increment(failure))
      if (entry->path().extension() == kEnding) names.push_back(entry->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  };
}

std::optional<std::string> parquet_for(const std::string& name, bool only, const ListFolder& list) {
  const auto format = data_format_of(name);
  if (format != DataFormat::json && format != DataFormat::json_lines) return std::nullopt;
  fs::path whole = name;
  if (whole.extension() == ".gz") whole.replace_extension();
  const fs::path base = fs::path(whole).replace_extension(), stem = base.filename();
  std::vector<fs::path> places = {base, stem, "data" / stem, "default" / stem};
  // A configuration of lengths with a split for each task: "4k/qa1-00000-of-00001.parquet".
  if (base.has_parent_path()) places.push_back(stem / base.parent_path().filename());
  for (const fs::path& place : places)
    if (auto found = found_at(place, list)) return found;
  if (!only) return std::nullopt;
  for (const char* folder : {"data", "default", ""})
    if (auto found = split_in(folder, list)) return found;
  return std::nullopt;
}

Result<std::vector<std::string>> parquet_shards(const std::string& first, const ListFolder& list) {
  const fs::path path = first;
  const std::string folder = path.parent_path().generic_string(), name = path.filename().string();
  const size_t at = name.rfind(kFirst);
  std::vector<std::string> wanted;
  if (at != std::string::npos &&
      name.size() == at + kFirst.size() + kNumberDigits + kEnding.size()) {
    const std::string count = name.substr(at + kFirst.size(), kNumberDigits);
    if (!is_number(count, kNumberDigits) || std::stoul(count) == 0 ||
        std::stoul(count) > kMostShards)
      return Error{ErrorKind::corrupt, "is not the first of a number of files", first, ""};
    for (size_t i = 0; i < std::stoul(count); ++i)
      wanted.push_back(name.substr(0, at) + "-" + padded(i, kNumberDigits) + "-of-" + count +
                       std::string(kEnding));
  } else if (name == kConverted) {
    size_t last = 0;
    for (const std::string& there : list(folder)) {
      const std::string number = there.substr(0, there.find('.'));
      if (there == number + std::string(kEnding) && is_number(number, 4))
        last = std::max<size_t>(last, std::stoul(number));
    }
    for (size_t i = 0; i <= last; ++i) wanted.push_back(padded(i, 4) + std::string(kEnding));
  } else {
    return std::vector<std::string>{first};
  }
  const auto names = list(folder);
  const std::set<std::string> there(names.begin(), names.end());
  for (std::string& shard : wanted) {
    if (!there.contains(shard))
      return Error{ErrorKind::not_found, "the part " + shard + " is missing", first,
                   "Fetch the data again"};
    shard = joined(folder, shard);
  }
  return wanted;
}

}  // namespace loom
