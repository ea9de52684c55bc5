// Keys have no business in our files, but a user can paste one into a plan's name or a URL. What
// looks like a key is replaced before anything is exported.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace loom {

// Tokens with the well-known prefixes of services, "Bearer …", user:password@ in URLs, and values
// of api_key, token, secret, password written as key=value.
std::string without_secrets(const std::string& text);
// All strings of a document, and whole values under keys with such names.
nlohmann::json without_secrets(const nlohmann::json& document);

}  // namespace loom
