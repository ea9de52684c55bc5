// The share of the answer's numbers that equal the reference, as they are written (LIBRA's and
// LongBench's counting tasks).
#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {

MetricScore number_share(const MetricInput& input) {
  MetricScore score;
  score.rule = "runs of digits";
  score.value = 0.0;
  const std::vector<DigitRun> numbers = digit_runs(input.prediction);
  for (const DigitRun& number : numbers)
    score.parsed += (score.parsed.empty() ? "" : ", ") + number.written;
  // A paragraph's name as reference, "Paragraph 12" or "段落12": its number is what counts.
  const bool digits_only = input.parameters.value("digits_of_reference", false);
  for (const std::string& given : input.references) {
    const size_t begin = digits_only ? given.find_first_of("0123456789") : 0;
    const std::string reference =
        !digits_only ? given
        : begin == std::string::npos
            ? ""
            : given.substr(begin, given.find_first_not_of("0123456789", begin) - begin);
    size_t hits = 0;
    for (const DigitRun& number : numbers) hits += number.written == reference;
    if (!numbers.empty())
      score.value =
          std::max(*score.value, static_cast<double>(hits) / static_cast<double>(numbers.size()));
  }
  take_off_negatives(input, score);
  return score;
}

}  // namespace loom
