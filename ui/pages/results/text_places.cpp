#include "ui/pages/results/text_places.h"

#include <QStringMatcher>

namespace loom::ui {
namespace {

// Of UTF-8, for the UTF-16 units from one position up to another.
size_t bytes_between(const QString& text, qsizetype begin, qsizetype end) {
  size_t bytes = 0;
  for (qsizetype at = begin; at < end; ++at) {
    const char16_t unit = text[at].unicode();
    // Either half of a pair counts half of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || QChar::isSurrogate(unit) ? 2 : 3;
  }
  return bytes;
}

// For texts that are no UTF-8: their places in units cannot be told in bytes.
std::vector<ByteSpan> find_bytes(const std::string& text, const std::string& words) {
  std::vector<ByteSpan> places;
  for (size_t at = text.find(words); at != std::string::npos && places.size() < kMostPlaces;
       at = text.find(words, at + words.size()))
    places.push_back({at, at + words.size()});
  return places;
}

}  // namespace

std::vector<ByteSpan> find_places(const std::string& text, const QString& words) {
  if (words.isEmpty()) return {};
  const QString units = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
  if (bytes_between(units, 0, units.size()) != text.size())
    return find_bytes(text, words.toStdString());
  const QStringMatcher matcher(words, Qt::CaseInsensitive);
  std::vector<ByteSpan> places;
  qsizetype counted = 0;
  size_t bytes = 0;
  for (qsizetype at = matcher.indexIn(units); at >= 0 && places.size() < kMostPlaces;
       at = matcher.indexIn(units, at + words.size())) {
    const size_t begin = bytes + bytes_between(units, counted, at);
    const qsizetype end = at + words.size();
    places.push_back({begin, begin + bytes_between(units, at, end)});
    counted = end;
    bytes = places.back().end;
  }
  return places;
}

}  // namespace loom::ui
