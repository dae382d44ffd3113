/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel programs tell of servers, and of whom it is kept. */
#include "tests/unit/test.h"

#include "collectors/linux/kernel_record.h"
#include "collectors/processes.h"
#include "core/auto.h"
#include "core/named.h"

#include <netinet/in.h>

enum { APP = 5000000, STRANGER };

struct fixture {
	struct named named;
	struct watch_options options;
	struct watch w;
	struct kernel_records *k;
	uint64_t mono;
};

static void begin(struct fixture *f, const struct scratch *s, bool later)
{
	struct error err = {0};
	f->named = (struct named){.exes = {"/opt/app"}, .exe_count = 1};
	f->options = (struct watch_options){.later = later ? &f->named : NULL};
	f->w = (struct watch){.options = &f->options, .kernel = true, .processes = processes_new()};
	assert_int_equal(evidence_open(s->fd, "evidence.ndjson", "00", &f->w.evidence, &err), OK);
	f->k = must_alloc(1, sizeof *f->k);
	f->k->w = &f->w;
	f->k->later = later ? later_new(&f->w) : NULL;
	f->mono = 1000;
}

static char *end(struct fixture *f, const struct scratch *s)
{
	struct error err = {0};
	size_t size;
	later_free(f->k->later);
	free(f->k);
	evidence_checkpoint(f->w.evidence, SLICE("{}"), true);
	assert_int_equal(evidence_close(&f->w.evidence, &err), OK);
	processes_free(f->w.processes);
	return scratch_get(s, "evidence.ndjson", &size);
}

static struct event_head head_of(struct fixture *f, uint16_t kind, uint32_t pid, uint16_t flags)
{
	return (struct event_head){.mono_ns = ++f->mono, .kind = kind, .tgid = pid, .tid = pid, .uid = 7, .flags = flags};
}

static void listens(struct fixture *f, uint32_t pid, uint16_t flags, uint16_t port)
{
	const struct event_listen e = {.head = head_of(f, EVENT_LISTEN, pid, flags), .cookie = 11, .netns = 3, .family = AF_INET,
				       .port = port, .address = {127, 0, 0, 1}, .comm = "server"};
	kernel_record(f->k, &e, sizeof e);
	kernel_record(f->k, &e, sizeof e - 1); /* too short for its kind */
}

static void calls(struct fixture *f, uint32_t pid, uint16_t port)
{
	const struct event_attempt e = {.head = head_of(f, EVENT_ATTEMPT, pid, 0), .call = CALL_CONNECT, .family = AF_INET,
					.proto = IPPROTO_TCP, .dport = port, .dst = {127, 0, 0, 1}, .comm = "caller"};
	kernel_record(f->k, &e, sizeof e);
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;
	for (const char *at = text; (at = strstr(at, what)); at++)
		n++;
	return n;
}

static void who_listens_is_told(void **state)
{
	struct scratch *s = *state;
	struct fixture f;
	begin(&f, s, false);
	listens(&f, APP, EVENT_IN_TREE, 8080);
	listens(&f, STRANGER, 0, 8081);
	calls(&f, STRANGER, 8080);
	AUTO_FREE char *text = end(&f, s);
	assert_int_equal(times(text, "\"witness\":\"kernel\",\"moment\":\"listen\",\"proto\":\"tcp\",\"local\":\"127.0.0.1\",\"lport\":8080,"
				     "\"state\":\"LISTEN\",\"cookie\":11,\"netns\":3,\"pid\":5000000,"), 1);
	assert_int_equal(times(text, "\"moment\":\"listen_other\",\"proto\":\"tcp\",\"local\":\"127.0.0.1\",\"lport\":8081,"), 1);
	assert_int_equal(times(text, "\"process\":\"server\""), 2);
	assert_int_equal(times(text, "\"comm\":\"caller\""), 1);
}

/* Where everybody is told of, for some may be named later. */
static void of_strangers_what_they_say_to_the_session(void **state)
{
	struct scratch *s = *state;
	struct fixture f;
	begin(&f, s, true);
	calls(&f, STRANGER, 8080);
	listens(&f, STRANGER, 0, 8081);
	calls(&f, STRANGER, 8081);
	listens(&f, APP, EVENT_IN_TREE, 8080);
	calls(&f, STRANGER, 8080);
	calls(&f, STRANGER, 8081);
	listens(&f, APP, EVENT_IN_TREE, 0); /* the kernel is still to choose: it may be any */
	calls(&f, STRANGER, 65535);
	AUTO_FREE char *text = end(&f, s);
	assert_int_equal(times(text, "\"comm\":\"caller\""), 2);
	assert_int_equal(times(text, "\"dport\":8080,"), 1);
	assert_int_equal(times(text, "\"dport\":65535,"), 1);
	assert_int_equal(times(text, "\"moment\":\"listen_other\""), 1);
	assert_int_equal(times(text, "\"moment\":\"listen\""), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(who_listens_is_told),
		scratch_test(of_strangers_what_they_say_to_the_session),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
