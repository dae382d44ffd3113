/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/kernel_record.h"

#include "collectors/linux/image.h"
#include "collectors/linux/kernel_event.h"
#include "collectors/linux/protocol.h"
#include "collectors/processes.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct json *begin(struct kernel_records *k, const char *kind, const struct event_head *head)
{
	struct json *j = evidence_begin(k->w->evidence, kind, watch_wall((int64_t)head->mono_ns));
	json_add_u64(j, "mono", head->mono_ns);
	return j;
}

static void end(struct kernel_records *k)
{
	evidence_end(k->w->evidence);
}

void kernel_record_died(struct kernel_records *k, const char *why, const char *remedy)
{
	if (!k->failed)
		watch_witness(k->w, "kernel", NULL, "died", why, remedy);
	k->failed = true;
}

static struct slice comm_of(const char comm[static EVENT_COMM_SIZE])
{
	return slice_of(comm, strnlen(comm, EVENT_COMM_SIZE));
}

static void add_process(const struct kernel_records *k, struct json *j, const struct event_head *head, const char *comm)
{
	json_add_u64(j, "pid", head->tgid);
	json_add_u64(j, "tid", head->tid);
	json_add_u64(j, "uid", head->uid);
	if (comm)
		json_add_slice(j, "comm", comm_of(comm));
	json_add_bool(j, "cgroup", head->flags & EVENT_IN_CGROUP);
	json_add_bool(j, "tree", (head->flags & EVENT_IN_TREE) || later_follows(k->later, head));
	if (head->flags & EVENT_SUITE)
		json_add_bool(j, "suite", true);
}

static struct address address_from(unsigned family, const uint8_t bytes[static 16])
{
	return family == AF_INET ? address_v4(bytes) : address_v6(bytes);
}

static void add_address(struct json *j, const char *key, const struct address *a)
{
	char text[ADDRESS_TEXT_MAX];
	address_text(a, text);
	json_add_string(j, key, text);
}

static bool in_session(const struct kernel_records *k, const struct event_head *head)
{
	if (head->flags & EVENT_SUITE)
		return false;
	return k->w->options->host || (head->flags & (EVENT_IN_CGROUP | EVENT_IN_TREE)) || later_follows(k->later, head);
}

/* Programs of others that speak are worth their name too; the session's own are
 * known from their exec. */
static void add_program_of_others(struct json *j, const struct event_head *head)
{
	char path[IMAGE_PATH_MAX];
	if (!(head->flags & (EVENT_IN_TREE | EVENT_SUITE)) && image_path(head->tgid, path))
		json_add_string(j, "exe", path);
}

static const char *call_name(unsigned call)
{
	static const char *const names[] = {[CALL_CONNECT] = "connect", [CALL_SEND] = "sendto", [CALL_URING] = "io_uring",
					    [CALL_JOIN] = "join_group"};
	return call < LENGTH(names) && names[call] ? names[call] : "unknown";
}

static void on_attempt(struct kernel_records *k, const void *record)
{
	const struct event_attempt *e = record;
	struct address dst = address_from(e->family, e->dst);
	struct json *j = begin(k, "attempt", &e->head);
	json_add_string(j, "call", call_name(e->call));
	protocol_add(j, e->proto);
	add_address(j, "dst", &dst);
	json_add_u64(j, "dport", e->dport);
	add_process(k, j, &e->head, e->comm);
	json_add_u64(j, "cookie", e->cookie);
	json_add_u64(j, "netns", e->netns);
	if (e->has & ATTEMPT_VALUE)
		json_add_i64(j, "value", e->value);
	if (e->has & ATTEMPT_UP)
		json_add_string(j, "state", "established");
	if (e->sport)
		json_add_u64(j, "sport", e->sport);
	if (e->has & ATTEMPT_LEFT) {
		struct address src = address_from(e->family, e->src);
		add_address(j, "src", &src);
		json_add_u64(j, "ifindex", e->ifindex);
		json_add_u64(j, "size", e->size);
	}
	add_program_of_others(j, &e->head);
	end(k);
	if (!in_session(k, &e->head))
		return;
	if (watch_leaves(k->w, &dst))
		watch_tell_egress(k->w, e->head.tgid, comm_of(e->comm), call_name(e->call),
				  protocol_name(e->proto), &dst, e->dport);
	else
		k->w->tally.local++;
}

static void on_unix(struct kernel_records *k, const void *record)
{
	const struct event_unix *e = record;
	struct slice path = slice_of(e->path, e->size < sizeof e->path ? e->size : sizeof e->path);
	bool abstract = path.size > 0 && path.at[0] == 0;
	if (!abstract)
		path.size = slice_find(path, 0);
	struct json *j = begin(k, "unix", &e->head);
	if (e->call == CALL_SEND)
		json_add_string(j, "call", call_name(e->call));
	json_add_u64(j, "family", e->family);
	json_add_slice(j, "path", abstract ? slice_part(path, 1, path.size) : path);
	json_add_bool(j, "abstract", abstract);
	add_process(k, j, &e->head, e->comm);
	end(k);
}

static void on_socket(struct kernel_records *k, const void *record)
{
	const struct event_socket *e = record;
	struct json *j = begin(k, "special_socket", &e->head);
	json_add_u64(j, "family", e->family);
	json_add_u64(j, "type", e->type & 0xf); /* without SOCK_CLOEXEC and SOCK_NONBLOCK */
	protocol_add(j, e->proto);
	json_add_u64(j, "cookie", e->cookie);
	add_process(k, j, &e->head, e->comm);
	end(k);
}

/* One that was given no port yet may have any. */
static void hear(struct kernel_records *k, unsigned port)
{
	if (port == 0)
		memset(k->heard, 0xff, sizeof k->heard);
	else
		k->heard[port / 8] |= (uint8_t)(1 << port % 8);
}

/* Of strangers what they say to each other is not kept, but what they say to the session. */
static bool calls_session(const struct kernel_records *k, const struct event_head *head)
{
	const struct event_attempt *e = (const void *)head;
	return head->kind == EVENT_ATTEMPT && e->proto == IPPROTO_TCP && (k->heard[e->dport / 8] >> e->dport % 8 & 1);
}

/* A row of a table of sockets, as of the moment at which it began to listen. */
static void on_listen(struct kernel_records *k, const void *record)
{
	const struct event_listen *e = record;
	if (in_session(k, &e->head))
		hear(k, e->port);
	struct address local = address_from(e->family, e->address);
	struct json *j = begin(k, "socket", &e->head);
	json_add_string(j, "witness", "kernel");
	json_add_string(j, "moment", in_session(k, &e->head) ? "listen" : "listen_other");
	protocol_add(j, IPPROTO_TCP);
	add_address(j, "local", &local);
	json_add_u64(j, "lport", e->port);
	json_add_string(j, "state", "LISTEN");
	json_add_u64(j, "cookie", e->cookie);
	json_add_u64(j, "netns", e->netns);
	add_process(k, j, &e->head, NULL);
	json_add_slice(j, "process", comm_of(e->comm));
	end(k);
}

static void on_result(struct kernel_records *k, const void *record)
{
	const struct event_result *e = record;
	struct json *j = begin(k, "result", &e->head);
	json_add_u64(j, "tid", e->head.tid);
	json_add_i64(j, "value", e->value);
	end(k);
}

static void on_sent(struct kernel_records *k, const void *record)
{
	const struct event_sent *e = record;
	struct address dst = address_from(e->family, e->dst);
	struct json *j = begin(k, "sent", &e->head);
	protocol_add(j, e->proto);
	json_add_u64(j, "cookie", e->cookie);
	json_add_i64(j, "value", e->value);
	json_add_u64(j, "sport", e->sport);
	if (e->dport || address_class(&dst) != CLASS_LOOPBACK) {
		add_address(j, "dst", &dst);
		json_add_u64(j, "dport", e->dport);
	}
	add_process(k, j, &e->head, e->comm);
	end(k);
}

static void on_state(struct kernel_records *k, const void *record)
{
	const struct event_state *e = record;
	struct json *j = begin(k, "state", &e->head);
	json_add_u64(j, "cookie", e->cookie);
	json_add_string(j, "state", e->established ? "established" : "closed");
	json_add_i64(j, "error", e->error);
	json_add_u64(j, "sport", e->sport);
	end(k);
}

static void on_closed(struct kernel_records *k, const void *record)
{
	const struct event_closed *e = record;
	struct json *j = begin(k, "bytes", &e->head);
	json_add_u64(j, "cookie", e->cookie);
	json_add_u64(j, "sent", e->bytes_sent);
	json_add_u64(j, "received", e->bytes_received);
	end(k);
}

static void on_egress(struct kernel_records *k, const void *record)
{
	const struct event_egress *e = record;
	struct address src = address_from(e->family, e->src), dst = address_from(e->family, e->dst);
	struct json *j = begin(k, e->head.kind == EVENT_EGRESS ? "egress" : "dropped", &e->head);
	json_add_u64(j, "cookie", e->cookie);
	protocol_add(j, e->proto);
	add_address(j, "src", &src);
	json_add_u64(j, "sport", e->sport);
	add_address(j, "dst", &dst);
	json_add_u64(j, "dport", e->dport);
	json_add_u64(j, "ifindex", e->ifindex);
	json_add_u64(j, "size", e->size);
	if (e->icmp6)
		json_add_u64(j, "type", e->icmp6 - 1u);
	json_add_bool(j, "cgroup", e->head.flags & EVENT_IN_CGROUP);
	if (e->head.flags & EVENT_SUITE)
		json_add_bool(j, "suite", true);
	end(k);
}

/* To an address of this machine, by an interface that leads out of it. */
static void on_dropped(struct kernel_records *k, const void *record)
{
	const struct event_egress *e = record;
	struct address dst = address_from(e->family, e->dst);
	on_egress(k, record);
	if (watch_leaves(k->w, &dst))
		return;
	struct json *j = begin(k, "special_socket", &e->head);
	json_add_string(j, "call", "other_way");
	json_add_i64(j, "value", -EPERM);
	add_process(k, j, &e->head, NULL);
	end(k);
}

static void on_fork(struct kernel_records *k, const void *record)
{
	const struct event_fork *e = record;
	struct json *j = begin(k, "fork", &e->head);
	json_add_u64(j, "child", e->child);
	add_process(k, j, &e->head, e->comm);
	end(k);
	if (in_session(k, &e->head))
		processes_add(k->w->processes, e->child);
}

/* The components come from the file up to the root, some slots empty. */
static void join_path(const struct event_exec *e, char ret[static IMAGE_PATH_MAX])
{
	size_t used = 0, depth = e->depth < EVENT_PATH_DEPTH ? e->depth : EVENT_PATH_DEPTH;
	ret[0] = 0;
	for (; depth > 0; depth--) {
		const char *name = e->names[depth - 1];
		size_t size = strnlen(name, EVENT_NAME_SIZE);
		if (size && used < IMAGE_PATH_MAX)
			used += (size_t)snprintf(ret + used, IMAGE_PATH_MAX - used, "/%.*s", (int)size,
						 name);
	}
}

static void find_path(const struct event_exec *e, char ret[static IMAGE_PATH_MAX])
{
	join_path(e, ret);
	if (!ret[0])
		image_path(e->head.tgid, ret); /* too deep for the record: perhaps it still runs */
}

static void on_exec(struct kernel_records *k, const void *record)
{
	const struct event_exec *e = record;
	char path[IMAGE_PATH_MAX];
	find_path(e, path);
	uint32_t image = image_see(k->images, e->head.tgid, path, e->inode);
	struct json *j = begin(k, "exec", &e->head);
	json_add_u64(j, "ppid", e->ppid);
	add_process(k, j, &e->head, e->comm);
	json_add_string(j, "exe", path[0] ? path : NULL);
	json_add_u64(j, "inode", e->inode);
	if (image)
		json_add_u64(j, "image", image);
	end(k);
	if (in_session(k, &e->head))
		processes_add(k->w->processes, e->head.tgid);
}

static void on_exit_record(struct kernel_records *k, const void *record)
{
	const struct event_exit *e = record;
	struct json *j = begin(k, "exit", &e->head);
	json_add_u64(j, "pid", e->head.tgid);
	json_add_i64(j, "status", e->status);
	end(k);
	processes_remove(k->w->processes, e->head.tgid);
}

static void on_uring(struct kernel_records *k, const void *record)
{
	const struct event_uring *e = record;
	struct json *j = begin(k, e->head.kind == EVENT_URING ? "io_uring" : "io_uring_done", &e->head);
	json_add_u64(j, "request", e->request);
	json_add_u64(j, "opcode", e->opcode);
	if (e->head.kind == EVENT_URING_DONE)
		json_add_i64(j, "value", e->value);
	add_process(k, j, &e->head, NULL);
	end(k);
}

/* Unprivileged, nothing comes of it; with rights, nothing that is told from here on need be true. */
static void on_meddled(struct kernel_records *k, const void *record)
{
	const struct event_meddled *e = record;
	char why[128];
	snprintf(why, sizeof why, "%.*s (pid %u) of the session made or reached for kernel programs",
		 EVENT_COMM_SIZE, e->comm, e->head.tgid);
	kernel_record_died(k, why, KERNEL_WITHOUT_ROOT);
}

static const struct {
	size_t size;
	void (*write)(struct kernel_records *k, const void *record);
} kinds[EVENT_KINDS] = {
	[EVENT_ATTEMPT] = {sizeof(struct event_attempt), on_attempt},
	[EVENT_UNIX] = {sizeof(struct event_unix), on_unix},
	[EVENT_SOCKET] = {sizeof(struct event_socket), on_socket},
	[EVENT_RESULT] = {sizeof(struct event_result), on_result},
	[EVENT_SENT] = {sizeof(struct event_sent), on_sent},
	[EVENT_STATE] = {sizeof(struct event_state), on_state},
	[EVENT_CLOSED] = {sizeof(struct event_closed), on_closed},
	[EVENT_EGRESS] = {sizeof(struct event_egress), on_egress},
	[EVENT_DROPPED] = {sizeof(struct event_egress), on_dropped},
	[EVENT_FORK] = {sizeof(struct event_fork), on_fork},
	[EVENT_EXEC] = {sizeof(struct event_exec), on_exec},
	[EVENT_EXIT] = {sizeof(struct event_exit), on_exit_record},
	[EVENT_URING] = {sizeof(struct event_uring), on_uring},
	[EVENT_URING_DONE] = {sizeof(struct event_uring), on_uring},
	[EVENT_MEDDLED] = {sizeof(struct event_meddled), on_meddled},
	[EVENT_LISTEN] = {sizeof(struct event_listen), on_listen},
};

void kernel_record(void *context, const void *record, size_t size)
{
	const struct event_head *head = record;
	if (size < sizeof *head || head->kind >= EVENT_KINDS || !kinds[head->kind].write ||
	    size < kinds[head->kind].size)
		return;
	struct kernel_records *k = context;
	char path[IMAGE_PATH_MAX] = "";
	if (k->later && head->kind == EVENT_EXEC)
		find_path(record, path);
	if (later_note(k->later, record, path) || in_session(k, head) || calls_session(k, head))
		kinds[head->kind].write(k, record);
	later_written(k->later, record);
}
