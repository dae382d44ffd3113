/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/probe_try.h"

#include "cli/probe_message.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/socket_address.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

enum { ICMP_NUMBER = 1, ICMP6_NUMBER = 58 };

struct attempt {
	const struct probe_target *target;
	const struct challenge *challenge;
	const char *token;
	struct probe_result *result;
};

static bool set(struct attempt *a, const char *call, int code)
{
	snprintf(a->result->call, sizeof a->result->call, "%s", call);
	a->result->code = code;
	return code == 0;
}

static int open_socket(struct attempt *a, enum address_family family, int type, int protocol)
{
	int s = socket(family == ADDRESS_V6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
	set(a, "socket", s < 0 ? errno : 0);
	return s;
}

static bool wait_for(int s, short events, int ms)
{
	int64_t end = clock_mono() + ms * CLOCK_MILLISECOND;
	for (;;) {
		struct pollfd p = {.fd = s, .events = events};
		int64_t left = (end - clock_mono()) / CLOCK_MILLISECOND;
		int ready = poll(&p, 1, left > 0 ? (int)left : 0);
		if (ready > 0 || (ready == 0 && left <= 0) || (ready < 0 && errno != EINTR))
			return ready > 0;
	}
}

static void note_port(struct attempt *a, int s)
{
	union socket_address from;
	socklen_t size = sizeof from;
	struct address ours;
	if (getsockname(s, &from.any, &size) == 0)
		socket_address_read(&from, &ours, &a->result->sport);
}

static bool connect_to(struct attempt *a, int s, const struct address *to, unsigned port)
{
	union socket_address where;
	size_t size = socket_address_make(to, port, &where);
	int code = connect(s, &where.any, (socklen_t)size) == 0 ? 0 : errno;
	note_port(a, s);
	if (code == EINPROGRESS) {
		socklen_t length = sizeof code;
		if (!wait_for(s, POLLOUT, PROBE_CONNECT_MS))
			code = ETIMEDOUT;
		else if (getsockopt(s, SOL_SOCKET, SO_ERROR, &code, &length) != 0)
			code = errno;
	}
	return set(a, "connect", code);
}

static bool send_all(struct attempt *a, int s, struct slice bytes)
{
	ssize_t sent = send(s, bytes.at, bytes.size, MSG_NOSIGNAL);
	return set(a, "send", sent == (ssize_t)bytes.size ? 0 : sent < 0 ? errno : EAGAIN);
}

/* What comes back, until the token does or nobody says anything more. */
static struct slice hear(struct attempt *a, int s, unsigned char *to, size_t room)
{
	size_t size = 0;
	struct slice token = slice_of_string(a->token);
	while (size < room && wait_for(s, POLLIN, PROBE_ANSWER_MS)) {
		ssize_t got = recv(s, to + size, room - size, 0);
		if (got < 0)
			set(a, "recv", errno);
		if (got <= 0)
			break;
		size += (size_t)got;
		if (slice_search(slice_of(to, size), token) < size)
			break;
	}
	bool back = slice_search(slice_of(to, size), token) < size;
	snprintf(a->result->answer, sizeof a->result->answer, "%s", back ? "token" : size ? "other" : "none");
	return slice_of(to, size);
}

static void talk(struct attempt *a, int s, const struct text *message)
{
	unsigned char answer[PROBE_MESSAGE_MAX];
	if (send_all(a, s, text_slice(message)))
		(void)hear(a, s, answer, sizeof answer);
}

static void make_message(const struct attempt *a, struct text *ret)
{
	const char *name = probe_name(a->challenge);
	switch (a->target->probe->kind) {
	case PROBE_DNS_UDP:
	case PROBE_DNS_TCP:
		probe_question(a->token, name, a->target->probe->kind == PROBE_DNS_TCP, ret);
		break;
	case PROBE_TLS:
		probe_hello(a->token, name, a->target->probe->alpn, ret);
		break;
	case PROBE_QUIC:
		probe_initial(a->token, ret);
		break;
	case PROBE_ICMP:
		probe_echo(a->token, a->target->to.family, ret);
		break;
	case PROBE_TCP:
	case PROBE_UDP:
	case PROBE_RAW:
	case PROBE_PROXY:
	case PROBE_CHILD:
	case PROBE_ORPHAN:
		probe_line(a->token, ret);
		break;
	}
}

static void try_stream(struct attempt *a, int type)
{
	AUTO_TEXT struct text message = text_make(PROBE_MESSAGE_MAX);
	AUTO_FD int s = open_socket(a, a->target->to.family, type, 0);
	make_message(a, &message);
	if (s >= 0 && connect_to(a, s, &a->target->to, a->target->port))
		talk(a, s, &message);
}

/* What a proxy answers to CONNECT, its first line; "" where that is no answer. */
static bool proxy_agrees(struct attempt *a, int s)
{
	unsigned char bytes[PROBE_MESSAGE_MAX];
	struct slice answer = hear(a, s, bytes, sizeof bytes), first;
	struct cursor c = cursor_over(answer);
	if (!cursor_line(&c, &first, NULL))
		first = slice_of(NULL, 0);
	snprintf(a->result->answer, sizeof a->result->answer, "none");
	snprintf(a->result->detail, sizeof a->result->detail, "the proxy said: %.*s", (int)slice_part(first, 0, 80).size,
		 first.size ? (const char *)first.at : "");
	return slice_starts(first, "HTTP/1.") && slice_starts(slice_part(first, 8, 4), " 2");
}

static void try_proxy(struct attempt *a)
{
	AUTO_TEXT struct text ask = text_make(PROBE_MESSAGE_MAX), message = text_make(PROBE_MESSAGE_MAX);
	AUTO_FD int s = open_socket(a, a->target->via.family, SOCK_STREAM, 0);
	make_message(a, &message);
	probe_connect(&a->target->to, a->target->port, &ask);
	if (s < 0 || !connect_to(a, s, &a->target->via, a->target->via_port) || !send_all(a, s, text_slice(&ask)))
		return;
	if (proxy_agrees(a, s))
		talk(a, s, &message);
}

/* Sockets for pings are everybody's on some systems; raw ones take a right. */
static void try_echo(struct attempt *a)
{
	AUTO_TEXT struct text message = text_make(PROBE_MESSAGE_MAX);
	enum address_family family = a->target->to.family;
	int number = family == ADDRESS_V6 ? ICMP6_NUMBER : ICMP_NUMBER;
	AUTO_FD int s = open_socket(a, family, SOCK_DGRAM, number);
	make_message(a, &message);
	if (s < 0)
		s = open_socket(a, family, SOCK_RAW, number);
	if (s >= 0 && connect_to(a, s, &a->target->to, 0))
		talk(a, s, &message);
	a->result->sport = 0; /* the number of a socket is no port */
}

static void try_raw(struct attempt *a)
{
	AUTO_TEXT struct text message = text_make(PROBE_MESSAGE_MAX);
	AUTO_FD int s = open_socket(a, a->target->to.family, SOCK_RAW, PROBE_RAW_PROTOCOL);
	make_message(a, &message);
	if (s >= 0 && connect_to(a, s, &a->target->to, 0))
		talk(a, s, &message);
	a->result->sport = 0;
}

void probe_try(const struct probe_target *t, const struct challenge *c, const char *token, struct probe_result *ret)
{
	struct attempt a = {t, c, token, ret};
	*ret = (struct probe_result){.pid = getpid(), .answer = "none"};
	ret->from_ns = clock_now().wall_ns;
	switch (t->probe->kind) {
	case PROBE_UDP:
	case PROBE_DNS_UDP:
	case PROBE_QUIC:
		try_stream(&a, SOCK_DGRAM);
		break;
	case PROBE_TCP:
	case PROBE_DNS_TCP:
	case PROBE_TLS:
	case PROBE_CHILD:
	case PROBE_ORPHAN:
		try_stream(&a, SOCK_STREAM);
		break;
	case PROBE_ICMP:
		try_echo(&a);
		break;
	case PROBE_RAW:
		try_raw(&a);
		break;
	case PROBE_PROXY:
		try_proxy(&a);
		break;
	}
	ret->to_ns = clock_now().wall_ns;
}
