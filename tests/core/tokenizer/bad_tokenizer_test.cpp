// Tokenizer files and chat templates that are damaged or mean harm: Errors, bounded time and memory.
#include <QElapsedTimer>
#include <QTest>

#include "core/base/text_file.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

const char* kTokenizer = R"({"version":"1.0","added_tokens":[{"id":4,"content":"<s>","special":true}],
"normalizer":null,"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":true},
"decoder":{"type":"ByteLevel"},"model":{"type":"BPE","dropout":null,"unk_token":null,
"vocab":{"a":0,"b":1,"ab":2,"c":3},"merges":["a b"]}})";

const char* kTemplate = "{% for m in messages %}{% if loop.first and m.role == 'system' %}<<{{ m.content | trim }}>>"
                        "{% else %}[{{ m['role'] }}] {{ m.content }}{% endif %}{% endfor %}"
                        "{% set x = namespace(n=1) %}{{ x.n + 2 }}{{ '>' if add_generation_prompt }}";

TemplateValues values() {
  return TemplateValues::parse(R"({"messages":[{"role":"system","content":" be brief "},{"role":"user","content":"hello"}],"add_generation_prompt":true})");
}

}  // namespace

class BadTokenizerTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;

 private Q_SLOTS:
  void damaged_tokenizers_never_crash() {
    auto file = folder_.path() / "tokenizer.json";
    QVERIFY(write_file(file, kTokenizer));
    auto good = load_tokenizer(file);
    QVERIFY2(good, good ? "" : describe(good.error()).c_str());
    QCOMPARE((*good)->encode("abc"), (std::vector<TokenId>{2, 3}));
    int refused = 0;
    for (const std::string& bad : testing::broken_copies(kTokenizer, 1000, 5)) {
      QVERIFY(write_file(file, bad));
      auto tokenizer = load_tokenizer(file);
      refused += !tokenizer;
      if (tokenizer) {
        auto ids = (*tokenizer)->encode("abc <s> \xff\xfe");
        (void)(*tokenizer)->decode(ids, false);
      } else {
        QVERIFY(tokenizer.error().where.find("tokenizer.json") != std::string::npos);
      }
    }
    QVERIFY(refused > 300);
  }

  void lying_tokenizers_are_refused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("deep") << QByteArray(500'000, '[');
    QTest::newRow("vocabulary is a list") << QByteArray(R"({"model":{"type":"BPE","vocab":[],"merges":[]}})");
    QTest::newRow("id is a text") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":"0"},"merges":[]}})");
    QTest::newRow("id is huge") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":1e300},"merges":[]}})");
    QTest::newRow("two tokens, one id") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}})");
    QTest::newRow("merges is a number") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":0},"merges":3}})");
    QTest::newRow("merge of three") << QByteArray(R"({"model":{"type":"BPE","vocab":{"a":0},"merges":[["a","a","a"]]}})");
    QTest::newRow("unknown model") << QByteArray(R"({"model":{"type":"Magic","vocab":{"a":0}}})");
    QTest::newRow("added id") << QByteArray(R"({"added_tokens":[{"id":4000000000,"content":"x"}],"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})");
    QTest::newRow("bytes") << QByteArray("{\"model\":{\"type\":\"BPE\",\"vocab\":{\"\xff\":0},\"merges\":[]}}");
  }
  void lying_tokenizers_are_refused() {
    QFETCH(QByteArray, text);
    auto file = folder_.path() / "tokenizer.json";
    QVERIFY(write_file(file, text.toStdString()));
    auto tokenizer = load_tokenizer(file);
    QVERIFY(!tokenizer);
    QVERIFY(tokenizer.error().where.find("tokenizer.json") != std::string::npos);
  }

  void invalid_text_is_encoded_and_decoded() {
    auto file = folder_.path() / "tokenizer.json";
    QVERIFY(write_file(file, kTokenizer));
    auto tokenizer = *load_tokenizer(file);
    for (const std::string& text : testing::broken_copies("naïve 中文 <s> abc 𒀀 é\n\n  x", 500, 6))
      (void)tokenizer->decode(tokenizer->encode(text), false);
    (void)tokenizer->decode(std::vector<TokenId>{-1, 2'000'000'000, 5, 0}, false);
  }

  void damaged_templates_never_crash() {
    auto good = ChatTemplate::parse(kTemplate);
    QVERIFY(good);
    QCOMPARE(*good->render(values()), std::string("<<be brief>>[user] hello3>"));
    for (const std::string& bad : testing::broken_copies(kTemplate, 1500, 7))
      if (auto chat = ChatTemplate::parse(bad)) (void)chat->render(values());
  }

  void harmful_templates_end_soon_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("parentheses") << "{{ " + QByteArray(200'000, '(') + " }}";
    QTest::newRow("brackets") << "{{ " + QByteArray(200'000, '[') + " }}";
    QTest::newRow("nots") << "{{ " + QByteArray("not ").repeated(200'000) + "x }}";
    QTest::newRow("minuses") << "{{ " + QByteArray(200'000, '-') + "1 }}";
    QTest::newRow("ifs") << QByteArray("{% if x %}").repeated(50'000);
    QTest::newRow("sum") << "{{ 1" + QByteArray(" + 1").repeated(100'000) + " }}";
    QTest::newRow("dots") << "{{ x" + QByteArray(".x").repeated(100'000) + " }}";
    QTest::newRow("pipes") << "{{ 'x'" + QByteArray(" | trim").repeated(100'000) + " }}";
    QTest::newRow("self macro") << QByteArray("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
    QTest::newRow("mutual macros") << QByteArray("{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}");
    QTest::newRow("range") << QByteArray("{% for i in range(1000000000000) %}x{% endfor %}");
    QTest::newRow("ranges in ranges") << QByteArray("{% for a in range(100000) %}{% for b in range(100000) %}{% for c in range(100000) %}{% endfor %}{% endfor %}{% endfor %}");
    QTest::newRow("multiplied text") << QByteArray("{{ 'x' * 100000000000 }}");
    QTest::newRow("doubling") << QByteArray("{% set x = namespace(s='xxxxxxxxxxxxxxxx') %}{% for i in range(60) %}{% set x.s = x.s + x.s %}{% endfor %}{{ x.s }}");
    QTest::newRow("include") << QByteArray("{% include 'self' %}");
    QTest::newRow("extends") << QByteArray("{% extends 'self' %}");
    QTest::newRow("zero") << QByteArray("{{ 1 // 0 }}{{ 1 % 0 }}");
    QTest::newRow("least") << QByteArray("{{ (-9223372036854775807 - 1) // -1 }}{{ (-9223372036854775807 - 1) % -1 }}");
    QTest::newRow("overflow") << QByteArray("{{ 9223372036854775807 + 1 }}{{ 9223372036854775807 * 9 }}{{ -(-9223372036854775807 - 1) }}");
    QTest::newRow("index") << QByteArray("{{ messages[99] }}{{ messages[-99] }}{{ 'abc'[99] }}{{ messages[9223372036854775807] }}");
    QTest::newRow("slice") << QByteArray("{{ messages[::0] }}{{ 'abc'[99:-99:-1] }}{{ 'abc'[:-9223372036854775807] }}");
    QTest::newRow("number") << QByteArray("{{ 99999999999999999999999999999 }}");
    QTest::newRow("bytes") << QByteArray("{{ '\xff\xfe\xc3' | upper }}\x80", 20);
  }
  void harmful_templates_end_soon() {
    QFETCH(QByteArray, source);
    QElapsedTimer timer;
    timer.start();
    auto chat = ChatTemplate::parse(source.toStdString());
    if (chat) {
      auto text = chat->render(values());
      if (text) QVERIFY(text->size() <= (128u << 20));
      if (!text) QVERIFY(!text.error().message.empty());
    }
    QVERIFY2(timer.elapsed() < 60'000, "takes too long");
  }
};

QTEST_APPLESS_MAIN(BadTokenizerTest)
#include "bad_tokenizer_test.moc"
