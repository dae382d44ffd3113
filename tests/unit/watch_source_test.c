/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/watch_find.h"
#include "cli/watch_source.h"
#include "core/clock.h"
#include "core/text.h"

enum { ROUNDS = 1000, WAIT_MS = 20 };

static const char SESSION[] = "{\"format\":\"airgap-verify session\",\"version\":1,\"options\":{\"scope\":\"host\"}}\n";
static const char CLOSED[] = "{\"kind\":\"checkpoint\",\"n\":1,\"t\":9000000000,\"mono\":1,\"bytes\":1,\"records\":1,\"lost\":{},\"sig\":\"00\"}\n";
static const char SEALED[] = "{\"kind\":\"checkpoint\",\"n\":1,\"t\":9000000000,\"next_key\":\"04\",\"sig\":\"00\"}\n";

static void add_attempt(struct text *t, int64_t time, int number)
{
	text_addf(t, "{\"kind\":\"attempt\",\"t\":%lld,\"call\":\"connect\",\"proto\":\"tcp\",\"dst\":\"127.0.0.1\",\"dport\":%d,"
		     "\"cookie\":%d,\"pid\":3,\"tid\":3,\"comm\":\"x\"}\n", (long long)time, number, number);
}

/* A folder of a session with an attempt in each of ten seconds. */
static void make(const struct scratch *s, const char *last)
{
	AUTO_TEXT struct text t = text_make(1 << 16);
	text_add_string(&t, "{\"kind\":\"open\",\"t\":1,\"format\":\"airgap-verify evidence\"}\n");
	for (int i = 1; i <= 10; i++)
		add_attempt(&t, i * CLOCK_SECOND, i);
	text_add_string(&t, last);
	scratch_put(s, "session.json", slice_of_string(SESSION));
	scratch_put(s, "evidence.ndjson", text_slice(&t));
}

/* Until that many attempts are known, or all is read. */
static void read_until(struct watch_source *s, struct watch_model *m, int64_t limit_ns, size_t attempts)
{
	for (int i = 0; i < ROUNDS && watch_table_count(m->attempts) < attempts && !watch_source_ended(s); i++) {
		if (!watch_source_step(s, m, limit_ns, INT64_MAX, NULL, NULL) && !s->next_ns)
			watch_source_wait(s, WAIT_MS);
		if (s->next_ns)
			break;
	}
	assert_int_equal(watch_table_count(m->attempts), attempts);
}

static void a_replay_goes_as_far_as_it_may(void **state)
{
	struct scratch *s = *state;
	struct watch_source source;
	struct error err = {0};
	bool running;
	struct watch_model *m = watch_model_new();
	make(s, CLOSED);
	assert_int_equal(watch_source_open(s->path, &source, &running, &err), OK);
	assert_false(running);
	assert_int_equal(source.last_ns, 9000000000);
	assert_true(source.host);
	assert_int_equal(watch_source_start(&source, false, &err), OK);
	read_until(&source, m, 3 * CLOCK_SECOND, 3);
	assert_int_equal(source.next_ns, 4 * CLOCK_SECOND);
	read_until(&source, m, 7 * CLOCK_SECOND + 1, 7);
	assert_true(((struct watch_attempt *)watch_table_at(m->attempts, 0))->session); /* the scope is the host */
	assert_true(((struct watch_process *)watch_table_at(m->processes, 0))->session);
	watch_model_clear(m);
	assert_int_equal(watch_source_start(&source, false, &err), OK); /* back to the start */
	read_until(&source, m, CLOCK_SECOND, 1);
	read_until(&source, m, INT64_MAX, 10);
	watch_source_close(&source);
	watch_model_free(m);
}

static void what_grows_is_followed(void **state)
{
	struct scratch *s = *state;
	struct watch_source source;
	struct error err = {0};
	bool running;
	struct watch_model *m = watch_model_new();
	make(s, SEALED);
	assert_int_equal(watch_source_open(s->path, &source, &running, &err), OK);
	assert_true(running);
	assert_int_equal(watch_source_start(&source, true, &err), OK);
	AUTO_TEXT struct text t = text_make(1 << 20);
	for (int i = 11; i <= 100; i++)
		add_attempt(&t, i * CLOCK_SECOND, i);
	int fd = openat(s->fd, "evidence.ndjson", O_WRONLY | O_APPEND | O_CLOEXEC);
	assert_int_equal(write(fd, t.at, t.size), t.size);
	read_until(&source, m, INT64_MAX, 100);
	text_clear(&t);
	add_attempt(&t, 200 * CLOCK_SECOND, 101);
	assert_int_equal(write(fd, t.at, t.size), t.size);
	read_until(&source, m, INT64_MAX, 101);
	assert_false(watch_source_ended(&source));
	watch_source_finish(&source);
	for (int i = 0; i < ROUNDS && !watch_source_ended(&source); i++) {
		watch_source_wait(&source, WAIT_MS);
		watch_source_step(&source, m, INT64_MAX, INT64_MAX, NULL, NULL);
	}
	assert_true(watch_source_ended(&source));
	close(fd);
	watch_source_close(&source);
	watch_model_free(m);
}

static void what_is_no_session_is_an_error(void **state)
{
	struct scratch *s = *state;
	struct watch_source source;
	struct error err = {0};
	bool running;
	assert_int_equal(watch_source_open(s->path, &source, &running, &err), ERR_NO_INPUT);
	assert_contains(err.text, "evidence.ndjson");
	assert_int_equal(source.folder, -1);
}

static void the_latest_that_runs_is_found(void **state)
{
	struct scratch *s = *state;
	char found[FILE_PATH_MAX];
	struct error err = {0};
	static const struct {
		const char *name, *last;
		mode_t mode;
		time_t written;
	} folders[] = {
		{"older", SEALED, 0700, 1000}, {"wanted", SEALED, 0700, 2000}, {"over", CLOSED, 0700, 3000},
		{"anybodys", SEALED, 0777, 4000},
	};
	char audits[256], nowhere[256];
	snprintf(audits, sizeof audits, "%s/audits", s->path);
	snprintf(nowhere, sizeof nowhere, "%s/nowhere", s->path);
	const char *const places[] = {s->path, audits, nowhere};
	assert_int_equal(watch_find(places, 1, found, &err), ERR_NO_INPUT);
	assert_int_equal(watch_find(places, 2, found, &err), ERR_NO_INPUT);
	assert_contains(err.text, "neither a session nor an audit of yours is running");
	assert_contains(err.text, "/audits (which is not there)");
	assert_contains(err.text, "airgap-verify watch -- COMMAND");
	for (size_t i = 0; i < LENGTH(folders); i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/evidence.ndjson", folders[i].name);
		assert_int_equal(mkdirat(s->fd, folders[i].name, 0700), 0);
		scratch_put(s, path, slice_of_string(folders[i].last));
		const struct timespec times[2] = {{folders[i].written, 0}, {folders[i].written, 0}};
		assert_int_equal(utimensat(s->fd, path, times, 0), 0);
		assert_int_equal(fchmodat(s->fd, folders[i].name, folders[i].mode, 0), 0);
	}
	assert_int_equal(watch_find(places, 3, found, &err), OK);
	assert_contains(found, "/wanted");
	/* an audit that began later */
	assert_int_equal(mkdirat(s->fd, "audits", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "audits/night", 0700), 0);
	scratch_put(s, "audits/night/evidence.ndjson", slice_of_string(SEALED));
	assert_int_equal(watch_find(places, 3, found, &err), OK);
	assert_contains(found, "/audits/night");
	assert_int_equal(watch_find(places, 1, found, &err), OK);
	assert_contains(found, "/wanted");
}

#define SCRATCHED(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCHED(a_replay_goes_as_far_as_it_may),
		SCRATCHED(what_grows_is_followed),
		SCRATCHED(what_is_no_session_is_an_error),
		SCRATCHED(the_latest_that_runs_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
