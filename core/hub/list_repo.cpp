#include "core/hub/list_repo.h"

#include <nlohmann/json.hpp>
#include <set>

#include "core/base/bounded_json.h"
#include "core/hub/hub_request.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kMostPages = 2000;
constexpr size_t kMostFiles = 1000000;

Error not_understood(const HubRequest& request) {
  return {ErrorKind::corrupt, "the server's answer is not what a hub says", request.url,
          "Check the hub's address in the settings"};
}

Result<json> json_of(const HubRequest& request, const HttpAnswer& answer) {
  json body = parse_bounded(answer.text);
  if (body.is_discarded()) return not_understood(request);
  return body;
}

std::string api_address(const HubSettings& settings, const HubRepo& repo, const char* part,
                        const std::string& revision) {
  return settings.endpoint + (repo.kind == HubRepo::dataset ? "/api/datasets/" : "/api/models/") +
         repo.id + part + url_escaped(revision, false);
}

HubRequest question(const HubSettings& settings, const HubRepo& repo, std::string url) {
  HubRequest request{settings, repo, "the list of files", std::move(url), {}, true, {}, {}, {}};
  request.headers = {"Accept: application/json"};
  return request;
}

Result<std::string> ask_commit(const HubSettings& settings, const HubRepo& repo,
                               std::stop_token stop) {
  const HubRequest request =
      question(settings, repo, api_address(settings, repo, "/revision/", repo.revision));
  LOOM_TRY(const HttpAnswer answer, hub_get(request, stop));
  LOOM_TRY(const json body, json_of(request, answer));
  const json sha = body.is_object() ? body.value("sha", json()) : json();
  if (!sha.is_string() || !is_commit(sha.get<std::string>())) return not_understood(request);
  if (is_commit(repo.revision) && sha != repo.revision) return not_understood(request);
  return sha.get<std::string>();
}

bool is_hash(const json& value, size_t digits) {
  return value.is_string() && value.get_ref<const std::string&>().size() == digits &&
         value.get_ref<const std::string&>().find_first_not_of("0123456789abcdef") ==
             std::string::npos;
}

// {"type": "file", "path", "size", "oid": git's hash, "lfs": {"oid": SHA-256, "size"}}
Result<HubFile> file_of(const json& entry) {
  const Error strange{ErrorKind::corrupt, "the hub describes a file in a way that is not known", "",
                      ""};
  const bool large = entry.contains("lfs") && entry["lfs"].is_object();
  const json& described = large ? entry["lfs"] : entry;
  if (!entry.contains("path") || !entry["path"].is_string() || !described.contains("oid") ||
      !described.contains("size") || !described["size"].is_number_unsigned() ||
      !is_hash(described["oid"], large ? 64 : 40))
    return strange;
  HubFile file{entry["path"], described["size"], described["oid"]};
  LOOM_CHECK(check_hub_path(file.path));
  return file;
}

Status add_page(const json& page, const HubRequest& request, std::vector<HubFile>& files) {
  if (!page.is_array()) return not_understood(request);
  for (const json& entry : page) {
    if (!entry.is_object()) return not_understood(request);
    if (entry.value("type", json()) != "file") continue;
    auto file = file_of(entry);
    if (!file) {
      Error problem = file.error();
      if (problem.where.empty()) problem.where = request.url;
      return problem;
    }
    files.push_back(std::move(*file));
    if (files.size() > kMostFiles) return not_understood(request);
  }
  return {};
}

// Link: <URL>; rel="next"
std::string next_page(const std::string& link) {
  for (size_t at = 0; at < link.size();) {
    const size_t from = link.find('<', at), to = link.find('>', from);
    if (from == std::string::npos || to == std::string::npos) break;
    const size_t end = std::min(link.find('<', to), link.size());
    if (link.substr(to, end - to).find("rel=\"next\"") != std::string::npos)
      return link.substr(from + 1, to - from - 1);
    at = end;
  }
  return "";
}

// Mirrors may hand on the hub's own links. Of an address that is not below the endpoint only the
// query is taken, so that nobody but the endpoint is asked.
Result<std::string> following_page(const HubRequest& request, const std::string& link) {
  LOOM_TRY(std::string next, resolve_url(request.url, link));
  if (next.starts_with(request.settings.endpoint + "/")) return next;
  const size_t query = next.find('?');
  if (query == std::string::npos) return not_understood(request);
  return request.url.substr(0, request.url.find('?')) + next.substr(query);
}

}  // namespace

Result<HubListing> list_hub_repo(const HubSettings& settings, const HubRepo& repo,
                                 std::stop_token stop) {
  LOOM_CHECK(check_hub_repo(repo));
  HubListing listing;
  LOOM_TRY(listing.commit, ask_commit(settings, repo, stop));
  std::string url = api_address(settings, repo, "/tree/", listing.commit) + "?recursive=true";
  std::set<std::string> asked;
  while (!url.empty()) {
    const HubRequest request = question(settings, repo, url);
    if (!asked.insert(url).second || asked.size() > kMostPages) return not_understood(request);
    LOOM_TRY(const HttpAnswer answer, hub_get(request, stop));
    LOOM_TRY(const json page, json_of(request, answer));
    LOOM_CHECK(add_page(page, request, listing.files));
    const std::string next = next_page(answer.header("link"));
    if (next.empty()) break;
    LOOM_TRY(url, following_page(request, next));
  }
  return listing;
}

}  // namespace loom
