/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_message.h"

#include "collectors/linux/notify_memory.h"
#include "collectors/linux/notify_socket.h"
#include "core/auto.h"
#include "core/error.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

static int room_for(struct notify_message *m, uint64_t size, bool stream)
{
	if (size > NOTIFY_BYTES_MAX && !stream)
		return EMSGSIZE;
	m->size = size < NOTIFY_BYTES_MAX ? (size_t)size : NOTIFY_BYTES_MAX;
	m->bytes = must_alloc(m->size + 1, 1);
	return 0;
}

int notify_message_plain(struct notify_call *c, uint64_t at, uint64_t size, uint64_t name_at, int name_size,
			 struct notify_message *ret)
{
	*ret = (struct notify_message){.size = 0};
	int code = room_for(ret, size, false);
	if (code)
		return code;
	if (name_at && (name_size < 0 || (size_t)name_size > sizeof ret->name))
		return EINVAL;
	ret->name_size = name_at ? (socklen_t)name_size : 0;
	struct notify_piece pieces[] = {{at, ret->bytes, ret->size}, {name_at, &ret->name, ret->name_size}};
	return notify_copy(c, pieces, LENGTH(pieces));
}

/* Control data of the kind that the kernel takes for descriptors: as many numbers as there
 * are, each of the caller's, become ours. */
static int pass_on(struct notify_call *c, struct cursor data, struct notify_message *m, size_t at)
{
	while (cursor_left(&data) >= sizeof(int)) {
		int theirs, ours;
		memcpy(&theirs, cursor_take(&data, sizeof theirs).at, sizeof theirs);
		if (m->passed_count == NOTIFY_PASSED_MAX)
			return EINVAL;
		int code = notify_borrow_any(c->process, theirs, &ours);
		if (code)
			return code;
		m->passed[m->passed_count++] = ours;
		memcpy(m->control + at, &ours, sizeof ours);
		at += sizeof ours;
	}
	return 0;
}

/*
 * cmsg(3): size_t length (head included), int level, int type, data, all of it aligned to
 * size_t. What says who sends is left out: the kernel would not take it from us, and puts in
 * who we are.
 */
static int copy_control(struct notify_call *c, struct slice from, struct notify_message *m)
{
	struct cursor at = cursor_over(from);
	m->control = must_alloc(from.size + 1, 1);
	while (cursor_left(&at) >= sizeof(struct cmsghdr)) {
		struct cmsghdr head;
		struct slice rest = cursor_rest(&at);
		memcpy(&head, rest.at, sizeof head);
		if (head.cmsg_len < sizeof head || head.cmsg_len > rest.size)
			return EINVAL;
		size_t aligned = CMSG_ALIGN(head.cmsg_len);
		struct slice whole = cursor_take(&at, aligned < rest.size ? aligned : rest.size);
		if (head.cmsg_level == SOL_SOCKET && head.cmsg_type == SCM_CREDENTIALS)
			continue;
		memcpy(m->control + m->control_size, whole.at, whole.size);
		size_t data = m->control_size + sizeof head;
		m->control_size += whole.size;
		if (head.cmsg_level != SOL_SOCKET || head.cmsg_type != SCM_RIGHTS)
			continue;
		int code = pass_on(c, cursor_over(slice_part(whole, sizeof head, head.cmsg_len - sizeof head)), m, data);
		if (code)
			return code;
	}
	return 0;
}

static int read_control(struct notify_call *c, const struct msghdr *head, struct notify_message *m)
{
	unsigned char *copy;
	if (!head->msg_control || head->msg_controllen == 0)
		return 0;
	if (head->msg_controllen > NOTIFY_CONTROL_MAX)
		return ENOBUFS;
	copy = must_alloc(head->msg_controllen, 1);
	int code = notify_read((pid_t)c->request->pid, (uintptr_t)head->msg_control, copy, head->msg_controllen);
	if (!code)
		code = copy_control(c, slice_of(copy, head->msg_controllen), m);
	free(copy);
	return code;
}

static int read_parts(struct notify_call *c, const struct msghdr *head, bool stream, struct notify_message *m)
{
	uint64_t size = 0;
	if (head->msg_iovlen > UIO_MAXIOV)
		return EMSGSIZE;
	struct iovec *parts = must_alloc(head->msg_iovlen + 1, sizeof *parts);
	int code = notify_read((pid_t)c->request->pid, (uintptr_t)head->msg_iov, parts,
			       head->msg_iovlen * sizeof *parts);
	for (size_t i = 0; i < head->msg_iovlen && !code; i++) {
		if (parts[i].iov_len > SSIZE_MAX)
			code = EINVAL;
		else
			size += parts[i].iov_len < NOTIFY_BYTES_MAX ? parts[i].iov_len : NOTIFY_BYTES_MAX + 1;
	}
	if (!code)
		code = room_for(m, size, stream);
	if (!code)
		code = notify_gather((pid_t)c->request->pid, parts, head->msg_iovlen, m->bytes, m->size, &m->size);
	free(parts);
	return code;
}

int notify_message_read(struct notify_call *c, uint64_t at, bool stream, struct notify_message *ret)
{
	struct msghdr head;
	*ret = (struct notify_message){.size = 0};
	struct notify_piece piece = {at, &head, sizeof head};
	int code = notify_copy(c, &piece, 1);
	if (!code && head.msg_name && head.msg_namelen) {
		/* a longer one is cut, as the kernel does */
		int64_t size = (int)head.msg_namelen;
		if (size > (int64_t)sizeof ret->name)
			size = sizeof ret->name;
		code = notify_address(c, (uintptr_t)head.msg_name, size, &ret->name);
		ret->name_size = (socklen_t)size;
	}
	if (!code)
		code = read_parts(c, &head, stream, ret);
	return code ? code : read_control(c, &head, ret);
}

void notify_message_free(struct notify_message *m)
{
	free(m->bytes);
	free(m->control);
	for (size_t i = 0; i < m->passed_count; i++)
		close(m->passed[i]);
	*m = (struct notify_message){.size = 0};
}
