#include "core/benchmarks/documents.h"

#include <algorithm>

#include "core/base/text_file.h"
#include "core/benchmarks/pdf_text.h"
#include "core/text/sentences.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFiles = 20'000, kMostEntries = 1'000'000;
constexpr size_t kEmptyNamed = 20;  // documents without text whose names are told
constexpr size_t kMostFileBytes = 64u << 20, kMostBytes = 512u << 20;
constexpr size_t kFewestSentences = 20;
constexpr size_t kMostInSentence = 1000;  // bytes; tables and code have no full stops

enum class Kind { text, pdf, other };

Kind kind_of(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  if (ending == ".txt" || ending == ".md") return Kind::text;
  return ending == ".pdf" ? Kind::pdf : Kind::other;
}

struct Found {
  std::vector<fs::path> files;
  size_t links = 0, others = 0;
};

Result<Found> find_documents(const fs::path& folder, const std::stop_token& stop) {
  std::error_code failure;
  if (!fs::is_directory(folder, failure))
    return Error{ErrorKind::not_found, "is not a folder", folder.string(),
                 "Choose a folder with .txt, .md or .pdf files"};
  Found found;
  fs::path last = folder;  // a folder that cannot be opened is the one that was met last
  size_t entries = 0;
  fs::recursive_directory_iterator at(folder, failure);
  for (; !failure && at != fs::end(at); at.increment(failure)) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", folder.string(), ""};
    if (++entries > kMostEntries)
      return Error{ErrorKind::invalid_input,
                   "holds more than " + std::to_string(kMostEntries) + " files", folder.string(),
                   "Choose a folder with fewer"};
    last = at->path();
    const bool hidden = at->path().filename().string().starts_with('.');
    if (at->is_symlink()) {
      found.links += !hidden;
      continue;
    }
    if (hidden && at->is_directory(failure)) at.disable_recursion_pending();
    if (hidden || !at->is_regular_file(failure)) continue;
    if (kind_of(at->path()) == Kind::other) {
      ++found.others;
      continue;
    }
    found.files.push_back(at->path());
    if (found.files.size() > kMostFiles)
      return Error{ErrorKind::invalid_input,
                   "holds more than " + std::to_string(kMostFiles) + " documents", folder.string(),
                   "Choose a folder with fewer"};
  }
  if (failure)
    return Error{ErrorKind::io, "cannot be read: " + failure.message(), last.string(),
                 "Check its permissions, or choose another folder"};
  std::sort(found.files.begin(), found.files.end(),
            [&](const auto& a, const auto& b) { return a.generic_string() < b.generic_string(); });
  return found;
}

// Cuts at a space where one is near, else between two characters.
void add_sentence(std::string_view sentence, std::vector<std::string>& sentences) {
  while (sentence.size() > kMostInSentence) {
    size_t cut = sentence.rfind(' ', kMostInSentence);
    if (cut == std::string_view::npos || cut == 0) {
      cut = kMostInSentence;
      while (cut > 1 && (static_cast<unsigned char>(sentence[cut]) & 0xC0) == 0x80) --cut;
    }
    sentences.emplace_back(sentence.substr(0, cut));
    sentence.remove_prefix(cut);
    if (sentence.starts_with(' ')) sentence.remove_prefix(1);
  }
  if (!sentence.empty()) sentences.emplace_back(sentence);
}

void add_text(const std::string& text, std::vector<std::string>& sentences) {
  std::string line;
  line.reserve(text.size());
  for (std::string_view word : split_words(text)) (line += line.empty() ? "" : " ") += word;
  for (std::string_view sentence : split_sentences(line)) add_sentence(sentence, sentences);
}

Result<std::string> text_of(const fs::path& file, std::stop_token stop) {
  if (kind_of(file) == Kind::pdf) return pdf_text(file, stop);
  LOOM_TRY(std::string text, read_file(file, kMostFileBytes));
  if (!is_utf8(text))
    return Error{ErrorKind::corrupt, "is not UTF-8 text", file.string(),
                 "Save it as UTF-8, or take it out of the folder"};
  return text;
}

void note_left_out(const Found& found, size_t empty, Documents& documents) {
  if (empty > kEmptyNamed)
    documents.notes.push_back(std::to_string(empty - kEmptyNamed) + " more documents hold no text");
  if (found.links > 0)
    documents.notes.push_back(std::to_string(found.links) + " links were not followed");
  if (found.others > 0)
    documents.notes.push_back(std::to_string(found.others) +
                              " files are not .txt, .md or .pdf and were left out");
}

}  // namespace

Result<Documents> read_documents(const fs::path& folder, std::stop_token stop) {
  LOOM_TRY(const Found found, find_documents(folder, stop));
  Documents documents;
  size_t bytes = 0, empty = 0;
  for (const fs::path& file : found.files) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", folder.string(), ""};
    LOOM_TRY(const std::string text, text_of(file, stop));
    bytes += text.size();
    if (bytes > kMostBytes)
      return Error{ErrorKind::invalid_input, "holds more than 512 MiB of text", folder.string(),
                   "Choose a folder with less"};
    const size_t before = documents.sentences.size();
    add_text(text, documents.sentences);
    if (documents.sentences.size() > before)
      ++documents.files;
    else if (++empty <= kEmptyNamed)
      documents.notes.push_back(file.lexically_relative(folder).string() + " holds no text");
  }
  note_left_out(found, empty, documents);
  if (documents.sentences.size() < kFewestSentences)
    return Error{ErrorKind::invalid_input,
                 "holds " + std::to_string(documents.sentences.size()) + " sentences in " +
                     std::to_string(documents.files) + " documents; " +
                     std::to_string(kFewestSentences) + " are needed",
                 folder.string(), "Put more .txt, .md or .pdf files there"};
  return documents;
}

}  // namespace loom
