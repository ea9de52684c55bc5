#include "core/judge/judge.h"

#include "core/text/utf8.h"

namespace loom {
namespace {

std::string prompt_version(const Rubric& rubric) {
  return std::string(rubric.id) + ' ' + std::to_string(rubric.version);
}

}  // namespace

// One thread at a time asks for a key: two halves of a case share questions, and none is paid
// twice.
class Judge::Turn {
 public:
  Turn(Judge& judge, const std::string& key, std::stop_token stop) : judge_(judge), key_(key) {
    std::unique_lock lock(judge_.mutex_);
    mine_ = judge_.answered_.wait(lock, stop, [&] { return !judge_.asking_.contains(key_); });
    if (mine_) judge_.asking_.insert(key_);
  }
  ~Turn() {
    if (!mine_) return;
    std::lock_guard lock(judge_.mutex_);
    judge_.asking_.erase(key_);
    judge_.answered_.notify_all();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool is_mine() const { return mine_; }

 private:
  Judge& judge_;
  const std::string& key_;
  bool mine_ = false;
};

Result<std::string> Judge::answer(const Rubric& rubric, std::span<const ChatMessage> messages,
                                  std::stop_token stop) {
  const std::string key =
      VerdictCache::key(model_.identity(), prompt_version(rubric), messages, rubric.max_tokens);
  const Turn turn(*this, key, stop);
  if (stop.stop_requested() || !turn.is_mine())
    return Error{ErrorKind::cancelled, "stopped", "", ""};
  if (auto known = cache_.find(key)) {
    std::lock_guard lock(mutex_);
    ++found_;
    reused_.add(known->usage);
    return known->text;
  }
  LOOM_TRY(JudgeAnswer said, model_.answer(messages, rubric.max_tokens, stop));
  said.text = repair_utf8(said.text);
  {
    std::lock_guard lock(mutex_);
    ++asked_;
    spent_.add(said.usage);
  }
  LOOM_CHECK(cache_.put(key, said));
  return said.text;
}

Result<Verdict> Judge::ask(const Rubric& rubric, const JudgeCase& one, std::stop_token stop) {
  return ask(rubric, case_parts(rubric, one), stop);
}

Result<Verdict> Judge::ask(const Rubric& rubric, std::span<const CasePart> parts,
                           std::stop_token stop) {
  const auto messages = rubric_messages(rubric, parts);
  LOOM_TRY(const std::string said, answer(rubric, messages, stop));
  Verdict verdict = read_verdict(rubric, said);
  if (verdict.value) return verdict;
  LOOM_TRY(const std::string again, answer(rubric, repair_messages(rubric, messages, said), stop));
  Verdict repaired = read_verdict(rubric, again);
  repaired.rule = (repaired.value ? "asked again: " : "unparsed: ") + repaired.rule;
  return repaired;
}

Result<std::string> Judge::write(const Rubric& rubric, std::span<const CasePart> parts,
                                 std::stop_token stop) {
  const auto messages = rubric_messages(rubric, parts);
  LOOM_TRY(const std::string said, answer(rubric, messages, stop));
  if (std::string text = read_text(said); !text.empty()) return text;
  LOOM_TRY(const std::string again, answer(rubric, repair_messages(rubric, messages, said), stop));
  return read_text(again);
}

Result<Verdict> Judge::compare(const JudgeCase& one, std::stop_token stop) {
  LOOM_TRY(const Rubric* rubric, find_rubric("pairwise"));
  JudgeCase turned = one;
  std::swap(turned.answer, turned.other_answer);
  LOOM_TRY(const Verdict first, ask(*rubric, one, stop));
  LOOM_TRY(const Verdict second, ask(*rubric, turned, stop));
  Verdict both;
  both.parts = {{"first_order", first.parsed}, {"second_order", second.parsed}};
  if (!first.value || !second.value) {
    both.rule = first.value ? second.rule : first.rule;
    return both;
  }
  const bool agree = *first.value == 1 - *second.value;
  both.parts["orders_agree"] = agree;
  both.value = agree ? *first.value : 0.5;
  both.rule = agree ? "both orders agree" : "the orders disagree";
  both.parsed = *both.value == 0.5 ? "tie" : *both.value == 1 ? "first" : "second";
  return both;
}

}  // namespace loom
