#include "core/history/prompt_rows.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/history/compressed_text.h"
#include "core/history/search_words.h"

namespace loom {
namespace {

// Shorter beginnings are not worth a row of their own.
constexpr size_t kSharedBytes = 512;

size_t common_prefix(const std::string& a, const std::string& b) {
  size_t limit = std::min(a.size(), b.size());
  return static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<ptrdiff_t>(limit), b.begin()).first -
      a.begin());
}

// Stores the text as a document of its own, or finds it.
Result<int64_t> document_id(Database& database, const std::string& text, const std::string& hash) {
  LOOM_TRY(int64_t id, database.number("SELECT id FROM document WHERE hash=?", hash));
  if (id > 0) return id;
  LOOM_CHECK(
      database.run("INSERT INTO document(hash,body) VALUES(?,?)", hash, Blob{compress_text(text)}));
  id = database.last_id();
  LOOM_CHECK(index_document(database, id, text));
  return id;
}

}  // namespace

Result<StoredPrompt> store_prompt(Database& database, const std::string& text,
                                  SharedDocument& last) {
  if (text.size() < kSharedBytes) return StoredPrompt{0, 0, text};
  size_t shared = common_prefix(text, last.text);
  // The transaction that stored it may have been taken back since.
  LOOM_TRY(int64_t stored,
           database.number("SELECT id FROM document WHERE id=? AND hash=?", last.id, last.hash));
  if (stored == 0 || shared < kSharedBytes || shared < text.size() / 2) {
    std::string hash = sha256(text);
    LOOM_TRY(int64_t id, document_id(database, text, hash));
    last = {id, hash, text};
    shared = text.size();
  }
  return StoredPrompt{last.id, shared, text.substr(shared)};
}

Result<std::string> load_prompt(Database& database, int64_t document, size_t bytes,
                                const std::string& rest) {
  LOOM_TRY(std::string tail, expand_text(rest));
  if (document == 0) return tail;
  LOOM_TRY(Statement row, database.query("SELECT body FROM document WHERE id=?", document));
  LOOM_TRY(bool found, row.step());
  if (!found) return Error{ErrorKind::corrupt, "a stored prompt is missing", "history", ""};
  LOOM_TRY(std::string text, expand_text(row.blob(0)));
  return text.substr(0, bytes) + tail;
}

Status index_document(Database& database, int64_t id, const std::string& text) {
  return database.run("INSERT INTO document_text(rowid,body) VALUES(?,?)", id, index_words(text));
}

Status index_rest(Database& database, int64_t id, const std::string& text) {
  if (text.empty()) return {};
  return database.run("INSERT INTO rest_text(rowid,body) VALUES(?,?)", id, index_words(text));
}

}  // namespace loom
