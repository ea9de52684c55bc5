// Ada-LEval's mixed texts made here: one order of the parts, a journey that passes each town once,
// the user's own files and books.
#include <QtTest>
#include <map>
#include <regex>
#include <set>

#include "core/base/text_file.h"
#include "core/benchmarks/house_journey.h"
#include "core/benchmarks/story_source.h"
#include "tests/core/benchmarks/ada_leval_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// The four parts in the order in which the reference puts them.
std::vector<std::string> ordered_parts(const Record& record) {
  std::vector<std::string> parts;
  for (const std::string& number : record.references) {
    const std::string head = "\n\nPart " + number + ":\n\n";
    const size_t begin = record.prompt.find(head) + head.size();
    const std::string next = number == "4" ? std::string("\n\nAfter:")
                                           : "\n\nPart " + std::to_string(std::stoi(number) + 1);
    parts.push_back(record.prompt.substr(begin, record.prompt.find(next, begin) - begin));
  }
  return parts;
}

std::string list_of(const std::vector<std::string>& numbers) {
  std::string text;
  for (const std::string& number : numbers) text += (text.empty() ? "" : ", ") + number;
  return "Answer: [" + text + "]";
}

// A published prompt of text order, in its authors' layout and our words.
json published_order(const std::vector<std::string>& parts, const std::vector<int>& order) {
  std::string prompt = "Sort the parts.\n    Before: shape only\n\n\n";
  for (int i = 1; i <= 4; ++i) prompt += "    Part " + std::to_string(i) + ": shape only\n\n\n";
  prompt += "    After: shape only\n\n\nBefore: " + parts[0] + "\n\n\n";
  for (size_t place = 1; place <= 4; ++place) {
    const auto part = std::find(order.begin(), order.end(), static_cast<int>(place));
    prompt += "Part " + std::to_string(place) + ": " +
              parts[static_cast<size_t>(part - order.begin()) + 1] + "\n\n\n";
  }
  return {
      {"book_id", "b"}, {"prompt", prompt + "After: " + parts[5] + "\n\n\n"}, {"answer", order}};
}

std::string numbered_paragraphs(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i)
    text += (i > from ? "\n\n" : "") + std::string("Paragraph ") + std::to_string(i) +
            " tells of the sea and\nof the boats that were built in that year.";
  return text;
}

}  // namespace

class TextOrderTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void oneOrderIsRight();
  void townsComeOnce();
  void publishedBooksAreCutAnew();
  void theUsersBooks();

 private:
  const testing::AdaLEvalRecords ada_leval_{"textsort"};
};

void TextOrderTest::oneOrderIsRight() {
  const auto records = ada_leval_.made(12000, 30);
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  std::set<std::vector<std::string>> orders;
  for (const Record& record : records->records) {
    orders.insert(record.references);
    QCOMPARE(std::set<std::string>(record.references.begin(), record.references.end()),
             (std::set<std::string>{"1", "2", "3", "4"}));
    const auto parts = ordered_parts(record);
    for (size_t i = 0; i < 4; ++i) {
      QCOMPARE(testing::evidence_text(record, i), parts[i]);
      // Each part begins in the town where the one before it ended.
      const std::string before =
          i == 0 ? testing::text_between(record.prompt, "Before:\n\n", "\n\nPart 1:")
                 : parts[i - 1];
      const std::string last = before.substr(before.rfind("\n\n") + 1);
      const std::string first = parts[i].substr(0, parts[i].find("\n\n"));
      const std::regex town("[A-Z][a-z]+");
      bool met = false;
      for (std::sregex_iterator word(first.begin(), first.end(), town), end; word != end; ++word)
        met = met || (word->str().size() >= 5 && last.find(word->str()) != std::string::npos);
      QVERIFY2(met, (last + " | " + first).c_str());
      QVERIFY(parts[i].size() * 12 > record.context_end);
    }
    QCOMPARE(testing::score_of(record, "text_order", list_of(record.references)), 1.0);
    auto wrong = record.references;
    std::swap(wrong[0], wrong[3]);
    QCOMPARE(testing::score_of(record, "text_order", list_of(wrong)), 0.0);
  }
  QVERIFY(orders.size() > 8);
}

void TextOrderTest::townsComeOnce() {
  const auto journey = HouseJourney::load();
  QVERIFY2(journey, journey ? "" : describe(journey.error()).c_str());
  auto teller = journey->tell(Random(7));
  std::map<std::string, int> arrivals;
  const std::regex leg("to ((?:(?:Upper|Lower|Old|New|Great|Little) )?[A-Z][a-z]+), and ");
  for (int i = 0; i < 60000; ++i) {
    const std::string text = teller.next();
    QVERIFY(text.find('{') == std::string::npos);
    std::smatch found;
    if (std::regex_search(text, found, leg)) ++arrivals[found[1]];
  }
  QVERIFY(arrivals.size() > 5000);
  for (const auto& [town, times] : arrivals) QVERIFY2(times == 1, town.c_str());
}

void TextOrderTest::publishedBooksAreCutAnew() {
  std::vector<std::string> parts;
  for (int i = 0; i < 6; ++i) parts.push_back(numbered_paragraphs(40 * i, 40 * (i + 1)));
  const json record = published_order(parts, {3, 1, 4, 2});
  const std::string text = text_of_prompt(record["prompt"].get<std::string>(), {3, 1, 4, 2});
  const auto paragraphs = split_paragraphs(text);
  QCOMPARE(paragraphs.size(), size_t{240});
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    const std::string begin = "Paragraph " + std::to_string(i) + " tells of the sea and of ";
    QVERIFY2(paragraphs[i].starts_with(begin), paragraphs[i].c_str());
  }
  QVERIFY(text_of_prompt(record["prompt"].get<std::string>(), {3, 1, 4, 9}).empty());
  QVERIFY(text_of_prompt("Before: a\nPart 1: b\nAfter: c", {1, 2, 3, 4}).empty());
  testing::TemporaryFolder folder;
  QVERIFY(write_file(folder.path() / "textsort_16k.json", json::array({record}).dump()));
  const auto records = ada_leval_.made(3000, 6, folder.path());
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from textsort_16k.json"));
  std::set<std::string> begins;
  for (const Record& one : records->records) {
    int last = std::stoi(testing::text_between(one.prompt, "Before:\n\nParagraph ", " "));
    begins.insert(std::to_string(last--));
    for (const std::string& part : ordered_parts(one))
      for (const std::string& paragraph : split_paragraphs(part)) {
        const int number = std::stoi(paragraph.substr(10));
        QVERIFY(number > last);
        last = number;
      }
    QVERIFY(ada_leval_.tokens(one) <= 3000);
    QVERIFY(ada_leval_.tokens(one) + 48 >= 3000);
  }
  QVERIFY(begins.size() > 1);
  json bad = record;
  bad["prompt"] = "Order: [1] b [2] a";
  QVERIFY(write_file(folder.path() / "textsort_16k.json", json::array({bad}).dump()));
  const auto broken = ada_leval_.made(3000, 1, folder.path());
  QVERIFY(!broken);
  QCOMPARE(broken.error().kind, ErrorKind::corrupt);
}

void TextOrderTest::theUsersBooks() {
  testing::TemporaryFolder folder;
  // Paragraphs of one line each, and one book of a single endless paragraph.
  QVERIFY(write_file(folder.path() / "books/a.txt", numbered_paragraphs(0, 900)));
  std::string endless;
  for (int i = 0; i < 900; ++i) endless += "Sentence " + std::to_string(i) + " is here. ";
  QVERIFY(write_file(folder.path() / "books/b.txt", endless));
  QVERIFY(write_file(folder.path() / "books/c.txt", "Too short."));
  const auto records = ada_leval_.made(4000, 8, folder.path());
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("the user's books"));
  size_t by_sentence = 0;
  for (const Record& record : records->records) {
    int last = -1;
    const std::regex number("(?:Paragraph|Sentence) ([0-9]+)");
    for (const std::string& part : ordered_parts(record))
      for (std::sregex_iterator at(part.begin(), part.end(), number), end; at != end; ++at) {
        const int next = std::stoi((*at)[1]);
        if (last >= 0) QCOMPARE(next, last + 1);
        last = next;
      }
    by_sentence += record.prompt.find("Sentence ") != std::string::npos ? 1 : 0;
  }
  QVERIFY(by_sentence > 0 && by_sentence < 8);
  const auto too_long = ada_leval_.made(200000, 1, folder.path());
  QVERIFY(!too_long);
  QVERIFY(!too_long.error().remedy.empty());
  testing::TemporaryFolder empty;
  fs::create_directories(empty.path() / "books");
  QVERIFY(!ada_leval_.made(4000, 1, empty.path()));
}

QTEST_APPLESS_MAIN(TextOrderTest)
#include "text_order_test.moc"
