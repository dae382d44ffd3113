/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of everybody, of which those of strangers are dropped.
 */
#include "collectors/linux/later.h"

#include <stddef.h>
#include <string.h>

static const struct {
	size_t comm; /* where the name of the acting thread lies; 0: the record names none */
	bool others; /* it is kept of strangers, or is of no process */
} kinds[EVENT_KINDS] = {
	[EVENT_ATTEMPT] = {offsetof(struct event_attempt, comm), false},
	[EVENT_UNIX] = {offsetof(struct event_unix, comm), false},
	[EVENT_SOCKET] = {offsetof(struct event_socket, comm), true},
	[EVENT_SENT] = {offsetof(struct event_sent, comm), false},
	[EVENT_STATE] = {0, true},
	[EVENT_CLOSED] = {0, true},
	[EVENT_EGRESS] = {0, true},
	[EVENT_DROPPED] = {0, true},
	[EVENT_MEDDLED] = {0, true},
	[EVENT_LISTEN] = {offsetof(struct event_listen, comm), true},
};

static struct slice comm_at(const void *record, size_t offset)
{
	const char *comm = (const char *)record + offset;
	return slice_of(comm, strnlen(comm, EVENT_COMM_SIZE));
}

static bool aims_out(const struct event_attempt *e)
{
	struct address dst = e->family == 2 /* AF_INET */ ? address_v4(e->dst) : address_v6(e->dst);
	return address_class(&dst) != CLASS_LOOPBACK;
}

bool later_note(struct later *l, const void *record, const char *path)
{
	const struct event_head *head = record;
	if (!l)
		return true;
	if (head->kind == EVENT_EXEC)
		later_exec(l, record, path);
	else if (head->kind == EVENT_FORK)
		later_fork(l, record);
	else if (kinds[head->kind].comm)
		later_act(l, head, comm_at(record, kinds[head->kind].comm));
	if (head->flags & EVENT_SUITE)
		return true;
	if (head->kind == EVENT_ATTEMPT)
		return aims_out(record);
	/* those without a cookie are told by a hook that tells of the session alone, otherwise */
	return kinds[head->kind].others && (head->kind != EVENT_SOCKET || ((const struct event_socket *)record)->cookie);
}

void later_written(struct later *l, const void *record)
{
	const struct event_head *head = record;
	if (head->kind == EVENT_EXIT)
		later_exit(l, head);
}
