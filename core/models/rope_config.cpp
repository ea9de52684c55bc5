// Rotary settings of both containers. config.json keeps them in "rope_parameters" or, older, in
// "rope_scaling" with base and partial factor beside it.
#include <cmath>

#include "core/models/model_config.h"

namespace loom {
namespace {

using nlohmann::json;

double yarn_magnitude(ModelFields& part, double factor) {
  double scale = part.number({"mscale"}, 0), all = part.number({"mscale_all_dim"}, 0);
  double automatic =
      scale != 0 && all != 0 ? yarn_growth(factor, scale) / yarn_growth(factor, all) : yarn_growth(factor, 1);
  return part.number({"attention_factor"}, automatic);
}

void read_yarn(ModelFields& part, RopeSettings& rope, ModelConfig& config, double original) {
  part.ignore({"finetuned"});  // the first YaRN models' files say so of themselves
  YarnScaling yarn;
  yarn.original_window = original;
  yarn.factor = part.number({"factor"}, static_cast<double>(config.window_tokens) / original);
  yarn.beta_fast = part.number({"beta_fast"}, 32);
  yarn.beta_slow = part.number({"beta_slow"}, 1);
  yarn.truncate = part.boolean({"truncate"}, true);
  yarn.score_weight = part.number({"mscale_all_dim"}, 0);
  rope.magnitude = yarn_magnitude(part, yarn.factor);
  rope.yarn = yarn;
  config.window_tokens = std::max(config.window_tokens, static_cast<int64_t>(yarn.factor * original));
}

void read_longrope(ModelFields& part, RopeSettings& rope, const ModelConfig& config, double original) {
  LongRopeScaling scaling;
  scaling.short_divisors = part.numbers({"short_factor"});
  scaling.long_divisors = part.numbers({"long_factor"});
  scaling.original_window = static_cast<int64_t>(original);
  for (const auto& [list, name] : {std::pair{&scaling.short_divisors, "short_factor"}, {&scaling.long_divisors, "long_factor"}})
    if (static_cast<int64_t>(list->size()) != rope.dimensions / 2)
      part.fail(ErrorKind::corrupt, std::string("the field ") + name + " has " + std::to_string(list->size()) +
                                        " numbers, expected " + std::to_string(rope.dimensions / 2));
  double factor = part.number({"factor"}, static_cast<double>(config.window_tokens) / original);
  double automatic = factor <= 1 ? 1 : std::sqrt(1 + std::log(factor) / std::log(original));
  rope.magnitude = part.number({"attention_factor"}, automatic);
  rope.longrope = scaling;
}

void read_scaling(const std::string& type, ModelFields& part, RopeSettings& rope, ModelConfig& config, double original) {
  if (type == "linear") {
    rope.linear_factor = part.number({"factor"});
  } else if (type == "llama3") {
    rope.llama3 = Llama3Scaling{part.number({"factor"}, 8), part.number({"low_freq_factor"}, 1),
                                part.number({"high_freq_factor"}, 4), original};
  } else if (type == "dynamic") {
    rope.dynamic = DynamicScaling{part.number({"factor"}), static_cast<double>(config.window_tokens)};
    config.window_tokens = static_cast<int64_t>(rope.dynamic->factor * rope.dynamic->original_window);
  } else if (type == "yarn") {
    read_yarn(part, rope, config, original);
  } else if (type == "longrope" || type == "su") {
    read_longrope(part, rope, config, original);
  } else if (type != "default") {
    part.fail(ErrorKind::unsupported, "rotary scaling \"" + type + "\" is not known");
  }
}

int64_t turning_dimensions(const ModelConfig& config, double share) {
  return static_cast<int64_t>(static_cast<double>(config.head_dim) * share) / 2 * 2;
}

// llama.cpp's converter writes transformers' attention_factor, which is the whole magnitude, and
// attn_factor of models with code of their own, which multiplies it, under one name. Only 1 is
// ever given as the latter.
double yarn_magnitude_of_gguf(ModelFields& fields, double factor) {
  const FieldName name{"", "rope.scaling.yarn_attn_factor"};
  const double multiplier = fields.number({"", "rope.scaling.attn_factor"}, 1);
  if (!fields.has(name)) return multiplier * yarn_growth(factor, 1);
  const double whole = fields.number(name);
  if (!(whole > 0) || !std::isfinite(whole))
    fields.fail(ErrorKind::corrupt, "the field rope.scaling.yarn_attn_factor is not a positive number");
  if (whole == 1)
    fields.fail(ErrorKind::unsupported,
                "the field rope.scaling.yarn_attn_factor is 1, which stands for two different scalings");
  return multiplier * whole;
}

RopeSettings rope_from_gguf(ModelFields& fields, ModelConfig& config, double partial) {
  RopeSettings rope;
  rope.dimensions = fields.integer({"", "rope.dimension_count"}, turning_dimensions(config, partial));
  rope.theta = fields.number({"", "rope.freq_base"}, 10000);
  // A factor alone is one of linear scaling.
  std::string type = fields.text({"", "rope.scaling.type"}, "linear");
  double original = fields.number({"", "rope.scaling.original_context_length"}, static_cast<double>(config.window_tokens));
  double factor = fields.number({"", "rope.scaling.factor"}, fields.number({"", "rope.scale_linear"}, 1));
  const bool longrope = type == "longrope" || fields.has({"", "rope.scaling.attn_factor"});
  if (type == "linear" && !longrope) {
    rope.linear_factor = factor;
  } else if (type == "yarn") {
    rope.yarn = YarnScaling{factor, original, fields.number({"", "rope.scaling.yarn_beta_fast"}, 32),
                            fields.number({"", "rope.scaling.yarn_beta_slow"}, 1)};
    rope.magnitude = yarn_magnitude_of_gguf(fields, factor);
    // Shares of the interpolated frequencies: all there are, as in transformers.
    fields.only({"", "rope.scaling.yarn_ext_factor"}, 1.0);
  } else if (longrope) {
    rope.longrope = LongRopeScaling{{}, {}, static_cast<int64_t>(original)};  // the divisors are tensors
    rope.magnitude = fields.number({"", "rope.scaling.attn_factor"}, 1);
  } else if (type != "none") {
    fields.fail(ErrorKind::unsupported, "rotary scaling \"" + type + "\" is not known");
  }
  return rope;
}

}  // namespace

double yarn_growth(double factor, double weight) { return factor <= 1 ? 1 : 0.1 * weight * std::log(factor) + 1; }

RopeSettings rope_from_object(ModelFields& fields, const json& object, ModelConfig& config, double theta, double partial) {
  ModelFields part(object.is_null() ? json::object() : object, fields.where());
  RopeSettings rope;
  rope.theta = part.number({"rope_theta"}, theta);
  rope.dimensions = turning_dimensions(config, part.number({"partial_rotary_factor"}, partial));
  // Beside the object it counts more than inside, as for the reference.
  double inside = part.number({"original_max_position_embeddings"}, static_cast<double>(config.window_tokens));
  double original = fields.number({"original_max_position_embeddings"}, inside);
  std::string type = part.text({"rope_type"}, part.text({"type"}, "default"));
  read_scaling(type, part, rope, config, original);
  fields.take_errors(part);
  return rope;
}

json rope_object(ModelFields& fields) {
  json object = fields.value({"rope_parameters"}), older = fields.value({"rope_scaling"});
  if (object.is_object() && older.is_object() && !object.empty() && !older.empty() && object != older)
    fields.fail(ErrorKind::unsupported, "the fields rope_parameters and rope_scaling are both there and differ; "
                                        "keep the one that is meant");
  return object.is_null() || object.empty() ? older : object;
}

void read_rope(ModelFields& fields, ModelConfig& config, double partial) {
  if (config.gguf) {
    config.ropes = {rope_from_gguf(fields, config, partial)};
  } else {
    const json object = rope_object(fields);
    double theta = fields.number({"rope_theta"}, 10000);
    double share = fields.number({"partial_rotary_factor"}, partial);
    config.ropes = {rope_from_object(fields, object, config, theta, share)};
  }
  if (int64_t turning = config.ropes[0].dimensions; turning <= 0 || turning > config.head_dim || turning % 2 != 0)
    fields.fail(ErrorKind::corrupt, "the number of rotary dimensions is " + std::to_string(turning));
}

}  // namespace loom
