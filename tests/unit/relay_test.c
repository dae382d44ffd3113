/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/relay.h"

#include "tests/unit/test.h"

#include "core/clock.h"
#include "core/socket.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { LARGE = 3 << 20, WAIT_MS = 5000 };

struct fixture {
	struct relay_server server;
	int listener; /* of the server that is carried */
	pid_t pid;
	int channel;
	unsigned port; /* at which the relay listens */
};

static struct address loopback(void)
{
	return address_v4((const unsigned char[]){127, 0, 0, 1});
}

static int listen_anywhere(void)
{
	struct address here = loopback();
	int fd = socket_open(ADDRESS_V4, true);
	assert_int_equal(socket_bind(fd, &here, 0), SOCKET_BOUND);
	assert_int_equal(listen(fd, 128), 0);
	return fd;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct error err = {0};
	signal(SIGPIPE, SIG_IGN);
	f->listener = listen_anywhere();
	f->server = (struct relay_server){listen_anywhere(), loopback(), socket_port(f->listener)};
	fcntl(f->server.listener, F_SETFL, O_NONBLOCK);
	f->port = socket_port(f->server.listener);
	*state = f;
	return relay_start(&f->server, 1, &f->pid, &f->channel, &err);
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	close(f->channel);
	waitpid(f->pid, NULL, 0);
	close(f->server.listener);
	socket_close(f->listener);
	free(f);
	return 0;
}

static int dial(const struct fixture *f)
{
	struct address here = loopback();
	int fd = socket_open(ADDRESS_V4, true);
	assert_true(socket_connect(fd, &here, f->port));
	fcntl(fd, F_SETFL, 0);
	return fd;
}

static int answer(const struct fixture *f)
{
	int fd = socket_accept(f->listener);
	assert_true(fd >= 0);
	fcntl(fd, F_SETFL, 0);
	return fd;
}

static struct relay_record next(struct fixture *f)
{
	struct relay_record r = {0};
	bool ended = false;
	int64_t until = clock_mono() + WAIT_MS * CLOCK_MILLISECOND;
	while (!relay_take(f->channel, &r, &ended)) {
		struct pollfd p = {.fd = f->channel, .events = POLLIN};
		assert_false(ended);
		assert_true(clock_mono() < until);
		poll(&p, 1, 100);
	}
	return r;
}

static size_t read_all(int fd, char *into, size_t max)
{
	size_t got = 0;
	ssize_t part;
	while (got < max && (part = read(fd, into + got, max - got)) > 0)
		got += (size_t)part;
	return got;
}

/* Each side ends by itself, one long after the other. */
static void test_half_closed(void **state)
{
	struct fixture *f = *state;
	char got[64];
	int inside = dial(f), outside = answer(f);
	assert_int_equal(write(inside, "question", 8), 8);
	shutdown(inside, SHUT_WR);
	assert_int_equal(read_all(outside, got, sizeof got), 8);
	assert_memory_equal(got, "question", 8);
	usleep(20000);
	assert_int_equal(write(outside, "the answer", 10), 10);
	close(outside);
	assert_int_equal(read_all(inside, got, sizeof got), 10);
	assert_memory_equal(got, "the answer", 10);
	unsigned sport = socket_port(inside);
	close(inside);
	struct relay_record r = next(f);
	assert_int_equal(r.state, RELAY_ENDED);
	assert_int_equal(r.error, 0);
	assert_int_equal(r.id, 1);
	assert_int_equal(r.sent, 8);
	assert_int_equal(r.received, 10);
	assert_int_equal(r.sport, sport);
	assert_int_equal(r.port, f->server.port);
	assert_true(r.closed_ns - r.opened_ns >= 20 * CLOCK_MILLISECOND);
}

/* More than all buffers hold, to somebody who does not read for a while; whole, in order. */
static void test_slow_reader(void **state)
{
	struct fixture *f = *state;
	char *bytes = malloc(LARGE), *got = malloc(LARGE);
	for (size_t i = 0; i < LARGE; i++)
		bytes[i] = (char)(i * 31 + i / 997);
	int inside = dial(f), outside = answer(f);
	pid_t writer = fork();
	if (writer == 0) {
		size_t done = 0;
		while (done < LARGE) {
			ssize_t put = write(outside, bytes + done, LARGE - done);
			if (put <= 0)
				_exit(1);
			done += (size_t)put;
		}
		_exit(0);
	}
	close(outside);
	usleep(200000);
	assert_int_equal(read_all(inside, got, LARGE), LARGE);
	assert_memory_equal(got, bytes, LARGE);
	int status;
	waitpid(writer, &status, 0);
	assert_int_equal(status, 0);
	close(inside);
	struct relay_record r = next(f);
	assert_int_equal(r.received, LARGE);
	assert_int_equal(r.sent, 0);
	free(bytes);
	free(got);
}

/* A reset comes through as one. */
static void test_reset(void **state)
{
	struct fixture *f = *state;
	char byte;
	int inside = dial(f), outside = answer(f);
	assert_int_equal(write(inside, "x", 1), 1);
	assert_int_equal(read(outside, &byte, 1), 1);
	socket_drop(outside);
	assert_true(read(inside, &byte, 1) < 0);
	struct relay_record r = next(f);
	assert_int_equal(r.state, RELAY_ENDED);
	assert_int_not_equal(r.error, 0);
	close(inside);
}

static void test_no_server(void **state)
{
	struct fixture *f = *state;
	char byte;
	socket_close(f->listener);
	int inside = dial(f);
	assert_true(read(inside, &byte, 1) <= 0);
	struct relay_record r = next(f);
	assert_int_equal(r.state, RELAY_FAILED);
	assert_int_not_equal(r.error, 0);
	close(inside);
	f->listener = -1;
}

/* More than it carries at once: the rest wait, and none is lost. */
static void test_many(void **state)
{
	enum { MANY = RELAY_CONNECTIONS_MAX + 20 };
	struct fixture *f = *state;
	int fds[MANY];
	pid_t server = fork();
	if (server == 0) {
		for (int i = 0; i < MANY; i++) {
			int fd = socket_accept(f->listener);
			fcntl(fd, F_SETFL, 0);
			char byte;
			if (read(fd, &byte, 1) != 1 || write(fd, &byte, 1) != 1)
				_exit(1);
			close(fd); /* half of it: the side inside ends the rest, one by one */
		}
		_exit(0);
	}
	for (int i = 0; i < MANY; i++) {
		fds[i] = dial(f);
		char byte = (char)i;
		assert_int_equal(write(fds[i], &byte, 1), 1);
	}
	for (int i = 0; i < MANY; i++) {
		char byte = 0;
		assert_int_equal(read(fds[i], &byte, 1), 1);
		assert_int_equal(byte, (char)i);
		close(fds[i]);
	}
	int status;
	waitpid(server, &status, 0);
	assert_int_equal(status, 0);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(next(f).lost, 0);
}

static void test_stop(void **state)
{
	struct fixture *f = *state;
	int inside = dial(f), outside = answer(f);
	assert_int_equal(write(inside, "abc", 3), 3);
	char got[3];
	assert_int_equal(read_all(outside, got, 3), 3);
	relay_stop(f->channel);
	struct relay_record r = next(f);
	assert_int_equal(r.state, RELAY_CUT);
	assert_int_equal(r.sent, 3);
	r = next(f);
	assert_int_equal(r.state, RELAY_STOPPED);
	assert_int_equal(r.id, 1);
	close(inside);
	close(outside);
}

#define relayed(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		relayed(test_half_closed), relayed(test_slow_reader), relayed(test_reset),
		relayed(test_no_server),   relayed(test_many),	      relayed(test_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
