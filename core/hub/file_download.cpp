#include "core/hub/file_download.h"

#include <cstdio>

#include "core/hub/file_lock.h"
#include "core/hub/partial_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kHashAttempts = 2;  // a file that comes damaged twice is damaged there

std::string address(const FileDownload& download) {
  return hub_page(download.settings, download.repo) + "/resolve/" + download.commit + "/" +
         url_escaped(download.file.path, true);
}

std::string unquoted(std::string tag) {
  if (tag.starts_with("W/")) tag = tag.substr(2);
  if (tag.size() >= 2 && tag.front() == '"') tag = tag.substr(1, tag.size() - 2);
  return tag;
}

Error other_file(const FileDownload& download, const std::string& what) {
  return {ErrorKind::corrupt, "the server offers another file than it listed: " + what,
          download.file.path, "Try again; if it stays so, check the hub's address"};
}

// What the hub's own answer says about the file must agree with its list. Mirrors may leave it out.
Status check_identity(const FileDownload& download, const HttpAnswer& answer) {
  const std::string commit = answer.header("x-repo-commit"),
                    tag = unquoted(answer.header("x-linked-etag")),
                    size = answer.header("x-linked-size");
  if (!commit.empty() && commit != download.commit) return other_file(download, "commit " + commit);
  if (!tag.empty() && tag != download.file.hash) return other_file(download, "hash " + tag);
  if (!size.empty() && size != std::to_string(download.file.bytes))
    return other_file(download, size + " bytes");
  return {};
}

// Whether the bytes that follow are the file's from `offset` on. 200 to a range begins anew.
Status begin_bytes(const FileDownload& download, const HttpAnswer& answer, PartialFile& part) {
  const std::string coding = answer.header("content-encoding");
  if (!coding.empty() && coding != "identity")
    return other_file(download, "it is compressed (" + coding + ")");
  if (answer.header("content-type").starts_with("text/html") &&
      !download.file.path.ends_with(".html") && !download.file.path.ends_with(".htm"))
    return Error{ErrorKind::corrupt, "a web page came instead of the file", download.file.path,
                 "A login page of the network or a proxy may stand in between"};
  if (answer.status == 200) {
    const std::string length = answer.header("content-length");
    if (!length.empty() && length != std::to_string(download.file.bytes))
      return other_file(download, length + " bytes");
    return part.size() == 0 ? Status() : part.restart();
  }
  unsigned long long from = 0, to = 0, all = 0;
  const std::string range = answer.header("content-range");
  if (std::sscanf(range.c_str(), "bytes %llu-%llu/%llu", &from, &to, &all) != 3 ||
      from != part.size() || all != download.file.bytes) {
    LOOM_CHECK(part.restart());
    return Error{ErrorKind::server, "the server sent the range \"" + range + "\"",
                 download.file.path, ""};
  }
  return {};
}

Status receive(const FileDownload& download, PartialFile& part, std::chrono::seconds& retry_after,
               std::stop_token stop) {
  HubRequest request{download.settings,
                     download.repo,
                     download.file.path,
                     address(download),
                     {},
                     false,
                     {},
                     {},
                     {}};
  if (part.size() > 0)
    request.headers.push_back("Range: bytes=" + std::to_string(part.size()) + "-");
  request.on_endpoint_answer = [&](const HttpAnswer& answer) {
    return check_identity(download, answer);
  };
  request.begin = [&](const HttpAnswer& answer) { return begin_bytes(download, answer, part); };
  request.body = [&](std::string_view bytes) -> Status {
    LOOM_CHECK(part.append(bytes));
    download.moved(part.size());
    return {};
  };
  auto answer = hub_get_once(request, retry_after, stop);
  LOOM_CHECK(part.flush());
  if (!answer && answer.error().kind == ErrorKind::conflict) {  // the range is none of the file's
    LOOM_CHECK(part.restart());
    return Error{ErrorKind::server, answer.error().message, download.file.path, ""};
  }
  if (!answer) return answer.error();
  if (!part.complete())
    return Error{ErrorKind::server, "the transfer broke off", download.file.path, ""};
  return {};
}

// Attempts go on as long as bytes come.
Status receive_all(const FileDownload& download, PartialFile& part, std::stop_token stop) {
  for (int failed = 1; !part.complete() || download.file.bytes == 0; ++failed) {
    const uint64_t before = part.size();
    std::chrono::seconds retry_after{};
    const Status received = receive(download, part, retry_after, stop);
    if (received) break;
    if (!is_worth_another_attempt(received.error())) return received;
    if (part.size() > before) failed = 1;
    if (failed >= download.settings.attempts) return received;
    LOOM_CHECK(wait_before_attempt(download.settings, failed, retry_after, stop));
  }
  return {};
}

}  // namespace

Status download_blob(const FileDownload& download, std::stop_token stop) {
  const fs::path blob = download.cache.blob(download.file);
  std::error_code failure;
  fs::create_directories(blob.parent_path(), failure);
  LOOM_TRY(const FileLock lock, lock_file(download.cache.lock_file(download.file), stop));
  if (download.cache.has_blob(download.file))
    return {};  // another process has brought it meanwhile
  Status finished;
  for (size_t attempt = 0; attempt < kHashAttempts; ++attempt) {
    PartialFile part(download.cache.incomplete(download.file), download.file);
    LOOM_CHECK(part.open());
    download.moved(part.size());
    LOOM_CHECK(receive_all(download, part, stop));
    finished = part.finish(blob);
    if (finished || finished.error().kind != ErrorKind::corrupt) break;
    download.moved(0);
  }
  return finished;
}

}  // namespace loom
