#include "core/benchmarks/starter_document.h"

#include <algorithm>

#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

// A line of the document; entry is -1 for a sentence that no question asks about.
struct Line {
  std::string text;
  int entry = -1;
};

std::map<std::string, SlotDeck> make_decks(const json& data, uint64_t seed,
                                           const std::string& stream) {
  std::map<std::string, SlotDeck> decks;
  for (const auto& [name, definition] : data.at("slots").items())
    decks.emplace(name, SlotDeck(slot_values(definition), Random(seed, stream + "/" + name)));
  return decks;
}

std::vector<Line> register_lines(const json& data, uint64_t seed, const std::string& stream,
                                 std::vector<StarterEntry>& entries) {
  auto decks = make_decks(data, seed, stream);
  const auto patterns = data.at("entry").get<std::vector<std::string>>();
  std::vector<Line> lines;
  for (size_t i = 0; i < data.at("entries").get<size_t>(); ++i) {
    StarterEntry entry;
    for (auto& [name, deck] : decks) entry.slots[name] = deck.draw();
    lines.push_back({fill(patterns[i % patterns.size()], entry.slots), static_cast<int>(i)});
    entries.push_back(std::move(entry));
  }
  return lines;
}

// Chains of sentences, dealt out so that every chain keeps its order.
std::vector<Line> chain_lines(const json& data, uint64_t seed, const std::string& stream,
                              std::vector<StarterEntry>& entries) {
  auto decks = make_decks(data, seed, stream);
  const size_t chains = data.at("chains").get<size_t>(), links = data.at("links").get<size_t>();
  std::vector<std::vector<Line>> waiting(chains);
  std::vector<size_t> turns;
  for (size_t c = 0; c < chains; ++c) {
    Slots slots{{"value", decks.at("value").draw()}, {"to", decks.at("crate").draw()}};
    waiting[c].push_back({fill(data.at("first").get<std::string>(), slots), static_cast<int>(c)});
    for (size_t link = 1; link < links; ++link) {
      slots["from"] = slots["to"];
      slots["to"] = decks.at("crate").draw();
      waiting[c].push_back({fill(data.at("next").get<std::string>(), slots), static_cast<int>(c)});
    }
    slots["last"] = slots["to"];
    entries.push_back({slots, {}});
    turns.insert(turns.end(), links, c);
  }
  Random(seed, stream + "/turns").shuffle(turns);
  std::vector<Line> lines;
  std::vector<size_t> next(chains, 0);
  for (size_t c : turns) lines.push_back(waiting[c][next[c]++]);
  return lines;
}

// Spreads the lines over `count` house sentences in random order.
Result<std::vector<Line>> among_sentences(std::vector<Line> lines, size_t count, Random random) {
  LOOM_TRY(std::vector<std::string> sentences, house_sentences());
  random.shuffle(sentences);
  std::vector<Line> mixed;
  for (size_t i = 0, taken = 0; i < lines.size(); ++i) {
    const size_t until = (2 * i + 1) * count / (2 * lines.size());
    for (; taken < until; ++taken) mixed.push_back({sentences[taken % sentences.size()], -1});
    mixed.push_back(std::move(lines[i]));
    for (; i + 1 == lines.size() && taken < count; ++taken)
      mixed.push_back({sentences[taken % sentences.size()], -1});
  }
  return mixed;
}

}  // namespace

Result<StarterDocument> starter_document(const json& data, const std::string& head, uint64_t seed,
                                         const std::string& stream) {
  StarterDocument document{head, {}};
  std::vector<Line> lines = data.contains("chains")
                                ? chain_lines(data, seed, stream, document.entries)
                                : register_lines(data, seed, stream, document.entries);
  if (const size_t count = data.value("filler_sentences", size_t{0}); count > 0) {
    LOOM_TRY(lines, among_sentences(std::move(lines), count, Random(seed, stream + "/filler")));
  }
  const std::string separator = data.value("separator", " ");
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) document.text += separator;
    const ByteSpan span = append(document.text, lines[i].text);
    if (lines[i].entry >= 0)
      document.entries[static_cast<size_t>(lines[i].entry)].spans.push_back(span);
  }
  return document;
}

}  // namespace loom
