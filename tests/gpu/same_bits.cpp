// The same bits whatever the batch, the cache and the order: logits behind forced tokens compared
// by memcmp, and whole answers.
#include <c10/core/InferenceMode.h>

#include <cstring>

#include "tests/gpu/check.h"

namespace loom::gpu {
namespace {

constexpr size_t kOrders = 4;  // all together or three at a time, forwards or backwards

using Rows = std::vector<std::vector<float>>;  // per sequence, the logits of all steps

struct Question {
  std::vector<TokenId> ids;
  size_t document = 0;
};

std::vector<Question> questions(const ModelShape& shape, const std::vector<size_t>& documents,
                                const std::vector<size_t>& own_tokens) {
  const auto vocabulary = static_cast<size_t>(shape.vocabulary),
             window = static_cast<size_t>(shape.window_tokens);
  std::vector<Question> list;
  for (size_t document : documents)
    for (size_t own : own_tokens) {
      if (document + own + 16 > window) continue;
      Question one{random_ids(document, vocabulary, document), document};
      for (TokenId id : random_ids(own, vocabulary, document + own)) one.ids.push_back(id);
      list.push_back(std::move(one));
    }
  return list;
}

KvSequence filled(const CausalModel& model, const Question& question, const KvSequence* document) {
  std::span<const TokenId> ids(question.ids);
  KvSequence state = document ? *document : KvSequence(model.shape().kv, model.device());
  state.set_prompt_tokens(static_cast<int64_t>(ids.size()),
                          static_cast<int64_t>(question.document));
  auto done = static_cast<size_t>(state.stored());
  for (size_t cut : cut_points(ids.size(), question.document, model.device().chunk_tokens)) {
    if (cut <= done) continue;
    (void)model.prefill(ids.subspan(done, cut - done), state);
    done = cut;
  }
  return state;
}

// Computed for the question's length: where the rotation depends on it, only questions of one
// variant share a document.
KvSequence document_of(const CausalModel& model, const Question& question) {
  std::span<const TokenId> ids(question.ids);
  KvSequence state(model.shape().kv, model.device());
  state.set_prompt_tokens(static_cast<int64_t>(ids.size()),
                          static_cast<int64_t>(question.document));
  size_t done = 0;
  for (size_t cut : cut_points(ids.size(), question.document, model.device().chunk_tokens)) {
    if (cut > question.document) break;
    (void)model.prefill(ids.subspan(done, cut - done), state);
    done = cut;
  }
  return state;
}

// Decodes `steps` given tokens behind each sequence together.
Rows decode(const CausalModel& model, std::vector<KvSequence>& states, int steps) {
  Rows rows(states.size());
  std::vector<KvSequence*> pointers;
  for (KvSequence& state : states) pointers.push_back(&state);
  for (int step = 0; step < steps; ++step) {
    std::vector<TokenId> ids(states.size(), static_cast<TokenId>(7 + step));
    at::Tensor logits = model.logits(model.decode(ids, pointers)).contiguous();
    auto width = static_cast<size_t>(logits.size(1));
    const float* data = logits.const_data_ptr<float>();
    for (size_t r = 0; r < rows.size(); ++r)
      rows[r].insert(rows[r].end(), data + r * width, data + (r + 1) * width);
  }
  return rows;
}

bool equal(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

size_t differing(const CausalModel& model, const std::vector<Question>& list) {
  constexpr int kSteps = 6;
  Rows alone;
  for (const Question& question : list) {
    std::vector<KvSequence> state = {filled(model, question, nullptr)};
    alone.push_back(decode(model, state, kSteps)[0]);
  }
  size_t wrong = 0;
  // All together, their documents computed once and forked; then backwards and three at a time.
  for (size_t width : {list.size(), size_t{3}})
    for (bool reverse : {false, true}) {
      std::vector<size_t> order(list.size());
      for (size_t i = 0; i < order.size(); ++i) order[i] = reverse ? order.size() - 1 - i : i;
      for (size_t begin = 0; begin < order.size(); begin += width) {
        std::vector<KvSequence> states;
        size_t end = std::min(order.size(), begin + width);
        std::optional<KvSequence> document;
        std::pair<size_t, int64_t> held;
        for (size_t i = begin; i < end; ++i) {
          const Question& question = list[order[i]];
          const std::pair needed(question.document,
                                 model.variant(static_cast<int64_t>(question.ids.size())));
          if (!document || held != needed) document = document_of(model, question);
          held = needed;
          states.push_back(filled(model, question, &*document));
        }
        Rows rows = decode(model, states, kSteps);
        for (size_t i = begin; i < end; ++i) wrong += !equal(rows[i - begin], alone[order[i]]);
      }
    }
  return wrong;
}

bool same_answers(InProcessServer& server, const std::vector<Question>& list) {
  std::vector<GenerationRequest> requests;
  for (const Question& question : list) {
    GenerationRequest request;
    request.ids = question.ids;
    request.context_end = question.document;
    request.max_new_tokens = 12;
    request.decoding.temperature = requests.size() % 2 ? 0.8 : 0;
    request.decoding.seed = 5;
    requests.push_back(request);
  }
  std::vector<std::vector<TokenId>> alone;
  for (const GenerationRequest& request : requests) {
    server.generator()->prefixes().clear();
    auto answer = answers(server, {request})[0];
    if (!answer) return false;
    alone.push_back(answer->ids);
  }
  for (bool reverse : {false, true}) {
    std::vector<GenerationRequest> batch = requests;
    if (reverse) std::reverse(batch.begin(), batch.end());
    auto together = answers(server, batch);
    for (size_t i = 0; i < batch.size(); ++i)
      if (!together[i] || together[i]->ids != alone[reverse ? batch.size() - 1 - i : i])
        return false;
  }
  return true;
}

}  // namespace

BitsFound compare_bits(InProcessServer& server, const std::vector<size_t>& documents,
                       const std::vector<size_t>& own) {
  c10::InferenceMode inference;
  auto list = questions(server.model()->shape(), documents, own);
  BitsFound found;
  found.sequences = kOrders * list.size();
  found.differing = differing(*server.model(), list);
  found.answers_equal = same_answers(server, list);
  return found;
}

void check_same_bits(Report& report, const Settings& settings) {
  std::vector<std::filesystem::path> models = golden_folders(settings);
  models.insert(models.end(), settings.models.begin(), settings.models.end());
  for (const auto& model : models) {
    auto server = open_server(model, settings.device);
    if (!server) {
      report.row("same bits", model.filename(), false, "does not load");
      continue;
    }
    const BitsFound found = compare_bits(*server, {60, 600, 1100, 5000}, {5, 40, 700});
    report.row("same bits", model.filename(), found.same(),
               std::to_string(found.differing) + " of " + std::to_string(found.sequences) +
                   " sequences differ, answers " + (found.answers_equal ? "equal" : "differ"));
  }
}

}  // namespace loom::gpu
