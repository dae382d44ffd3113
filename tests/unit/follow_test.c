/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/capture_build.h"

#include "ingest/follow.h"
#include "ingest/row_read.h"

#include <poll.h>

enum { WAIT_MS = 10000 };

static const char OPEN[] = "{\"kind\":\"open\",\"t\":1,\"format\":\"airgap-verify evidence\"}\n";
static const char PROCESS[] = "{\"kind\":\"process\",\"t\":2,\"pid\":%d,\"comm\":\"x\",\"tree\":true}\n";

static struct follow *begin(int fd, const char *as, bool growing)
{
	struct error err = {0};
	struct follow *f = NULL;
	const struct follow_request request = {.fd = fd, .name = "e", .as = as, .growing = growing};
	assert_int_equal(follow_start(&request, &f, &err), OK);
	return f;
}

/* Waits for the next row of that statement; false where the end comes first. */
static bool wait_for(struct follow *f, enum query wanted, struct row_values *ret, struct cursor *left)
{
	for (;;) {
		struct error err = {0};
		struct slice batch;
		const char *wrong;
		bool end = false;
		while (row_read(left, ret, &wrong))
			if (ret->query == wanted)
				return true;
		assert_null(wrong);
		assert_int_equal(follow_next(f, &batch, &end, &err), OK);
		*left = cursor_over(batch);
		if (end)
			return false;
		struct pollfd p = {.fd = follow_fd(f), .events = POLLIN};
		if (batch.size == 0)
			assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	}
}

static int add_process(int fd, int pid)
{
	char line[256];
	int size = snprintf(line, sizeof line, PROCESS, pid);
	return write(fd, line, (size_t)size) == size ? 0 : -1;
}

static void rows_come_while_the_file_grows(void **state)
{
	const struct scratch *s = *state;
	struct row_values row;
	scratch_put(s, "e", slice_of_string(OPEN));
	int to = openat(s->fd, "e", O_WRONLY | O_APPEND | O_CLOEXEC), from = openat(s->fd, "e", O_RDONLY | O_CLOEXEC);
	assert_int_equal(add_process(to, 11), 0);
	struct follow *f = begin(from, "evidence", true);
	struct cursor left = cursor_over(slice_of(NULL, 0));
	assert_true(wait_for(f, QUERY_PROCESS_INSERT, &row, &left));
	assert_int_equal(row_number(&row, 1, 0), 11);
	assert_int_equal(row_number(&row, 10, 0), 1); /* rows are numbered from 1 */
	for (int pid = 12; pid < 15; pid++) {
		assert_int_equal(add_process(to, pid), 0);
		assert_true(wait_for(f, QUERY_PROCESS_INSERT, &row, &left));
		assert_int_equal(row_number(&row, 1, 0), pid);
	}
	assert_int_equal(add_process(to, 15), 0);
	follow_end(f); /* what stands there then is read */
	assert_true(wait_for(f, QUERY_PROCESS_INSERT, &row, &left));
	assert_int_equal(row_number(&row, 1, 0), 15);
	assert_true(wait_for(f, QUERY_CHECKPOINT_INSERT, &row, &left));
	assert_false(wait_for(f, QUERY_PROCESS_INSERT, &row, &left));
	follow_free(f);
	close(from);
	close(to);
}

/* Of a capture too, however small it is. */
static void a_lookup_is_told_when_it_is_written(void **state)
{
	const struct scratch *s = *state;
	struct row_values row;
	struct capture *c = capture_begin(276 /* LINUX_SLL2 */);
	scratch_put(s, "e", built(&c->file));
	int to = openat(s->fd, "e", O_WRONLY | O_APPEND | O_CLOEXEC), from = openat(s->fd, "e", O_RDONLY | O_CLOEXEC);
	size_t written = c->file.size;
	struct follow *f = begin(from, "pcapng", true);
	struct cursor left = cursor_over(slice_of(NULL, 0));
	for (unsigned port = 4000; port < 4003; port++) {
		capture_udp(c, (struct ends){"198.51.100.1", "192.0.2.2", port, 53, OUT},
			    SLICE("\x12\x34\1\0\0\1\0\0\0\0\0\0\4host\7example\0\0\1\0\1"));
		struct slice news = slice_part(built(&c->file), written, c->file.size);
		assert_int_equal(write(to, news.at, news.size), news.size);
		written = c->file.size;
		assert_true(wait_for(f, QUERY_DNS_INSERT, &row, &left));
		assert_slice(row_string(&row, 9), "host.example");
		assert_int_equal(row_number(&row, 5, 0), port);
	}
	follow_free(f);
	close(from);
	close(to);
	free(c);
}

static void add_lookup(struct capture *c, int to, size_t *written, unsigned port)
{
	capture_udp(c, (struct ends){"198.51.100.1", "192.0.2.2", port, 53, OUT},
		    SLICE("\x12\x34\1\0\0\1\0\0\0\0\0\0\4host\7example\0\0\1\0\1"));
	struct slice news = slice_part(built(&c->file), *written, c->file.size);
	assert_int_equal(write(to, news.at, news.size), news.size);
	*written = c->file.size;
}

/* The next file counts once it holds something, and what the first one got until then is
 * read before. */
static void a_capture_goes_on_in_the_next_file(void **state)
{
	const struct scratch *s = *state;
	struct row_values row;
	struct error err = {0};
	struct follow *f = NULL;
	struct capture *c = capture_begin(276 /* LINUX_SLL2 */);
	size_t written = c->file.size;
	scratch_put(s, "capture.pcapng", built(&c->file));
	scratch_put(s, "capture-2.pcapng", slice_of("", 0));
	struct slice head = slice_of(memcpy(must_alloc(written, 1), built(&c->file).at, written), written);
	int to = openat(s->fd, "capture.pcapng", O_WRONLY | O_APPEND | O_CLOEXEC);
	int next = openat(s->fd, "capture-2.pcapng", O_WRONLY | O_APPEND | O_CLOEXEC);
	int from = openat(s->fd, "capture.pcapng", O_RDONLY | O_CLOEXEC);
	const struct follow_request request = {.fd = from, .name = "capture.pcapng", .as = "pcapng", .growing = true,
					       .capture = true, .folder = s->fd};
	assert_int_equal(follow_start(&request, &f, &err), OK);
	struct cursor left = cursor_over(slice_of(NULL, 0));
	for (unsigned port = 4000; port < 4004; port++) {
		add_lookup(c, to, &written, port);
		if (port == 4001) { /* from now on in the other one */
			assert_int_equal(write(next, head.at, head.size), head.size);
			close(to);
			to = next;
		}
		assert_true(wait_for(f, QUERY_DNS_INSERT, &row, &left));
		assert_int_equal(row_number(&row, 5, 0), port);
	}
	follow_end(f);
	assert_false(wait_for(f, QUERY_DNS_INSERT, &row, &left));
	follow_free(f);
	close(from);
	close(to);
	free((void *)(uintptr_t)head.at);
	free(c);
}

static void a_whole_file_has_an_end(void **state)
{
	const struct scratch *s = *state;
	struct row_values row;
	scratch_put(s, "e", slice_of_string(OPEN));
	int from = openat(s->fd, "e", O_RDONLY | O_CLOEXEC);
	struct follow *f = begin(from, "evidence", false);
	struct cursor left = cursor_over(slice_of(NULL, 0));
	assert_true(wait_for(f, QUERY_CHECKPOINT_INSERT, &row, &left));
	assert_false(wait_for(f, QUERY_CHECKPOINT_INSERT, &row, &left));
	follow_free(f);
	close(from);
}

/* More than pipe and ring hold, of which nobody takes anything. */
static void who_takes_nothing_can_give_up(void **state)
{
	enum { LINES = 200000 };
	const struct scratch *s = *state;
	char line[256];
	int to = openat(s->fd, "e", O_WRONLY | O_CREAT | O_CLOEXEC, 0600), from = openat(s->fd, "e", O_RDONLY | O_CLOEXEC);
	FILE *file = fdopen(to, "w");
	assert_non_null(file);
	fputs(OPEN, file);
	snprintf(line, sizeof line, PROCESS, 11);
	for (int i = 0; i < LINES; i++)
		fputs(line, file);
	fclose(file);
	struct follow *f = begin(from, "evidence", true);
	struct pollfd p = {.fd = follow_fd(f), .events = POLLIN};
	assert_int_equal(poll(&p, 1, WAIT_MS), 1);
	follow_free(f);
	close(from);
}

static void no_such_reader_is_an_error(void **state)
{
	const struct scratch *s = *state;
	struct error err = {0};
	struct follow *f = NULL;
	struct slice batch;
	bool end = false;
	scratch_put(s, "e", slice_of_string(OPEN));
	int from = openat(s->fd, "e", O_RDONLY | O_CLOEXEC);
	const struct follow_request request = {.fd = from, .name = "e", .as = "nobody"};
	assert_int_equal(follow_start(&request, &f, &err), OK);
	struct pollfd p = {.fd = follow_fd(f), .events = POLLIN};
	enum status status = OK;
	while (!status && !end) {
		assert_int_equal(poll(&p, 1, WAIT_MS), 1);
		status = follow_next(f, &batch, &end, &err);
	}
	assert_int_equal(status, ERR_USAGE);
	assert_contains(err.text, "nobody");
	follow_free(f);
	close(from);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rows_come_while_the_file_grows, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_lookup_is_told_when_it_is_written, scratch_setup, scratch_teardown),
		scratch_test(a_capture_goes_on_in_the_next_file),
		cmocka_unit_test_setup_teardown(a_whole_file_has_an_end, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(who_takes_nothing_can_give_up, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(no_such_reader_is_an_error, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
