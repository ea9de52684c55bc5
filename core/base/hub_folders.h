// Where the Hugging Face cache lies and how its folders are named.
#pragma once

#include <filesystem>
#include <string>

namespace loom {

std::filesystem::path hub_home();          // HF_HOME, XDG_CACHE_HOME/huggingface
std::filesystem::path hub_cache_folder();  // HF_HUB_CACHE, hub_home()/hub
// "models--ORG--NAME" of the cache as "ORG/NAME"; empty for any other name.
std::string hub_name(const std::filesystem::path& cache_entry);
// The snapshot that refs/main names, else the newest one; empty when there is none.
std::filesystem::path hub_snapshot(const std::filesystem::path& cache_entry);

}  // namespace loom
