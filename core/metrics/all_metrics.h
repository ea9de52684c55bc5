// The scoring functions, one file each.
#pragma once

#include "core/metrics/metric.h"

namespace loom {

// RULER: share of references, or the best of them, that occur in the answer without regard to case.
MetricScore contains_all(const MetricInput& input);
MetricScore contains_any(const MetricInput& input);
// One letter out of "choices" (default ABCD): stated as an answer, or standing alone.
MetricScore choice_letter(const MetricInput& input);
// Best token F1 over the references (Rajpurkar et al. 2016), on normal_words.
MetricScore token_f1(const MetricInput& input);
// Share of the reference's distinct words that occur in the answer: our rule for needles.
MetricScore word_recall(const MetricInput& input);
// The same of words cut at white space alone.
MetricScore word_share(const MetricInput& input);
// A written list: share of the asked words that occur times how near its length is to what was
// asked.
MetricScore written_form(const MetricInput& input);

// BABILong: the task's right "labels", and no other, in the answer's first sentence.
MetricScore babilong_label(const MetricInput& input);
// Counting-Stars: share of stars whose counts the answer's list under "key" holds.
MetricScore star_counts(const MetricInput& input);
// A reference as it is written; "mode": contains, EM, lastline_contains, lastline_EM.
MetricScore answer_match(const MetricInput& input);
// Identifiers of the form 8-4-4-4-12 (NThread).
MetricScore uuid_match(const MetricInput& input);
// Ada-LEval: the best candidate, the order of four texts.
MetricScore best_answer(const MetricInput& input);
MetricScore text_order(const MetricInput& input);
// LongIns: F1 of the numbers in square brackets.
MetricScore bracket_numbers(const MetricInput& input);
// LongHealth: the letter of "The correct answer is X:".
MetricScore stated_letter(const MetricInput& input);
// LongWriter: nearness of the answer's length to the one asked for.
MetricScore length_score(const MetricInput& input);
// Share of the answer's numbers that equal a reference.
MetricScore number_share(const MetricInput& input);
// Best over the references: SQuAD's F1 and exact match, F1 and ROUGE-L of Chinese words, F1 of
// Chinese characters, ROUGE of the package "rouge" ("n": 1 or 2, else L), ROUGE-Lsum of
// "rouge-score" ("stem"), similarity of the first line of code ("back_end": difflib, levenshtein).
MetricScore squad_f1(const MetricInput& input);
MetricScore squad_exact_match(const MetricInput& input);
MetricScore words_f1_zh(const MetricInput& input);
MetricScore words_rouge_l_zh(const MetricInput& input);
MetricScore characters_f1_zh(const MetricInput& input);
MetricScore rouge_of_sets(const MetricInput& input);
MetricScore rouge_lsum(const MetricInput& input);
MetricScore code_line_similarity(const MetricInput& input);
// METEOR, the best over the references; BLEU of nltk and of sacrebleu against all of them.
MetricScore words_meteor(const MetricInput& input);
MetricScore words_bleu(const MetricInput& input);
MetricScore sentence_bleu(const MetricInput& input);
// LongBench's classification; references named in Record::metadata "classes".
MetricScore class_match(const MetricInput& input);
// L-CiteEval: correctness without the citations, "kind" qa, summary, needle or stars.
MetricScore cited_answer(const MetricInput& input);
// LV-Eval: F1 behind a gate of key words, ROUGE-L without words that say nothing.
MetricScore keyword_f1(const MetricInput& input);
MetricScore keyword_f1_zh(const MetricInput& input);
MetricScore telling_rouge_l_zh(const MetricInput& input);
// LongBench v2: "The correct answer is (X)".
MetricScore closing_letter(const MetricInput& input);
// InfiniteBench: first run of digits, a word ("upper": of the answer in capitals), the last word as
// an integer, the first number, numbers right from the beginning on, options of code and of books.
MetricScore first_number(const MetricInput& input);
MetricScore word_match(const MetricInput& input);
MetricScore last_number(const MetricInput& input);
MetricScore first_value(const MetricInput& input);
MetricScore number_prefix(const MetricInput& input);
MetricScore code_option(const MetricInput& input);
MetricScore book_choice(const MetricInput& input);
// L-Eval's closed tasks: "kind" letter, letters, number, code, fact, or absent for free text.
MetricScore leval_exam(const MetricInput& input);
// ROUGE of the package "rouge-score": "n" 1 or 2, else L; "stem".
MetricScore rouge_of_counts(const MetricInput& input);
// All three as parts, the value is ROUGE-L; a task's score is the geometric mean of their means.
MetricScore rouge_parts(const MetricInput& input);
// BAMBOO: the first character, the whole answer ("first_line"), yes or no, the order of numbers.
MetricScore first_letter(const MetricInput& input);
MetricScore bare_match(const MetricInput& input);
MetricScore yes_match(const MetricInput& input);
MetricScore order_concordance(const MetricInput& input);
// CLongEval: F1 of the first line, classes and typos line by line, nearness of a passage, a cell.
MetricScore story_f1_zh(const MetricInput& input);
MetricScore news_labels(const MetricInput& input);
MetricScore typo_lines(const MetricInput& input);
MetricScore passage_similarity(const MetricInput& input);
MetricScore cell_match(const MetricInput& input);
// LooGLE: the mean of six measures, names behind masks, the order of events.
MetricScore text_measures(const MetricInput& input);
MetricScore masked_names(const MetricInput& input);
MetricScore event_order(const MetricInput& input);
// Of a program: whether it passes the record's tests (BAMBOO's private libraries). No value where
// it cannot be run here, or no reference passes either; `rule` says why.
MetricScore pass_at_1(const MetricInput& input);
// The same for several programs of a problem: a task's score is the mean of the problems' unbiased
// pass@k ("k", 1 when absent, at most a problem's programs).
MetricScore one_of_several_programs(const MetricInput& input);
// 2^(-10 |a - b|) of two percentages (ZeroSCROLLS); Spearman's correlation of two lists of numbers.
MetricScore percentage_nearness(const MetricInput& input);
MetricScore rank_correlation(const MetricInput& input);
Status programs_ready();  // the sandbox and its Python
// No value; the reason, or the parameter "reason", says what is missing.
MetricScore not_scored(std::string reason);
MetricScore not_scored(const MetricInput& input);

}  // namespace loom
