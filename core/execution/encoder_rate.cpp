#include "core/execution/encoder_rate.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "core/execution/rate_cache.h"
#include "core/servers/engine_client.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kRepeats = 3;
constexpr size_t kOwnTokens = 2;  // that the encoder puts around a text

RateFields fields_of(EncoderRate& rate) {
  return {{{"token_s", &rate.token_s}, {"pair_s", &rate.pair_s}, {"load_s", &rate.load_s}}, {}};
}

std::optional<EncoderRate> cached_encoder_rate(const fs::path& file) {
  EncoderRate rate;
  if (!read_rate(file, fields_of(rate))) return std::nullopt;
  rate.measured = rate.token_s > 0 && rate.pair_s >= 0 && rate.load_s >= 0;
  return rate.measured ? std::optional(rate) : std::nullopt;
}

// With all hidden states brought here, as scoring needs them.
Result<PrefillStep> encode_words(EngineClient& engine, size_t words, std::stop_token stop) {
  std::string text;
  for (size_t i = 0; i < words; ++i) text += "the ";
  const EncodeRequest request{{text}, -1, true};
  PrefillStep step;
  LOOM_TRY(const Embeddings made, engine.encode(request, stop));  // pays for pages and threads
  step.tokens = made.texts.at(0).ids.size();
  const auto start = Clock::now();
  for (size_t i = 0; i < kRepeats; ++i) {
    LOOM_TRY([[maybe_unused]] Embeddings again, engine.encode(request, stop));
  }
  step.seconds = std::chrono::duration<double>(Clock::now() - start).count() / kRepeats;
  return step;
}

}  // namespace

Result<EncoderRate> encoder_rate(const fs::path& folder, bool measure_if_missing,
                                 std::stop_token stop) {
  const fs::path file = rate_file(folder.string(), "encoder");
  if (auto rate = cached_encoder_rate(file)) return *rate;
  if (!measure_if_missing) return EncoderRate{};
  EngineClient engine(default_engine_path(), "cpu");
  LOOM_TRY(LoadedModel loaded, engine.load({folder.string(), "cpu", 0}, stop));
  MeasuredRates steps;
  for (size_t words : {size_t{8}, loaded.window_tokens / 4, loaded.window_tokens}) {
    LOOM_TRY(PrefillStep step, encode_words(engine, words, stop));
    steps.prefill.push_back(step);
  }
  const MachineRate fitted = fit_rate(steps);
  EncoderRate rate{fitted.prefill_a, fitted.prefill_b, loaded.load_s, fitted.prefill_a > 0};
  if (!rate.measured)
    return Error{ErrorKind::server, "the engine returned no usable rate", folder.string(), ""};
  LOOM_CHECK(write_rate(file, fields_of(rate)));
  return rate;
}

Result<EncoderForEstimate> load_for_estimate(const fs::path& folder, bool measure_if_missing,
                                             std::stop_token stop) {
  EncoderForEstimate encoder;
  LOOM_TRY(encoder.local, inspect_model(folder));
  if (encoder.local.answers)
    return Error{ErrorKind::unsupported, "is no encoder", folder.string(),
                 "BERTScore needs a BERT or RoBERTa model"};
  LOOM_TRY(encoder.tokenizer, load_tokenizer(folder));
  LOOM_TRY(encoder.rate, encoder_rate(folder, measure_if_missing, stop));
  return encoder;
}

uint64_t encoder_bytes(const EncoderForEstimate& encoder) {
  return forecast_memory(encoder.local, std::max<size_t>(encoder.local.window_tokens, 1)).total();
}

EncodingCosts encoding_costs(const std::vector<std::vector<std::string>>& references,
                             double answer_tokens, const EncoderForEstimate& encoder) {
  EncodingCosts costs;
  auto add = [&](size_t tokens) {
    if (encoder.local.window_tokens > 0) tokens = std::min(tokens, encoder.local.window_tokens);
    const auto n = static_cast<double>(tokens);
    ++costs.texts;
    costs.tokens += tokens;
    costs.seconds += encoder.rate.token_s * n + encoder.rate.pair_s * n * n;
  };
  for (const auto& own : references) {
    add(static_cast<size_t>(answer_tokens) + kOwnTokens);
    for (const std::string& text : std::set<std::string>(own.begin(), own.end()))
      add(encoder.tokenizer->encode_with_special(text).size());
  }
  return costs;
}

}  // namespace loom
