// How the Hugging Face hub, or a mirror that speaks its protocol, is reached.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace loom {

struct HubSettings {
  std::string endpoint = "https://huggingface.co";  // HF_ENDPOINT
  std::string token;     // HF_TOKEN, the token file (HF_TOKEN_PATH), or the key ring's; sent to the
                         // endpoint's host only
  bool offline = false;  // HF_HUB_OFFLINE: nothing is asked of the network
  std::filesystem::path cache;  // HF_HUB_CACHE, HF_HOME/hub

  size_t parallel_files = 4;
  int attempts = 5;                            // in a row without any progress
  std::chrono::milliseconds first_wait{1000};  // between attempts, doubled each time
  std::chrono::seconds longest_wait{300};      // that a server may ask for
  std::chrono::seconds stall_time{30};         // no byte for so long: the connection is given up
};

// As the environment says; proxies (http_proxy, https_proxy, no_proxy) are libcurl's business.
HubSettings hub_settings_from_environment();

}  // namespace loom
