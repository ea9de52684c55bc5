// Attention over one page. Included by kernels_body.h only.

// How often by_rows() calls a product.
inline int64_t row_tiles(int64_t rows) {
  return (rows + kTileRows - 1) / kTileRows;
}

// scores [rows, tokens] = queries times keys, a panel of keys for all rows; keys that are no panels
// are made into one. The values are fetched meanwhile.
inline void score(const AttendedPage& page, const float* queries, int64_t rows, float* scores,
                  float* panel) {
  const int64_t panels = (page.tokens + kPanelOutputs - 1) / kPanelOutputs;
  Coming coming(page.values, page.tokens * page.d, panels * row_tiles(rows) * page.d);
  for (int64_t t = 0; t < page.tokens; t += kPanelOutputs) {
    const int64_t exist = std::min(kPanelOutputs, page.tokens - t);
    const float* keys = page.panels ? page.keys + t * page.d : panel;
    for (int64_t group = 0; group < kPanelOutputs && !page.panels; group += kLanes)
      pack_columns(page.keys + (t + group) * page.d, page.d, exist - group, panel + group);
    multiply_meanwhile({keys, page.d, exist}, queries, page.d, rows, scores + t, page.tokens, false,
                       coming);
  }
}

// scores [n] are bent to stay within the cap; they are scaled before that.
inline void bend(float* scores, int64_t n, float scale, float cap) {
  for (int64_t t = 0; t < n; ++t) scores[t] = cap * std::tanh(scores[t] * scale / cap);
}

// What a row sees of some tokens, and what its earlier sums are multiplied by for a new maximum.
struct RowPart {
  int64_t begin, end;
  float kept;
};

inline float highest(const float* scores, int64_t n) {
  Vec most = splat(-INFINITY);
  int64_t t = 0;
  for (; t + kLanes <= n; t += kLanes) most = larger(load(scores + t), most);
  float found = largest(most);
  for (; t < n; ++t) found = std::max(found, scores[t]);
  return found;
}

// scores [n] become exp(scale * score - maximum); their sum. The scale is above 0.
inline float exponentials(float* scores, int64_t n, float scale, float maximum) {
  Vec even = {}, odd = {};
  int64_t t = 0;
  for (; t + 2 * kLanes <= n; t += 2 * kLanes) {
    const Vec e = exponential(load(scores + t) * scale - maximum);
    const Vec o = exponential(load(scores + t + kLanes) * scale - maximum);
    store(scores + t, e);
    store(scores + t + kLanes, o);
    even += e;
    odd += o;
  }
  float sum = reduce(even + odd);
  for (; t < n; ++t) {
    scores[t] = exponential_one(scores[t] * scale - maximum);
    sum += scores[t];
  }
  return sum;
}

// out [rows, Vectors * kLanes] (+)= weights [rows, tokens] times some of the values.
template <int Vectors>
inline void add_columns(const float* weights, int64_t stride, const float* values, int64_t tokens,
                        int64_t d, int64_t rows, float* out, bool add, Coming& coming) {
  by_rows(rows, [&](auto count, int64_t r) {
    tile<decltype(count)::value, Vectors>(weights + r * stride, stride, values, d, tokens,
                                          out + r * d, d, add, coming);
  });
}

// out [rows, d] (+)= weights [rows, tokens] times values [tokens, d]. The keys of so many tokens
// more, `after` this part, are fetched meanwhile.
inline void add_values(const AttendedPage& page, const float* weights, int64_t rows, float* out,
                       bool add, int64_t after) {
  const int64_t d = page.d, tokens = page.tokens;
  Coming coming(page.keys + tokens * d, after * d,
                (d + kPanelOutputs - 1) / kPanelOutputs * row_tiles(rows) * tokens);
  int64_t c = 0;
  for (; c + kPanelOutputs <= d; c += kPanelOutputs)
    add_columns<kTileVectors>(weights, tokens, page.values + c, tokens, d, rows, out + c, add,
                              coming);
  for (; c + kLanes <= d; c += kLanes)
    add_columns<1>(weights, tokens, page.values + c, tokens, d, rows, out + c, add, coming);
  for (; c < d; ++c)
    for (int64_t r = 0; r < rows; ++r) {
      float sum = add ? out[r * d + c] : 0;
      for (int64_t t = 0; t < tokens; ++t) sum += weights[r * tokens + t] * page.values[t * d + c];
      out[r * d + c] = sum;
    }
}

// Some tokens of a page, from `start` on; sums of earlier ones are in out and partial. `after`: so
// many tokens come next.
inline void attend_part(const AttendedPage& part, int64_t start, int64_t after,
                        const float* queries, int64_t rows, const SeenTokens* seen, float* out,
                        PartialAttention* partial, float* scratch) {
  const int64_t tokens = part.tokens, d = part.d;
  const float scale = part.soft_cap > 0 ? 1 : part.scale;
  score(part, queries, rows, scratch, scratch + kAttendRows * kAttendTokens);
  // First all maxima, then all exponentials: rows wait for themselves only once.
  RowPart parts[kAttendRows];
  for (int64_t r = 0; r < rows; ++r) {
    float* row = scratch + r * tokens;
    int64_t begin = 0, end = tokens;
    if (seen) {
      begin = std::clamp<int64_t>(seen[r].begin - start, 0, tokens);
      end = std::clamp(seen[r].end - start, begin, tokens);
      std::fill(row, row + begin, 0.0f);
      std::fill(row + end, row + tokens, 0.0f);
    }
    parts[r] = {begin, end, 1};
    if (begin == end) continue;
    if (part.soft_cap > 0) bend(row + begin, end - begin, part.scale, part.soft_cap);
    const float before = partial[r].maximum;
    const float maximum = std::max(before, highest(row + begin, end - begin) * scale);
    if (partial[r].sum > 0 && maximum > before) parts[r].kept = exponential_one(before - maximum);
    partial[r].maximum = maximum;
  }
  for (int64_t r = 0; r < rows; ++r) {
    const auto [begin, end, kept] = parts[r];
    if (begin == end) continue;
    const float sum =
        exponentials(scratch + r * tokens + begin, end - begin, scale, partial[r].maximum);
    partial[r].sum = partial[r].sum * kept + sum;
    if (start > 0 && kept != 1)
      for (int64_t c = 0; c < d; ++c) out[r * d + c] *= kept;
  }
  add_values(part, scratch, rows, out, start > 0, after);
}

void attend(const AttendedPage& page, const float* queries, int64_t count, const SeenTokens* seen,
            float* out, PartialAttention* partial, float* scratch) {
  for (int64_t first = 0; first < count; first += kAttendRows) {
    const int64_t rows = std::min(kAttendRows, count - first);
    std::fill(partial + first, partial + first + rows, PartialAttention{-INFINITY, 0});
    for (int64_t t = 0; t < page.tokens; t += kAttendTokens) {
      AttendedPage part = page;
      part.keys += t * page.d;
      part.values += t * page.d;
      part.tokens = std::min(kAttendTokens, page.tokens - t);
      const int64_t after = std::min(kAttendTokens, page.tokens - t - part.tokens);
      attend_part(part, t, after, queries + first * page.d, rows, seen ? seen + first : nullptr,
                  out + first * page.d, partial + first, scratch);
    }
  }
}
