#include "core/catalog/bibtex.h"

#include <regex>

namespace loom {
namespace {

// What TeX would take for a command.
std::string escaped(const std::string& text) {
  std::string safe;
  for (char c : text) {
    if (c == '\\') {
      safe += "\\textbackslash{}";
    } else if (c == '~') {
      safe += "\\textasciitilde{}";
    } else if (c == '^') {
      safe += "\\textasciicircum{}";
    } else if (c == '{' || c == '}') {  // BibTeX counts braces behind backslashes, too
      safe += c == '{' ? "\\textbraceleft{}" : "\\textbraceright{}";
    } else {
      if (std::string_view("&%$#_").find(c) != std::string_view::npos) safe += '\\';
      safe += c;
    }
  }
  return safe;
}

// "Bai and Li" → "Bai and Li"; "Bai et al." → "Bai and others"; "Bai, Li" → "Bai and Li".
std::string authors(std::string names) {
  names = std::regex_replace(names, std::regex(R"(,?\s+et al\.?$)"), " and others");
  return std::regex_replace(names, std::regex(R"(,\s+(and\s+)?)"), " and ");
}

}  // namespace

std::string bibtex(const BenchmarkDescription& benchmark) {
  if (!benchmark.bibtex.empty()) return benchmark.bibtex + "\n";
  std::string entry = "@misc{" + benchmark.id;
  const auto add = [&entry](const char* field, const std::string& value) {
    entry += std::string(",\n  ") + field + " = {" + value + "}";
  };
  std::smatch parts;
  if (std::regex_match(benchmark.citation, parts,
                       std::regex(R"((.+?),?\s+(\d{4})\.\s+(.+?)\.?)"))) {
    add("title", "{" + escaped(parts[3]) + "}");
    add("author", escaped(authors(parts[1])));
    add("year", parts[2]);
  } else {
    add("title",
        "{" + escaped(benchmark.citation.empty() ? benchmark.title : benchmark.citation) + "}");
  }
  if (!benchmark.paper.empty()) add("howpublished", "\\url{" + benchmark.paper + "}");
  add("note", escaped(benchmark.title + ", version " + benchmark.version));
  return entry + "\n}\n";
}

std::string bibtex(const std::vector<const BenchmarkDescription*>& benchmarks) {
  std::string text;
  for (const BenchmarkDescription* benchmark : benchmarks)
    text += (text.empty() ? "" : "\n") + bibtex(*benchmark);
  return text;
}

}  // namespace loom
