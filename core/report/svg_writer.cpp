#include "core/report/svg_writer.h"

#include <array>
#include <cmath>

#include "core/report/chart_text.h"
#include "core/report/glyph_outlines.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

std::string number(double value, int decimals = 3) {
  std::string text = number_text(value, decimals);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}
// Control characters are not allowed in XML 1.0, not even as references, nor is broken UTF-8.
std::string escaped(const std::string& text) {
  std::string result;
  for (char c : repair_utf8(text)) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      result += c;
  }
  return result;
}

std::string attribute(const std::string& name, const std::string& value) {
  return " " + name + "=\"" + escaped(value) + "\"";
}

std::string hex(Color color) {
  constexpr std::array digits = {'0', '1', '2', '3', '4', '5', '6', '7',
                                 '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  std::string text = "#";
  for (uint8_t channel : {color.r, color.g, color.b}) {
    text += digits[channel >> 4];
    text += digits[channel & 15];
  }
  return text;
}

std::string paint(const std::string& what, Color color) {
  if (color.a == 0) return attribute(what, "none");
  std::string text = attribute(what, hex(color));
  if (color.a < 255) text += attribute(what + "-opacity", number(color.a / 255.0));
  return text;
}

std::string stroke(const Stroke& stroke) {
  if (stroke.width <= 0 || stroke.color.a == 0) return "";
  std::string text =
      paint("stroke", stroke.color) + attribute("stroke-width", number(stroke.width));
  std::string dashes;
  for (double dash : stroke.dash) dashes += (dashes.empty() ? "" : " ") + number(dash);
  if (!dashes.empty()) text += attribute("stroke-dasharray", dashes);
  return text + attribute("stroke-linejoin", "round");
}

std::string glyph_id(size_t outline) {
  return "glyph-" + std::to_string(outline);
}

struct Writer {
  std::string& out;
  GlyphOutlines& outlines;
  const FigureTheme& theme;

  void operator()(const Polyline& line) const {
    std::string points;
    for (const Point& point : line.points)
      points += (points.empty() ? "" : " ") + number(point.x) + "," + number(point.y);
    out += line.closed ? "<polygon" : "<polyline";
    out += attribute("points", points) + paint("fill", line.fill) + stroke(line.stroke) + "/>\n";
  }

  void operator()(const Rectangle& rectangle) const {
    if (rectangle.hatched)
      for (const Polyline& line : hatch_lines(rectangle)) (*this)(line);
    out += "<rect" + attribute("x", number(rectangle.x)) + attribute("y", number(rectangle.y)) +
           attribute("width", number(rectangle.width)) +
           attribute("height", number(rectangle.height)) + paint("fill", rectangle.fill) +
           stroke(rectangle.stroke) + "/>\n";
  }

  void operator()(const Marker& marker) const {
    for (const Polyline& outline : marker_outlines(marker)) (*this)(outline);
    if (marker.shape != MarkerShape::circle) return;
    out += "<circle" + attribute("cx", number(marker.at.x)) + attribute("cy", number(marker.at.y)) +
           attribute("r", number(marker.size / 2)) + paint("fill", marker.color) + "/>\n";
  }

  void operator()(const Text& text) const {
    if (const auto line = outlines.line(text.text, text.bold))
      write_outlines(text, *line);
    else
      write_text(text);
  }

 private:
  static std::string moved(const Text& text) {
    std::string moves = "translate(" + number(text.at.x) + " " + number(text.at.y) + ")";
    if (text.rotation != 0) moves += " rotate(" + number(text.rotation) + ")";
    return moves;
  }

  void write_outlines(const Text& text, const GlyphOutlines::Line& line) const {
    const double share = text.align == Align::left ? 0 : text.align == Align::right ? 1 : 0.5;
    const std::string scale = number(text.size / GlyphOutlines::kEm, 6);
    out += "<g" + attribute("aria-label", text.text) + paint("fill", text.color) +
           attribute("transform", moved(text) + " scale(" + scale + ")") + ">";
    for (const GlyphOutlines::Placed& glyph : line.glyphs)
      out += "<use" + attribute("xlink:href", "#" + glyph_id(glyph.outline)) +
             attribute("x", std::to_string(std::lround(glyph.x - line.width * share))) + "/>";
    out += "</g>\n";
  }

  // Where no installed font has the characters, the reader's may.
  void write_text(const Text& text) const {
    out += "<text" + attribute("font-family", theme.font_family + ", sans-serif") +
           attribute("font-size", number(text.size)) + paint("fill", text.color);
    if (text.align != Align::left)
      out += attribute("text-anchor", text.align == Align::center ? "middle" : "end");
    if (text.bold) out += attribute("font-weight", "bold");
    out += attribute("transform", moved(text)) + ">" + escaped(text.text) + "</text>\n";
  }
};

}  // namespace

std::string figure_svg(const Figure& figure, const FigureTheme& theme) {
  std::string width = number(figure.width), height = number(figure.height);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out +=
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
      " version=\"1.1\" role=\"img\"" +
      attribute("width", width + "pt") + attribute("height", height + "pt") +
      attribute("viewBox", "0 0 " + width + " " + height) + ">\n";
  out += "<title>" + escaped(figure.title) + "</title>\n";
  out += "<desc>" + escaped(figure.description) + "</desc>\n";
  GlyphOutlines outlines(theme);
  std::string marks;
  for (const Mark& mark : figure.marks) std::visit(Writer{marks, outlines, theme}, mark);
  out += "<defs>\n";
  for (size_t i = 0; i < outlines.paths().size(); ++i)
    out += "<path" + attribute("id", glyph_id(i)) + attribute("d", outlines.paths()[i]) + "/>\n";
  out += "</defs>\n";
  out += "<rect" + attribute("width", width) + attribute("height", height) +
         paint("fill", figure.background) + "/>\n";
  return out + marks + "</svg>\n";
}

}  // namespace loom
