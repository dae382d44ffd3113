/* SPDX-License-Identifier: Apache-2.0 */
/* The process that decodes: that it is there, has no rights, and may end at any time. */
#include "tests/unit/fake_store.h"

#include "ingest/ingest.h"

#include <pthread.h>
#include <signal.h>

static const char HEAD[] = "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\x65\0\0\0";
static const char PACKET[] = "\1\0\0\0\0\0\0\0\x1c\0\0\0\x1c\0\0\0\x45\0\0\x1c\0\0\0\0\x40\x11\0\0"
			     "\xc0\0\2\1\xc0\0\2\2\0\1\0\2\0\x08\0";

enum { PACKETS = 200 }; /* more than it takes to tell what the file is */

/* The only child of this process; 0: none yet. */
static pid_t only_child(void)
{
	char path[64], text[64] = "";
	snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	size_t size = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	return size ? (pid_t)strtol(text, NULL, 10) : 0;
}

static bool says(pid_t pid, const char *line)
{
	char path[64], text[8192];
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	FILE *f = fopen(path, "r");
	if (!f)
		return false;
	size_t size = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	text[size] = 0;
	return strstr(text, line) != NULL;
}

struct meddler {
	int to;
	bool confined, killed;
};

/* Half a capture goes into the pipe; when the process sits behind its filter, it is killed. */
static void *meddle(void *meddler)
{
	struct meddler *m = meddler;
	bool sent = write(m->to, HEAD, 24) == 24;
	for (int i = 0; i < PACKETS && sent; i++)
		sent = write(m->to, PACKET, 44) == 44;
	if (!sent)
		return NULL;
	for (int i = 0; i < 200 && !m->confined; i++) {
		pid_t pid = only_child();
		m->confined = pid && says(pid, "Seccomp:\t2") && says(pid, "NoNewPrivs:\t1") &&
			      says(pid, "CapEff:\t0000000000000000") && says(pid, "CapPrm:\t0000000000000000") &&
			      says(pid, "State:\tS"); /* it has read all there is */
		usleep(50000);
	}
	m->killed = m->confined && kill(only_child(), SIGKILL) == 0;
	close(m->to);
	return NULL;
}

static void one_that_ends_leaves_what_it_told(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	int fds[2], before = dup(0);
	pthread_t thread;
	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], 0);
	struct meddler m = {.to = fds[1]};
	assert_int_equal(pthread_create(&thread, NULL, meddle, &m), 0);
	assert_int_equal(ingest_file(r->store, AT_FDCWD, "-", &(struct ingest_options){0}, &result, &err), OK);
	pthread_join(thread, NULL);
	dup2(before, 0);
	close(before);
	close(fds[0]);
	assert_true(m.confined && m.killed);
	assert_string_equal(result.reader, "pcap");
	assert_int_equal(result.bytes, 24 + 44 * PACKETS);
	assert_rows(r->store, "SELECT count, reason LIKE 'the decoder ended by signal 9 %' FROM skipped", "1|1;");
	assert_rows(r->store, "SELECT path, reader, size FROM source", "-|pcap|8824;");
}

/* Standard input is left as it was. */
static void standard_input_is_a_dash(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	int fds[2], before = dup(0);
	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], 0);
	assert_int_equal(write(fds[1], HEAD, 24), 24);
	assert_int_equal(write(fds[1], PACKET, 44), 44);
	close(fds[1]);
	assert_int_equal(ingest_file(r->store, AT_FDCWD, "-", &(struct ingest_options){0}, &result, &err), OK);
	assert_int_not_equal(fcntl(0, F_GETFD), -1);
	dup2(before, 0);
	close(before);
	close(fds[0]);
	assert_int_equal(result.records, 1);
	assert_rows(r->store, "SELECT src, dst, dport FROM flow", "192.0.2.1|192.0.2.2|2;");
	assert_int_equal(only_child(), 0);
}

static void what_cannot_be_opened(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	assert_int_equal(symlinkat("missing", r->s->fd, "link"), 0);
	static const char *const paths[] = {"missing", "link", "."};
	for (size_t i = 0; i < LENGTH(paths); i++)
		assert_int_equal(ingest_file(r->store, r->s->fd, paths[i], &(struct ingest_options){0}, &result, &err),
				 ERR_NO_INPUT);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM source"), 0);
}

/* A packet to port 2 and one to port 3: the filter takes one, the other is counted. */
static void packets_that_a_filter_leaves_out(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	char bytes[24 + 2 * 44];
	memcpy(bytes, HEAD, 24);
	memcpy(bytes + 24, PACKET, 44);
	memcpy(bytes + 24 + 44, PACKET, 44);
	bytes[24 + 44 + 16 + 23] = 3;
	scratch_put(r->s, "f", slice_of(bytes, sizeof bytes));
	const struct ingest_options how = {.filter = "udp dst port 3"};
	assert_int_equal(ingest_file(r->store, r->s->fd, "f", &how, &result, &err), OK);
	assert_int_equal(result.records, 2);
	assert_rows(r->store, "SELECT dst, dport FROM flow", "192.0.2.2|3;");
	assert_rows(r->store, "SELECT reason, count FROM skipped", "left out by --filter \"udp dst port 3\"|1;");
	/* services stand in a file, hosts are asked for nowhere, grammar is libpcap's */
	const struct ingest_options service = {.filter = "port https or port 3"};
	assert_int_equal(ingest_file(r->store, r->s->fd, "f", &service, &result, &err), OK);
	static const char *const wrong[] = {"host no-such-name.example", "udp and and", "wlan type data"};
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		const struct ingest_options bad = {.filter = wrong[i]};
		assert_int_equal(ingest_file(r->store, r->s->fd, "f", &bad, &result, &err), ERR_USAGE);
		assert_contains(err.text, wrong[i]);
	}
	assert_contains(err.text, "link type 101");
}

static bool give_up(void *calls, uint64_t bytes)
{
	(void)bytes;
	return ++*(int *)calls < 2;
}

/* A pipe that says nothing: whoever waits can stop. */
static void waiting_can_be_given_up(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	struct ingest_result result;
	int fds[2], before = dup(0), calls = 0;
	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], 0);
	const struct ingest_options how = {.progress = {give_up, &calls}};
	assert_int_equal(ingest_file(r->store, AT_FDCWD, "-", &how, &result, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "interrupted");
	assert_int_equal(only_child(), 0);
	dup2(before, 0);
	close(before);
	close(fds[0]);
	close(fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(one_that_ends_leaves_what_it_told),
		rows_test(standard_input_is_a_dash),
		rows_test(what_cannot_be_opened),
		rows_test(packets_that_a_filter_leaves_out),
		rows_test(waiting_can_be_given_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
