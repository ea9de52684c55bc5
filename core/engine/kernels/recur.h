// Recurrences over the tokens of one sequence. Included by kernels_body.h only.

// One token and `Count` numbers (vectors or floats) of the state's rows, see RecurrentHead.
template <typename Number, int Count, bool Bonus, bool Delta>
inline void recur_columns(const RecurrentHead& head, int64_t column, float* state, float* out) {
  constexpr auto kStep = static_cast<int64_t>(sizeof(Number) / sizeof(float));
  auto get = [](const float* p, int n) {
    Number number;
    std::memcpy(&number, p + n * kStep, sizeof number);
    return number;
  };
  auto put = [](float* p, int n, Number number) {
    std::memcpy(p + n * kStep, &number, sizeof number);
  };
  Number correction[Count] = {}, sum[Count] = {};
  if constexpr (Delta)
    for (int64_t i = 0; i < head.keys; ++i)
      for (int n = 0; n < Count; ++n)
        correction[n] += head.removal[i] * get(state + i * head.values + column, n);
  for (int64_t i = 0; i < head.keys; ++i) {
    float* row = state + i * head.values + column;
    const float decay = head.decay[i * head.decay_step], key = head.key[i], query = head.query[i];
    for (int n = 0; n < Count; ++n) {
      const Number before = get(row, n), added = key * get(head.value + column, n);
      Number after = decay * before + added;
      if constexpr (Delta) after += head.replacement[i] * correction[n];
      if constexpr (Bonus) {
        sum[n] += query * (before + head.bonus[i] * added);
      } else {
        sum[n] += query * after;
      }
      put(row, n, after);
    }
  }
  for (int n = 0; n < Count; ++n) put(out + column, n, sum[n]);
}

template <bool Bonus, bool Delta>
void recur_tokens(RecurrentHead head, int64_t tokens, float* state, float* out) {
  constexpr int kVectors = 4;
  for (int64_t t = 0; t < tokens; ++t) {
    int64_t c = 0;
    for (; c + kVectors * kLanes <= head.values; c += kVectors * kLanes)
      recur_columns<Vec, kVectors, Bonus, Delta>(head, c, state, out);
    for (; c + kLanes <= head.values; c += kLanes)
      recur_columns<Vec, 1, Bonus, Delta>(head, c, state, out);
    for (; c < head.values; ++c) recur_columns<float, 1, Bonus, Delta>(head, c, state, out);
    head.query += head.query_stride;
    head.key += head.key_stride;
    head.value += head.value_stride;
    head.decay += head.decay_stride;
    if constexpr (Delta) {
      head.removal += head.key_stride;
      head.replacement += head.key_stride;
    }
    out += head.value_stride;
  }
}

void recur(const RecurrentHead& head, int64_t tokens, float* state, float* out) {
  if (head.removal) return recur_tokens<false, true>(head, tokens, state, out);
  if (head.bonus) return recur_tokens<true, false>(head, tokens, state, out);
  recur_tokens<false, false>(head, tokens, state, out);
}

inline float exponential_of(float x) {
  return exponential_one(x);
}
inline Vec exponential_of(Vec x) {
  return exponential(x);
}

// The tokens of one vector, or of one float, of channels.
template <typename Number>
inline void scan_channels(const SelectiveChannels& scan, int64_t tokens, int64_t channel) {
  auto get = [channel](const float* p) {
    Number number;
    std::memcpy(&number, p + channel, sizeof number);
    return number;
  };
  auto put = [channel](float* p, Number number) {
    std::memcpy(p + channel, &number, sizeof number);
  };
  for (int64_t t = 0; t < tokens; ++t) {
    const Number step = get(scan.step + t * scan.channels), x = get(scan.x + t * scan.channels);
    const float *in = scan.in + t * scan.row_stride, *out = scan.out + t * scan.row_stride;
    const Number driven = step * x;
    Number sum = get(scan.skip) * x;
    for (int64_t n = 0; n < scan.states; ++n) {
      float* place = scan.state + n * scan.channels;
      const Number after =
          exponential_of(step * get(scan.rate + n * scan.channels)) * get(place) + driven * in[n];
      put(place, after);
      sum += after * out[n];
    }
    put(scan.y + t * scan.channels, sum);
  }
}

void selective_scan(const SelectiveChannels& scan, int64_t tokens, int64_t begin, int64_t end) {
  for (; begin + kLanes <= end; begin += kLanes) scan_channels<Vec>(scan, tokens, begin);
  for (; begin < end; ++begin) scan_channels<float>(scan, tokens, begin);
}
