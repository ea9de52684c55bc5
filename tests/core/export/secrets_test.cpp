#include "core/export/secrets.h"

#include <QTest>

using namespace loom;

class SecretsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keys_are_removed_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");
    // Put together here so that no scanner takes this file for a leak.
    auto row = [](const char* name, const QString& before, const QString& secret) {
      QTest::newRow(name) << before + secret + QStringLiteral(" end") << secret;
    };
    row("service key", QStringLiteral("key is "), QStringLiteral("sk-") + QString(40, u'a'));
    row("hub token", QStringLiteral("use "), QStringLiteral("hf_") + QString(34, u'B'));
    row("bearer", QStringLiteral("Authorization: Bearer "), QStringLiteral("abcdef0123456789"));
    row("url", QStringLiteral("http://me:"), QStringLiteral("hunter22@host/x"));
    row("assignment", QStringLiteral("API_KEY="), QStringLiteral("plainvalue99"));
    row("quoted", QStringLiteral("\"api_key\": \""), QStringLiteral("plainvalue99"));
  }
  void keys_are_removed() {
    QFETCH(QString, text);
    QFETCH(QString, secret);
    QString clean = QString::fromStdString(without_secrets(text.toStdString()));
    QVERIFY2(!clean.contains(secret), qPrintable(clean));
    QVERIFY(clean.endsWith(QStringLiteral(" end")));
  }

  void plain_text_stays() {
    for (const char* text : {"The key to the house is blue.", "might ask the token count: 4096",
                             "https://example.org/path?x=1", "skill-based grading of tasks",
                             "the secret number of amber-fox is 93841"})
      QCOMPARE(without_secrets(std::string(text)), std::string(text));
    std::string long_text;
    for (int i = 0; i < 20000; ++i) long_text += "word" + std::to_string(i) + " ";
    QCOMPARE(without_secrets(long_text), long_text);
  }

  void keys_across_pieces_are_removed() {
    for (size_t before = 4070; before < 4100; ++before) {
      std::string text = std::string(before, 'x') + " sk-" + std::string(40, 'z') + " end";
      QVERIFY(without_secrets(text).find("zzzz") == std::string::npos);
    }
  }

  void values_of_secret_fields_are_removed() {
    nlohmann::json document = {{"api_key", "1234"},
                               {"servers", {{{"token", "x"}, {"url", "http://a"}}}},
                               {"tokens", 12},
                               {"max_new_tokens", "kept"}};
    nlohmann::json clean = without_secrets(document);
    QVERIFY(clean["api_key"] == "[removed]");
    QVERIFY(clean["servers"][0]["token"] == "[removed]");
    QVERIFY(clean["servers"][0]["url"] == "http://a");
    QVERIFY(clean["tokens"] == 12);
    QVERIFY(clean["max_new_tokens"] == "kept");
  }
};

QTEST_APPLESS_MAIN(SecretsTest)
#include "secrets_test.moc"
