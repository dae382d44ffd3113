/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_write.h"

#include "collectors/linux/protocol.h"
#include "collectors/processes.h"
#include "core/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { SEEN_SLOTS = 1 << 14 };

/* Of which process it was told which program it runs. */
struct seen {
	uint32_t pid, ppid, program;
};

struct notify_writer {
	struct watch *w;
	struct notify_programs *programs;
	struct images *images;
	uint32_t canary;
	struct seen seen[SEEN_SLOTS]; /* by pid; a clash tells one twice */
};

struct notify_writer *notify_writer_new(struct watch *w, struct notify_programs *programs, uint32_t canary)
{
	struct notify_writer *n = must_alloc(1, sizeof *n);
	n->w = w;
	n->programs = programs;
	n->canary = canary;
	n->images = images_new(w);
	return n;
}

void notify_writer_free(struct notify_writer *n)
{
	if (n)
		images_free(n->images);
	free(n);
}

bool notify_write_work(struct notify_writer *n)
{
	return image_work(n->images);
}

static struct json *begin(struct notify_writer *n, const char *kind, const struct notify_record *r)
{
	struct json *j = evidence_begin(n->w->evidence, kind, watch_wall(r->mono_ns));
	json_add_i64(j, "mono", r->mono_ns);
	json_add_string(j, "witness", "seccomp");
	return j;
}

static void add_who(const struct notify_writer *n, struct json *j, const struct notify_who *who)
{
	json_add_u64(j, "pid", who->pid);
	json_add_u64(j, "tid", who->tid);
	json_add_u64(j, "ppid", who->ppid);
	json_add_u64(j, "uid", who->uid);
	json_add_string(j, "comm", who->comm);
	json_add_bool(j, "cgroup", false);
	json_add_bool(j, "tree", who->pid != n->canary);
	if (who->pid == n->canary)
		json_add_bool(j, "suite", true);
}

/* A process is told of when it first asks, or asks as another program. */
static void see_program(struct notify_writer *n, const struct notify_record *r)
{
	const struct notify_who *who = &r->who;
	struct seen *slot = &n->seen[who->pid % SEEN_SLOTS];
	struct notify_program program = {.inode = 0};
	if (slot->pid == who->pid && slot->ppid == who->ppid && slot->program == who->program)
		return;
	if (slot->pid != who->pid) {
		/* counted as seen, but not as living: when it ends nobody tells */
		processes_add(n->w->processes, who->pid);
		processes_remove(n->w->processes, who->pid);
	}
	*slot = (struct seen){who->pid, who->ppid, who->program};
	bool known = notify_program(n->programs, who->program, &program);
	uint32_t image = known ? image_see(n->images, who->pid, program.path, program.inode) : 0;
	struct json *j = begin(n, "exec", r);
	add_who(n, j, who);
	json_add_string(j, "exe", known && program.path[0] ? program.path : NULL);
	json_add_u64(j, "inode", program.inode);
	if (image)
		json_add_u64(j, "image", image);
	evidence_end(n->w->evidence);
}

static void add_end(struct json *j, const char *address_key, const char *port_key, const struct address *a,
		    unsigned port)
{
	char text[ADDRESS_TEXT_MAX];
	if (a->family == ADDRESS_NONE)
		return;
	address_text(a, text);
	json_add_string(j, address_key, text);
	json_add_u64(j, port_key, port);
}

static void tell(struct notify_writer *n, const struct notify_record *r)
{
	const struct notify_who *who = &r->who;
	if (who->pid == n->canary || r->dst.family == ADDRESS_NONE)
		return;
	if (watch_leaves(n->w, &r->dst))
		watch_tell_egress(n->w, who->pid, slice_of_string(who->comm), r->call,
				  protocol_name((unsigned)r->protocol), &r->dst, r->dport);
	else
		n->w->tally.local++;
}

static void write_attempt(struct notify_writer *n, const struct notify_record *r)
{
	struct json *j = begin(n, "attempt", r);
	json_add_string(j, "call", r->call);
	if (r->family == AF_INET || r->family == AF_INET6)
		protocol_add(j, (unsigned)r->protocol);
	else
		json_add_string(j, "proto", "other");
	add_end(j, "dst", "dport", &r->dst, r->dport);
	if (r->sport)
		add_end(j, "src", "sport", &r->src, r->sport);
	add_who(n, j, &r->who);
	json_add_u64(j, "cookie", r->cookie);
	if (r->netns)
		json_add_u64(j, "netns", r->netns);
	/* of what came to nothing no packet left by it */
	if (r->ifindex && (r->value >= 0 || r->value == -EINPROGRESS))
		json_add_u64(j, "ifindex", r->ifindex);
	if (r->answered)
		json_add_i64(j, "value", r->value);
	if (r->established)
		json_add_string(j, "state", "established");
	evidence_end(n->w->evidence);
	tell(n, r);
}

/* What became of one that took long: tied to it by its socket. */
static void write_outcome(struct notify_writer *n, const struct notify_record *r)
{
	struct json *j = begin(n, "state", r);
	json_add_u64(j, "cookie", r->cookie);
	json_add_string(j, "state", r->value == 0 ? "established" : "closed");
	json_add_i64(j, "error", -r->value);
	json_add_u64(j, "sport", r->sport);
	evidence_end(n->w->evidence);
}

static void add_path(struct json *j, const struct notify_record *r)
{
	struct slice path = slice_of(r->path, r->path_size);
	bool abstract = path.size > 0 && path.at[0] == 0;
	if (!abstract)
		path.size = slice_find(path, 0);
	json_add_slice(j, "path", abstract ? slice_part(path, 1, path.size) : path);
	json_add_bool(j, "abstract", abstract);
}

static void write_unix(struct notify_writer *n, const struct notify_record *r)
{
	struct json *j = begin(n, "unix", r);
	json_add_string(j, "call", r->call);
	json_add_u64(j, "family", AF_UNIX);
	add_path(j, r);
	if (r->own)
		json_add_bool(j, "own", true);
	json_add_i64(j, "value", r->value);
	add_who(n, j, &r->who);
	evidence_end(n->w->evidence);
}

/* A row of a table of sockets, as of the moment at which it began to listen. */
static void write_listen(struct notify_writer *n, const struct notify_record *r)
{
	struct json *j = begin(n, "socket", r);
	json_add_string(j, "moment", "listen");
	protocol_add(j, (unsigned)r->protocol);
	add_end(j, "local", "lport", &r->src, r->sport);
	json_add_string(j, "state", "LISTEN");
	json_add_u64(j, "cookie", r->cookie);
	add_who(n, j, &r->who);
	json_add_string(j, "process", r->who.comm);
	evidence_end(n->w->evidence);
}

static void write_refused(struct notify_writer *n, const struct notify_record *r)
{
	struct json *j = begin(n, "special_socket", r);
	json_add_string(j, "call", r->call);
	if (!strcmp(r->call, "socket")) {
		json_add_u64(j, "family", (unsigned)r->family);
		json_add_u64(j, "type", (unsigned)r->type);
		protocol_add(j, (unsigned)r->protocol);
	}
	json_add_i64(j, "value", r->value);
	add_who(n, j, &r->who);
	evidence_end(n->w->evidence);
}

void notify_write_record(struct notify_writer *n, const struct notify_record *r)
{
	static void (*const kinds[])(struct notify_writer *n, const struct notify_record *r) = {
		[NOTIFY_ATTEMPT] = write_attempt, [NOTIFY_OUTCOME] = write_outcome, [NOTIFY_UNIX] = write_unix,
		[NOTIFY_LISTEN] = write_listen,	  [NOTIFY_REFUSED] = write_refused,
	};
	if (r->who.pid != n->canary)
		see_program(n, r);
	kinds[r->kind](n, r);
}
