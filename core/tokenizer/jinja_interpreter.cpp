#include "core/tokenizer/jinja_interpreter.h"

#include <optional>
#include <unordered_map>

#include "core/tokenizer/jinja_globals.h"
#include "core/tokenizer/jinja_operators.h"

namespace loom::jinja {
namespace {

constexpr size_t kTurnSteps = 20;  // a turn of a loop makes a frame and the thirteen fields of `loop`
constexpr int kDeepest = 150;
constexpr int kDeepestExpression = 1200;  // chains within nested parts; about 1 MB of stack

struct Frame {
  std::unordered_map<std::string, Value> values;
  std::shared_ptr<Frame> parent;
};
using FramePtr = std::shared_ptr<Frame>;

struct BreakLoop {};
struct ContinueLoop {};

class Interpreter {
 public:
  explicit Interpreter(std::string now) : now_(std::move(now)) {}

  std::string run(const Block& block, const nlohmann::ordered_json& values) {
    auto globals = std::make_shared<Frame>();
    globals->values = global_values(now_);
    frame_ = std::make_shared<Frame>();
    frame_->parent = globals;
    for (const auto& [key, value] : values.items()) frame_->values[key] = Value::from(value);
    // Macros hold the frame they were made in; emptying it breaks the circle.
    struct Release {
      FramePtr frame;
      ~Release() { frame->values.clear(); }
    } release{frame_};
    std::string out;
    execute(block, out);
    return out;
  }

 private:
  void step(const std::string& out = {}, size_t cost = 1) {
    if ((steps_ += cost) > kMostSteps) throw TemplateError("the template runs too long");
    if (out.size() > kMostOutput) throw TemplateError("the template writes too much");
  }
  Value lookup(const std::string& name) const {
    for (Frame* frame = frame_.get(); frame; frame = frame->parent.get())
      if (auto found = frame->values.find(name); found != frame->values.end()) return found->second;
    return Value::undefined(name);
  }
  // Runs with a frame of its own, and puts the old one back however it ends.
  template <typename Work>
  void scoped(FramePtr parent, Work work) {
    if (++depth_ > kDeepest) throw TemplateError("the template calls itself too deeply");
    FramePtr before = frame_;
    frame_ = std::make_shared<Frame>();
    frame_->parent = std::move(parent);
    struct Restore {
      Interpreter& self;
      FramePtr frame;
      ~Restore() {
        self.frame_ = std::move(frame);
        --self.depth_;
      }
    } restore{*this, before};
    work();
  }

  void execute(const Block& block, std::string& out) {
    for (const auto& statement : block) execute(*statement, out);
  }
  void execute(const Statement& statement, std::string& out);
  void execute_for(const Statement& statement, const Value& iterable, std::string& out, int64_t depth);
  void execute_set(const Statement& statement);
  void assign(const Expression& target, Value value);
  Value make_macro(const Statement& statement);
  Value call_macro(const Statement& statement, const FramePtr& closure, const Arguments& given);

  Value evaluate(const Expression& expression);
  Value evaluate_binary(const Expression& expression);
  Value evaluate_compare(const Expression& expression);
  Arguments evaluate_arguments(const CallArguments& arguments);
  Value filtered(const std::string& name, const Value& value, const Arguments& arguments) {
    step();
    return apply_filter(
        name, value, arguments,
        [this](const std::string& n, const Value& v, const Arguments& a) { return filtered(n, v, a); },
        [](const std::string& n, const Value& v, const Arguments& a) { return apply_test(n, v, a); });
  }
  // A chain of filters on the text of a block.
  Value through_chain(const Expression& chain, Value text) {
    if (chain.kind == Expression::literal) return text;
    Value inner = through_chain(*chain.parts[0], std::move(text));
    return filtered(chain.text, inner, evaluate_arguments(chain.arguments));
  }

  std::string now_;
  FramePtr frame_;
  size_t steps_ = 0;
  int depth_ = 0;
  int expression_depth_ = 0;
};

void Interpreter::execute(const Statement& statement, std::string& out) {
  step(out);
  switch (statement.kind) {
    case Statement::data: out += statement.text; return;
    case Statement::output: out += evaluate(*statement.parts[0]).print(); return;
    case Statement::if_block:
      for (size_t i = 0; i < statement.bodies.size(); ++i)
        if (i >= statement.parts.size() || evaluate(*statement.parts[i]).truth()) return execute(statement.bodies[i], out);
      return;
    case Statement::for_block: return execute_for(statement, evaluate(*statement.parts[0]), out, 1);
    case Statement::set: return execute_set(statement);
    case Statement::set_block: {
      std::string text;
      scoped(frame_, [&] { execute(statement.bodies[0], text); });
      return assign(*statement.targets[0], through_chain(*statement.parts[0], text));
    }
    case Statement::macro: frame_->values[statement.text] = make_macro(statement); return;
    case Statement::call_block: {
      const Expression& call = *statement.parts[0];
      Arguments arguments = evaluate_arguments(call.arguments);
      Value callee = evaluate(*call.parts[0]);
      if (!callee.callable()) throw TemplateError("what is called is not a macro");
      arguments.named.emplace_back("caller", make_macro(statement));
      out += (*callee.callable())(arguments).print();
      return;
    }
    case Statement::filter_block: {
      std::string text;
      scoped(frame_, [&] { execute(statement.bodies[0], text); });
      out += through_chain(*statement.parts[0], text).print();
      return;
    }
    case Statement::with_block:
      return scoped(frame_, [&] {
        for (size_t i = 0; i < statement.targets.size(); ++i) assign(*statement.targets[i], evaluate(*statement.parts[i]));
        execute(statement.bodies[0], out);
      });
    case Statement::plain_block: return scoped(frame_, [&] { execute(statement.bodies[0], out); });
    case Statement::break_loop: throw BreakLoop{};
    case Statement::continue_loop: throw ContinueLoop{};
  }
}

Value loop_value(const List& items, size_t i, int64_t depth) {
  Dict loop;
  auto index = static_cast<int64_t>(i), count = static_cast<int64_t>(items.size());
  loop.set("index", index + 1);
  loop.set("index0", index);
  loop.set("revindex", count - index);
  loop.set("revindex0", count - index - 1);
  loop.set("first", i == 0);
  loop.set("last", i + 1 == items.size());
  loop.set("length", count);
  loop.set("depth", depth);
  loop.set("depth0", depth - 1);
  loop.set("previtem", i > 0 ? items[i - 1] : Value::undefined("previtem"));
  loop.set("nextitem", i + 1 < items.size() ? items[i + 1] : Value::undefined("nextitem"));
  loop.set("cycle", Callable([i](const Arguments& arguments) -> Value {
             if (arguments.positional.empty()) throw TemplateError("cycle needs values");
             return arguments.positional[i % arguments.positional.size()];
           }));
  return loop;
}

void Interpreter::execute_for(const Statement& statement, const Value& iterable, std::string& out, int64_t depth) {
  auto bind = [&](const Value& item) {
    if (statement.targets.size() == 1) return assign(*statement.targets[0], item);
    List parts = iterate(item);
    if (parts.size() != statement.targets.size()) throw TemplateError("a loop's item has another number of parts");
    for (size_t i = 0; i < parts.size(); ++i) assign(*statement.targets[i], parts[i]);
  };
  List items = iterate(iterable);
  if (statement.condition) {
    List kept;
    for (const Value& item : items)
      scoped(frame_, [&] {
        step();
        bind(item);
        if (evaluate(*statement.condition).truth()) kept.push_back(item);
      });
    items = std::move(kept);
  }
  if (items.empty()) {
    if (statement.bodies.size() > 1) scoped(frame_, [&] { execute(statement.bodies[1], out); });
    return;
  }
  auto last_changed = std::make_shared<std::optional<List>>();
  FramePtr outer = frame_;
  for (size_t i = 0; i < items.size(); ++i) {
    bool stop = false;
    scoped(outer, [&] {
      step(out, kTurnSteps);
      bind(items[i]);
      Value loop = loop_value(items, i, depth);
      loop.dict()->set("changed", Callable([last_changed](const Arguments& arguments) -> Value {
        bool changed = !*last_changed || !(**last_changed == arguments.positional);
        *last_changed = arguments.positional;
        return changed;
      }));
      if (statement.recursive)
        loop.dict()->set("__call__", Callable([this, &statement, depth, outer](const Arguments& arguments) -> Value {
          if (arguments.positional.empty()) throw TemplateError("loop() needs a value");
          std::string text;
          scoped(outer, [&] { execute_for(statement, arguments.positional[0], text, depth + 1); });
          return text;
        }));
      frame_->values["loop"] = loop;
      try {
        execute(statement.bodies[0], out);
      } catch (const BreakLoop&) {
        stop = true;
      } catch (const ContinueLoop&) {
      }
    });
    if (stop) return;
  }
}

void Interpreter::assign(const Expression& target, Value value) {
  if (target.kind == Expression::name) {
    frame_->values[target.text] = std::move(value);
    return;
  }
  Value object = evaluate(*target.parts[0]);
  if (!object.dict() || !object.namespaced) throw TemplateError("only a namespace's attributes can be set");
  object.dict()->set(target.text, std::move(value));
}

void Interpreter::execute_set(const Statement& statement) {
  Value value = evaluate(*statement.parts[0]);
  if (statement.targets.size() == 1) return assign(*statement.targets[0], std::move(value));
  List parts = iterate(value);
  if (parts.size() != statement.targets.size()) throw TemplateError("set has another number of values than names");
  for (size_t i = 0; i < parts.size(); ++i) assign(*statement.targets[i], parts[i]);
}

Value Interpreter::make_macro(const Statement& statement) {
  FramePtr closure = frame_;
  return Callable([this, &statement, closure](const Arguments& given) { return call_macro(statement, closure, given); });
}

Value Interpreter::call_macro(const Statement& statement, const FramePtr& closure, const Arguments& given) {
  std::string text;
  scoped(closure, [&] {
    size_t first_default = statement.parameters.size() - statement.defaults.size();
    for (size_t i = 0; i < statement.parameters.size(); ++i) {
      const std::string& name = statement.parameters[i];
      if (const Value* value = given.get(i, name.c_str())) {
        frame_->values[name] = *value;
      } else {
        frame_->values[name] = i >= first_default ? evaluate(*statement.defaults[i - first_default]) : Value::undefined(name);
      }
    }
    if (const Value* caller = given.get(SIZE_MAX, "caller")) frame_->values["caller"] = *caller;
    List rest;
    for (size_t i = statement.parameters.size(); i < given.positional.size(); ++i) rest.push_back(given.positional[i]);
    frame_->values["varargs"] = rest;
    execute(statement.bodies[0], text);
  });
  return text;
}

Arguments Interpreter::evaluate_arguments(const CallArguments& arguments) {
  Arguments result;
  for (const auto& part : arguments.positional) result.positional.push_back(evaluate(*part));
  for (const auto& [name, part] : arguments.named) result.named.emplace_back(name, evaluate(*part));
  if (arguments.star)
    for (Value& value : iterate(evaluate(*arguments.star))) result.positional.push_back(std::move(value));
  if (arguments.double_star) {
    Value more = evaluate(*arguments.double_star);
    if (!more.dict()) throw TemplateError("** needs a dictionary");
    for (const auto& [key, value] : more.dict()->items) result.named.emplace_back(key.print(), value);
  }
  return result;
}

Value Interpreter::evaluate_binary(const Expression& expression) {
  Value a = evaluate(*expression.parts[0]), b = evaluate(*expression.parts[1]);
  return binary_operation(expression.text, a, b);
}

Value Interpreter::evaluate_compare(const Expression& expression) {
  Value left = evaluate(*expression.parts[0]);
  for (size_t i = 0; i < expression.operators.size(); ++i) {
    Value right = evaluate(*expression.parts[i + 1]);
    if (!comparison_holds(expression.operators[i], left, right)) return false;
    left = std::move(right);
  }
  return true;
}

Value Interpreter::evaluate(const Expression& expression) {
  step();
  struct Level {
    int& depth;
    explicit Level(int& at) : depth(++at) {}
    ~Level() { --depth; }
  } level(expression_depth_);
  if (expression_depth_ > kDeepestExpression) throw TemplateError("an expression is nested too deeply");
  auto part = [&](size_t i) { return evaluate(*expression.parts[i]); };
  switch (expression.kind) {
    case Expression::literal: return expression.value;
    case Expression::name: return lookup(expression.text);
    case Expression::list:
    case Expression::tuple: {
      List list;
      for (const auto& item : expression.parts) list.push_back(evaluate(*item));
      Value value = list;
      value.tuple = expression.kind == Expression::tuple;
      return value;
    }
    case Expression::dict: {
      Dict dict;
      for (size_t i = 0; i + 1 < expression.parts.size(); i += 2) dict.set(part(i), part(i + 1));
      return dict;
    }
    case Expression::attribute: return attribute(part(0), expression.text);
    case Expression::subscript: return subscript(part(0), part(1));
    case Expression::slice: return slice(part(0), part(1), part(2), part(3));
    case Expression::call: {
      Value callee = part(0);
      Arguments arguments = evaluate_arguments(expression.arguments);
      if (callee.dict())
        if (Value* recursive = callee.dict()->find("__call__")) callee = *recursive;
      if (!callee.callable())
        throw TemplateError("what is called on line " + std::to_string(expression.line) + " is not a function");
      return (*callee.callable())(arguments);
    }
    case Expression::filter: {
      Value value = part(0);
      return filtered(expression.text, value, evaluate_arguments(expression.arguments));
    }
    case Expression::test: {
      Value value = part(0);
      return apply_test(expression.text, value, evaluate_arguments(expression.arguments));
    }
    case Expression::unary: {
      Value value = part(0);
      if (expression.text == "+") return value.as<double>() ? value : Value(value.integer());
      return value.as<double>() ? Value(-value.number()) : Value(-value.integer());
    }
    case Expression::binary: return evaluate_binary(expression);
    case Expression::compare: return evaluate_compare(expression);
    case Expression::logic_and: {
      Value left = part(0);
      return left.truth() ? part(1) : left;
    }
    case Expression::logic_or: {
      Value left = part(0);
      return left.truth() ? left : part(1);
    }
    case Expression::logic_not: return !part(0).truth();
    case Expression::conditional:
      if (part(0).truth()) return part(1);
      return expression.parts.size() > 2 ? part(2) : Value();
  }
  return {};
}

}  // namespace

std::string render(const Block& block, const nlohmann::ordered_json& values, const std::string& now) {
  return Interpreter(now).run(block, values);
}

}  // namespace loom::jinja
