// New names of libraries, learnt from texts that exist in both, and the way back.
#include "core/metrics/library_names.h"

#include <QTest>

using namespace loom;

namespace {

LibraryNames learnt() {
  NameComparison compared;
  compared.add("kf = mk.KnowledgeFrame(new_kf)  # a KnowledgeFrame",
               "df = pd.DataFrame(new_df)  # a DataFrame");
  compared.add("x = bn.total_count(v); y = v.total()", "x = np.sum(v); y = v.all()");
  compared.add("s.length(header_num(s).head)", "s.len(head(s).header)");
  compared.add("find_total_of_all(total)", "find_total_of_all(all)");
  return LibraryNames(compared.pairs());
}

}  // namespace

class LibraryNamesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void identifiers_are_cut_as_programs_cut_them() {
    const auto names = identifiers("a_1 = 2b.c9(_d)\n# Élan x");
    const std::vector<std::string_view> expected = {"a_1", "c9", "_d", "lan", "x"};
    QCOMPARE(names, expected);
    QVERIFY(identifiers("").empty());
    QVERIFY(identifiers("12 + 3.5").empty());
  }

  void texts_that_differ_in_more_than_names_teach_nothing() {
    NameComparison compared;
    compared.add("mk.sip(x)", "pd.drop(x, y)");
    QVERIFY(compared.pairs().empty());
    compared.add("mk.  sip(x)", "pd.drop(x)");
    compared.add("sip", "delete");  // the first original stays
    QCOMPARE(compared.pairs(), (NamePairs{{"mk", "pd"}, {"sip", "drop"}}));
  }

  void programs_get_the_original_names_back_data() {
    QTest::addColumn<QString>("renamed");
    QTest::addColumn<QString>("original");
    const char* const cases[][2] = {
        {"kf", "df"},
        {" mk.KnowledgeFrame({'kf': 1})\n", " pd.DataFrame({'df': 1})\n"},
        {"old_kf2 = my_knowledge", "old_df2 = my_knowledge"},
        {"total_count(total(x))", "sum(all(x))"},  // the longer name first
        {"total_count_value", "sum_value"},
        {"subtotal", "suball"},  // as the names were put in: inside of others, too
        {"s.head + s.header_num", "s.header + s.head"},
        {"find_total_of_all", "find_total_of_all"},  // seen unchanged
        {"12 + 'ü'", "12 + 'ü'"},
        {"", ""}};
    for (const auto& [renamed, original] : cases)
      QTest::addRow("%s", renamed) << QString::fromUtf8(renamed) << QString::fromUtf8(original);
  }

  void programs_get_the_original_names_back() {
    QFETCH(QString, renamed);
    QFETCH(QString, original);
    QCOMPARE(learnt().restored(renamed.toStdString()), original.toStdString());
  }

  void original_names_give_themselves_away() {
    const LibraryNames names = learnt();
    QCOMPARE(names.original_in("x = np.total_count(v)"), std::optional<std::string>("np"));
    QCOMPARE(names.original_in("len(kf)"), std::optional<std::string>("len"));
    QVERIFY(!names.original_in("mk.KnowledgeFrame(kf)"));
    QVERIFY(!names.original_in("x.head"));    // an original that is a new name as well
    QVERIFY(!names.original_in("new_df"));    // follows from df, is no name of the library
    QVERIFY(!names.original_in("x1 = nps"));  // whole names alone count
  }

  void no_pairs_change_nothing() {
    QCOMPARE(LibraryNames({}).restored("np.sum(x)"), std::string("np.sum(x)"));
    QVERIFY(!LibraryNames({}).original_in("np.sum(x)"));
  }
};

QTEST_APPLESS_MAIN(LibraryNamesTest)
#include "library_names_test.moc"
