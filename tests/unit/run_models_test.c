/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which server a model is asked of, whether it fits here, and what of the context that is
 * asked for the server gives it: two servers that have a model of the same name.
 */
#include "tests/unit/test.h"

#include "benchmark/run_parts.h"
#include "tests/unit/fake_server.h"

static struct fake_server first, second;

/* Fields of one answer to /api/ps, and all of /api/tags. */
static const char *tags_of_first, *loaded;

static bool serve(struct fake_server *f, int fd, const char *request)
{
	if (fake_is(request, "GET /api/version "))
		return fake_answer(fd, "200 OK", "", "{\"version\":\"1\"}");
	if (fake_is(request, "GET /api/tags "))
		return fake_answer(fd, "200 OK", "", f == &first ? tags_of_first : "{\"models\":[{\"name\":\"same:8b\",\"size\":5000000000,\"digest\":\"02\"}]}");
	if (fake_is(request, "GET /api/ps "))
		return fake_answer(fd, "200 OK", "", loaded);
	if (fake_is(request, "POST /api/show ") && strstr(request, "\"passed-on\""))
		return fake_answer(fd, "200 OK", "", "{\"remote_host\":\"https://cloud.example\"}");
	if (fake_is(request, "POST /api/show "))
		return fake_answer(fd, "200 OK", "", "{}");
	if (fake_is(request, "POST /api/chat "))
		return fake_answer(fd, "200 OK", "", "{\"message\":{\"content\":\"x\"},\"done\":true,\"done_reason\":\"length\"}\n");
	return fake_answer(fd, "404 Not Found", "", "{}");
}

static void say(void *context, const char *text)
{
	text_add_string(context, text);
	text_add_char(context, '\n');
}

static void tick(void *context, const struct run_state *state)
{
	(void)context, (void)state;
}

struct course {
	struct run run;
	struct run_settings settings;
	struct run_order order;
	struct text said;
};

static const char two[] = "{\"models\":[{\"name\":\"same:8b\",\"size\":5000000000,\"digest\":\"01\"},"
			  "{\"name\":\"large:latest\",\"size\":19000000000}]}";

/* Both servers, 16 GiB of graphics memory; models NULL behind the last. */
static struct course *begin(const char *const *models)
{
	struct course *c = must_alloc(1, sizeof *c);
	tags_of_first = two;
	fake_begin(&first, serve);
	fake_begin(&second, serve);
	run_settings_usual(&c->settings);
	for (size_t i = 0; models[i]; i++)
		snprintf(c->settings.models[c->settings.model_count++], SERVER_NAME_MAX, "%s", models[i]);
	snprintf(c->settings.servers[0], SERVER_URL_MAX, "%s", first.url);
	snprintf(c->settings.servers[1], SERVER_URL_MAX, "%s", second.url);
	c->settings.server_count = 2;
	c->said = text_make(1 << 16);
	c->order = (struct run_order){.settings = &c->settings, .say = say, .tick = tick, .context = &c->said};
	c->run.order = &c->order;
	c->run.settings = &c->settings;
	c->run.graphics_bytes = UINT64_C(16) << 30;
	c->run.machine_notes = text_make(1 << 16);
	return c;
}

static void finish(struct course *c)
{
	for (size_t i = 0; i < c->run.server_count; i++)
		server_close(c->run.servers[i]);
	text_free(&c->said);
	text_free(&c->run.machine_notes);
	free(c);
	fake_end(&first);
	fake_end(&second);
}

static void of_two_servers_it_is_told_which(void **state)
{
	(void)state;
	struct error err = {0};
	char wanted[300];
	struct course *c = begin((const char *const[]){"same:8b", NULL});
	assert_int_equal(run_models(&c->run, &err), OK);
	assert_int_equal(c->run.model_count, 1);
	assert_string_equal(c->run.models[0].about.digest, "01");
	snprintf(wanted, sizeof wanted, "%s has same:8b too; asked is the one at %s (--model NAME@URL chooses)", second.url, first.url);
	assert_contains(text_string(&c->said), wanted);
	finish(c);
}

static void the_server_behind_a_name_is_asked(void **state)
{
	(void)state;
	struct error err = {0};
	struct course *c = begin((const char *const[]){NULL});
	snprintf(c->settings.models[0], SERVER_NAME_MAX, "same:8b@http://localhost:%u", second.port);
	c->settings.model_count = 1;
	c->settings.server_count = 0; /* it is opened for that */
	assert_int_equal(run_models(&c->run, &err), OK);
	assert_int_equal(c->run.server_count, 1);
	assert_string_equal(c->run.models[0].about.digest, "02");
	assert_null(strstr(text_string(&c->said), "too"));
	finish(c);
	c = begin((const char *const[]){"same:8b", "x", NULL});
	snprintf(c->settings.models[1], SERVER_NAME_MAX, "same:8b@%s", second.url);
	assert_int_equal(run_models(&c->run, &err), ERR_USAGE);
	assert_contains(err.text, "run bench once for each");
	finish(c);
}

static void what_a_server_tells_of_its_size_is_weighed(void **state)
{
	(void)state;
	struct error err = {0};
	static const char warning[] = "large:latest: its weights of 17.7 GiB, and about 2.5 GiB for a context of 8,192 tokens, are more "
				      "than the 16 GiB here: parts of it will run on the processor, slowly";
	struct course *c = begin((const char *const[]){"same:8b", "large", NULL});
	assert_int_equal(run_models(&c->run, &err), OK);
	assert_int_equal(c->run.model_count, 2);
	assert_contains(text_string(&c->said), warning);
	assert_contains(text_string(&c->run.machine_notes), warning); /* which are recorded */
	assert_null(strstr(text_string(&c->said), "same:8b: its weights"));
	finish(c);
}

static void servers_without_models(void **state)
{
	(void)state;
	struct error err = {0};
	struct course *c = begin((const char *const[]){"other:7b", NULL});
	tags_of_first = "{\"models\":[]}";
	c->settings.server_count = 1;
	assert_int_equal(run_models(&c->run, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "the model server has no model; fetch one before unplugging: ollama pull other:7b");
	finish(c);
	c = begin((const char *const[]){"other:7b", NULL});
	assert_int_equal(run_models(&c->run, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "ollama pull other:7b; or try what is there: --model same:8b, --model large:latest, --model same:8b");
	finish(c);
}

static void what_is_of_the_cloud_is_not_fetched(void **state)
{
	(void)state;
	static const char *const names[][2] = {{"passed-on", "passed-on is not on this machine: Ollama passes what it is asked on to https://cloud.example"},
					       {"big:120b-cloud", "big:120b-cloud is not on this machine"}};
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct error err = {0};
		struct course *c = begin((const char *const[]){names[i][0], NULL});
		assert_int_equal(run_models(&c->run, &err), ERR_USAGE);
		assert_contains(err.text, names[i][1]);
		assert_null(strstr(text_string(&c->said), "ollama pull"));
		finish(c);
	}
}

static void a_name_and_a_url(void **state)
{
	(void)state;
	static const char *const rows[][3] = {
		{"a:8b", "a:8b", ""}, {"a@q4_k_m", "a@q4_k_m", ""}, {"a@q4@http://127.0.0.1:1/v1", "a@q4", "http://127.0.0.1:1/v1"},
		{"a@unix:/run/x", "a", "unix:/run/x"}, {"@http://[::1]:1", "", "http://[::1]:1"},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
		run_settings_model(rows[i][0], name, url);
		assert_string_equal(name, rows[i][1]);
		assert_string_equal(url, rows[i][2]);
	}
}

/* What is said, and whether the record has it. */
static void speed_with(struct scratch *s, unsigned asked, const char *ps, const char *said, const char *recorded, uint64_t room)
{
	struct error err = {0};
	size_t size;
	struct course *c = begin((const char *const[]){"same:8b", NULL});
	loaded = ps;
	c->settings.repeats = 0;
	c->settings.context = asked;
	c->run.meter = machine_meter_open("/nowhere", "/nowhere", "/nowhere");
	unlinkat(s->fd, RECORD_NAME, 0);
	assert_int_equal(record_create(s->fd, &c->run.record, &err), OK);
	assert_int_equal(run_models(&c->run, &err), OK);
	text_clear(&c->said);
	assert_int_equal(run_speed(&c->run, &c->run.models[0], &err), OK);
	assert_int_equal(record_close(c->run.record, &err), OK);
	char *record = scratch_get(s, RECORD_NAME, &size);
	assert_contains(record, recorded);
	free(record);
	assert_contains(text_string(&c->said), said);
	assert_int_equal(c->said.size > 0, *said != 0);
	assert_int_equal(c->run.room, room);
	machine_meter_close(c->run.meter);
	finish(c);
}

static void less_context_than_is_asked_for(void **state)
{
	struct scratch *s = *state;
	speed_with(s, 8192, "{\"models\":[{\"name\":\"same:8b\",\"size\":1,\"size_vram\":1,\"context_length\":4096}]}",
		   "same:8b: the server gives it 4096 tokens of context, not the 8192 that are asked for", "\"context\":4096", 4096);
	speed_with(s, 8192, "{\"models\":[{\"name\":\"same:8b\",\"size\":1,\"size_vram\":1,\"context_length\":8192}]}", "", "\"context\":8192",
		   8192);
	speed_with(s, 0, "{\"models\":[{\"name\":\"same:8b\",\"size\":1,\"size_vram\":1,\"context_length\":4096}]}", "", "\"context\":4096",
		   4096);
	speed_with(s, 8192, "{\"models\":[]}", "", "\"kind\":\"speed\"", 8192);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_two_servers_it_is_told_which),
		cmocka_unit_test(the_server_behind_a_name_is_asked),
		cmocka_unit_test(what_a_server_tells_of_its_size_is_weighed),
		cmocka_unit_test(servers_without_models),
		cmocka_unit_test(what_is_of_the_cloud_is_not_fetched),
		cmocka_unit_test(a_name_and_a_url),
		scratch_test(less_context_than_is_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
