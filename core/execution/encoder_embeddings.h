// The hidden states that BERTScore compares, from an encoder in an engine of its own. Texts are
// prepared as the package bert-score does it: white space at the ends goes.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/metrics/token_embeddings.h"
#include "core/servers/model_server.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

class EncoderEmbeddings : public TokenEmbeddings {
 public:
  // `server` gets the encoder loaded. An Error says what the folder holds instead.
  static Result<std::unique_ptr<EncoderEmbeddings>> load(std::unique_ptr<ModelServer> server,
                                                         const std::filesystem::path& folder,
                                                         const std::string& device, int layer,
                                                         std::stop_token stop);
  std::vector<TokenId> ids(const std::string& text) const override;
  Result<Embeddings> embed(std::span<const std::string> texts, std::stop_token stop) override;
  const LoadedModel& model() const { return model_; }

 private:
  EncoderEmbeddings() = default;
  std::string prepared(const std::string& text) const;

  std::unique_ptr<ModelServer> server_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  LoadedModel model_;
  int layer_ = -1;
};

}  // namespace loom
