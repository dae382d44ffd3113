/* SPDX-License-Identifier: Apache-2.0 */
/*
 * connect(2) on behalf of another process.
 */
#include "collectors/linux/notify_call.h"

#include "collectors/linux/notify_path.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/linux/notify_socket.h"
#include "collectors/linux/notify_way.h"
#include "core/clock.h"

#include <errno.h>
#include <netinet/in.h>
#include <unistd.h>

static int64_t call_connect(const struct notify_socket *s, const void *address, socklen_t size)
{
	return connect(s->fd, address, size) == 0 ? 0 : -errno;
}

/* One that may take as long as the other side likes; `early` is told where it does. */
static int64_t connect_waiting(struct notify_call *c, const struct notify_socket *s, const void *address,
			       socklen_t size, const struct notify_record *early)
{
	if (!notify_is_blocking(s))
		return call_connect(s, address, size);
	if (!notify_block(c->worker, early))
		return -EPERM;
	int64_t value = call_connect(s, address, size);
	if (notify_unblock(c->worker)) {
		c->record.kind = NOTIFY_OUTCOME;
		c->record.mono_ns = clock_mono();
	}
	return value;
}

static int64_t connect_ip(struct notify_call *c, const struct notify_socket *s, const struct sockaddr_storage *a,
			  socklen_t size)
{
	struct notify_record *r = &c->record;
	if (size < sizeof a->ss_family || a->ss_family == AF_UNSPEC)
		return call_connect(s, a, size); /* takes the other end away, and names none */
	r->kind = NOTIFY_ATTEMPT;
	r->call = "connect";
	notify_note(r, a, size);
	notify_describe(s, r);
	r->ifindex = notify_way_device(s);
	int64_t value = notify_is_stream(s) ? connect_waiting(c, s, a, size, r) : call_connect(s, a, size);
	r->ifindex = notify_way_since(s, r->ifindex);
	r->value = value;
	r->answered = true;
	r->established = value == -EINPROGRESS && notify_is_established(s);
	notify_own_end(s, r);
	notify_put(c->worker, r);
	return notify_interrupted(c->worker, value);
}

/* Who listens is who called listen(): for the session that was this process. */
static bool is_own(const struct notify_socket *s)
{
	struct ucred peer = {0};
	socklen_t size = sizeof peer;
	return getsockopt(s->fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid == getpid();
}

static int64_t connect_unix(struct notify_call *c, const struct notify_socket *s, const struct sockaddr_storage *a,
			    socklen_t size)
{
	struct sockaddr_un name;
	struct notify_path path;
	memcpy(&name, a, sizeof name);
	if (a->ss_family != AF_UNIX)
		return call_connect(s, a, size);
	c->record.call = "connect";
	notify_note(&c->record, a, size);
	notify_describe(s, &c->record);
	c->record.kind = NOTIFY_UNIX;
	int64_t value = -notify_path_open(c->request->pid, &name, size, &path);
	if (!value && notify_valid(c->worker))
		value = connect_waiting(c, s, &path.address, path.size, NULL);
	notify_path_close(&path);
	c->record.own = value == 0 && is_own(s);
	c->record.value = value;
	c->record.answered = true;
	notify_put(c->worker, &c->record);
	return notify_interrupted(c->worker, value);
}

int64_t notify_connect(struct notify_call *c)
{
	const struct seccomp_data *d = &c->request->data;
	struct sockaddr_storage a;
	struct notify_socket s;
	int64_t value;
	int code = notify_borrow(c->process, (int)d->args[0], &s);
	if (code)
		return code == EPERM ? notify_unseen(c, "connect") : -code;
	code = notify_address(c, d->args[1], (int)d->args[2], &a);
	if (code)
		value = code == EPERM ? notify_unseen(c, "connect") : -code;
	else if (!notify_valid(c->worker))
		value = -ECANCELED;
	else if (notify_is_ip(&s))
		value = connect_ip(c, &s, &a, (socklen_t)d->args[2]);
	else if (s.family == AF_UNIX)
		value = connect_unix(c, &s, &a, (socklen_t)d->args[2]);
	else if (s.family == AF_NETLINK || s.family == AF_ALG)
		value = call_connect(&s, &a, (socklen_t)d->args[2]);
	else {
		notify_describe(&s, &c->record);
		value = notify_refuse(c, "socket", EPERM);
	}
	notify_return(&s);
	return value;
}
