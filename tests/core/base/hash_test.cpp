// Vectors of FIPS 180-4 and NIST CAVP.
#include "core/base/hash.h"

#include <QtTest>

class HashTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void knownVectors();
  void piecesEqualWhole();
};

void HashTest::knownVectors() {
  QCOMPARE(loom::sha256("").c_str(),
           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  QCOMPARE(loom::sha256("abc").c_str(),
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  QCOMPARE(loom::sha256(std::string(1000000, 'a')).c_str(),
           "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void HashTest::piecesEqualWhole() {
  std::string text(1000, 'x');
  for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7);
  for (size_t step : {1u, 3u, 63u, 64u, 65u, 500u}) {
    loom::Sha256 hash;
    for (size_t at = 0; at < text.size(); at += step)
      hash.update(std::string_view(text).substr(at, step));
    QCOMPARE(hash.hex().c_str(), loom::sha256(text).c_str());
  }
}

QTEST_APPLESS_MAIN(HashTest)
#include "hash_test.moc"
