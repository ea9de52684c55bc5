#include "core/benchmarks/essay_source.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/text_source.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

constexpr size_t kFewestEssaySentences = 20;
const std::vector<std::string> kEssayNames = {"PaulGrahamEssays.json", "PaulGrahamEssays",
                                              "context_data/PaulGrahamEssays"};

}  // namespace

Result<std::optional<std::vector<std::string>>> official_essays(const TaskRequest& request,
                                                                const std::string& benchmark) {
  auto file = find_benchmark_file(request, benchmark, kEssayNames);
  if (!file) return std::optional<std::vector<std::string>>();
  LOOM_TRY(std::vector<std::string> texts, read_texts(*file));
  size_t sentences = 0;
  for (const std::string& text : texts) sentences += split_sentences(text).size();
  if (sentences < kFewestEssaySentences)
    return Error{ErrorKind::corrupt, "holds fewer than 20 sentences", file->string(),
                 "Fetch the file again"};
  return std::optional(std::move(texts));
}

Result<EssaySentences> essay_sentences(const TaskRequest& request, const std::string& benchmark,
                                       const std::string& language) {
  EssaySentences essays;
  if (language == "en") {
    LOOM_TRY(const auto texts, official_essays(request, benchmark));
    if (texts) {
      std::string line;
      for (const std::string& text : *texts)
        for (std::string_view word : split_words(text)) (line += line.empty() ? "" : " ") += word;
      for (std::string_view sentence : split_sentences(line))
        essays.sentences.emplace_back(sentence);
      essays.official = true;
      return essays;
    }
  }
  LOOM_TRY(essays.sentences, house_sentences(language));
  return essays;
}

}  // namespace loom
