// Scores of a whole task that are not the mean of its samples' scores; from the samples' parts.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>

namespace loom {

using Parts = std::span<const nlohmann::json* const>;

// F1 of the class "yes" from yes_match's parts; 0 when neither answers nor records hold it.
std::optional<double> yes_f1(Parts parts);
// The geometric mean of the means of rouge_parts' three.
std::optional<double> rouge_geometric(Parts parts);
// The right names of masked_names among all masks: a question with several counts as often.
std::optional<double> share_of_masks(Parts parts);

// The mean over problems of pass@k from one_of_several_programs' parts.
std::optional<double> pass_at_k_of_problems(Parts parts);

}  // namespace loom
