// BERT and RoBERTa encoders (arXiv 1810.04805, 1907.11692), MiniLM among them (arXiv 2002.10957).
#include "core/models/architectures.h"

namespace loom {

void describe_bert(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  config.norm = NormKind::layer;
  config.norm_epsilon = fields.number({"layer_norm_eps", "attention.layer_norm_epsilon"}, 1e-12);
  config.encoder.token_kinds = fields.integer({"type_vocab_size", "type_vocab_size"}, 2);
  fields.only({"hidden_act"}, "gelu");
  fields.only({"position_embedding_type"}, "absolute");
  fields.only({"is_decoder"}, false);
  fields.only({"add_cross_attention"}, false);
  // Rates at which training drops values, and sizes of heads that are not run.
  for (const char* name :
       {"attention_probs_dropout_prob", "hidden_dropout_prob", "pooler_fc_size",
        "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type",
        "directionality", "num_labels", "tie_word_embeddings"})
    fields.ignore({name});
  fields.only({"", "attention.causal"}, false);
  // Which of the hidden states become one vector is for the request to say.
  fields.ignore({"", "pooling_type"});
  if (config.encoder.token_kinds <= 0 || config.encoder.token_kinds > 1 << 16 ||
      (config.heads > 0 && config.hidden % config.heads != 0))
    fields.fail(ErrorKind::corrupt, "the numbers of heads or token types do not fit");
}

// Positions count from behind the padding token's id. GGUF files of these call themselves bert, and
// hold the positions from there on.
void describe_roberta(ModelFields& fields, ModelConfig& config) {
  describe_bert(fields, config);
  config.encoder.first_position = fields.integer({"pad_token_id"}, 1) + 1;
  if (config.encoder.first_position <= 0 || config.encoder.first_position >= config.window_tokens)
    fields.fail(ErrorKind::corrupt, "the field pad_token_id is no position");
}

}  // namespace loom
