// Macros and call blocks.
#include <algorithm>

#include "core/tokenizer/jinja_interpreter.h"

namespace loom::jinja {
namespace {

bool has_parameter(const Statement& statement, const std::string& name) {
  return std::find(statement.parameters.begin(), statement.parameters.end(), name) !=
         statement.parameters.end();
}

bool is_given(const Arguments& given, const std::string& name) {
  return given.get(SIZE_MAX, name.c_str()) != nullptr;
}

}  // namespace

Value call(const Value& callee, const Arguments& arguments) {
  if (callee.callable()) return (*callee.callable())(arguments);
  const Value* function = callee.shape == Shape::object ? callee.dict()->find("__call__") : nullptr;
  if (!function) throw TemplateError("what is called is not a function");
  return (*function->callable())(arguments);
}

Value Interpreter::make_macro(const Statement& statement) {
  Dict macro;
  const FramePtr closure = frame_;
  List names;
  for (const std::string& name : statement.parameters) names.push_back(name);
  macro.set("__repr__", "<Macro '" + statement.text + "'>");
  macro.set("name", statement.text);
  macro.set("arguments", Value::tuple(std::move(names)));
  macro.set("catch_kwargs", (statement.special & uses_kwargs) != 0);
  macro.set("catch_varargs", (statement.special & uses_varargs) != 0);
  macro.set("caller", (statement.special & uses_caller) != 0 || has_parameter(statement, "caller"));
  macro.set("__call__",
            Callable([this, &statement, closure, escaping = escaping_](const Arguments& given) {
              return call_macro(statement, closure, escaping, given);
            }));
  return Value(std::move(macro)).shaped(Shape::object);
}

void Interpreter::bind_parameters(const Statement& statement, const Arguments& given) {
  const size_t first_default = statement.parameters.size() - statement.defaults.size();
  for (size_t i = 0; i < statement.parameters.size(); ++i) {
    const std::string& name = statement.parameters[i];
    if (i < given.positional.size() && is_given(given, name))
      throw TemplateError("the macro \"" + statement.text + "\" is given \"" + name + "\" twice");
    if (const Value* value = given.get(i, name.c_str())) {
      frame_->values[name] = *value;
    } else {
      // Named before its default is read, which then cannot see a name of outside.
      frame_->values[name] = Value::undefined(name);
      if (i >= first_default)
        frame_->values[name] = evaluate(*statement.defaults[i - first_default]);
    }
  }
}

void Interpreter::bind_rest(const Statement& statement, const Arguments& given) {
  List rest;
  for (size_t i = statement.parameters.size(); i < given.positional.size(); ++i)
    rest.push_back(given.positional[i]);
  if (!rest.empty() && !(statement.special & uses_varargs))
    throw TemplateError("the macro \"" + statement.text + "\" takes fewer values");
  Dict names;
  for (const auto& [name, value] : given.named) {
    if (has_parameter(statement, name)) continue;
    if (name == "caller" && (statement.special & uses_caller)) {
      frame_->values["caller"] = value;
      continue;
    }
    if (!(statement.special & uses_kwargs))
      throw TemplateError("the macro \"" + statement.text + "\" has no parameter \"" + name + "\"");
    names.set(name, value);
  }
  if (statement.special & uses_varargs) frame_->values["varargs"] = Value::tuple(std::move(rest));
  if (statement.special & uses_kwargs) frame_->values["kwargs"] = names;
  if ((statement.special & uses_caller) && !has_parameter(statement, "caller") &&
      !is_given(given, "caller"))
    frame_->values["caller"] = Value::undefined("caller");
}

Value Interpreter::call_macro(const Statement& statement, const FramePtr& closure, bool escaping,
                              const Arguments& given) {
  std::string text;
  scoped(closure, [&] {
    escaping_ = escaping;
    bind_parameters(statement, given);
    bind_rest(statement, given);
    return execute(statement.bodies[0], text);
  });
  return Value(std::move(text)).shaped(filters_escape_ ? Shape::markup : Shape::plain);
}

void Interpreter::execute_call(const Statement& statement, std::string& out) {
  const Expression& expression = *statement.parts[0];
  const Value callee = evaluate(*expression.parts[0]);
  Arguments arguments = evaluate_arguments(expression.arguments);
  arguments.named.emplace_back("caller", make_macro(statement));
  write(call(callee, arguments), out);
}

}  // namespace loom::jinja
