/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/canary.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT_TRIES = 64 };

union socket_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t loopback(bool v6, unsigned port, union socket_address *ret)
{
	memset(ret, 0, sizeof *ret);
	if (v6) {
		ret->v6.sin6_family = AF_INET6;
		ret->v6.sin6_addr = in6addr_loopback;
		ret->v6.sin6_port = htons((uint16_t)port);
		return sizeof ret->v6;
	}
	ret->v4.sin_family = AF_INET;
	ret->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ret->v4.sin_port = htons((uint16_t)port);
	return sizeof ret->v4;
}

static unsigned port_of(int fd)
{
	union socket_address a;
	socklen_t size = sizeof a;
	if (getsockname(fd, &a.any, &size) != 0)
		return 0;
	return ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
}

/* Binds to a random port above the well-known ones. */
static bool bind_somewhere(int fd, bool v6)
{
	for (int i = 0; i < PORT_TRIES; i++) {
		uint16_t random;
		union socket_address a;
		if (getrandom(&random, sizeof random, 0) != sizeof random)
			return false;
		socklen_t size = loopback(v6, 1024 + random % (65536 - 1024), &a);
		if (bind(fd, &a.any, size) == 0)
			return true;
		if (errno != EADDRINUSE && errno != EACCES)
			return false;
	}
	return false;
}

static const char *open_pair(struct canary_pair *p, bool v6, bool tcp)
{
	int family = v6 ? AF_INET6 : AF_INET;
	int type = (tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC;
	union socket_address target;
	p->listener = socket(family, type, 0);
	p->client = socket(family, type, 0);
	if (p->listener < 0 || p->client < 0)
		return "no such sockets here";
	if (!bind_somewhere(p->listener, v6) || (tcp && listen(p->listener, 1) != 0))
		return v6 ? "no IPv6 on the loopback" : "the loopback is down";
	p->dport = port_of(p->listener);
	socklen_t size = loopback(v6, p->dport, &target);
	bool sent = tcp ? connect(p->client, &target.any, size) == 0 && send(p->client, "c", 1, 0) == 1
			: bind_somewhere(p->client, v6) &&
				  sendto(p->client, "c", 1, 0, &target.any, size) == 1;
	if (!sent)
		return v6 ? "no IPv6 on the loopback" : "the loopback is down";
	p->sport = port_of(p->client);
	if (tcp)
		p->server = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC);
	return NULL;
}

static void close_pair(struct canary_pair *p)
{
	/* the client first and with a reset: nothing of it stays behind in TIME-WAIT */
	struct linger now = {1, 0};
	if (p->client >= 0) {
		setsockopt(p->client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		close(p->client);
	}
	if (p->server >= 0)
		close(p->server);
	if (p->listener >= 0)
		close(p->listener);
	p->client = p->server = p->listener = -1;
}

void canary_open(struct canaries *c, unsigned round)
{
	c->round = round;
	c->wall_ns = clock_now().wall_ns;
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		struct canary_pair *p = &c->pairs[i];
		bool v6 = i & 1, tcp = i < 2;
		*p = (struct canary_pair){tcp ? "tcp" : "udp", v6 ? "::1" : "127.0.0.1", -1, -1, -1,
					  0, 0, NULL};
		p->problem = open_pair(p, v6, tcp);
		if (p->problem)
			close_pair(p);
	}
}

static void write_record(const struct canaries *c, const struct canary_pair *p, struct evidence *e)
{
	struct json *j = evidence_begin(e, "canary", c->wall_ns);
	json_add_u64(j, "round", c->round);
	json_add_string(j, "proto", p->proto);
	json_add_string(j, "dst", p->address);
	if (p->problem) {
		json_add_string(j, "problem", p->problem);
	} else {
		json_add_string(j, "src", p->address);
		json_add_u64(j, "sport", p->sport);
		json_add_u64(j, "dport", p->dport);
		json_add_i64(j, "end", clock_now().wall_ns);
	}
	evidence_end(e);
}

void canary_close(struct canaries *c, struct evidence *e)
{
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		write_record(c, &c->pairs[i], e);
		close_pair(&c->pairs[i]);
	}
}

unsigned canary_count(const struct canaries *c)
{
	unsigned count = 0;
	for (size_t i = 0; i < CANARY_PAIRS; i++)
		count += c->pairs[i].client >= 0;
	return count;
}
