// The document within a prompt, as the judged model saw it.
#pragma once

#include <vector>

#include "core/evaluation/sample.h"

namespace loom {

// Found by the marks that its benchmark left (mark_document). Prompts without marks are given
// whole: they hold the document and little else.
std::string sent_document(const Sample& sample);

// The texts behind "<C0>", "<C1>" … in such a document. Where the middle was cut out of a prompt,
// the lost sentences are empty.
std::vector<std::string> numbered_sentences(const std::string& document, bool was_cut);

}  // namespace loom
