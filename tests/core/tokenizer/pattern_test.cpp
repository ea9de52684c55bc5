// Tokenizers' patterns as Oniguruma with Unicode 16 matches them. Every expected value is what the
// package `tokenizers` 0.23 finds with the same pattern (pre_tokenizers.Split, inverted, removed).
#include "core/tokenizer/pattern.h"

#include <QtTest>

#include "core/text/utf8.h"

using loom::Pattern;

namespace {

std::vector<std::string> pieces(const Pattern& pattern, const std::string& text) {
  std::vector<std::string> found;
  pattern.each_match(
      text, [&](size_t begin, size_t end) { found.push_back(text.substr(begin, end - begin)); });
  return found;
}

const std::string& every_code_point() {
  static const std::string text = [] {
    std::string made;
    for (uint32_t c = 0; c < 0x110000; ++c)
      if (c < 0xD800 || c >= 0xE000) loom::append_utf8(made, c);
    return made;
  }();
  return text;
}

constexpr const char* kTekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|)"
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|)"
    R"(\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

}  // namespace

class PatternTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // How many of all code points match, and their sum.
  void classes_are_those_of_unicode_16_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<qulonglong>("count");
    QTest::addColumn<qulonglong>("sum");
    auto row = [](const char* pattern, qulonglong count, qulonglong sum) {
      QTest::newRow(pattern) << QByteArray(pattern) << count << sum;
    };
    row(R"(\p{Lu})", 1858, 86924357);
    row(R"(\p{Ll})", 2258, 104713123);
    row(R"(\p{Lt})", 31, 220514);
    row(R"(\p{Lm})", 404, 19538368);
    row(R"(\p{Lo})", 136477, 15029532896);
    row(R"(\p{Mn})", 2020, 296911989);
    row(R"(\p{Mc})", 468, 19663575);
    row(R"(\p{Me})", 13, 195909);
    row(R"(\p{Nd})", 760, 39891450);
    row(R"(\p{Nl})", 236, 13199783);
    row(R"(\p{No})", 915, 57560662);
    row(R"(\p{Pc})", 10, 415682);
    row(R"(\p{Pd})", 27, 635487);
    row(R"(\p{Ps})", 79, 1830591);
    row(R"(\p{Pe})", 77, 1814706);
    row(R"(\p{Pi})", 12, 112041);
    row(R"(\p{Pf})", 10, 95624);
    row(R"(\p{Po})", 640, 23930884);
    row(R"(\p{Sm})", 950, 11722907);
    row(R"(\p{Sc})", 63, 1352243);
    row(R"(\p{Sk})", 125, 3403074);
    row(R"(\p{So})", 7376, 603692227);
    row(R"(\p{Zs})", 17, 124933);
    row(R"(\p{Zl})", 1, 8232);
    row(R"(\p{Zp})", 1, 8233);
    row(R"(\p{Cc})", 65, 5215);
    row(R"(\p{Cf})", 170, 92312063);
    row(R"(\p{Co})", 137468, 137822040966);
    row(R"(\p{Alphabetic})", 142759, 15314421907);
    row(R"(\p{Uppercase})", 1978, 97237165);
    row(R"(\p{Lowercase})", 2569, 117919901);
    row(R"(\p{White_Space})", 25, 141586);
    row(R"(\p{Han})", 99030, 12573883150);
    row(R"(\p{Latin})", 1487, 27421744);
    row(R"(\p{Greek})", 518, 15787342);
    row(R"(\p{Kannada})", 91, 295976);
    row(R"(\p{Lao})", 83, 312038);
    row(R"(\p{Hiragana})", 381, 33455756);
    row(R"(\p{Katakana})", 321, 9165001);
    row(R"(\p{Hangul})", 11739, 566124223);
    row(R"(\p{Balinese})", 127, 885875);
    row(R"(\p{Khitan_Small_Script})", 472, 47832426);
    row(R"(\p{Common})", 9053, 783105505);
    row(R"(\p{Inherited})", 657, 234641039);
    row(R"(\p{Ahom})", 65, 4644808);
    row(R"(\p{Georgian})", 173, 1173380);
    row(R"(\p{Glagolitic})", 134, 5756118);
    row(R"(\p{Telugu})", 100, 312966);
    row(R"(\p{Tamil})", 123, 3974599);
    row(R"(\p{Khojki})", 65, 4561487);
    row(R"(\p{Tangut})", 6914, 675256232);
    row(R"(\p{Nushu})", 397, 44112547);
    row(R"(\p{Mongolian})", 168, 1892316);
    row(R"(\p{Bopomofo})", 77, 949027);
    row(R"(\p{Khmer})", 146, 904829);
    row(R"(\p{Thai})", 86, 312105);
    row(R"(\p{Hebrew})", 134, 3087732);
    row(R"(\p{Ethiopic})", 523, 7671168);
    row(R"(\d)", 760, 39891450);
    row(R"(\h)", 22, 1527);
    row(R"([[:punct:]])", 9369, 649005466);
    row(R"([[:alpha:]])", 142759, 15314421907);
    row(R"([[:space:]])", 25, 141586);
    row(R"([[:alnum:]])", 143519, 15354313357);
    row(R"((?i)\p{Lu})", 1858, 86924357);
    row(R"([^\w])", 967399, 604885245901);
    row(R"(\W)", 967393, 604885244792);
    row(R"([\W])", 967399, 604885245901);
  }
  void classes_are_those_of_unicode_16() {
    QFETCH(QByteArray, pattern);
    QFETCH(qulonglong, count);
    QFETCH(qulonglong, sum);
    auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY2(compiled.has_value(), compiled ? "" : compiled.error().message.c_str());
    qulonglong found = 0, points = 0;
    const std::string& text = every_code_point();
    (*compiled)->each_match(text, [&](size_t begin, size_t end) {
      while (begin < end) {
        const loom::CodePoint point = loom::decode_utf8(text, begin);
        ++found, points += point.value;
        begin += point.bytes;
      }
    });
    QCOMPARE(found, count);
    QCOMPARE(points, sum);
  }

  void texts_are_cut_as_by_the_reference() {
    struct Case {
      const char *pattern, *text;
      std::vector<std::string> wanted;
    };
    const Case cases[] = {
        {kTekken, " \U00016D79", {" ", "\U00016D79"}},
        {kTekken, "a\U00016D79\U00016D70b", {"a", "\U00016D79", "\U00016D70", "b"}},
        {kTekken,
         "x\U00010D50\U00010D70y \U00010D6E!\U0001E4F9",
         {"x", "\U00010D50\U00010D70y", " \U00010D6E!", "\U0001E4F9"}},
        {R"(\s?\p{P}+)", "a \u1B4E!\u2427", {" \u1B4E!"}},
        {"[\u0800-\u4e00]+|\\p{L}+",
         "\u0897\u4dff"
         "a\U0001611E"
         "b",
         {"\u0897\u4dff", "a", "b"}},
        {"(?i:\u00c9T|x)\\p{Lu}?", "\u00e9T\ua7cb X\u1c89q", {"\u00e9T\ua7cb", "X\u1c89"}},
        {" ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+",
         " ab, c(d)|\u00e9\u2026"
         "f",
         {" ab", " c", "d", "\u00e9", "f"}},
        {R"(\w+|[^\w\s]+)",
         "\u00b2\u00bd"
         "a\u0301\u16ee \u203f_! \u24d0",
         {"\u00b2\u00bd"
          "a\u0301\u16ee",
          "\u203f_", "!", "\u24d0"}},
        {R"([\W]+|\w)",
         "\u00b2"
         "a! \u00bd"
         "b",
         {"\u00b2", "a", "! \u00bd", "b"}},
        {R"([^\Wa]+)", "xaby!", {"x", "by"}},
        {R"([^\W\d_]+)",
         "ab1_\u0301\u00b2"
         "c",
         {"ab", "\u0301", "c"}},
        {R"(\h+)", "ffg 1Fz", {"ff", "1F"}},
        {R"(\ba)",
         "\u00b2"
         "a a-a ba",
         {"a", "a"}},
        {R"(\v+)",
         "\n\x0b\u0085"
         "a",
         {"\x0b"}},
        {"(?m:a.b)", "a\nb", {"a\nb"}},
        {"a{,2}b", "aaab", {"aab"}},
        {"[a[bc]d]+", "abcdx[", {"abcd"}},
        {"(?i:'s|'ll)", "'S '\u017f 'LL", {"'S", "'\u017f", "'LL"}},
    };
    for (const Case& one : cases) {
      auto compiled = Pattern::compile(one.pattern);
      QVERIFY2(compiled.has_value(), one.pattern);
      QVERIFY2(pieces(**compiled, one.text) == one.wanted, one.pattern);
    }
  }

  // What cannot be matched as the reference does says so.
  void what_differs_is_refused() {
    const char* patterns[] = {
        "a{1,2}+",          "[a&&b]",        "[a[^b]]",  R"(\X)",  R"((?i)[\p{Lu}])",
        "(?i)\u0264\\p{L}", "(?i)st",        "a(?i)b|c", "(?x) a", R"(\pL)",
        R"(\p{Cyrillic})",  R"(\p{Arabic})", "[a",       "a\\",    R"([[:graph:]])"};
    for (const char* pattern : patterns) {
      auto compiled = Pattern::compile(pattern);
      QVERIFY2(!compiled, pattern);
      QVERIFY2(compiled.error().kind == loom::ErrorKind::unsupported, pattern);
    }
  }

  // A long text of nothing but new characters takes time in proportion.
  void new_characters_are_replaced_in_one_pass() {
    auto compiled = *Pattern::compile(R"(\p{N}|\p{L}+)");
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += i % 2 ? "\U00016D79" : "\U00016D43";
    size_t count = 0, last = 0;
    compiled->each_match(text, [&](size_t begin, size_t end) {
      QCOMPARE(begin, last);
      last = end;
      ++count;
    });
    QCOMPARE(count, size_t{200'000});
    QCOMPARE(last, text.size());
  }
};

QTEST_GUILESS_MAIN(PatternTest)
#include "pattern_test.moc"
