// What urlize takes for an address, by the reference's rules (jinja2 3.1). Each text is looked
// through once from the left, whatever it holds.
#pragma once

#include <string>

namespace loom::jinja {

// http://, https://, www. or a host below one of the oldest names, with port and path.
bool is_address(const std::string& word);
bool is_mail_address(const std::string& word);

}  // namespace loom::jinja
