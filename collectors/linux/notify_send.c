/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sendto(2), sendmsg(2) and sendmmsg(2) on behalf of another process: what is to be sent
 * and where to are copied, and the copy is sent.
 */
#include "collectors/linux/notify_call.h"

#include "collectors/linux/notify_memory.h"
#include "collectors/linux/notify_message.h"
#include "collectors/linux/notify_path.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/linux/notify_socket.h"
#include "collectors/linux/notify_way.h"

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FLAGS_REFUSED = MSG_ZEROCOPY };

/* One message of a call, and the socket that it goes to. */
struct sending {
	struct notify_call *call;
	struct notify_socket socket;
	struct notify_message message;
	int flags;
};

/* Where there is no room it waits, as the caller would have. */
static int64_t send_copy(struct sending *s, const struct msghdr *m)
{
	int flags = (s->flags & ~MSG_DONTWAIT) | MSG_NOSIGNAL;
	ssize_t sent = sendmsg(s->socket.fd, m, flags | MSG_DONTWAIT);
	if (sent < 0 && errno == EAGAIN && !(s->flags & MSG_DONTWAIT) && notify_is_blocking(&s->socket)) {
		if (!notify_block(s->call->worker, NULL))
			return -EPERM;
		sent = sendmsg(s->socket.fd, m, flags);
		int code = errno;
		notify_unblock(s->call->worker);
		if (sent < 0)
			return notify_interrupted(s->call->worker, -code);
	}
	if (sent < 0 && errno == EPIPE && !(s->flags & MSG_NOSIGNAL))
		syscall(SYS_tgkill, s->call->record.who.pid, s->call->record.who.tid, SIGPIPE);
	return sent < 0 ? -errno : sent;
}

/* What names an interface or a route beside the address is not done, and told twice: as that, and
 * with the address. */
static int64_t send_elsewhere(struct sending *s)
{
	struct notify_record *r = &s->call->record;
	int64_t value = notify_refuse(s->call, "other_way", EPERM);
	r->kind = NOTIFY_ATTEMPT;
	r->call = "sendto";
	return value;
}

static int64_t send_where_it_says(struct sending *s, struct msghdr *m)
{
	struct notify_record *r = &s->call->record;
	if (notify_way_in(slice_of(m->msg_control, m->msg_controllen)))
		return send_elsewhere(s);
	r->ifindex = notify_way_device(&s->socket);
	int64_t value = send_copy(s, m);
	r->ifindex = notify_way_since(&s->socket, r->ifindex);
	return value;
}

/* Over IP: to the address, or to the other end of a connected socket. */
static int64_t send_ip(struct sending *s, struct msghdr *m)
{
	struct notify_record *r = &s->call->record;
	const struct notify_message *message = &s->message;
	if (notify_is_stream(&s->socket) && !(s->flags & MSG_FASTOPEN))
		return send_copy(s, m); /* of a stream the address does not count */
	r->kind = NOTIFY_ATTEMPT;
	r->call = "sendto";
	r->dst = (struct address){0};
	if (message->name_size >= sizeof message->name.ss_family) {
		struct sockaddr_storage name = message->name;
		/* Linux takes an address of no family for one of its own, on sockets of IPv4 */
		if (name.ss_family == AF_UNSPEC && s->socket.family == AF_INET)
			name.ss_family = AF_INET;
		notify_note(r, &name, message->name_size);
	}
	if (r->dst.family == ADDRESS_NONE)
		notify_peer(&s->socket, &r->dst, &r->dport);
	/* a connection that is opened by its first bytes: who is refused that opens it first */
	r->value = notify_is_stream(&s->socket) ? -EOPNOTSUPP : send_where_it_says(s, m);
	r->answered = true;
	notify_describe(&s->socket, r);
	notify_own_end(&s->socket, r);
	/* one without any other end came to nothing */
	if (r->dst.family != ADDRESS_NONE || r->value >= 0)
		notify_put(s->call->worker, r);
	return r->value;
}

static int64_t send_unix(struct sending *s, const struct msghdr *m)
{
	struct notify_record *r = &s->call->record;
	struct sockaddr_un name;
	struct notify_path path;
	if (!s->message.name_size)
		return send_copy(s, m);
	memcpy(&name, &s->message.name, sizeof name);
	int64_t value = -notify_path_open(s->call->request->pid, &name, s->message.name_size, &path);
	if (!value && notify_valid(s->call->worker)) {
		struct msghdr here = *m;
		here.msg_name = &path.address;
		here.msg_namelen = path.size;
		value = send_copy(s, &here);
	}
	notify_path_close(&path);
	r->kind = NOTIFY_UNIX;
	r->call = "sendto";
	notify_note(r, &s->message.name, s->message.name_size);
	notify_describe(&s->socket, r);
	r->value = value;
	r->answered = true;
	notify_put(s->call->worker, r);
	return value;
}

static int64_t send_message(struct sending *s)
{
	struct msghdr m = {
		.msg_name = s->message.name_size ? &s->message.name : NULL,
		.msg_namelen = s->message.name_size,
		.msg_iov = &(struct iovec){s->message.bytes, s->message.size},
		.msg_iovlen = 1,
		.msg_control = s->message.control_size ? s->message.control : NULL,
		.msg_controllen = s->message.control_size,
	};
	if (!notify_valid(s->call->worker))
		return -ECANCELED;
	if (s->flags & FLAGS_REFUSED)
		return -ENOBUFS; /* who asks for it copies where it cannot be had */
	if (notify_is_ip(&s->socket))
		return send_ip(s, &m);
	if (s->socket.family == AF_UNIX)
		return send_unix(s, &m);
	if (s->socket.family == AF_NETLINK || s->socket.family == AF_ALG)
		return send_copy(s, &m);
	notify_describe(&s->socket, &s->call->record);
	return notify_refuse(s->call, "socket", EPERM);
}

/* How many threads a process has stands in the number of links (proc(5)). */
static bool is_alone(const struct notify_call *c)
{
	struct stat st;
	return fstatat(c->folder, "task", &st, 0) == 0 && st.st_nlink == 2 + 1;
}

/* To the other end of a Unix socket that is connected for good, by the only one who has the
 * descriptor: whatever the message becomes, it goes nowhere else. Who gets it may ask who sent
 * it (SCM_CREDENTIALS), and is told the truth only so. */
static bool may_go_on(const struct sending *s)
{
	return s->socket.family == AF_UNIX && s->socket.type != SOCK_DGRAM && is_alone(s->call);
}

/* 0, or what the call is to return. */
static int64_t begin(struct notify_call *c, int flags, struct sending *ret)
{
	*ret = (struct sending){.call = c, .flags = flags};
	int code = notify_borrow(c->process, (int)c->request->data.args[0], &ret->socket);
	return code == EPERM ? notify_unseen(c, "sendto") : -code;
}

static int64_t failed(struct notify_call *c, int code)
{
	return code == EPERM ? notify_unseen(c, "sendto") : -code;
}

int64_t notify_sendto(struct notify_call *c)
{
	const __u64 *args = c->request->data.args;
	struct sending s;
	int64_t value = begin(c, (int)args[3], &s);
	if (value)
		return value;
	int code = notify_message_plain(c, args[1], args[2], args[4], (int)args[5], &s.message);
	value = code ? failed(c, code) : send_message(&s);
	notify_message_free(&s.message);
	notify_return(&s.socket);
	return value;
}

/* One struct msghdr in the caller's memory. */
static int64_t send_header(struct sending *s, uint64_t at)
{
	struct notify_call *c = s->call;
	int code = notify_message_read(c, at, notify_is_stream(&s->socket) || s->socket.type == SOCK_STREAM,
				       &s->message);
	int64_t value = code ? failed(c, code) : send_message(s);
	notify_message_free(&s->message);
	return value;
}

int64_t notify_sendmsg(struct notify_call *c)
{
	struct sending s;
	int64_t value = begin(c, (int)c->request->data.args[2], &s);
	if (value)
		return value;
	value = may_go_on(&s) ? NOTIFY_GO_ON : 0;
	if (!value)
		value = send_header(&s, c->request->data.args[1]);
	notify_return(&s.socket);
	return value;
}

/* All that it sends, until one fails: that is told only where it is the first. */
int64_t notify_sendmmsg(struct notify_call *c)
{
	const __u64 *args = c->request->data.args;
	uint64_t count = (uint32_t)args[2] < UIO_MAXIOV ? (uint32_t)args[2] : UIO_MAXIOV, done = 0;
	struct sending s;
	int64_t value = begin(c, (int)args[3], &s);
	if (value)
		return value;
	if (may_go_on(&s))
		value = NOTIFY_GO_ON;
	while (!value && done < count) {
		uint64_t at = args[1] + done * sizeof(struct mmsghdr);
		value = send_header(&s, at);
		uint32_t sent = (uint32_t)value;
		if (value < 0)
			break;
		done++;
		value = 0;
		if (notify_write((pid_t)c->request->pid, at + offsetof(struct mmsghdr, msg_len), &sent, sizeof sent))
			break;
	}
	notify_return(&s.socket);
	return done ? (int64_t)done : value < 0 ? value : 0;
}
