/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket witness: the kernel's own table of sockets (sock_diag(7)), and its
 * announcement of every socket that is destroyed.
 *
 * Announcements were measured to slow a burst of short connections by a fifth, for
 * the kernel makes a work item of each. Where the kernel witness sees every socket
 * anyway they are listened to during rounds only, when the canaries show that they
 * come; without it, always.
 */
#include "collectors/linux/sock_table.h"
#include "collectors/registry.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	RECEIVE_BUFFER = 4 << 20,
	ROWS_MAX = 200000,  /* of one dump */
	KNOWN_SLOTS = 1 << 17,
	AFTER_ROUND_MS = 30, /* the canaries' own ends are still to come */
};

struct sockets {
	struct watch *w;
	int dump, news;       /* -1: not there */
	uint64_t lost;        /* announcements the kernel could not deliver, rows past the maximum */
	bool always;          /* listen between rounds too */
	int64_t until_ns;     /* listening ends; 0: not listening, or always */
	uint64_t known[KNOWN_SLOTS]; /* cookie ^ state of rows written before */
	unsigned char buffer[SOCK_TABLE_BUFFER] __attribute__((aligned(8)));
};

static const unsigned groups[] = {SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET_UDP_DESTROY,
				  SKNLGRP_INET6_TCP_DESTROY, SKNLGRP_INET6_UDP_DESTROY};

static void write_row(struct sockets *s, const struct inet_diag_msg *m, unsigned proto,
		      const char *moment)
{
	struct json *j = evidence_begin(s->w->evidence, "socket", clock_now().wall_ns);
	json_add_string(j, "moment", moment);
	sock_table_add_row(j, m, proto);
	evidence_end(s->w->evidence);
}

/* Was this row written before, in this state? A clash writes one twice. */
static bool is_known(struct sockets *s, const struct inet_diag_msg *m)
{
	uint64_t cookie = (uint64_t)m->id.idiag_cookie[1] << 32 | m->id.idiag_cookie[0];
	uint64_t mark = (cookie << 4 ^ m->idiag_state) + 1;
	uint64_t *slot = &s->known[(mark * UINT64_C(0x9E3779B97F4A7C15)) >> 47];
	bool known = *slot == mark;
	*slot = mark;
	return known;
}

struct dump {
	struct sockets *sockets;
	const char *moment;
	bool all; /* else only rows that are new */
	uint64_t rows;
};

static void take_row(void *context, const struct inet_diag_msg *m, unsigned proto)
{
	struct dump *d = context;
	if (++d->rows > ROWS_MAX) {
		d->sockets->lost++;
		return;
	}
	bool known = is_known(d->sockets, m);
	if (d->all || !known)
		write_row(d->sockets, m, proto, d->moment);
}

static void dump_all(struct sockets *s, const char *moment)
{
	struct dump d = {s, moment, strcmp(moment, "during") != 0, 0};
	s->lost += sock_table_read(s->dump, s->buffer, take_row, &d);
	struct json *j = evidence_begin(s->w->evidence, "socket_table", clock_now().wall_ns);
	json_add_string(j, "moment", moment);
	json_add_u64(j, "rows", d.rows);
	evidence_end(s->w->evidence);
}

static void listen_to(struct sockets *s, bool on)
{
	for (size_t i = 0; i < LENGTH(groups); i++)
		setsockopt(s->news, SOL_NETLINK, on ? NETLINK_ADD_MEMBERSHIP : NETLINK_DROP_MEMBERSHIP,
			   &groups[i], sizeof groups[i]);
}

/* The protocol stands in an attribute behind the message. */
static unsigned protocol_of(const struct sockets *s, size_t size)
{
	size_t head = NLMSG_LENGTH(sizeof(struct inet_diag_msg)), left = size - head;
	const struct rtattr *a = (const struct rtattr *)(const void *)(s->buffer + head);
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == INET_DIAG_PROTOCOL)
			return *(const unsigned char *)RTA_DATA(a);
	return 0;
}

static void take_news(struct sockets *s)
{
	for (;;) {
		ssize_t got = recv(s->news, s->buffer, sizeof s->buffer, MSG_DONTWAIT);
		if (got < 0 && errno == ENOBUFS) {
			s->lost++;
			continue;
		}
		if (got <= 0)
			break;
		if ((size_t)got < NLMSG_LENGTH(sizeof(struct inet_diag_msg)))
			continue;
		unsigned proto = protocol_of(s, (size_t)got);
		if (proto == IPPROTO_TCP || proto == IPPROTO_UDP)
			write_row(s, NLMSG_DATA(s->buffer), proto, "destroyed");
	}
}

static enum status sockets_open(struct watch *w, void **ret_state, struct error *err)
{
	struct sockets *s = must_alloc(1, sizeof *s);
	s->w = w;
	s->dump = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (s->dump < 0) {
		free(s);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no sock_diag");
	}
	s->news = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	struct sockaddr_nl local = {.nl_family = AF_NETLINK};
	int size = RECEIVE_BUFFER;
	if (setsockopt(s->news, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
		setsockopt(s->news, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	if (bind(s->news, (struct sockaddr *)&local, sizeof local) != 0) {
		close(s->news);
		s->news = -1;
	}
	*ret_state = s;
	return OK;
}

static void sockets_start(void *state)
{
	struct sockets *s = state;
	s->always = !s->w->kernel;
	if (s->always && s->news >= 0)
		listen_to(s, true);
}

static void sockets_drain(void *state)
{
	struct sockets *s = state;
	if (s->news < 0 || (!s->always && !s->until_ns))
		return;
	take_news(s);
	if (s->until_ns && clock_mono() > s->until_ns) {
		listen_to(s, false);
		s->until_ns = 0;
	}
}

/* The announcements of one round: from before its canaries end until a little after. */
static void sockets_closing(void *state)
{
	struct sockets *s = state;
	if (s->always)
		dump_all(s, "during"); /* whom the session asked last may have gone on only now */
	if (s->news < 0 || s->always)
		return;
	listen_to(s, true);
	s->until_ns = clock_mono() + AFTER_ROUND_MS * CLOCK_MILLISECOND;
}

static void sockets_round(void *state, const struct round *r)
{
	dump_all(state, r->moment);
}

/* Only while a round's own announcements are awaited: its canaries are closed. */
static bool sockets_busy(void *state)
{
	const struct sockets *s = state;
	return s->until_ns != 0;
}

static uint64_t sockets_lost(void *state)
{
	const struct sockets *s = state;
	return s->lost;
}

static uint64_t sockets_stop(void *state)
{
	struct sockets *s = state;
	if (s->news >= 0) {
		take_news(s);
		close(s->news);
	}
	close(s->dump);
	uint64_t lost = sockets_lost(s);
	free(s);
	return lost;
}

static void sockets_probe(struct probe *ret)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	ret->works = fd >= 0;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 fd >= 0 ? "the kernel's socket tables can be read" : strerror(errno));
	if (fd >= 0)
		close(fd);
	else
		snprintf(ret->remedy, sizeof ret->remedy, "needs CONFIG_INET_DIAG");
}

const struct collector collector_sock_diag = {
	.name = "sock_diag",
	.witnesses = "the kernel's tables of sockets, before, during and after; sockets destroyed",
	.needs = "nothing",
	.canaries = true,
	.probe = sockets_probe,
	.open = sockets_open,
	.start = sockets_start,
	.drain = sockets_drain,
	.pause_ns = 25 * CLOCK_MILLISECOND,
	.round = sockets_round,
	.closing = sockets_closing,
	.busy = sockets_busy,
	.stop = sockets_stop,
	.lost = sockets_lost,
};
