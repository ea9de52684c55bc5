// What config.json says of the model that answers prompts of text.
#pragma once

#include <nlohmann/json.hpp>

namespace loom {

// config.json as if the text part stood alone: for Gemma 3's larger checkpoints "text_config" with
// what such files leave to the reference's defaults. Any other description as it is, with the
// defaults of the reference's class where a field is left out that families take differently.
nlohmann::json text_part(const nlohmann::json& config);
// Whether that is a part, beside which tensors of other parts are stored.
bool has_other_parts(const nlohmann::json& config);
// Whether a tensor belongs to what sees pictures: such tensors are not needed for text.
bool is_of_vision(const std::string& tensor);

}  // namespace loom
