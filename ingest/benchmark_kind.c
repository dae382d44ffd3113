/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/benchmark_kind.h"

#include "core/error.h"

enum { NEEDED = true, DECIMAL_MAX = 32, EXPONENT_MAX = 99 };

static const struct benchmark_kind kinds[] = {
	{"benchmark", QUERY_BENCH_INSERT, "a line of settings of which not all is told, or of another format",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"tool", BENCHMARK_NAME, NEEDED}, {"resumed", BENCHMARK_FLAG, false},
	  {"tasks_sha256", BENCHMARK_NAME, NEEDED}, {"seed", BENCHMARK_NUMBER, NEEDED},
	  {"samples", BENCHMARK_SAMPLE, NEEDED}, {"temperature", BENCHMARK_DECIMAL, NEEDED},
	  {"context", BENCHMARK_NUMBER, false}, {"tokens_max", BENCHMARK_NUMBER, false},
	  {"timeout_ms", BENCHMARK_NUMBER, false}, {"repeats", BENCHMARK_NUMBER, false},
	  {"suites", BENCHMARK_ARRAY, NEEDED}, {"prompt_mode", BENCHMARK_WORD, NEEDED},
	  {"tasks", BENCHMARK_NUMBER, NEEDED}, {"languages", BENCHMARK_OBJECT, false},
	  {"sandbox", BENCHMARK_TEXT, false}, {"cpus", BENCHMARK_NUMBER, false},
	  {"limit", BENCHMARK_NUMBER, false}, {"languages_asked", BENCHMARK_ARRAY, false},
	  {"difficulties_asked", BENCHMARK_ARRAY, false},
	  {"format", BENCHMARK_VERSION, NEEDED}}},
	{"end", QUERY_BENCH_END_INSERT, "an end of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"complete", BENCHMARK_FLAG, NEEDED},
	  {"interrupted", BENCHMARK_FLAG, NEEDED}}},
	{"machine", QUERY_BENCH_MACHINE_INSERT, "a machine of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"memory_bytes", BENCHMARK_NUMBER, false},
	  {"processor", BENCHMARK_TEXT, false}, {"tier", BENCHMARK_NAME, false}, {"tier_from", BENCHMARK_TEXT, false},
	  {"tier_bytes", BENCHMARK_NUMBER, false}, {"warning", BENCHMARK_TEXT, false},
	  {"notes", BENCHMARK_ARRAY, false}, {"gpus", BENCHMARK_GPUS, NEEDED}}},
	{"server", QUERY_BENCH_SERVER_INSERT, "a server of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"url", BENCHMARK_NAME, NEEDED}, {"server", BENCHMARK_WORD, NEEDED},
	  {"name", BENCHMARK_TEXT, false}, {"version", BENCHMARK_TEXT, false}}},
	{"model", QUERY_BENCH_MODEL_INSERT, "a model of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, NEEDED}, {"digest", BENCHMARK_TEXT, false},
	  {"quantisation", BENCHMARK_TEXT, false}, {"parameters", BENCHMARK_TEXT, false},
	  {"family", BENCHMARK_TEXT, false}, {"size_bytes", BENCHMARK_NUMBER, false},
	  {"context_max", BENCHMARK_NUMBER, false}, {"template_sha256", BENCHMARK_TEXT, false},
	  {"tier", BENCHMARK_NAME, false}}},
	{"proof", QUERY_BENCH_PROOF_INSERT, "a proof of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"name", BENCHMARK_NAME, NEEDED}, {"tried", BENCHMARK_TEXT, NEEDED},
	  {"held", BENCHMARK_FLAG, NEEDED}, {"detail", BENCHMARK_TEXT, false}}},
	{"published", QUERY_BENCH_PUBLISHED_INSERT, "a published figure of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, NEEDED}, {"benchmark", BENCHMARK_WORD, NEEDED},
	  {"variant", BENCHMARK_NAME, NEEDED}, {"percent", BENCHMARK_DECIMAL, false}, {"precision", BENCHMARK_TEXT, false},
	  {"prompt_mode", BENCHMARK_TEXT, false}, {"published", BENCHMARK_TEXT, false}, {"title", BENCHMARK_NAME, NEEDED}}},
	{"loaded", QUERY_BENCH_LOADED_INSERT, "a loaded model of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, NEEDED},
	  {"size_bytes", BENCHMARK_NUMBER, false}, {"size_vram_bytes", BENCHMARK_NUMBER, false},
	  {"context", BENCHMARK_NUMBER, false}}},
	{"speed", QUERY_BENCH_SPEED_INSERT, "a measurement of speed of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, NEEDED}, {"repeat", BENCHMARK_SAMPLE, NEEDED},
	  {"prompt_tokens", BENCHMARK_NUMBER, false}, {"tokens", BENCHMARK_NUMBER, false},
	  {"first_ns", BENCHMARK_NUMBER, false}, {"total_ns", BENCHMARK_NUMBER, false},
	  {"load_ns", BENCHMARK_NUMBER, false}, {"prompt_ns", BENCHMARK_NUMBER, false},
	  {"generation_ns", BENCHMARK_NUMBER, false}, {"energy_joules", BENCHMARK_DECIMAL, false},
	  {"end", BENCHMARK_WORD, false}}},
	{"answer", QUERY_BENCH_ANSWER_INSERT, "an answer of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, NEEDED}, {"suite", BENCHMARK_WORD, NEEDED},
	  {"task", BENCHMARK_NAME, NEEDED}, {"language", BENCHMARK_WORD, NEEDED}, {"difficulty", BENCHMARK_WORD, false},
	  {"sample", BENCHMARK_SAMPLE, NEEDED}, {"seed", BENCHMARK_NUMBER, false},
	  {"outcome", BENCHMARK_OUTCOME, NEEDED}, {"detail", BENCHMARK_TEXT, false}, {"end", BENCHMARK_WORD, false},
	  {"said", BENCHMARK_SAID, false}, {"thought_bytes", BENCHMARK_NUMBER, false},
	  {"turns", BENCHMARK_NUMBER, false}, {"tries", BENCHMARK_NUMBER, false},
	  {"prompt_tokens", BENCHMARK_NUMBER, false}, {"tokens", BENCHMARK_NUMBER, false},
	  {"first_ns", BENCHMARK_NUMBER, false}, {"total_ns", BENCHMARK_NUMBER, false},
	  {"load_ns", BENCHMARK_NUMBER, false}, {"prompt_ns", BENCHMARK_NUMBER, false},
	  {"generation_ns", BENCHMARK_NUMBER, false}, {"run_ns", BENCHMARK_NUMBER, false},
	  {"run_memory_bytes", BENCHMARK_NUMBER, false}}},
	{"energy", QUERY_BENCH_ENERGY_INSERT, "a measurement of energy of which not all is told",
	 {{"time_ns", BENCHMARK_NUMBER, NEEDED}, {"model", BENCHMARK_NAME, false}, {"joules", BENCHMARK_DECIMAL, NEEDED},
	  {"source", BENCHMARK_TEXT, false}, {"wall_ns", BENCHMARK_NUMBER, false}}},
};

const struct benchmark_kind benchmark_kind_gpu = {
	"gpu", QUERY_BENCH_GPU_INSERT, "a GPU of which not all is told",
	{{"name", BENCHMARK_NAME, NEEDED}, {"vendor", BENCHMARK_TEXT, false}, {"total_bytes", BENCHMARK_NUMBER, NEEDED},
	 {"free_bytes", BENCHMARK_NUMBER, false}, {"unified", BENCHMARK_FLAG, false}, {"source", BENCHMARK_TEXT, false}},
};

const struct benchmark_kind *benchmark_kind_find(const struct json_value *name)
{
	for (size_t i = 0; i < LENGTH(kinds) && name->type == JSON_STRING; i++)
		if (slice_is(name->raw, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static bool is_word(struct slice text)
{
	struct cursor c = cursor_over(text);
	while (cursor_left(&c) > 0) {
		unsigned char b = cursor_u8(&c);
		if (!(b >= 'a' && b <= 'z') && !(b >= '0' && b <= '9') && b != '_' && b != '-')
			return false;
	}
	return text.size > 0 && text.size <= BENCHMARK_WORD_MAX;
}

static bool is_outcome(struct slice text)
{
	static const char *const names[] = {"passed", "failed", "crashed", "syntax_error", "timeout", "limit",
					    "empty", "refused", "no_code", "cut", "slow", "server_error"};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is(text, names[i]))
			return true;
	return false;
}

/* A number of JSON from 0 on that stays one whatever adds them up: no exponent past 99. */
static bool is_decimal(const struct json_value *v)
{
	uint64_t exponent;
	size_t at = slice_find(v->raw, 'e');
	at = at < v->raw.size ? at : slice_find(v->raw, 'E');
	if (v->type != JSON_NUMBER || v->raw.size > DECIMAL_MAX || slice_starts(v->raw, "-"))
		return false;
	struct slice rest = slice_part(v->raw, at + 1, v->raw.size);
	if (slice_starts(rest, "+") || slice_starts(rest, "-"))
		rest = slice_part(rest, 1, rest.size);
	return rest.size == 0 || slice_u64(rest, EXPONENT_MAX, &exponent);
}

static bool is_number(const struct json_value *v, uint64_t max)
{
	uint64_t number;
	return json_u64(v, max, &number);
}

bool benchmark_kind_fits(enum benchmark_form form, const struct json_value *v)
{
	bool text = v->type == JSON_STRING, truth;
	switch (form) {
	case BENCHMARK_NAME:
		return text && v->raw.size > 0 && v->raw.size <= BENCHMARK_NAME_MAX &&
		       slice_search(v->raw, SLICE("\\u0000")) == v->raw.size;
	case BENCHMARK_WORD:
		return text && is_word(v->raw);
	case BENCHMARK_OUTCOME:
		return text && is_outcome(v->raw);
	case BENCHMARK_TEXT:
		return text && v->raw.size <= BENCHMARK_TEXT_MAX;
	case BENCHMARK_SAID:
		return text;
	case BENCHMARK_NUMBER:
		return is_number(v, INT64_MAX);
	case BENCHMARK_SAMPLE:
		return is_number(v, BENCHMARK_SAMPLES_MAX);
	case BENCHMARK_DECIMAL:
		return is_decimal(v);
	case BENCHMARK_FLAG:
		return json_bool(v, &truth);
	case BENCHMARK_ARRAY:
		return v->type == JSON_ARRAY && v->raw.size <= BENCHMARK_JSON_MAX;
	case BENCHMARK_OBJECT:
		return v->type == JSON_OBJECT && v->raw.size <= BENCHMARK_JSON_MAX;
	case BENCHMARK_VERSION:
		return is_number(v, BENCHMARK_FORMAT) && slice_is(v->raw, "1");
	case BENCHMARK_GPUS:
		return v->type == JSON_ARRAY;
	}
	return false;
}
