#include "core/benchmarks/star_source.h"

#include "core/base/random.h"
#include "core/benchmarks/essay_source.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/text_source.h"

namespace loom {
namespace {

constexpr const char* kNovel = "The_Story_of_the_Stone.txt";
constexpr const char* kRule = "------------";

bool is_ascii_letter_or_mark(char c) {
  return (c > ' ' && c < '0') || (c > '9' && c <= '~');
}

// Half of the text is left to begin in, and the other half holds the length.
size_t wanted(const TaskRequest& request) {
  return 2 * request.length_tokens + 1024;
}

size_t tokens_of(const TaskRequest& request, const std::string& text) {
  return request.tokenizer->encode(text).size();
}

// Again and again until it is long enough.
void repeat(const TaskRequest& request, StarSource& source, const std::string& between) {
  const std::string more = between + source.text;
  const size_t tokens = std::max<size_t>(1, tokens_of(request, more));
  if (tokens < request.length_tokens)
    source.notes.push_back("the text holds " + std::to_string(tokens) +
                           " tokens and repeats at a length of " +
                           std::to_string(request.length_tokens));
  for (size_t all = tokens; all < wanted(request); all += tokens) source.text += more;
}

Result<StarSource> house_source(const TaskRequest& request, const std::string& language) {
  LOOM_TRY(std::vector<std::string> sentences, house_sentences(language));
  Random random(request.seed, "counting_stars/" + language);
  const std::string space = sentence_space(language);
  StarSource source;
  source.label = "house data";
  for (size_t tokens = 0; tokens < wanted(request);) {
    random.shuffle(sentences);
    std::string round;
    for (const std::string& sentence : sentences) round += (round.empty() ? "" : space) + sentence;
    tokens += tokens_of(request, round);
    source.text += (source.text.empty() ? "" : space) + round;
  }
  return source;
}

}  // namespace

std::string clean_novel(const std::string& text) {
  std::string cleaned;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string line = trimmed_ends(text.substr(at, end - at));
    for (size_t rule = line.find(kRule); rule != std::string::npos; rule = line.find(kRule))
      line.erase(rule, std::string_view(kRule).size());
    for (char c : line)
      if (c != ' ' && !is_ascii_letter_or_mark(c)) cleaned += c;
    at = end + 1;
  }
  return cleaned;
}

std::string clean_essays(const std::vector<std::string>& texts) {
  std::string cleaned;
  for (const std::string& text : texts) cleaned += text;
  for (char& c : cleaned)
    if (c == '\n') c = ' ';
  return cleaned;
}

Result<StarSource> star_source(const TaskRequest& request) {
  StarSource source;
  if (request.task.starts_with("en")) {
    LOOM_TRY(const auto essays, official_essays(request, "counting_stars"));
    if (!essays) return house_source(request, "en");
    source.text = clean_essays(*essays);
    source.label = "official essays, house sentences";
    repeat(request, source, " ");
    return source;
  }
  const auto novel = find_benchmark_file(request, "counting_stars",
                                         {kNovel, std::string("context_data/") + kNovel});
  if (!novel) return house_source(request, "zh");
  LOOM_TRY(const std::vector<std::string> texts, read_texts(*novel));
  source.text = clean_novel(texts.at(0));
  if (source.text.empty())
    return Error{ErrorKind::corrupt, "holds no Chinese text", novel->string(), "Fetch it again"};
  source.label = "official novel, house sentences";
  repeat(request, source, "");
  return source;
}

}  // namespace loom
