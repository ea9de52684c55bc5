// Rendered as transformers renders: rows of our own here, the published templates when the shared
// data is there.
#include "core/tokenizer/chat_template.h"

#include <QtTest>
#include <clocale>
#include <fstream>

#include "tests/support/test_folders.h"

using loom::ChatTemplate;
using loom::TemplateValues;

class ChatTemplateTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void ownRows_data();
  void ownRows();
  void toolsAreGivenAsNone();
  void foldersNameTheirTemplates_data();
  void foldersNameTheirTemplates();
  void templatesOfOnesOwnGetTheModelsTokens();
  void hostileTemplatesEnd();
  void chanceIsRefused();
  void deepValuesGo();
  void longDocumentsPass();
  void localesChangeNothing();
  void publishedTemplates();
  void syntaxRows();
};

void ChatTemplateTest::ownRows_data() {
  QTest::addColumn<QString>("source");
  QTest::addColumn<QString>("expected");
  auto row = [](const char* name, const char* source, const char* expected) {
    QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(expected);
  };
  // Expected texts are what Python's jinja2 3.1.6 printed with trim_blocks and lstrip_blocks.
  row("trim", "{% if true %}\nyes\n{% endif %}\nend", "yes\nend");
  row("lstrip", "a\n   {% if true %}\nb\n   {% endif %}\nc", "a\nb\nc");
  row("minus", "a  {{- 1 -}}  b", "a1b");
  row("float", "{{ 1.0 }} {{ 1e20 }} {{ 7 / 2 }} {{ 7 // 2 }} {{ -7 % 3 }}", "1.0 1e+20 3.5 3 2");
  row("repr", "{{ ['a', \"b'c\", 1, none, true, {'k': 2.5}] }}",
      "['a', \"b'c\", 1, None, True, {'k': 2.5}]");
  row("loop",
      "{% for x in [1,2,3] if x != 2 %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% "
      "endfor %}",
      "11,23");
  row("namespace",
      "{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}{{ "
      "ns.n }}",
      "6");
  row("scope", "{% set a = 1 %}{% for i in [1] %}{% set a = 2 %}{% endfor %}{{ a }}", "1");
  row("macro", "{% macro m(a, b='x') %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, b=2) }}",
      "[1x][12]");
  row("call",
      "{% macro m() %}<{{ caller('z') }}>{% endmacro %}{% call(v) m() %}in {{ v }}{% endcall %}",
      "<in z>");
  row("tojson", "{{ {'b': [1, 'é'], 'a': none} | tojson }}", "{\"b\": [1, \"é\"], \"a\": null}");
  row("tojson indent", "{{ {'a': [1]} | tojson(indent=2) }}", "{\n  \"a\": [\n    1\n  ]\n}");
  row("slices", "{{ 'hello'[1:3] }}{{ [1,2,3][::-1] }}{{ 'äö'[-1] }}", "el[3, 2, 1]ö");
  row("break", "{% for i in range(9) %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}",
      "012");
  row("tests",
      "{{ x is defined }}{{ 3 is odd }}{{ 'a' is string }}{{ none is none }}{{ 2 is in [1, 2] }}",
      "FalseTrueTrueTrueTrue");
  row("methods", "{{ ' a b '.strip().split(' ') }}{{ 'ab'.upper() }}{{ {'a': 1}.items() | list }}",
      "['a', 'b']AB[('a', 1)]");
  row("nothing to choose from",
      "{{ none | selectattr('a') | list }}{{ none | map(attribute='a') | list }}{{ none | "
      "reject('odd') | list }}",
      "[][][]");
  row("generation", "{% generation %}x{% endgeneration %}", "x");
}

void ChatTemplateTest::ownRows() {
  QFETCH(QString, source);
  QFETCH(QString, expected);
  auto chat = ChatTemplate::parse(source.toStdString());
  QVERIFY2(chat.has_value(), chat ? "" : chat.error().message.c_str());
  auto text = chat->render(TemplateValues::object());
  QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
  QCOMPARE(QString::fromStdString(*text), expected);
}

void ChatTemplateTest::toolsAreGivenAsNone() {
  auto chat = loom::ChatTemplate::parse(
      "{{ tools is defined }} {{ tools is none }} {{ documents is none }} {{ messages[0].content "
      "}}");
  QVERIFY(chat.has_value());
  auto text = loom::render_user_turn({std::move(*chat), "", ""}, "Hi", "");
  QVERIFY(text.has_value());
  QCOMPARE(*text, std::string("True True True Hi"));
}

// Which template transformers takes, and with which special tokens, of files in a model's folder.
void ChatTemplateTest::foldersNameTheirTemplates_data() {
  QTest::addColumn<QByteArray>("config");
  QTest::addColumn<QByteArray>("files");
  QTest::addColumn<QString>("plain");  // of no tools; "!" before words of an error
  QTest::addColumn<QString>("tools");
  auto row = [](const char* name, const char* config, const char* files, const char* plain,
                const char* tools) {
    QTest::newRow(name) << QByteArray(config) << QByteArray(files) << QString::fromUtf8(plain)
                        << QString::fromUtf8(tools);
  };
  const char* const named =
      R"({"chat_template":[{"name":"default","template":"d{{ tools is none }}"},)"
      R"({"name":"tool_use","template":"t{{ tools|length }}"}]})";
  row("one", R"({"chat_template":"a{{ bos_token }}","bos_token":"<s>"})", "{}", "a<s>", "a<s>");
  row("a list", named, "{}", "dTrue", "t1");
  row("no default", R"({"chat_template":[{"name":"rag","template":"r{{ 1 }}"}]})", "{}", "!rag", "!rag");
  row("a file", named, R"({"chat_template.jinja":"f{{ 1 }}"})", "f1", "f1");
  row("more files", named,
      R"({"chat_template.jinja":"f{{ 1 }}","additional_chat_templates/tool_use.jinja":"u{{ 2 }}"})",
      "f1", "u2");
  row("other tokens", R"({"chat_template":"{{ pad_token }}{{ unk_token }}|{{ sep_token is defined }}",)"
                      R"("pad_token":{"content":"<p>"},"unk_token":"<u>"})",
      "{}", "<p><u>|False", "<p><u>|False");
  row("a file of tokens", R"({"chat_template":"{{ pad_token }}","pad_token":"<p>"})",
      R"({"special_tokens_map.json":{"pad_token":"<q>"}})", "<q>", "<q>");
  row("a file of tokens that is not read any more",
      R"({"chat_template":"{{ pad_token }}","pad_token":"<p>","added_tokens_decoder":{}})",
      R"({"special_tokens_map.json":{"pad_token":"<q>"}})", "<p>", "<p>");
  row("no generation prompt", R"({"chat_template":"{{ add_generation_prompt }}"})", "{}", "False", "False");
}

void ChatTemplateTest::foldersNameTheirTemplates() {
  QFETCH(QByteArray, config);
  QFETCH(QByteArray, files);
  QFETCH(QString, plain);
  QFETCH(QString, tools);
  loom::testing::TemporaryFolder folder;
  std::ofstream(folder.path() / "tokenizer_config.json") << config.constData();
  std::ofstream(folder.path() / "tokenizer.json") << "{}";
  std::filesystem::create_directories(folder.path() / "additional_chat_templates");
  const auto listed = nlohmann::json::parse(files.toStdString());
  for (const auto& [name, text] : listed.items())
    std::ofstream(folder.path() / name) << (text.is_string() ? text.get<std::string>() : text.dump());
  auto format = loom::load_chat_format(folder.path());
  for (const bool given : {false, true}) {
    const QString expected = given ? tools : plain;
    if (expected.startsWith(QLatin1Char('!'))) {
      QVERIFY(!format.has_value());
      QVERIFY(format.error().message.find(expected.mid(1).toStdString()) != std::string::npos);
      continue;
    }
    QVERIFY2(format.has_value() && format->has_value(), format ? "none" : format.error().message.c_str());
    TemplateValues values = TemplateValues::object();
    if (given) values["tools"] = TemplateValues::array({{{"name", "look"}}});
    auto text = loom::render_chat(**format, values);
    QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
    QCOMPARE(QString::fromStdString(*text), expected);
  }
}

void ChatTemplateTest::templatesOfOnesOwnGetTheModelsTokens() {
  loom::testing::TemporaryFolder folder;
  std::ofstream(folder.path() / "tokenizer_config.json") << R"({"bos_token":"<s>","pad_token":"<p>"})";
  std::ofstream(folder.path() / "tokenizer.json") << "{}";
  auto chosen = ChatTemplate::parse("{{ bos_token }}{{ pad_token }}{{ messages[0].content }}");
  QVERIFY(chosen.has_value());
  auto format = loom::chat_format_with(std::move(*chosen), folder.path());
  QVERIFY(format.has_value());
  auto text = loom::render_user_turn(*format, "Hi");
  QVERIFY(text.has_value());
  QCOMPARE(*text, std::string("<s><p>Hi"));
}

void ChatTemplateTest::hostileTemplatesEnd() {
  const std::string deep(5000, '(');
  const std::string again = "{% for i in range(100000) %}";
  const std::string sources[] = {
      "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
      "{% macro m() %}{% for i in [1] %}{% call n() %}{{ m() }}{% endcall %}{% endfor %}{% "
      "endmacro %}"
      "{% macro n() %}{{ caller() }}{% endmacro %}{{ m() }}",
      "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
      "{{ 'x' * 999999999999 }}",
      "{{ " + deep,
      "{% if %}",
      "{{ 1 / 0 }}",
      "{{ x.y }}",
      "{% for %}",
      "{{",
      "{{ range(10**9) }}",
      "{{ range(0, 9223372036854775807, 4611686018427387904)[::4611686018427387904] }}",
      "{% set a.b = 1 %}",
      "{{ [].append(1) }}",
      "\xff{{ '\xff' | upper }}{{ 1 + '' }}",
      "{% break %}",
      "{{ 'abc' | items | list }}",
      "{{ ('a' * 1000000) | replace('a', 'b' * 100000) }}",
      "{{ 'a' | center(99999999999) }}",
      "{{ 'a'.ljust(99999999999) }}",
      "{{ '%99999999999d' % 1 }}",
      "{{ '{:>99999999999}'.format(1) }}",
      "{{ '%.99999f' % 1 }}",
      "{{ [1] | batch(999999999999, 0) | list }}",
      "{{ [1] | slice(999999999999) | list }}",
      "{{ [0] * 999999999999 }}",
      "{{ 'a\nb' | indent(99999999999) }}",
      "{{ [1] | tojson(indent=99999999999) }}",
      // Each step doubles what is printed, compared or written, though it stays small in memory.
      "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% "
      "endfor %}{{ ns.a }}",
      "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% "
      "endfor %}{{ ns.a | tojson }}",
      "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}"
      "{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
      "{% set ns = namespace() %}{% set ns.s = ns %}{{ ns }}",
      // Memory that is kept, a text at a time.
      "{% set ns = namespace(l=[]) %}{% for i in range(100) %}{% set ns.l = ns.l + ['x' * "
      "60000000] %}{% endfor %}",
      // Nested deeper than a stack is: it has to go, too.
      "{% set ns = namespace(a=[]) %}" + again + "{% set ns.a = [ns.a] %}{% endfor %}{{ ns.a }}",
  };
  for (const std::string& source : sources) {
    auto chat = ChatTemplate::parse(source);
    if (chat)
      QVERIFY2(!chat->render(TemplateValues::object()).has_value(), source.substr(0, 200).c_str());
  }
}

// A prompt has to be the same each time, so what jinja2 leaves to chance is refused by its name.
void ChatTemplateTest::chanceIsRefused() {
  for (const auto& [source, name] : {std::pair{"{{ [1, 2] | random }}", "\"random\" is refused"},
                                     {"{{ lipsum(1) }}", "\"lipsum\" is refused"},
                                     {"{{ lipsum() }}", "\"lipsum\" is refused"}}) {
    const auto text = ChatTemplate::parse(source)->render(TemplateValues::object());
    QVERIFY2(!text && text.error().message.find(name) != std::string::npos, source);
  }
  const auto unused =
      ChatTemplate::parse("{% if false %}{{ [1] | random }}{{ lipsum() }}{% endif %}ok");
  const auto text = unused->render(TemplateValues::object());
  QVERIFY(text);
  QCOMPARE(*text, std::string("ok"));
}

// What is nested as deep as the steps allow is taken down again without a stack as deep.
void ChatTemplateTest::deepValuesGo() {
  auto chat = ChatTemplate::parse(
      "{% set ns = namespace(a=[]) %}{% for i in range(90000) %}{% set ns.a = [ns.a] %}{% endfor "
      "%}done");
  QVERIFY(chat.has_value());
  auto text = chat->render(TemplateValues::object());
  QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
  QCOMPARE(*text, std::string("done"));
}

// A long document goes through a template's usual steps without running out of anything.
void ChatTemplateTest::longDocumentsPass() {
  auto chat = ChatTemplate::parse(
      "{% for m in messages %}{{ '<|' ~ m.role ~ '|>' + m.content.strip() | trim }}{{ "
      "m.content.split('X')[-1] | length }}"
      "{% if 'needle' in m.content %}!{% endif %}{{ m.content[:3] }}{% endfor %}");
  QVERIFY(chat.has_value());
  const std::string document(8 << 20, 'a');
  TemplateValues values = TemplateValues::object();
  values["messages"] = TemplateValues::array();
  values["messages"].push_back({{"role", "user"}, {"content", " " + document}});
  auto text = chat->render(values);
  QVERIFY2(text.has_value(), text ? "" : text.error().message.c_str());
  QVERIFY(*text == "<|user|>" + document + std::to_string(document.size() + 1) + " aa");
}

// Qt sets the user's locale; prompts are the same in every one.
void ChatTemplateTest::localesChangeNothing() {
  const std::string before = setlocale(LC_ALL, nullptr);
  const bool german = setlocale(LC_ALL, "de_DE.UTF-8") || setlocale(LC_ALL, "de_DE.utf8");
  auto chat = ChatTemplate::parse(
      "{{ 1.5 }} {{ '2.5' | float }} {{ '%.1f' % 3.5 }} {{ '{:.1f}'.format(4.5) }} {{ 2.25 | "
      "round(1) }} {{ 'x' | "
      "tojson }} {{ strftime_now('%A %B') }}");
  QVERIFY(chat.has_value());
  auto text = chat->render(TemplateValues::object(), "2025-07-10T12:00:00");
  setlocale(LC_ALL, before.c_str());
  QVERIFY(text.has_value());
  QCOMPARE(*text, std::string("1.5 2.5 3.5 4.5 2.2 \"x\" Thursday July"));
  if (!german) QSKIP("skipped: this machine has no German locale");
}

static int check_rows(const char* file, bool published) {
  auto shared = loom::testing::shared_data();
  std::ifstream in(*shared / "chat-templates" / file);
  auto rows = nlohmann::ordered_json::parse(in);
  int wrong = 0;
  for (const auto& row : rows) {
    std::string source = row.value(published ? "chat_template" : "template", std::string());
    const auto& values = published ? row["data"] : row["context"];
    auto chat = ChatTemplate::parse(source);
    loom::Result<std::string> text =
        chat ? chat->render(values, "2025-07-10T12:00:00") : chat.error();
    bool right = row["expected"].is_null() ? !text.has_value()
                                           : text && *text == row["expected"].get<std::string>();
    if (!right && ++wrong <= 12)
      qWarning().noquote() << row.value("name", std::string("?")).c_str()
                           << QString::fromStdString(source).left(160) << "\n  got: "
                           << (text ? QString::fromStdString(*text).right(200)
                                    : QString::fromStdString(text.error().message))
                           << "\n  want:"
                           << QString::fromStdString(row["expected"].is_null()
                                                         ? "(error)"
                                                         : row["expected"].get<std::string>())
                                  .right(200);
  }
  qInfo() << file << rows.size() << "rows," << wrong << "differ";
  return wrong;
}

void ChatTemplateTest::publishedTemplates() {
  if (!loom::testing::shared_data()) QSKIP("skipped: the shared templates are not here");
  QCOMPARE(check_rows("templates.json", true), 0);
}

void ChatTemplateTest::syntaxRows() {
  if (!loom::testing::shared_data()) QSKIP("skipped: the shared templates are not here");
  QCOMPARE(check_rows("syntax.json", false), 0);
}

QTEST_APPLESS_MAIN(ChatTemplateTest)
#include "chat_template_test.moc"
