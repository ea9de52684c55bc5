#include "core/tokenizer/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <set>

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
  std::unique_ptr<pcre2_jit_stack, FreeMatch> stack{pcre2_jit_stack_create(64 << 10, 256 << 20, nullptr)};
  Workspace() {
    pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
    pcre2_set_match_limit(context.get(), UINT32_MAX);
  }
};

// \p{Han} is the script, not the wider set of characters used with it.
std::string property(const std::string& name) {
  static const std::set<std::string> plain = {"Any", "Alphabetic", "White_Space", "Uppercase", "Lowercase"};
  return name.size() > 2 && name[0] != '^' && !plain.count(name) ? "sc:" + name : name;
}

// What one letter after a backslash stands for; empty when it is the same in both.
std::string_view rewritten(char letter, bool in_class) {
  switch (letter) {
    case 's': return "\\p{White_Space}";
    case 'S': return "\\P{White_Space}";
    case 'w': return in_class ? "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}" : "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]";
    case 'W': return in_class ? "" : "[^\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]";
    default: return "";
  }
}

std::string for_pcre2(const std::string& pattern) {
  std::string out;
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '[' && !in_class) {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    }
    if (c != '\\' || i + 1 == pattern.size()) {
      out += c;
      continue;
    }
    char letter = pattern[++i];
    std::string_view other = rewritten(letter, in_class);
    size_t close = pattern.find('}', i);
    if (!other.empty()) {
      out += other;
    } else if (letter == 'u' && i + 4 < pattern.size()) {
      out += "\\x{" + pattern.substr(i + 1, 4) + "}";
      i += 4;
    } else if ((letter == 'p' || letter == 'P') && i + 1 < pattern.size() && pattern[i + 1] == '{' && close != std::string::npos) {
      out += std::string("\\") + letter + "{" + property(pattern.substr(i + 2, close - i - 2)) + "}";
      i = close;
    } else {
      out += c;
      out += letter;
    }
  }
  return out;
}

// Written forms that mean something else to the two and that no published tokenizer needs.
const char* ambiguous(const std::string& pattern) {
  if (pattern.find("}+") != std::string::npos && pattern.find("}+") > 0) {
    for (size_t at = pattern.find("}+"); at != std::string::npos; at = pattern.find("}+", at + 1)) {
      size_t open = pattern.rfind('{', at);
      bool named = open != std::string::npos && open >= 2 && (pattern[open - 1] == 'p' || pattern[open - 1] == 'P') && pattern[open - 2] == '\\';
      if (!named) return "a count followed by +";
    }
  }
  if (pattern.find("&&") != std::string::npos) return "an intersection of classes";
  return nullptr;
}

}  // namespace

struct Pattern::Code {
  pcre2_code* code = nullptr;
  ~Code() { pcre2_code_free(code); }
};

Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(const std::string& pattern) {
  if (const char* what = ambiguous(pattern))
    return Error{ErrorKind::unsupported, std::string("the pattern holds ") + what + ", which is not read", pattern, ""};
  std::string text = for_pcre2(pattern);
  int number = 0;
  PCRE2_SIZE offset = 0;
  std::shared_ptr<Pattern> compiled(new Pattern());
  compiled->code_ = std::make_unique<Code>();
  // To Oniguruma ^ and $ are the ends of lines, always.
  compiled->code_->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                        PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE, &number, &offset, nullptr);
  if (!compiled->code_->code) {
    PCRE2_UCHAR message[128];
    pcre2_get_error_message(number, message, sizeof message);
    return Error{ErrorKind::unsupported,
                 std::string("the pattern cannot be read: ") + reinterpret_cast<const char*>(message),
                 pattern + " at character " + std::to_string(offset), ""};
  }
  pcre2_jit_compile(compiled->code_->code, PCRE2_JIT_COMPLETE);
  return std::shared_ptr<const Pattern>(std::move(compiled));
}

void Pattern::each_match(std::string_view text, const std::function<void(size_t, size_t)>& found) const {
  thread_local Workspace workspace;
  auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
  for (size_t from = 0; from < text.size();) {
    int status = pcre2_match(code_->code, subject, text.size(), from, PCRE2_NO_UTF_CHECK, workspace.data.get(), workspace.context.get());
    if (status == PCRE2_ERROR_JIT_STACKLIMIT)
      status = pcre2_match(code_->code, subject, text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, workspace.data.get(), workspace.context.get());
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
