// Names of a Python file that stand for plain data. Expected: what Python itself makes of them.
#include "core/text/python_assignments.h"

#include <QTest>

using namespace loom;
using nlohmann::json;

class PythonAssignmentsTest : public QObject {
  Q_OBJECT

  static PythonAssignments names_of(const std::string& text) {
    auto read = python_assignments(text);
    return read ? *read : PythonAssignments{{{"error", describe(read.error())}}, {}};
  }

 private Q_SLOTS:
  void data_is_read_between_code() {
    const auto names = names_of(
        "#!/usr/bin/env python\n"
        "\"\"\"A = 'in a string'\n"
        "B = {'x': 'y'}\n"
        "\"\"\"\n"
        "import os  # C = 1\n"
        "PROMPTS = {\n"
        "    # by task\n"
        "    'one': 'a ' 'b'  # two pieces\n"
        "           \"\\n{context}\",\n"
        "    \"two\": (\n"
        "        'first '\n"
        "        'second'\n"
        "    ),\n"
        "}\n"
        "LIMITS: dict[str, int] = {'one': 64, 'two': 5}\n"
        "def f(x={'A': 1}):\n"
        "    INNER = {'a': 'b'}\n"
        "    return {\n"
        "'at the margin': INNER}\n"
        "TEXT = r'\\d+' u'\\u00e9'\n"
        "LONG = '''line 1\r\nline 2 'quoted' \\\nstill 2'''\r\n"
        "LAST = -3");
    QCOMPARE(names.values.size(), size_t{5});
    QVERIFY(names.values.at("PROMPTS") ==
            json({{"one", "a b\n{context}"}, {"two", "first second"}}));
    QVERIFY(names.values.at("LIMITS") == json({{"one", 64}, {"two", 5}}));
    QVERIFY(names.values.at("TEXT") == json("\\d+\u00e9"));
    QVERIFY(names.values.at("LONG") == json("line 1\nline 2 'quoted' still 2"));
    QVERIFY(names.values.at("LAST") == json(-3));
    QVERIFY(names.refused.empty());
  }

  void what_is_computed_is_named_with_its_line() {
    struct Case {
      const char *text, *line;
    };
    for (const Case& one :
         {Case{"A = {'x': f()}", "line 1"}, Case{"\n\nA = {\n  'x': 'y',\n  'z': w,\n}", "line 5"},
          Case{"A = f'{x}'", "line 1"}, Case{"A = b'x'", "line 1"}, Case{"A = 'x' + 'y'", "line 1"},
          Case{"A = 'x'.lower()", "line 1"}, Case{"A = {'x': 'y'}['x']", "line 1"},
          Case{"A = {**B, 'x': 'y'}", "line 1"}, Case{"A = {'x': 'y'} | B", "line 1"},
          Case{"A = '\\N{BULLET}'", "line 1"}, Case{"A = '\\ud800'", "line 1"},
          Case{"A = {'x': 'y'}\nA['x'] = 'z'", "line 2"},
          Case{"A = {'x': 'y'}\nA.update(B)", "line 2"}, Case{"A = {'x': 'y'}\nA |= B", "line 2"},
          Case{"A = 1; A = 2", "line 1"}, Case{"A = g(\n1)", "line 1"}}) {
      const auto names = names_of(one.text);
      QVERIFY2(names.values.empty(), one.text);
      QVERIFY2(names.refused.contains("A"), one.text);
      QVERIFY2(names.refused.at("A").starts_with(one.line), names.refused.at("A").c_str());
    }
  }

  void lines_end_values_and_the_last_one_counts() {
    auto names =
        names_of("A = 'x'\n'y'\nA = 'z'\nB = f()\nB = 'w'\nif A == 'z': C = 1\nelse: C = 2\n");
    QVERIFY(names.values == (std::map<std::string, json>{{"A", "z"}, {"B", "w"}}));
    QVERIFY(names.refused.empty());
  }

  void broken_files_are_refused() {
    for (const char* text : {"A = 'x", "A = {'x': 'y'", "'''", "f(\n", "\xff = 1"})
      QVERIFY2(!python_assignments(text), text);
    QVERIFY(python_assignments("")->values.empty());
    QVERIFY(python_assignments(std::string(100'000, '#'))->values.empty());
  }
};

QTEST_APPLESS_MAIN(PythonAssignmentsTest)
#include "python_assignments_test.moc"
