// The document within a prompt, as the judged model saw it.
#pragma once

#include <string_view>
#include <vector>

#include "core/evaluation/sample.h"

namespace loom {

// Found by the marks that its benchmark left (mark_document). Prompts without marks are given
// whole: they hold the document and little else.
std::string sent_document(const Sample& sample);
// Where an example stands before the document, numbers mean nothing without the marks.
Status must_have_marks(const Sample& sample);

// How a document's parts are numbered.
struct PartMarks {
  std::string_view open, close;  // what stands around the number
  size_t first = 0;              // the first part's number
};
inline constexpr PartMarks kSentenceMarks{"<C", ">", 0};
inline constexpr PartMarks kPassageMarks{"Passage [", "]: ", 1};
inline constexpr PartMarks kTalkMarks{"Conversation [", "]: ", 1};

// The texts behind "<C0>", "<C1>" … in such a document. Where the middle was cut out of a prompt,
// the lost parts are empty.
std::vector<std::string> numbered_parts(const std::string& document, const PartMarks& marks,
                                        bool was_cut);

}  // namespace loom
