// Python files and literals of other people, damaged: data or an Error, nothing executed.
#include <QTest>

#include "core/text/python_assignments.h"
#include "core/text/python_literal.h"
#include "tests/support/broken_text.h"

using namespace loom;

class DamagedPythonTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void files() {
    const std::string good =
        "#!/usr/bin/env python\n\"\"\"A = 'in a string'\"\"\"\nimport os  # C = 1\n"
        "PROMPTS = {\n    'one': 'a ' 'b'  # two\n        \"\\n{context}\",\n"
        "    \"two\": ('first ' r'\\d' f'x'),\n}\nLIMITS = dict(a=1, b=[2, 3.5e3, None])\n"
        "def f(x):\n    '''d'''\n    return {'k': x}\nN = -12_000\nU = u'\\u4f60\\N{DASH}'\n";
    QVERIFY(python_assignments(good));
    for (const std::string& bad : testing::broken_copies(good, 3000, 61))
      (void)python_assignments(bad);
  }

  void literals() {
    const std::string good =
        R"({'a': [1, -2.5, 0x1f, 1e3, None, True], "b": ('x\n\u4f60\x41', b'\xff'), 3: {}})";
    for (const std::string& bad : testing::broken_copies(good, 3000, 62)) {
      (void)parse_python_literal(bad);
      size_t at = 0;
      (void)read_python_literal(bad, at);
      QVERIFY(at <= bad.size());
    }
  }
};

QTEST_APPLESS_MAIN(DamagedPythonTest)
#include "damaged_python_test.moc"
