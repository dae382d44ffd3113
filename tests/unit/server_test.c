/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model servers that say what they should, and what each of them tells of itself.
 */
#include "tests/unit/test.h"

#include "benchmark/server.h"
#include "core/hash.h"
#include "tests/unit/fake_server.h"

static const char tags[] =
	"{\"models\":[{\"name\":\"qwen3:8b\",\"model\":\"qwen3:8b\",\"size\":5225388164,\"digest\":\"500a1f067a9f\","
	"\"details\":{\"format\":\"gguf\",\"family\":\"qwen3\",\"parameter_size\":\"8.2B\",\"quantization_level\":\"Q4_K_M\"}},"
	"{\"name\":\"\"},7,{\"name\":\"gpt-oss:120b-cloud\"},{\"name\":\"mine\",\"remote_host\":\"https://cloud.example\"},"
	"{\"name\":\"mine2\",\"remote_model\":\"x\"},{\"name\":\"b:latest\",\"digest\":\"sha256:abcd\",\"size\":-1}]}";

static const char shown[] =
	"{\"template\":\"{{ .Prompt }}\\n\",\"details\":{\"family\":\"qwen3\",\"parameter_size\":\"8.2B\",\"quantization_level\":\"Q4_K_M\"},"
	"\"model_info\":{\"general.architecture\":\"qwen3\",\"qwen3.block_count\":36,\"qwen3.context_length\":40960}}";

static const char loaded[] =
	"{\"models\":[{\"name\":\"other:1b\",\"size\":1,\"size_vram\":1},{\"name\":\"qwen3:latest\",\"size\":6000,\"size_vram\":4000,"
	"\"context_length\":8192}]}";

static const char chat[] =
	"{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"H\\u00fcm\"},\"done\":false}\n"
	"{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"a\\n\"},\"done\":false}\r\n"
	"\n"
	"{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\\ud83d\\ude00b\"},\"done\":false}\n"
	"{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
	"\"total_duration\":9,\"load_duration\":11,\"prompt_eval_count\":26,\"prompt_eval_duration\":13,\"eval_count\":3,"
	"\"eval_duration\":17}\n";

/* with a count that no prompt has, which is taken for none */
static const char generate[] =
	"{\"response\":\"x\",\"done\":false}\n{\"response\":\"y\",\"done\":true,\"done_reason\":\"length\",\"eval_count\":2,"
	"\"prompt_eval_count\":4611686018427387904}";

static bool ollama(struct fake_server *f, int fd, const char *request)
{
	(void)f;
	if (fake_is(request, "GET /api/version "))
		return fake_answer(fd, "200 OK", "", "{\"version\":\"0.12.0\"}");
	if (fake_is(request, "GET /api/tags "))
		return fake_answer(fd, "200 OK", "", tags);
	if (fake_is(request, "GET /api/ps "))
		return fake_answer(fd, "200 OK", "", loaded);
	if (fake_is(request, "POST /api/show ") && strstr(request, "\"mine\""))
		return fake_answer(fd, "200 OK", "", "{\"remote_host\":\"https://cloud.example:443\",\"remote_model\":\"big\"}");
	if (fake_is(request, "POST /api/show "))
		return strstr(request, "{\"model\":\"qwen3:8b\"}") ? fake_answer(fd, "200 OK", "", shown)
								  : fake_answer(fd, "404 Not Found", "", "{\"error\":\"model 'x' not found\"}");
	if (fake_is(request, "GET /v1/models "))
		return fake_answer(fd, "200 OK", "", "{\"data\":[{\"id\":\"qwen3:8b\",\"owned_by\":\"library\"}]}");
	if (fake_is(request, "POST /api/chat "))
		return fake_bytewise(fd, chat);
	if (fake_is(request, "POST /api/generate "))
		return fake_bytewise(fd, generate);
	return fake_answer(fd, "404 Not Found", "", "404 page not found");
}

static struct fake_server fake;
static const struct server_message messages[] = {
	{"system", {(const unsigned char *)"be \"brief\"", 10}},
	{"user", {(const unsigned char *)"hello\n", 6}},
};

static struct server *opened(const char *url)
{
	struct error err = {0};
	struct server *s = NULL;
	if (server_open(url, &s, &err))
		print_error("%s\n", err.text);
	assert_non_null(s);
	return s;
}

static void ollama_tells_of_its_models(void **state)
{
	(void)state;
	struct error err = {0};
	struct server_model *list = NULL, x = {.name = "x"};
	struct server_loaded l;
	size_t count = 0;
	fake_begin(&fake, ollama);
	struct server *s = opened(fake.url);
	const struct server_about *about = server_about(s);
	assert_int_equal(about->kind, SERVER_OLLAMA);
	assert_string_equal(about->name, "Ollama");
	assert_string_equal(about->version, "0.12.0");
	assert_string_equal(about->url, fake.url);
	assert_int_equal(server_models(s, &list, &count, &err), OK);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].name, "qwen3:8b");
	assert_string_equal(list[0].digest, "500a1f067a9f");
	assert_string_equal(list[0].quantisation, "Q4_K_M");
	assert_string_equal(list[0].parameters, "8.2B");
	assert_true(list[0].size_bytes == 5225388164);
	assert_string_equal(list[1].digest, "abcd");
	assert_true(list[1].size_bytes == 0);
	assert_int_equal(server_show(s, &list[0], &err), OK);
	assert_true(list[0].context_max == 40960);
	unsigned char digest[HASH_SIZE];
	char hex[HASH_TEXT_MAX];
	hash_bytes(SLICE("{{ .Prompt }}\n"), digest);
	hash_text(digest, hex);
	assert_string_equal(list[0].template_sha256, hex);
	assert_int_equal(server_show(s, &x, &err), ERR_NO_INPUT);
	assert_contains(err.text, "model 'x' not found");
	assert_int_equal(server_loaded(s, "qwen3", &l, &err), OK);
	assert_true(l.known && l.size_bytes == 6000 && l.size_vram_bytes == 4000 && l.context == 8192);
	assert_int_equal(server_loaded(s, "qwen3:8b", &l, &err), OK);
	assert_false(l.known);
	free(list);
	server_close(s);
	fake_end(&fake);
}

static void count_heard(void *context, size_t tokens)
{
	*(size_t *)context = tokens;
}

static void ollama_is_asked_and_answers(void **state)
{
	(void)state;
	struct error err = {0};
	struct server_reply r;
	size_t heard = 0;
	static const char *const stops[] = {"```", NULL};
	fake_begin(&fake, ollama);
	struct server *s = opened(fake.url);
	struct server_ask ask = {.model = "m", .messages = messages, .message_count = 2, .stops = stops, .temperature = 0.2,
				 .seed = (UINT64_C(1) << 31) + 7, .context = 8192, .tokens_max = 100, .timeout_ms = 20000,
				 .heard = count_heard, .heard_context = &heard};
	assert_int_equal(server_ask(s, &ask, &r, &err), OK);
	assert_contains(fake.last, "User-Agent: airgap-verify\r\n");
	assert_contains(fake.last, "\r\n\r\n{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"be \\\"brief\\\"\"},"
				   "{\"role\":\"user\",\"content\":\"hello\\n\"}],\"stream\":true,\"keep_alive\":\"15m\","
				   "\"options\":{\"temperature\":0.200,\"seed\":7,\"num_ctx\":8192,\"num_predict\":100,\"stop\":[\"```\"]}}");
	assert_int_equal(r.end, SERVER_STOPPED);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.tries, 1);
	assert_slice(text_slice(&r.text), "a\n\xf0\x9f\x98\x80" "b");
	assert_slice(text_slice(&r.thought), "H\xc3\xbcm");
	assert_int_equal(heard, 3);
	assert_true(r.first_ns > 0 && r.first_ns < r.total_ns);
	assert_true(r.prompt_tokens == 26 && r.tokens == 3 && r.load_ns == 11 && r.prompt_ns == 13 && r.generation_ns == 17);
	server_reply_free(&r);
	ask = (struct server_ask){.model = "m", .prompt = SLICE("def f():\n"), .timeout_ms = 20000};
	assert_int_equal(server_ask(s, &ask, &r, &err), OK);
	assert_contains(fake.last, "{\"model\":\"m\",\"prompt\":\"def f():\\n\",\"raw\":true,\"stream\":true,");
	assert_contains(fake.last, "\"options\":{\"temperature\":0.000,\"seed\":0}}");
	assert_int_equal(r.end, SERVER_LENGTH);
	assert_slice(text_slice(&r.text), "xy");
	assert_true(r.tokens == 2 && r.prompt_tokens == -1 && r.load_ns == -1 && r.prompt_ns == -1 && r.generation_ns == -1);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
}

static void what_ollama_passes_on_is_never_asked(void **state)
{
	(void)state;
	static const char *const cloud[] = {"gpt-oss:120b-cloud", "m:cloud", "mine"};
	fake_begin(&fake, ollama);
	for (int v1 = 0; v1 < 2; v1++) {
		char url[200];
		snprintf(url, sizeof url, "%s%s", fake.url, v1 ? "/v1" : "");
		struct server *s = opened(url);
		for (size_t i = 0; i < LENGTH(cloud); i++) {
			struct error err = {0};
			struct server_reply r;
			struct server_ask ask = {.model = cloud[i], .prompt = SLICE("secret"), .timeout_ms = 20000};
			assert_int_equal(server_ask(s, &ask, &r, &err), ERR_USAGE);
			assert_contains(err.text, "is not on this machine: Ollama passes what it is asked on to ");
			assert_null(strstr(fake.last, "secret"));
			server_reply_free(&r);
		}
		server_close(s);
	}
	fake_end(&fake);
}

static const char events[] =
	": nobody reads this\r\n"
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null},\"finish_reason\":null}],\"usage\":null}\r\n"
	"\r\n"
	"event: x\nid: 7\n"
	"data: {\"choices\":[{\"index\":0,\r\n"
	"data:\"delta\":{\"reasoning_content\":\"Hm\"}}]}\r\n\r\n"
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Y\\u00e9s\"}}]}\n\n"
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":null}]}\r\r"
	"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n"
	"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":26,\"completion_tokens\":4},"
	"\"timings\":{\"prompt_n\":20,\"prompt_ms\":1.5,\"predicted_n\":4,\"predicted_ms\":2.25e+1}}\n\n"
	"data: [DONE]\n\n";

static const char texts[] =
	"data: {\"choices\":[{\"text\":\"x\",\"finish_reason\":null}]}\n\n"
	"data: {\"choices\":[{\"text\":\"y\",\"finish_reason\":\"stop\"}],"
	"\"timings\":{\"prompt_n\":20,\"cache_n\":6,\"predicted_n\":2}}\n\ndata: [DONE]";

static bool llama(struct fake_server *f, int fd, const char *request)
{
	(void)f;
	if (fake_is(request, "GET /v1/models "))
		return fake_answer(fd, "200 OK", "",
				   "{\"object\":\"list\",\"data\":[{\"id\":\"m.gguf\",\"owned_by\":\"llamacpp\",\"meta\":{\"n_ctx_train\":40960,"
				   "\"n_params\":8190735360,\"size\":5020000000}}]}");
	if (fake_is(request, "GET /props "))
		return fake_answer(fd, "200 OK", "", "{\"default_generation_settings\":{\"n_ctx\":8192},\"build_info\":\"b6000-abc\","
						     "\"chat_template\":\"t\"}");
	if (fake_is(request, "POST /v1/chat/completions "))
		return fake_bytewise(fd, events);
	if (fake_is(request, "POST /v1/completions "))
		return fake_bytewise(fd, texts);
	return fake_answer(fd, "404 Not Found", "", "{\"error\":{\"code\":404,\"message\":\"File Not Found\"}}");
}

static void llama_cpp_answers(void **state)
{
	(void)state;
	struct error err = {0};
	struct server_reply r;
	struct server_model m = {.name = "m.gguf"}, none = {.name = "n"};
	struct server_loaded l;
	fake_begin(&fake, llama);
	struct server *s = opened(fake.url);
	assert_int_equal(server_about(s)->kind, SERVER_OPENAI);
	assert_string_equal(server_about(s)->name, "llama.cpp");
	assert_string_equal(server_about(s)->version, "b6000-abc");
	assert_int_equal(server_show(s, &m, &err), OK);
	assert_true(m.context_max == 8192 && m.size_bytes == 5020000000);
	assert_string_equal(m.parameters, "8.1B");
	assert_int_equal(strlen(m.template_sha256), 64);
	assert_int_equal(server_show(s, &none, &err), ERR_NO_INPUT);
	assert_int_equal(server_loaded(s, "m.gguf", &l, &err), OK);
	assert_true(!l.known && l.context == 8192);
	struct server_ask ask = {.model = "m.gguf", .messages = messages, .message_count = 2, .tokens_max = 4, .timeout_ms = 20000};
	assert_int_equal(server_ask(s, &ask, &r, &err), OK);
	assert_contains(fake.last, "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"temperature\":0.000,\"seed\":0,"
				   "\"max_tokens\":4,\"cache_prompt\":false}");
	assert_int_equal(r.end, SERVER_LENGTH);
	assert_slice(text_slice(&r.text), "Y\xc3\xa9s!");
	assert_slice(text_slice(&r.thought), "Hm");
	assert_true(r.prompt_tokens == 26 && r.tokens == 4 && r.prompt_ns == 1500000 && r.generation_ns == 22500000 && r.load_ns == -1);
	server_reply_free(&r);
	ask = (struct server_ask){.model = "m.gguf", .prompt = SLICE("p"), .timeout_ms = 20000};
	assert_int_equal(server_ask(s, &ask, &r, &err), OK);
	assert_int_equal(r.end, SERVER_STOPPED);
	assert_slice(text_slice(&r.text), "xy");
	assert_true(r.prompt_tokens == 26 && r.tokens == 2 && r.prompt_ns == -1);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
}

static bool studio(struct fake_server *f, int fd, const char *request)
{
	(void)f;
	if (fake_is(request, "GET /v1/models "))
		return fake_answer(fd, "200 OK", "", "{\"data\":[{\"id\":\"q\",\"owned_by\":\"organization_owner\"}]}");
	if (fake_is(request, "GET /api/v0/models "))
		return fake_answer(fd, "200 OK", "",
				   "{\"data\":[{\"id\":\"q\",\"type\":\"llm\",\"arch\":\"qwen3\",\"quantization\":\"Q4_K_M\",\"state\":\"loaded\","
				   "\"max_context_length\":40960,\"loaded_context_length\":4096},{\"id\":\"e\",\"type\":\"embeddings\"}]}");
	return fake_answer(fd, "200 OK", "", "{\"error\":\"Unexpected endpoint or method.\"}");
}

static void lm_studio_tells_what_v1_does_not(void **state)
{
	(void)state;
	struct error err = {0};
	struct server_model *list = NULL;
	struct server_loaded l;
	size_t count = 0;
	fake_begin(&fake, studio);
	struct server *s = opened(fake.url); /* its 200 for a path that it does not have makes it no Ollama */
	assert_string_equal(server_about(s)->name, "LM Studio");
	assert_int_equal(server_models(s, &list, &count, &err), OK);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].quantisation, "Q4_K_M");
	assert_string_equal(list[0].family, "qwen3");
	assert_true(list[0].context_max == 40960);
	assert_int_equal(server_loaded(s, "q", &l, &err), OK);
	assert_true(!l.known && l.context == 4096);
	free(list);
	server_close(s);
	fake_end(&fake);
}

static bool vllm(struct fake_server *f, int fd, const char *request)
{
	(void)f;
	if (fake_is(request, "GET /up/v1/models "))
		return fake_answer(fd, "200 OK", "", "{\"data\":[{\"id\":\"a/b\",\"owned_by\":\"vllm\",\"max_model_len\":32768}]}");
	if (fake_is(request, "GET /up/version "))
		return fake_answer(fd, "200 OK", "", "{\"version\":\"0.9.1\"}");
	return fake_answer(fd, "404 Not Found", "", "{\"detail\":\"Not Found\"}");
}

static void vllm_behind_a_path(void **state)
{
	(void)state;
	char url[200];
	struct error err = {0};
	struct server_model m = {.name = "a/b"};
	fake_begin(&fake, vllm);
	snprintf(url, sizeof url, "http://localhost:%u/up/v1/", fake.port);
	struct server *s = opened(url);
	assert_int_equal(fake.requests, 2); /* /v1 is no Ollama: that is not even asked */
	assert_string_equal(server_about(s)->name, "vLLM");
	assert_string_equal(server_about(s)->version, "0.9.1");
	assert_int_equal(server_show(s, &m, &err), OK);
	assert_true(m.context_max == 32768);
	server_close(s);
	fake_end(&fake);
}

static void over_a_unix_socket(void **state)
{
	struct scratch *scratch = *state;
	struct error err = {0};
	struct server_reply r;
	fake_begin_unix(&fake, scratch->path, ollama);
	struct server *s = opened(fake.url);
	assert_string_equal(server_about(s)->url, fake.url);
	struct server_ask ask = {.model = "m", .messages = messages, .message_count = 1, .timeout_ms = 20000};
	assert_int_equal(server_ask(s, &ask, &r, &err), OK);
	assert_contains(fake.last, "Host: localhost\r\n");
	assert_int_equal(r.end, SERVER_STOPPED);
	server_reply_free(&r);
	server_close(s);
	fake_end(&fake);
}

static void who_is_no_server_is_said_so(void **state)
{
	(void)state;
	static const char *const elsewhere[] = {"http://192.0.2.1:11434", "https://127.0.0.1", "http://model.example", "http://0.0.0.0:1",
						"http://[2001:db8::1]/", "http://127.0.0.1@192.0.2.1/"};
	struct error err = {0};
	struct server *s = NULL;
	for (size_t i = 0; i < LENGTH(elsewhere); i++)
		assert_int_equal(server_open(elsewhere[i], &s, &err), ERR_USAGE);
	fake_begin(&fake, vllm); /* a server, but of nothing that is known at this path */
	assert_int_equal(server_open(fake.url, &s, &err), ERR_NO_INPUT);
	assert_contains(err.text, "/v1/models: HTTP status 404");
	fake_end(&fake);
	assert_int_equal(server_open(fake.url, &s, &err), ERR_UNAVAILABLE);
	assert_null(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ollama_tells_of_its_models),
		cmocka_unit_test(ollama_is_asked_and_answers),
		cmocka_unit_test(what_ollama_passes_on_is_never_asked),
		cmocka_unit_test(llama_cpp_answers),
		cmocka_unit_test(lm_studio_tells_what_v1_does_not),
		cmocka_unit_test(vllm_behind_a_path),
		scratch_test(over_a_unix_socket),
		cmocka_unit_test(who_is_no_server_is_said_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
