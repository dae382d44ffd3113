/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FAKE_SERVER_H
#define TESTS_UNIT_FAKE_SERVER_H

/*
 * An HTTP server that says what a test wrote down: one thread, one connection at a time,
 * on a port of the loopback that nobody else has, or on a Unix socket.
 */

#include "core/socket.h"
#include "core/socket_address.h"
#include "core/text.h"
#include "tests/unit/test.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { FAKE_REQUEST_MAX = 1 << 20, FAKE_REQUESTS_MAX = 4096 };

struct fake_server {
	int listener;
	unsigned port;
	char url[160];
	pthread_t thread;
	atomic_bool stop;
	atomic_int requests; /* how many came */
	char last[FAKE_REQUEST_MAX]; /* the last one, whole */
	/* Answers one request; false closes the connection. */
	bool (*serve)(struct fake_server *f, int fd, const char *request);
	const char *script; /* for serve() */
	size_t at;
};

static inline bool fake_wait(struct fake_server *f, int fd)
{
	while (!atomic_load(&f->stop)) {
		struct pollfd p = {fd, POLLIN, 0};
		if (poll(&p, 1, 20) > 0)
			return true;
	}
	return false;
}

/* Sends all of it, or as much as the other side wants. */
static inline bool fake_send(int fd, const void *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t sent = send(fd, (const char *)bytes + done, size - done, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		done += (size_t)sent;
	}
	return true;
}

static inline bool fake_say(int fd, const char *text)
{
	return fake_send(fd, text, strlen(text));
}

/* A whole answer with its length. */
static inline bool fake_answer(int fd, const char *status, const char *headers, const char *body)
{
	char head[1024];
	snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n", status, headers, strlen(body));
	return fake_say(fd, head) && fake_say(fd, body);
}

static inline bool fake_chunk(int fd, const void *bytes, size_t size)
{
	char head[32];
	snprintf(head, sizeof head, "%zx\r\n", size);
	return fake_say(fd, head) && fake_send(fd, bytes, size) && fake_say(fd, "\r\n");
}

/* Headers and a body, each of whose bytes is a chunk of its own. */
static inline bool fake_bytewise(int fd, const char *body)
{
	bool good = fake_say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (; good && *body; body++)
		good = fake_chunk(fd, body, 1);
	return good && fake_say(fd, "0\r\n\r\n");
}

/* One request into f->last; false at the end of the connection. */
static inline bool fake_receive(struct fake_server *f, int fd)
{
	size_t used = 0, wanted = 0;
	while (used + 1 < sizeof f->last && fake_wait(f, fd)) {
		ssize_t got = recv(fd, f->last + used, sizeof f->last - 1 - used, 0);
		if (got <= 0)
			return false;
		used += (size_t)got;
		f->last[used] = 0;
		const char *end = strstr(f->last, "\r\n\r\n"), *length = strstr(f->last, "Content-Length: ");
		if (!end)
			continue;
		wanted = (size_t)(end + 4 - f->last) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0);
		if (used >= wanted)
			return true;
	}
	return false;
}

static inline void *fake_run(void *context)
{
	struct fake_server *f = context;
	while (fake_wait(f, f->listener)) {
		int fd = accept4(f->listener, NULL, NULL, SOCK_CLOEXEC);
		bool more = fd >= 0;
		while (more && fake_receive(f, fd)) {
			atomic_fetch_add(&f->requests, 1);
			more = f->serve(f, fd, f->last);
		}
		if (fd >= 0)
			close(fd);
	}
	return NULL;
}

static inline void fake_begin(struct fake_server *f, bool (*serve)(struct fake_server *f, int fd, const char *request))
{
	static const struct address here = {ADDRESS_V4, {127, 0, 0, 1}};
	f->serve = serve;
	f->stop = false;
	f->requests = 0;
	f->at = 0;
	f->listener = socket_open(ADDRESS_V4, true);
	assert_int_equal(socket_bind(f->listener, &here, 0), SOCKET_BOUND);
	assert_int_equal(listen(f->listener, 16), 0);
	f->port = socket_port(f->listener);
	snprintf(f->url, sizeof f->url, "http://127.0.0.1:%u", f->port);
	assert_int_equal(pthread_create(&f->thread, NULL, fake_run, f), 0);
}

/* The same on a Unix socket in `folder`. */
static inline void fake_begin_unix(struct fake_server *f, const char *folder,
				   bool (*serve)(struct fake_server *f, int fd, const char *request))
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	snprintf(at.sun_path, sizeof at.sun_path, "%s/s", folder);
	snprintf(f->url, sizeof f->url, "unix:%s/s", folder);
	f->serve = serve;
	f->stop = false;
	f->requests = 0;
	f->at = 0;
	f->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(f->listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(f->listener, 16), 0);
	assert_int_equal(pthread_create(&f->thread, NULL, fake_run, f), 0);
}

static inline void fake_end(struct fake_server *f)
{
	atomic_store(&f->stop, true);
	pthread_join(f->thread, NULL);
	close(f->listener);
}

static inline bool fake_is(const char *request, const char *line)
{
	return strncmp(request, line, strlen(line)) == 0;
}

#endif
