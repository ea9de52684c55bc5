#include "core/execution/encoder_embeddings.h"

#include "core/text/python_text.h"

namespace loom {

Result<std::unique_ptr<EncoderEmbeddings>> EncoderEmbeddings::load(
    std::unique_ptr<ModelServer> server, const std::filesystem::path& folder,
    const std::string& device, int layer, std::stop_token stop) {
  std::unique_ptr<EncoderEmbeddings> encoder(new EncoderEmbeddings);
  LOOM_TRY(encoder->model_, server->load({folder.string(), device, 0}, stop));
  LOOM_TRY(encoder->tokenizer_, load_tokenizer(folder));
  encoder->server_ = std::move(server);
  encoder->layer_ = layer;
  // A language model or a layer that is not there is refused now, not at the first answer.
  const std::string probe = "a";
  LOOM_TRY([[maybe_unused]] Embeddings made, encoder->embed({&probe, 1}, stop));
  return encoder;
}

// Byte-level vocabularies know a word at the start of a text and behind a space apart; RoBERTa's
// scores are defined on the second.
std::string EncoderEmbeddings::prepared(const std::string& text) const {
  const std::string stripped(strip_spaces(text));
  return model_.architecture == "roberta" && !stripped.empty() ? " " + stripped : stripped;
}

std::vector<TokenId> EncoderEmbeddings::ids(const std::string& text) const {
  std::vector<TokenId> ids = tokenizer_->encode_with_special(prepared(text));
  if (ids.size() > model_.window_tokens) {
    ids[model_.window_tokens - 1] = ids.back();
    ids.resize(model_.window_tokens);
  }
  return ids;
}

Result<Embeddings> EncoderEmbeddings::embed(std::span<const std::string> texts,
                                            std::stop_token stop) {
  EncodeRequest request{{}, layer_, true};
  for (const std::string& text : texts) request.texts.push_back(prepared(text));
  return server_->encode(request, stop);
}

}  // namespace loom
