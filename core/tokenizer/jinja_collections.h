// The methods of dictionaries and lists that change nothing; those that would are undefined.
#pragma once

#include <string>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

Value dict_method(const Value& value, const std::string& name);
Value list_method(const Value& value, const std::string& name);  // of tuples, too
// dict(...) and its fromkeys.
Value make_dict(const Arguments& arguments);
Value dict_from_keys(const Arguments& arguments);

}  // namespace loom::jinja
