/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which function does which call, and those that are short.
 */
#include "collectors/linux/notify_call.h"

#include "collectors/linux/notify_filter.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/linux/notify_socket.h"
#include "collectors/linux/notify_way.h"
#include "core/error.h"
#include "core/socket_address.h"

#include <errno.h>
#include <sys/syscall.h>

int64_t notify_refuse(struct notify_call *c, const char *call, int code)
{
	if (!notify_certain(c) || !notify_valid(c->worker))
		return -ECANCELED;
	c->record.kind = NOTIFY_REFUSED;
	c->record.call = call;
	c->record.value = -code;
	c->record.answered = true;
	notify_put(c->worker, &c->record);
	return -code;
}

int64_t notify_unseen(struct notify_call *c, const char *call)
{
	if (!notify_certain(c) || !notify_valid(c->worker))
		return -ECANCELED;
	c->record.kind = NOTIFY_ATTEMPT;
	c->record.call = call;
	c->record.value = -EPERM;
	c->record.answered = true;
	notify_put(c->worker, &c->record);
	return -EPERM;
}

int notify_address(struct notify_call *c, uint64_t at, int64_t size, struct sockaddr_storage *ret)
{
	memset(ret, 0, sizeof *ret);
	if (size < 0 || (size_t)size > sizeof *ret)
		return EINVAL;
	struct notify_piece piece = {at, ret, (size_t)size};
	return notify_copy(c, &piece, 1);
}

void notify_note(struct notify_record *r, const struct sockaddr_storage *a, size_t size)
{
	struct sockaddr_un name;
	size_t before = offsetof(struct sockaddr_un, sun_path);
	if (a->ss_family != AF_UNIX) {
		socket_address_read(a, &r->dst, &r->dport);
		return;
	}
	memcpy(&name, a, sizeof name);
	size = size < sizeof name ? size : sizeof name;
	r->path_size = size > before ? size - before : 0;
	memcpy(r->path, name.sun_path, r->path_size);
}

/* The number of the queue is a register: done on the socket that was looked at. */
static int64_t answer_listen(struct notify_call *c)
{
	struct notify_socket s;
	int code = notify_borrow(c->process, (int)c->request->data.args[0], &s);
	if (code)
		return code == EPERM ? notify_refuse(c, "listen", EPERM) : -code;
	int64_t value = -ECANCELED;
	if (notify_certain(c) && notify_valid(c->worker))
		value = listen(s.fd, (int)c->request->data.args[1]) == 0 ? 0 : -errno;
	c->record.kind = NOTIFY_LISTEN;
	c->record.call = "listen";
	c->record.value = value;
	c->record.answered = true;
	notify_describe(&s, &c->record);
	notify_own_end(&s, &c->record);
	if (value == 0 && notify_is_ip(&s))
		notify_put(c->worker, &c->record);
	notify_return(&s);
	return value;
}

static int64_t answer_socket(struct notify_call *c)
{
	enum { TYPE_BITS = 0xf };
	c->record.family = (int)c->request->data.args[0];
	c->record.type = (int)c->request->data.args[1] & TYPE_BITS;
	c->record.protocol = (int)c->request->data.args[2];
	return notify_refuse(c, "socket", EPERM);
}

/* Programs know kernels without it, and do without. */
static int64_t answer_uring(struct notify_call *c)
{
	return notify_refuse(c, "io_uring_setup", ENOSYS);
}

/* The kernel may start a program of root's to look a name up. */
static int64_t answer_key(struct notify_call *c)
{
	return notify_refuse(c, "request_key", ENOSYS);
}

static int64_t answer_ioctl(struct notify_call *c)
{
	return notify_refuse(c, "terminal_input", EPERM);
}

static int64_t answer_setsockopt(struct notify_call *c)
{
	return notify_refuse(c, notify_way_name((int)c->request->data.args[1], (int)c->request->data.args[2]), EPERM);
}

static const struct {
	int number;
	notify_fn *answer;
} calls[] = {
	{SYS_connect, notify_connect},	       {SYS_sendto, notify_sendto},
	{SYS_sendmsg, notify_sendmsg},	       {SYS_sendmmsg, notify_sendmmsg},
	{SYS_listen, answer_listen},	       {SYS_socket, answer_socket},
	{SYS_socketpair, answer_socket},       {SYS_io_uring_setup, answer_uring},
	{SYS_io_uring_enter, answer_uring},    {SYS_io_uring_register, answer_uring},
	{SYS_request_key, answer_key},	       {SYS_ioctl, answer_ioctl},
	{SYS_setsockopt, answer_setsockopt},
};

int64_t notify_answer(struct notify_call *c)
{
	if (!notify_is_native(&c->request->data))
		return notify_refuse(c, "foreign_call", EPERM);
	for (size_t i = 0; i < LENGTH(calls); i++)
		if (calls[i].number == c->request->data.nr)
			return calls[i].answer(c);
	return notify_refuse(c, "unknown_call", EPERM);
}
