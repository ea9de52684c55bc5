// Where things lie. XDG folders, each overridable for tests and portable use:
// LOOMSCOPE_HOME replaces all of them by subfolders of one folder.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace loom::paths {

// $HOME; where a service was started without it, what the system has for this user.
std::filesystem::path user_home();
std::filesystem::path data();       // $XDG_DATA_HOME/loomscope
std::filesystem::path cache();      // $XDG_CACHE_HOME/loomscope
std::filesystem::path config();     // $XDG_CONFIG_HOME/loomscope
std::filesystem::path models();     // data()/models
std::filesystem::path benchmarks(); // data()/benchmarks: official files, one folder each
std::filesystem::path store();      // data()/history.sqlite
std::filesystem::path executable_folder();
// models-registry/ and resources/: beside the executable when installed, else in the source tree
// that the build was made from ($LOOMSCOPE_RESOURCES overrides).
Result<std::filesystem::path> registry();
Result<std::filesystem::path> resources();
Result<std::filesystem::path> translations();  // of the window, one .qm a language

}  // namespace loom::paths
