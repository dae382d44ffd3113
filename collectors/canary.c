/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/canary.h"

#include "core/random.h"
#include "core/socket.h"

enum { PORT_TRIES = 64 };

static struct address loopback(bool v6)
{
	static const unsigned char v4_bytes[] = {127, 0, 0, 1}, v6_bytes[16] = {[15] = 1};
	return v6 ? address_v6(v6_bytes) : address_v4(v4_bytes);
}

/* Binds to a random port above the well-known ones. */
static bool bind_somewhere(int s, const struct address *a)
{
	for (int i = 0; i < PORT_TRIES; i++) {
		uint16_t random;
		random_bytes(&random, sizeof random);
		enum socket_bound bound = socket_bind(s, a, 1024 + random % (65536 - 1024));
		if (bound != SOCKET_TAKEN)
			return bound == SOCKET_BOUND;
	}
	return false;
}

static const char *open_pair(struct canary_pair *p, bool v6, bool tcp)
{
	struct address here = loopback(v6);
	p->listener = socket_open(here.family, tcp);
	p->client = socket_open(here.family, tcp);
	if (p->listener < 0 || p->client < 0)
		return "no such sockets here";
	if (!bind_somewhere(p->listener, &here) || (tcp && !socket_listen(p->listener)))
		return v6 ? "no IPv6 on the loopback" : "the loopback is down";
	p->dport = socket_port(p->listener);
	bool sent = tcp ? socket_connect(p->client, &here, p->dport) &&
				  socket_send(p->client, SLICE("c"))
			: bind_somewhere(p->client, &here) &&
				  socket_send_to(p->client, SLICE("c"), &here, p->dport);
	if (!sent)
		return v6 ? "no IPv6 on the loopback" : "the loopback is down";
	p->sport = socket_port(p->client);
	if (tcp)
		p->server = socket_accept(p->listener);
	return NULL;
}

static void close_pair(struct canary_pair *p)
{
	socket_drop(p->client); /* first, so that the reset is its own */
	socket_close(p->server);
	socket_close(p->listener);
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
