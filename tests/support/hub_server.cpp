#include "tests/support/hub_server.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/hub/git_hash.h"

namespace loom::testing {
namespace {

constexpr std::string_view kMirrorPath = "/mirror";
constexpr const char* kOtherCommit = "ffffffffffffffffffffffffffffffffffffffff";

std::string status_line(int status) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n";
}

std::string unescaped(const std::string& text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::string SeenRequest::header(const std::string& name) const {
  const size_t at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const size_t from = at + name.size() + 4;
  return head.substr(from, head.find("\r\n", from) - from);
}

HubServer::HubServer()
    : server_([this](Connection& connection, std::stop_token stop) { serve(connection, stop); }) {}

std::string HubServer::url() const {
  return "http://127.0.0.1:" + std::to_string(server_.port());
}

std::string HubServer::mirror_url() const {
  return url() + std::string(kMirrorPath);
}

std::string HubServer::other_url() const {
  return "http://localhost:" + std::to_string(server_.port());
}

std::string HubServer::commit() {
  return "0123456789abcdef0123456789abcdef01234567";
}

void HubServer::add_file(const std::string& kind, const std::string& repo, const std::string& path,
                         const std::string& content, bool large) {
  std::lock_guard lock(mutex_);
  repos_[kind + "/" + repo].push_back(
      {path, content, git_blob_hash(content), sha256(content), large});
}

void HubServer::require_token(const std::string& token, bool gated) {
  std::lock_guard lock(mutex_);
  token_ = token;
  gated_ = gated;
}

void HubServer::add_fault(Fault fault) {
  std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

void HubServer::clear_faults() {
  std::lock_guard lock(mutex_);
  faults_.clear();
}

std::vector<SeenRequest> HubServer::requests() const {
  std::lock_guard lock(mutex_);
  return requests_;
}

size_t HubServer::count(const std::string& part_of_target) const {
  std::lock_guard lock(mutex_);
  return static_cast<size_t>(
      std::count_if(requests_.begin(), requests_.end(), [&](const SeenRequest& request) {
        return request.target.find(part_of_target) != std::string::npos;
      }));
}

std::optional<Fault> HubServer::take_fault(const std::string& target) {
  std::lock_guard lock(mutex_);
  for (Fault& fault : faults_)
    if (fault.times != 0 && target.find(fault.target) != std::string::npos) {
      if (fault.times > 0) --fault.times;
      return fault;
    }
  return std::nullopt;
}

void HubServer::serve(Connection& connection, std::stop_token stop) {
  SeenRequest request;
  request.head = connection.read_head();
  const size_t space = request.head.find(' '), end = request.head.find(' ', space + 1);
  if (space == std::string::npos || end == std::string::npos) return;
  request.method = request.head.substr(0, space);
  request.target = request.head.substr(space + 1, end - space - 1);
  if (request.target.starts_with("http://"))  // as to a proxy
    request.target = request.target.substr(request.target.find('/', 7));
  if (request.target.starts_with(kMirrorPath)) request.target.erase(0, kMirrorPath.size());
  {
    std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const Answer whole = answer(request);
  if (const auto fault = take_fault(request.target))
    misbehave(connection, *fault, request, whole, stop);
  else
    send(connection, request, whole);
}

HubServer::Answer HubServer::answer(const SeenRequest& request) const {
  std::lock_guard lock(mutex_);
  const std::string target = unescaped(request.target.substr(0, request.target.find('?')));
  if (target.starts_with("/lfs/")) {
    for (const auto& [name, files] : repos_)
      for (const File& file : files)
        if (target == "/lfs/" + file.sha256) return {200, "", file.content, true};
    return {404, "", "", false};
  }
  if (!token_.empty() && request.header("Authorization") != "Bearer " + token_)
    return {gated_ ? 403 : 401, gated_ ? "X-Error-Code: GatedRepo\r\n" : "", "", false};
  for (const auto& [name, files] : repos_) {
    const std::string kind = name.substr(0, name.find('/')), repo = name.substr(kind.size() + 1);
    const std::string api = "/api/" + name, page = (kind == "datasets" ? "/datasets/" : "/") + repo;
    if (target.starts_with(api + "/revision/"))
      return {200, "", nlohmann::json{{"id", repo}, {"sha", commit()}}.dump(), false};
    if (target.starts_with(api + "/tree/")) {
      const size_t cursor = request.target.find("cursor=");
      return tree(kind, repo,
                  cursor == std::string::npos ? 0 : std::stoul(request.target.substr(cursor + 7)),
                  api + "/tree/" + commit());
    }
    const std::string resolve_part = page + "/resolve/";
    if (target.starts_with(resolve_part)) {
      const std::string rest = target.substr(resolve_part.size());
      return resolve(kind, repo, rest.substr(rest.find('/') + 1));
    }
  }
  return {404, "X-Error-Code: RepoNotFound\r\n", "", false};
}

HubServer::Answer HubServer::tree(const std::string& kind, const std::string& repo, size_t from,
                                  const std::string& target) const {
  const std::vector<File>& files = repos_.at(kind + "/" + repo);
  nlohmann::json page = nlohmann::json::array();
  const size_t to = std::min(files.size(), from + page_size_);
  for (size_t i = from; i < to; ++i) {
    const File& file = files[i];
    nlohmann::json entry = {{"type", "file"},
                            {"path", file.path},
                            {"size", file.content.size()},
                            {"oid", file.git_hash}};
    if (file.large)
      entry["lfs"] = {{"oid", file.sha256}, {"size", file.content.size()}, {"pointerSize", 130}};
    page.push_back(entry);
  }
  page.push_back({{"type", "directory"}, {"path", "folder"}, {"oid", commit()}, {"size", 0}});
  std::string headers;
  if (to < files.size())
    headers = "Link: <" + url() + target + "?recursive=true&cursor=" + std::to_string(to) +
              ">; rel=\"next\"\r\n";
  return {200, headers, page.dump(), false};
}

HubServer::Answer HubServer::resolve(const std::string& kind, const std::string& repo,
                                     const std::string& path) const {
  for (const File& file : repos_.at(kind + "/" + repo)) {
    if (file.path != path) continue;
    const std::string commit_header = "X-Repo-Commit: " + commit() + "\r\n";
    if (!file.large)
      return {200, commit_header + "ETag: \"" + file.git_hash + "\"\r\n", file.content, true};
    return {302,
            commit_header + "X-Linked-Etag: \"" + file.sha256 +
                "\"\r\nX-Linked-Size: " + std::to_string(file.content.size()) +
                "\r\nLocation: " + other_url() + "/lfs/" + file.sha256 + "\r\n",
            "", false};
  }
  return {404, "X-Error-Code: EntryNotFound\r\n", "", false};
}

void HubServer::send(Connection& connection, const SeenRequest& request, const Answer& answer) {
  std::string body = answer.body, headers = answer.headers;
  int status = answer.status;
  const std::string range = request.header("Range");
  if (answer.ranges && range.starts_with("bytes=")) {
    const size_t from = std::stoul(range.substr(6));
    if (from >= body.size())
      return void(connection.send(status_line(416) + "Content-Length: 0\r\n\r\n"));
    headers += "Content-Range: bytes " + std::to_string(from) + "-" +
               std::to_string(body.size() - 1) + "/" + std::to_string(body.size()) + "\r\n";
    body = body.substr(from);
    status = 206;
  }
  connection.send(status_line(status) + headers + "Content-Length: " + std::to_string(body.size()) +
                  "\r\nConnection: close\r\n\r\n");
  if (request.method != "HEAD") connection.send(body);
}

void HubServer::misbehave(Connection& connection, const Fault& fault, const SeenRequest& request,
                          Answer whole, std::stop_token stop) {
  const std::string length = "Content-Length: " + std::to_string(whole.body.size()) + "\r\n";
  const std::string range = request.header("Range");
  switch (fault.kind) {
    case Fault::cut: {
      const size_t from = range.empty() ? 0 : std::stoul(range.substr(6));
      const std::string rest = whole.body.substr(std::min(from, whole.body.size()));
      const std::string first =
          range.empty() ? status_line(200) + length
                        : status_line(206) + "Content-Range: bytes " + std::to_string(from) + "-" +
                              std::to_string(whole.body.size() - 1) + "/" +
                              std::to_string(whole.body.size()) + "\r\n" +
                              "Content-Length: " + std::to_string(rest.size()) + "\r\n";
      connection.send(first + "\r\n" + rest.substr(0, fault.at));
      return;
    }
    case Fault::short_length:
      connection.send(status_line(200) +
                      "Content-Length: " + std::to_string(whole.body.size() / 2) + "\r\n\r\n" +
                      whole.body.substr(0, whole.body.size() / 2));
      return;
    case Fault::endless:
      connection.send(status_line(200) + "\r\n" + whole.body + std::string(1 << 16, 'x'));
      return;
    case Fault::damaged:
      whole.body[whole.body.size() / 2] ^= 1;
      return send(connection, request, whole);
    case Fault::drip:
      connection.send(status_line(200) + length + "\r\n" + whole.body.substr(0, fault.at));
      for (char c : whole.body.substr(std::min(fault.at, whole.body.size()))) {
        if (stop.stop_requested() || !connection.send({&c, 1})) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
      }
      return;
    case Fault::silent:
      for (int i = 0; i < 200 && !stop.stop_requested(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return;
    case Fault::circle: {
      const bool there = request.head.find("Host: localhost") != std::string::npos;
      connection.send(status_line(302) + "Location: " + (there ? url() : other_url()) +
                      request.target + "\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    case Fault::compressed:
      whole.headers += "Content-Encoding: gzip\r\n";
      return send(connection, request, whole);
    case Fault::web_page:
      return send(
          connection, request,
          {200, "Content-Type: text/html; charset=utf-8\r\n", "<html>Log in</html>", false});
    case Fault::whole:
      whole.ranges = false;
      return send(connection, request, whole);
    case Fault::other_range:
      connection.send(status_line(206) +
                      "Content-Range: bytes 1-2/3\r\nContent-Length: 2\r\n\r\nab");
      return;
    case Fault::other_commit:
      whole.headers = std::string("X-Repo-Commit: ") + kOtherCommit + "\r\n";
      return send(connection, request, whole);
    case Fault::deep:
      return send(
          connection, request,
          {200, "Content-Type: application/json\r\n",
           "{\"sha\": " + std::string(300000, '[') + std::string(300000, ']') + "}", false});
    case Fault::more_headers:
      whole.headers += fault.headers;  // a client keeps the last of a name
      return send(connection, request, whole);
    case Fault::status:
      connection.send(status_line(fault.status_code) + fault.headers + "Content-Length: 0\r\n\r\n");
      return;
  }
}

}  // namespace loom::testing
