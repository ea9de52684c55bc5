// Parquet files that stand for a file of records. Data sets on the hub have them in folders of
// configurations and splits, in numbered shards: "passkey/test-00000-of-00002.parquet",
// "data/passkey-00000-of-00001.parquet", and on the hub's own conversion branch
// "passkey/test/0000.parquet".
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// The names of the files in a folder below some root, "" being the root itself.
using ListFolder = std::function<std::vector<std::string>(const std::string& folder)>;
ListFolder folder_below(const std::filesystem::path& root);

// The first shard that holds the records of `name` ("data/qa1/4k.json", "passkey.jsonl"); a test
// split goes before others. `only`: the data set is this one file, so that its default
// configuration is meant too. Nothing for what is no JSON file.
std::optional<std::string> parquet_for(const std::string& name, bool only, const ListFolder& list);

// All shards that belong to the first one, in order. The error names one that is missing.
Result<std::vector<std::string>> parquet_shards(const std::string& first, const ListFolder& list);

}  // namespace loom
