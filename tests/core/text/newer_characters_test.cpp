// The table of characters that our libraries' Unicode does not have, and who reads it.
#include "core/text/newer_characters.h"

#include <QTest>

#include "core/text/character_class.h"

using namespace loom;

class NewerCharactersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // find_newer searches it by halves.
  void the_table_is_in_order() {
    uint32_t after = 0;
    for (const NewerCharacters& row : characters_assigned_since()) {
      QVERIFY2(row.first >= after && row.last >= row.first, std::to_string(row.first).c_str());
      after = row.last + 1;
    }
  }

  void rows_are_found_by_their_ends_and_not_beside_them() {
    QVERIFY(!find_newer(0) && !find_newer(0x0896) && !find_newer(0x0898) && !find_newer(0x10FFFF));
    QVERIFY(find_newer(0x0897));
    QCOMPARE(find_newer(0x105C0), find_newer(0x105F3));
    QCOMPARE(find_newer(0x105F3)->first, 0x105C0u);
    QVERIFY(!find_newer(0x105F4));
    QVERIFY(find_newer(0x323AF) && !find_newer(0x323B0));
  }

  // Categories of Unicode 16's UnicodeData.txt; ICU 72 knows none of the first four.
  void classes_are_those_of_unicode_16() {
    QCOMPARE(character_class(0x10D50), CharacterClass::letter);  // Garay capital A
    QCOMPARE(character_class(0x10D40), CharacterClass::number);  // Garay digit zero
    QCOMPARE(character_class(0x0897), CharacterClass::mark);     // Arabic pepet
    QCOMPARE(character_class(0x1CC00), CharacterClass::other);   // up-pointing go-kart
    QCOMPARE(character_class(0x11F02), CharacterClass::letter);  // Kawi sign repha, Unicode 15
    QVERIFY(is_word_character(0x10D50) && is_word_character(0x10D40) && is_word_character(0x0897));
    QVERIFY(!is_word_character(0x1CC00) && !is_word_character(0x10D6E));  // Garay hyphen
    QVERIFY(!is_word_character(0x10D3A));                                 // not assigned
  }
};

QTEST_APPLESS_MAIN(NewerCharactersTest)
#include "newer_characters_test.moc"
