#include "core/tokenizer/jinja_interpreter.h"

#include "core/tokenizer/jinja_globals.h"

namespace loom::jinja {

std::string Interpreter::run(const Block& block, const nlohmann::ordered_json& values) {
  auto globals = std::make_shared<Frame>();
  globals->values = global_values(now_, namespaces_);
  root_ = std::make_shared<Frame>();
  root_->parent = globals;
  frame_ = root_;
  frames_ = {root_, globals};
  // Macros hold the frame they were made in, and a namespace can hold itself: emptying them breaks
  // the circles.
  struct Release {
    Interpreter& self;
    ~Release() {
      for (const FramePtr& frame : self.frames_) frame->values.clear();
      for (const auto& space : *self.namespaces_)
        if (auto dict = space.lock()) dict->items.clear();
      self.frames_.clear();
    }
  } release{*this};
  collect_blocks(block);
  globals->values["self"] = self_value();
  for (const auto& [key, value] : values.items()) frame_->values[key] = Value::from(value);
  std::string out;
  execute(block, out);
  check_length(out.size());
  return out;
}

Value Interpreter::lookup(const std::string& name) const {
  for (Frame* frame = frame_.get(); frame; frame = frame->parent.get())
    if (auto found = frame->values.find(name); found != frame->values.end()) return found->second;
  return Value::undefined(name);
}

void Interpreter::collect_blocks(const Block& block) {
  for (const auto& statement : block) {
    if (statement->kind == Statement::named_block) blocks_[statement->text] = statement.get();
    for (const Block& inner : statement->bodies) collect_blocks(inner);
  }
}

// What a template calls itself by: its blocks.
Value Interpreter::self_value() {
  Dict self;
  self.set("__repr__", "<TemplateReference None>");
  for (const auto& [name, statement] : blocks_)
    self.set(name,
             Callable([this, block = statement](const Arguments&) { return named_block(*block); }));
  return Value(std::move(self)).shaped(Shape::object);
}

Interpreter::Flow Interpreter::execute(const Block& block, std::string& out) {
  for (const auto& statement : block)
    if (const Flow flow = execute(*statement, out); flow != Flow::on) return flow;
  return Flow::on;
}

void Interpreter::write(const Value& value, std::string& out) const {
  const std::string text = value.print();
  append(out, escaping_ && !value.is_markup() ? escape_html(text) : text);
}

Interpreter::Flow Interpreter::execute(const Statement& statement, std::string& out) {
  step(out);
  Flow flow = Flow::on;
  switch (statement.kind) {
    case Statement::data:
      append(out, statement.text);
      break;
    case Statement::output:
      for (const auto& part : statement.parts) write(evaluate(*part), out);
      break;
    case Statement::if_block:
      return execute_if(statement, out);
    case Statement::for_block:
      execute_for(statement, evaluate(*statement.parts[0]), out, 1);
      break;
    case Statement::set:
      assign(*statement.targets[0], evaluate(*statement.parts[0]));
      break;
    case Statement::set_block: {
      Value text = body_text(statement, flow, filters_escape_);
      if (flow == Flow::on)
        assign(*statement.targets[0], through_chain(*statement.parts[0], std::move(text)));
      break;
    }
    case Statement::filter_block: {
      Value text = body_text(statement, flow, escaping_);
      if (flow == Flow::on) write(through_chain(*statement.parts[0], std::move(text)), out);
      break;
    }
    case Statement::macro:
      frame_->values[statement.text] = make_macro(statement);
      frames_.push_back(frame_);
      break;
    case Statement::call_block:
      execute_call(statement, out);
      break;
    case Statement::with_block:
      return execute_with(statement, out);
    case Statement::generation:
      append(out, body_text(statement, flow, false).print());
      break;
    case Statement::named_block:
      append(out, named_block(statement).print());
      break;
    case Statement::escape_block:
      return scoped(frame_, [&] {
        escaping_ = filters_escape_ = evaluate(*statement.parts[0]).truth();
        return execute(statement.bodies[0], out);
      });
    case Statement::unavailable:
      throw TemplateError("{% " + statement.text + " %} needs another template, and there is none");
    case Statement::break_loop:
      return Flow::broken;
    case Statement::continue_loop:
      return Flow::continued;
  }
  return flow;
}

Interpreter::Flow Interpreter::execute_if(const Statement& statement, std::string& out) {
  for (size_t i = 0; i < statement.bodies.size(); ++i)
    if (i >= statement.parts.size() || evaluate(*statement.parts[i]).truth())
      return execute(statement.bodies[i], out);
  return Flow::on;
}

// The values are those of outside, whatever names the block gives.
Interpreter::Flow Interpreter::execute_with(const Statement& statement, std::string& out) {
  List values;
  for (const auto& part : statement.parts) values.push_back(evaluate(*part));
  return scoped(frame_, [&] {
    for (size_t i = 0; i < values.size(); ++i) assign(*statement.targets[i], values[i]);
    return execute(statement.bodies[0], out);
  });
}

Value Interpreter::body_text(const Statement& statement, Flow& flow, bool markup) {
  std::string text;
  flow = scoped(frame_, [&] { return execute(statement.bodies[0], text); });
  return Value(std::move(text)).shaped(markup ? Shape::markup : Shape::plain);
}

Value Interpreter::named_block(const Statement& statement) {
  if (statement.required)
    throw TemplateError("the block \"" + statement.text + "\" has to be filled in");
  std::string text;
  scoped(statement.scoped ? frame_ : root_, [&] {
    escaping_ = false;  // a block is a place of its own
    return execute(statement.bodies[0], text);
  });
  return Value(std::move(text)).shaped(filters_escape_ ? Shape::markup : Shape::plain);
}

void Interpreter::assign(const Expression& target, Value value) {
  if (target.kind == Expression::name) {
    frame_->values[target.text] = std::move(value);
    return;
  }
  if (target.kind == Expression::tuple) {
    const List parts = iterate(value);
    if (parts.size() != target.parts.size())
      throw TemplateError("there are not as many values as names");
    for (size_t i = 0; i < parts.size(); ++i) assign(*target.parts[i], parts[i]);
    return;
  }
  const Value object = evaluate(*target.parts[0]);
  if (!object.dict() || object.shape != Shape::name_space)
    throw TemplateError("only a namespace's attributes can be set");
  check_namespace_name(target.text);
  object.dict()->set(target.text, std::move(value));
}

Value Interpreter::filtered(const std::string& name, const Value& value,
                            const Arguments& arguments) {
  spend(1 + (value.text() ? value.text()->size() / 1024 : 0));
  return apply_filter(
      name, value, arguments, filters_escape_,
      [this](const std::string& n, const Value& v, const Arguments& a) {
        return filtered(n, v, a);
      },
      [](const std::string& n, const Value& v, const Arguments& a) { return apply_test(n, v, a); });
}

Value Interpreter::through_chain(const Expression& chain, Value text) {
  if (chain.kind == Expression::literal) return text;
  const Value inner = through_chain(*chain.parts[0], std::move(text));
  return filtered(chain.text, inner, evaluate_arguments(chain.arguments));
}

std::string render(const Block& block, const nlohmann::ordered_json& values,
                   const std::string& now) {
  return Interpreter(now).run(block, values);
}

}  // namespace loom::jinja
