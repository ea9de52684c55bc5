// {% for %} and what `loop` knows.
#include <array>

#include "core/tokenizer/jinja_interpreter.h"

namespace loom::jinja {
namespace {

constexpr size_t kTurnSteps = 20;  // a turn of a loop makes a frame and the fields of `loop`

Value field(const char* name) {
  return Value(name);
}

}  // namespace

Value Interpreter::loop_value(const Statement& statement, const List& items, size_t i,
                              int64_t depth, const FramePtr& outer,
                              const std::shared_ptr<Value>& last_changed) {
  Dict loop;
  auto add = [&](const char* name, Value value) {
    loop.items.emplace_back(field(name), std::move(value));
  };
  const auto index = static_cast<int64_t>(i), count = static_cast<int64_t>(items.size());
  add("index", index + 1);
  add("index0", index);
  add("first", i == 0);
  add("last", i + 1 == items.size());
  add("length", count);
  add("revindex", count - index);
  add("revindex0", count - index - 1);
  add("depth", depth);
  add("depth0", depth - 1);
  add("previtem", i > 0 ? items[i - 1] : Value::undefined("previtem"));
  add("nextitem", i + 1 < items.size() ? items[i + 1] : Value::undefined("nextitem"));
  add("cycle", Callable([i](const Arguments& arguments) -> Value {
        if (arguments.positional.empty()) throw TemplateError("cycle needs values");
        return arguments.positional[i % arguments.positional.size()];
      }));
  add("changed", Callable([last_changed](const Arguments& arguments) -> Value {
        const Value now = Value::tuple(arguments.positional);
        const bool changed = last_changed->is_undefined() || !(*last_changed == now);
        *last_changed = now;
        return changed;
      }));
  add("__repr__", "<LoopContext " + std::to_string(index + 1) + "/" + std::to_string(count) + ">");
  // Only while the loop runs: a namespace may keep `loop`, and this would hold the frames with it.
  if (statement.recursive)
    add("__call__", Callable([this, &statement, depth, weak = std::weak_ptr<Frame>(outer)](
                                 const Arguments& arguments) -> Value {
          const FramePtr frame = weak.lock();
          if (!frame || arguments.positional.size() != 1)
            throw TemplateError("loop() takes one value, within the loop");
          std::string text;
          scoped(frame, [&] { execute_for(statement, arguments.positional[0], text, depth + 1); });
          return text;
        }));
  return Value(std::move(loop)).shaped(Shape::object);
}

List Interpreter::loop_items(const Statement& statement, const Value& iterable) {
  List items = iterate(iterable);
  if (!statement.condition) return items;
  List kept;
  for (const Value& item : items)
    scoped(frame_, [&] {
      spend(1);
      assign(*statement.targets[0], item);
      if (evaluate(*statement.condition).truth()) kept.push_back(item);
    });
  return kept;
}

void Interpreter::execute_for(const Statement& statement, const Value& iterable, std::string& out,
                              int64_t depth) {
  const List items = loop_items(statement, iterable);
  const auto last_changed = std::make_shared<Value>();
  const FramePtr outer = frame_;
  // The other branch is for loops none of whose turns came to its end.
  bool ended = false, stop = false;
  for (size_t i = 0; i < items.size() && !stop; ++i)
    scoped(outer, [&] {
      spend(kTurnSteps);
      step(out);
      assign(*statement.targets[0], items[i]);
      frame_->values["loop"] = loop_value(statement, items, i, depth, outer, last_changed);
      const Flow flow = execute(statement.bodies[0], out);
      ended = ended || flow == Flow::on;
      stop = flow == Flow::broken;
    });
  if (!ended && statement.bodies.size() > 1)
    scoped(frame_, [&] { return execute(statement.bodies[1], out); });
}

}  // namespace loom::jinja
