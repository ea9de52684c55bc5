#include "core/tokenizer/pattern.h"

#include "core/tokenizer/pattern_translation.h"
#include "core/tokenizer/stand_ins.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace loom {
namespace {

struct FreeMatch {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
  void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
};

// What a match needs besides the pattern; a thread's own. Long matches need more than the 32 kB of
// stack that compiled patterns have by themselves.
struct Workspace {
  std::unique_ptr<pcre2_match_data, FreeMatch> data{pcre2_match_data_create(16, nullptr)};
  std::unique_ptr<pcre2_match_context, FreeMatch> context{pcre2_match_context_create(nullptr)};
  std::unique_ptr<pcre2_jit_stack, FreeMatch> stack{
      pcre2_jit_stack_create(64 << 10, 256 << 20, nullptr)};
  Workspace() {
    pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
    pcre2_set_match_limit(context.get(), UINT32_MAX);
  }
};

}  // namespace

struct Pattern::Code {
  pcre2_code* code = nullptr;
  StandIns stand_ins;
  ~Code() { pcre2_code_free(code); }
};

Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(const std::string& pattern) {
  LOOM_TRY(PatternTranslation translation, translate_pattern(pattern));
  const std::string& text = translation.pattern;
  int number = 0;
  PCRE2_SIZE offset = 0;
  std::shared_ptr<Pattern> compiled(new Pattern());
  compiled->code_ = std::make_unique<Code>();
  // To Oniguruma ^ and $ are the ends of lines, always.
  compiled->code_->code =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                    PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE, &number, &offset, nullptr);
  if (!compiled->code_->code) {
    PCRE2_UCHAR message[128];
    pcre2_get_error_message(number, message, sizeof message);
    return Error{
        ErrorKind::unsupported,
        std::string("the pattern cannot be read: ") + reinterpret_cast<const char*>(message),
        pattern + " at character " + std::to_string(offset), ""};
  }
  LOOM_TRY(compiled->code_->stand_ins, StandIns::find(translation.tests, pattern));
  pcre2_jit_compile(compiled->code_->code, PCRE2_JIT_COMPLETE);
  return std::shared_ptr<const Pattern>(std::move(compiled));
}

void Pattern::each_match(std::string_view text,
                         const std::function<void(size_t, size_t)>& found) const {
  thread_local Workspace workspace;
  std::string changed;
  if (code_->stand_ins.replace(text, changed)) text = changed;  // places stay what they were
  auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
  for (size_t from = 0; from < text.size();) {
    int status = pcre2_match(code_->code, subject, text.size(), from, PCRE2_NO_UTF_CHECK,
                             workspace.data.get(), workspace.context.get());
    if (status == PCRE2_ERROR_JIT_STACKLIMIT)
      status =
          pcre2_match(code_->code, subject, text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                      workspace.data.get(), workspace.context.get());
    if (status < 0) return;
    const PCRE2_SIZE* span = pcre2_get_ovector_pointer(workspace.data.get());
    size_t begin = span[0], end = span[1];
    if (end == begin) {
      from = end + 1;
      while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
      continue;
    }
    found(begin, end);
    from = end;
  }
}

}  // namespace loom
