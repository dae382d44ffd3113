/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_follow.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum {
	PAUSE_MS = 100,
	PATIENCE_S = 150, /* the kernel itself gives up before that (tcp(7), tcp_syn_retries) */
	ANSWER_MAX = 4096,
	ESTABLISHED = 1,
	SYN_SENT = 2,
	GONE = 0,
};

struct notify_follow {
	int netlink; /* -1: none */
	int64_t looked_ns;
	size_t count;
	struct notify_record at[NOTIFY_FOLLOWED_MAX];
};

struct notify_follow *notify_follow_new(void)
{
	struct notify_follow *f = must_alloc(1, sizeof *f);
	f->netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	return f;
}

void notify_follow_free(struct notify_follow *f)
{
	if (f)
		auto_close(&f->netlink);
	free(f);
}

void notify_follow_add(struct notify_follow *f, const struct notify_record *r)
{
	bool waits = r->kind == NOTIFY_ATTEMPT && r->protocol == IPPROTO_TCP && r->value == -EINPROGRESS && !r->established;
	if (waits && f->netlink >= 0 && f->count < NOTIFY_FOLLOWED_MAX)
		f->at[f->count++] = *r;
}

/* As the table has an address of a socket of `family`: one of IPv6 may hold one of IPv4. */
static void put_address(const struct address *a, int family, __be32 ret[static 4])
{
	unsigned char bytes[16] = {0};
	if (family == AF_INET6 && a->family == ADDRESS_V4) {
		bytes[10] = bytes[11] = 0xff;
		memcpy(bytes + 12, a->bytes, 4);
	} else {
		memcpy(bytes, a->bytes, sizeof bytes);
	}
	memcpy(ret, bytes, sizeof bytes);
}

static bool ask(const struct notify_follow *f, const struct notify_record *r)
{
	struct {
		struct nlmsghdr head;
		struct inet_diag_req_v2 request;
	} message = {
		.head = {.nlmsg_len = sizeof message, .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST},
		.request = {.sdiag_family = (__u8)r->family,
			    .sdiag_protocol = IPPROTO_TCP,
			    .id = {.idiag_sport = htons((uint16_t)r->sport),
				   .idiag_dport = htons((uint16_t)r->dport),
				   .idiag_cookie = {(__u32)r->cookie, (__u32)(r->cookie >> 32)}}},
	};
	put_address(&r->src, r->family, message.request.id.idiag_src);
	put_address(&r->dst, r->family, message.request.id.idiag_dst);
	return send(f->netlink, &message, sizeof message, 0) == sizeof message;
}

/* The state of the socket; GONE where the table has none of it. */
static unsigned state_of(const struct notify_follow *f, const struct notify_record *r)
{
	union {
		struct nlmsghdr head;
		unsigned char bytes[ANSWER_MAX];
	} answer;
	struct inet_diag_msg found;
	if (!ask(f, r))
		return GONE;
	ssize_t got = recv(f->netlink, &answer, sizeof answer, 0);
	if (got < (ssize_t)NLMSG_LENGTH(sizeof found) || answer.head.nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return GONE;
	memcpy(&found, NLMSG_DATA(&answer.head), sizeof found);
	return found.idiag_state;
}

void notify_follow_look(struct notify_follow *f, void (*tell)(void *context, const struct notify_record *r),
			void *context)
{
	int64_t now = clock_mono();
	size_t kept = 0;
	if (!f->count || now - f->looked_ns < PAUSE_MS * CLOCK_MILLISECOND)
		return;
	f->looked_ns = now;
	for (size_t i = 0; i < f->count; i++) {
		struct notify_record *r = &f->at[i];
		unsigned state = state_of(f, r);
		if (state == SYN_SENT && now - r->mono_ns < PATIENCE_S * CLOCK_SECOND) {
			f->at[kept++] = *r;
		} else if (state == ESTABLISHED || state > SYN_SENT) {
			r->kind = NOTIFY_OUTCOME;
			r->mono_ns = now;
			r->value = 0;
			tell(context, r);
		}
	}
	f->count = kept;
}
