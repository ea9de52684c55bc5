// Walks a template's tree. Steps, recursion and output are bounded.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "core/tokenizer/jinja_globals.h"
#include "core/tokenizer/jinja_parser.h"

namespace loom::jinja {

// `now` is ISO 8601 local time for strftime_now; empty uses the clock. Throws TemplateError.
std::string render(const Block& block, const nlohmann::ordered_json& values,
                   const std::string& now);

struct Frame {
  std::unordered_map<std::string, Value> values;
  std::shared_ptr<Frame> parent;
};
using FramePtr = std::shared_ptr<Frame>;

class Interpreter {
 public:
  explicit Interpreter(std::string now) : now_(std::move(now)) {}
  std::string run(const Block& block, const nlohmann::ordered_json& values);

 private:
  // How a block of statements ended.
  enum class Flow { on, broken, continued };

  void step(const std::string& out) {
    spend(1);
    check_length(out.size());
  }
  Value lookup(const std::string& name) const;
  // Runs with a frame of its own, and puts the old one back however it ends.
  template <typename Work>
  auto scoped(FramePtr parent, Work work) {
    check_stack();
    struct Restore {
      Interpreter& self;
      FramePtr frame;
      bool escaping, filters_escape;
      ~Restore() {
        self.frame_ = std::move(frame);
        self.escaping_ = escaping;
        self.filters_escape_ = filters_escape;
      }
    } restore{*this, frame_, escaping_, filters_escape_};
    frame_ = std::make_shared<Frame>();
    frame_->parent = std::move(parent);
    return work();
  }

  Flow execute(const Block& block, std::string& out);
  Flow execute(const Statement& statement, std::string& out);
  Flow execute_if(const Statement& statement, std::string& out);
  void execute_for(const Statement& statement, const Value& iterable, std::string& out,
                   int64_t depth);
  List loop_items(const Statement& statement, const Value& iterable);
  Value loop_value(const Statement& statement, const List& items, size_t i, int64_t depth,
                   const FramePtr& outer, const std::shared_ptr<Value>& last_changed);
  Flow execute_with(const Statement& statement, std::string& out);
  void execute_call(const Statement& statement, std::string& out);
  void write(const Value& value, std::string& out) const;
  void assign(const Expression& target, Value value);

  void collect_blocks(const Block& block);
  Value self_value();
  Value named_block(const Statement& statement);
  // What a body prints, in a frame of its own.
  Value body_text(const Statement& statement, Flow& flow, bool markup);

  Value make_macro(const Statement& statement);
  Value call_macro(const Statement& statement, const FramePtr& closure, bool escaping,
                   const Arguments& given);
  void bind_parameters(const Statement& statement, const Arguments& given);
  void bind_rest(const Statement& statement, const Arguments& given);

  Value evaluate(const Expression& expression);
  Value evaluate_call(const Expression& expression);
  Value evaluate_compare(const Expression& expression);
  Arguments evaluate_arguments(const CallArguments& arguments);
  Value filtered(const std::string& name, const Value& value, const Arguments& arguments);
  // A chain of filters on the text of a block.
  Value through_chain(const Expression& chain, Value text);

  std::string now_;
  FramePtr frame_, root_;
  std::vector<FramePtr> frames_;  // whose macros hold them
  std::shared_ptr<Namespaces> namespaces_ = std::make_shared<Namespaces>();
  std::unordered_map<std::string, const Statement*> blocks_;
  // Within {% autoescape true %}: as the text has it, and as what runs has it. A macro of another
  // place prints by the one; filters and what a macro gives go by the other, as in the reference.
  bool escaping_ = false, filters_escape_ = false;
};

// What is called, with the arguments; an error for what cannot be.
Value call(const Value& callee, const Arguments& arguments);

}  // namespace loom::jinja
