// Stories made here, solved from their sentences alone by other means than they were made; and the
// readers of bAbI's own files.
#include <QtTest>
#include <regex>
#include <set>

#include "core/metrics/metric.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/core/benchmarks/story_solver.h"

using namespace loom;

class BabiStoriesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void answersFollowFromTheFacts_data();
  void answersFollowFromTheFacts();
  void seedDecides();
  void officialFilesAreRead();
  void brokenFilesAreNamed();
};

void BabiStoriesTest::answersFollowFromTheFacts_data() {
  QTest::addColumn<int>("number");
  for (int number = 1; number <= 20; ++number) QTest::addRow("qa%d", number) << number;
}

void BabiStoriesTest::answersFollowFromTheFacts() {
  QFETCH(int, number);
  const std::string task = "qa" + std::to_string(number);
  const TaskDescription* described = testing::shipped_catalog().benchmark("babilong")->task(task);
  const Metric* metric = *find_metric(described->metric);
  std::set<std::string> answers;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const auto story = house_story(task, Random(seed));
    QVERIFY(story);
    const std::string all = task + " seed " + std::to_string(seed) + ": " + story->question;
    if (task == "qa8") {
      std::smatch who;
      QVERIFY(std::regex_match(story->question, who, std::regex("What is (\\w+) carrying\\?")));
      const auto things = testing::things_of(story->facts, who[1]);
      std::set<std::string> said;
      for (size_t at = 0; at < story->answer.size();) {
        const size_t end = std::min(story->answer.find(',', at), story->answer.size());
        said.insert(story->answer.substr(at, end - at));
        at = end + 1;
      }
      if (things.empty()) QCOMPARE(story->answer, std::string("nothing"));
      if (!things.empty()) QVERIFY2(said == things, all.c_str());
    } else {
      QVERIFY2(testing::solve(task, *story) == story->answer, (all + " " + story->answer).c_str());
    }
    answers.insert(story->answer);
    QVERIFY(!story->supporting.empty());
    for (size_t fact : story->supporting) QVERIFY(fact < story->facts.size());
    QVERIFY(story->facts.size() >= 2 || number == 20);
    QVERIFY2(story->facts.size() <= 400, all.c_str());
    for (const std::string& fact : story->facts) QVERIFY(fact.ends_with('.'));
    // The right answer earns the point; "none" holds the label "one", and never does.
    const auto score = metric->score({story->answer,
                                      std::vector<std::string>{story->answer},
                                      described->metric_parameters,
                                      {{"question", story->question}}});
    QVERIFY2(score.value == (story->answer == "none" ? 0.0 : 1.0), all.c_str());
  }
  QVERIFY(answers.size() >= 2);
}

void BabiStoriesTest::seedDecides() {
  for (int number = 1; number <= 20; ++number) {
    const std::string task = "qa" + std::to_string(number);
    std::set<std::string> first_facts;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      const auto story = house_story(task, Random(seed)), again = house_story(task, Random(seed));
      QVERIFY(story && again);
      QCOMPARE(story->facts, again->facts);
      QCOMPARE(story->question, again->question);
      first_facts.insert(story->facts[0]);
    }
    QVERIFY(first_facts.size() > 3);
  }
  QVERIFY(!house_story("qa21", Random(1)));
}

void BabiStoriesTest::officialFilesAreRead() {
  const auto stories = parse_babi(
      "1 Nora moved to the garden.\n2 Otto went to the office.\n3 Where is Nora? \tgarden\t1\n"
      "4 Nora went to the kitchen.\n5 Where is Nora? \tkitchen\t1 4\n\n"
      "1 Otto went to the hallway.\r\n2 What is he carrying?\tapple,milk\t1\r\n",
      "qa.txt");
  QVERIFY(stories);
  QCOMPARE(stories->size(), size_t{3});
  const BabiStory& second = stories->at(1);
  QCOMPARE(second.facts.size(), size_t{3});
  QCOMPARE(second.facts[2], std::string("Nora went to the kitchen."));
  QCOMPARE(second.question, std::string("Where is Nora?"));
  QCOMPARE(second.supporting, (std::vector<size_t>{0, 2}));
  QCOMPARE(stories->at(2).facts, (testing::Facts{"Otto went to the hallway."}));
  QCOMPARE(stories->at(2).answer, std::string("apple,milk"));
}

void BabiStoriesTest::brokenFilesAreNamed() {
  for (const char* text :
       {"", "no number\n", "1\n", "1 \n", "1 Where?\tgarden\t1\n", "1 Nora went.\n",
        "99999999999999999999 Nora went.\n", "1Nora went.\n"}) {
    const auto stories = parse_babi(text, "qa.txt");
    QVERIFY2(!stories, text);
    QVERIFY(stories.error().where.starts_with("qa.txt:"));
  }
}

QTEST_APPLESS_MAIN(BabiStoriesTest)
#include "babi_stories_test.moc"
