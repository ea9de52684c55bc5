// A stand-in for the Hugging Face hub: revision and tree (in pages), resolve with redirects,
// ranges, large files on another host, tokens. It misbehaves on demand in the ways that real
// networks do.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "tests/support/tcp_server.h"

namespace loom::testing {

// What to do instead, for requests whose target contains `target`, as often as `times` says.
struct Fault {
  enum Kind {
    cut,           // the connection ends after `at` bytes of the body
    short_length,  // Content-Length is smaller than the body's
    endless,       // no length, more bytes than there are
    damaged,       // one byte of the body is another
    drip,          // two bytes a second after `at` bytes
    silent,        // no answer at all
    circle,        // redirects to itself by way of another address
    compressed,    // Content-Encoding: gzip
    web_page,      // a login page with status 200
    whole,         // status 200 to a range
    other_range,   // 206 with another range
    other_commit,  // X-Repo-Commit of another commit
    deep,          // JSON that nests without end under every name that is asked for
    more_headers,  // the right answer, with `headers` that go before its own
    status         // `status` and `headers`
  } kind = cut;
  std::string target;
  int times = 1;
  size_t at = 0;
  int status_code = 500;
  std::string headers;
};

struct SeenRequest {
  std::string method, target, head;
  std::string header(const std::string& name) const;
};

class HubServer {
 public:
  HubServer();
  std::string url() const;         // the endpoint
  std::string mirror_url() const;  // the same below a path, with links that lead past it
  std::string other_url() const;   // the same server by another name: another host to a client
  static std::string commit();

  // kind: "models" or "datasets". Large files (LFS) are served by the other host.
  void add_file(const std::string& kind, const std::string& repo, const std::string& path,
                const std::string& content, bool large);
  void require_token(const std::string& token, bool gated);
  void set_page_size(size_t entries) { page_size_ = entries; }
  void add_fault(Fault fault);
  void clear_faults();
  std::vector<SeenRequest> requests() const;
  size_t count(const std::string& part_of_target) const;

 private:
  struct File {
    std::string path, content, git_hash, sha256;
    bool large = false;
  };
  struct Answer {
    int status = 200;
    std::string headers, body;
    bool ranges = false;
  };

  void serve(Connection& connection, std::stop_token stop);
  Answer answer(const SeenRequest& request) const;
  Answer tree(const std::string& kind, const std::string& repo, size_t from,
              const std::string& target) const;
  Answer resolve(const std::string& kind, const std::string& repo, const std::string& path) const;
  std::optional<Fault> take_fault(const std::string& target);
  void misbehave(Connection& connection, const Fault& fault, const SeenRequest& request,
                 Answer whole, std::stop_token stop);
  void send(Connection& connection, const SeenRequest& request, const Answer& answer);

  mutable std::mutex mutex_;
  std::map<std::string, std::vector<File>> repos_;  // "models/ORG/NAME"
  std::vector<Fault> faults_;
  std::vector<SeenRequest> requests_;
  std::string token_;
  bool gated_ = false;
  size_t page_size_ = 1000;
  TcpServer server_;  // last: its threads use the rest
};

}  // namespace loom::testing
