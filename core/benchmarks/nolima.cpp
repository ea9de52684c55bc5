// NoLiMa (Modarressi et al. 2025, arXiv 2502.05167): needles that share no word with the question,
// in stretches of books at 26 depths.
#include "core/benchmarks/nolima.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/benchmarks/book_window.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/nolima_needles.h"
#include "core/benchmarks/numpy_choice.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/text_source.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kBooks = 5, kDepths = 26;
constexpr uint32_t kOfficialSeed = 42;

struct Library {
  std::vector<BookWindow> books;
  bool official = false;
};

// Our essays in paragraphs of a few sentences, each book in another order, longer than any window
// that is cut out of it.
std::string house_book(const std::vector<std::string>& sentences, const TaskRequest& request,
                       size_t number) {
  Random random(request.seed, "nolima/book/" + std::to_string(number));
  std::string text;
  size_t tokens = 0;
  while (tokens < request.length_tokens + request.length_tokens / 4 + 600) {
    std::vector<const std::string*> order;
    for (const std::string& sentence : sentences) order.push_back(&sentence);
    random.shuffle(order);
    std::string round;
    for (size_t at = 0; at < order.size();) {
      const size_t end = std::min(order.size(), at + 3 + random.below(4));
      for (; at < end; ++at) (round += *order[at]) += at + 1 < end ? " " : "\n";
    }
    tokens += request.tokenizer->encode(round).size();
    text += round;
  }
  return text;
}

Result<Library> library(const TaskRequest& request, std::stop_token stop) {
  Library made;
  for (size_t number = 1; number <= kBooks; ++number) {
    const std::string name = "rand_book_" + std::to_string(number) + ".txt";
    auto file = find_benchmark_file(request, "nolima", {"haystack/rand_shuffle/" + name, name});
    if (!file) break;
    LOOM_TRY(const std::vector<std::string> texts, read_texts(*file));
    made.books.emplace_back(*request.tokenizer, texts.at(0));
    made.official = true;
  }
  if (made.official) return made;
  LOOM_TRY(const auto sentences, house_sentences());
  for (size_t number = 1; number <= kBooks && !stop.stop_requested(); ++number)
    made.books.emplace_back(*request.tokenizer, house_book(sentences, request, number));
  return made;
}

struct NeedleSet {
  std::vector<NeedleTest> tests;
  bool official = false;
};

Result<NeedleSet> needle_set(const TaskRequest& request) {
  const bool direct = request.task == "needle_set_ONLYDirect";
  const std::string name = request.task + ".json";
  NeedleSet set;
  auto file = find_benchmark_file(request, "nolima", {"needlesets/" + name, name});
  json root;
  if (file) {
    LOOM_TRY(root, read_json(*file));
    set.official = true;
  } else {
    LOOM_TRY(root, house_json("data/nolima/" + name));
  }
  LOOM_TRY(set.tests, needle_tests(root, direct, file ? file->string() : name));
  return set;
}

// One record: a test, a book, a depth.
struct BookCell {
  size_t test, book, depth;
};

// All of them, or a random part that is the same for the same seed.
std::vector<BookCell> cells(const TaskRequest& request, size_t tests, size_t books) {
  std::vector<BookCell> all;
  for (size_t test = 0; test < tests; ++test)
    for (size_t book = 0; book < books; ++book)
      for (size_t depth = 0; depth < kDepths; ++depth) all.push_back({test, book, depth});
  if (request.samples == 0 || request.samples >= all.size()) return all;
  Random(request.seed, "nolima/" + request.task).shuffle(all);
  all.resize(request.samples);
  return all;
}

// The official draw: one name a depth, in the depths' order.
std::string name_of(const NeedleTest& test, const BookCell& cell) {
  NumpyChoice draw(kOfficialSeed + test.group + static_cast<uint32_t>(cell.book));
  uint32_t name = 0;
  for (size_t depth = 0; depth <= cell.depth; ++depth)
    name = draw.below(static_cast<uint32_t>(test.characters.size()));
  return test.characters[name];
}

// At least a fifth of the text away from the needle, and not in the first or last fifth: anywhere
// there, in short texts at a fixed place.
double distractor_depth(const TaskRequest& request, const std::string& record, double depth) {
  if (request.length_tokens < 500) return depth < 0.6 ? 0.7 : depth > 0.75 ? 0.6 : 0.5;
  const double before = std::max(0.0, depth - 0.4), behind = std::max(0.0, 0.6 - depth);
  const double place =
      Random(request.seed, "nolima/distractor/" + record).unit() * (before + behind);
  return place < before ? 0.2 + place : depth + 0.2 + place - before;
}

// Puts a sentence behind the last line end at or before that share of the text.
void insert_line(BookWindow::Cut& cut, double depth, const std::string& line) {
  const size_t all = cut.before.size() + cut.after.size();
  const auto wanted = static_cast<size_t>(static_cast<double>(all) * depth);
  std::string& part = wanted < cut.before.size() ? cut.before : cut.after;
  const size_t offset = wanted < cut.before.size() ? wanted : wanted - cut.before.size();
  const size_t end = part.rfind('\n', offset);
  part.insert(end == std::string::npos ? 0 : end + 1, line + "\n");
}

class NoLiMa : public Benchmark {
 public:
  std::string id() const override { return "nolima"; }

  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (!request.tokenizer)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", id(), ""};
    LOOM_TRY(const Wording words, task_wording(request, id()));
    LOOM_TRY(const NeedleSet set, needle_set(request));
    LOOM_TRY(const Library books, library(request, stop));
    std::vector<Record> made;
    for (const BookCell& cell : cells(request, set.tests.size(), books.books.size())) {
      if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", id(), ""};
      LOOM_TRY(Record record,
               make(request, words, set.tests[cell.test], books.books[cell.book], cell));
      made.push_back(std::move(record));
    }
    const std::string label = std::string(set.official ? "official needles" : "house needles") +
                              (books.official ? ", official books" : ", house books");
    TaskRecords result = finished(std::move(made), label);
    result.wording_label = words.label;
    return result;
  }

 private:
  static Result<Record> make(const TaskRequest& request, const Wording& words,
                             const NeedleTest& test, const BookWindow& book, const BookCell& cell) {
    const double depth = static_cast<double>(cell.depth) / static_cast<double>(kDepths - 1);
    const bool named = test.needle.find("{CHAR}") != std::string::npos;
    const std::string name = named ? name_of(test, cell) : "";
    const std::string needle = fill(test.needle, {{"CHAR", name}});
    LOOM_TRY(BookWindow::Cut cut, book.cut(request.length_tokens, depth));
    Record record;
    record.id = test.name + "-book-" + std::to_string(cell.book + 1) + "-depth-" +
                std::to_string(cell.depth);
    if (!test.distractor.empty())
      insert_line(cut, distractor_depth(request, record.id, depth), test.distractor);
    Wording used = words;
    if (!test.prompt_template.empty()) used.prompt = test.prompt_template;
    if (!test.system.empty()) used.system = test.system;
    const std::string before = cut.before + " ";
    write_prompt(record, used,
                 {{"haystack", before + needle + "\n" + cut.after}, {"question", test.question}},
                 {"haystack"});
    const size_t begin = record.context_end - cut.after.size() - 1 - needle.size();
    if (record.context_end > 0) record.evidence = {{begin, begin + needle.size()}};
    record.references = named ? std::vector<std::string>{name} : test.answers;
    record.metadata = {{"depth", static_cast<int>(std::lround(depth * 100))}};
    return record;
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_nolima() {
  return std::make_unique<NoLiMa>();
}

}  // namespace loom
