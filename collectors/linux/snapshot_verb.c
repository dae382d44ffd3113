/* SPDX-License-Identifier: Apache-2.0 */
/*
 * airgap-collect snapshot: the sockets of this network namespace as they are now, and who
 * holds them. One JSON object a line; the last one tells that it is whole.
 */
#include "collectors/linux/image.h"
#include "collectors/linux/proc_tree.h"
#include "collectors/linux/sock_table.h"
#include "collectors/linux/socket_owner.h"
#include "collectors/platform.h"
#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/socket.h>

enum { ROWS_MAX = 200000 };

struct snapshot {
	struct text *out;
	struct socket_owners owners;
	uint64_t rows, cut;
};

static void add_owner(const struct snapshot *s, struct json *j, uint64_t inode)
{
	char exe[IMAGE_PATH_MAX];
	struct proc_entry entry;
	size_t holders;
	/* a socket that waits for its end, or for somebody to accept it, has no inode */
	uint32_t pid = inode ? socket_owners_find(&s->owners, inode, &holders) : 0;
	if (!pid)
		return;
	json_add_u64(j, "pid", pid);
	json_add_u64(j, "holders", holders);
	if (proc_read((pid_t)pid, &entry))
		json_add_string(j, "comm", entry.comm);
	if (image_path(pid, exe))
		json_add_string(j, "exe", exe);
}

static void take_row(void *context, const struct inet_diag_msg *m, unsigned proto)
{
	struct snapshot *s = context;
	if (s->rows == ROWS_MAX) {
		s->cut++;
		return;
	}
	s->rows++;
	struct json j = json_on(s->out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "what", "socket");
	sock_table_add_row(&j, m, proto);
	add_owner(s, &j, m->idiag_inode);
	json_end_object(&j);
	text_add_char(s->out, '\n');
}

static void add_end(const struct snapshot *s, unsigned failed)
{
	struct json j = json_on(s->out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "what", "end");
	json_add_time(&j, "time_ns", clock_now().wall_ns);
	json_add_u64(&j, "sockets", s->rows);
	json_add_u64(&j, "left_out", s->cut + s->owners.cut);
	json_add_u64(&j, "tables_failed", failed);
	json_add_u64(&j, "processes", s->owners.processes);
	json_add_u64(&j, "processes_hidden", s->owners.hidden);
	json_end_object(&j);
	text_add_char(s->out, '\n');
}

enum status platform_snapshot(struct text *ret, struct error *err)
{
	AUTO_FREE unsigned char *buffer = must_alloc(SOCK_TABLE_BUFFER, 1);
	AUTO_FD int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	struct snapshot s = {.out = ret};
	if (fd < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no sock_diag (needs CONFIG_INET_DIAG)");
	socket_owners_read(&s.owners);
	unsigned failed = sock_table_read(fd, buffer, take_row, &s);
	add_end(&s, failed);
	socket_owners_free(&s.owners);
	return ret->overflow ? fail(err, ERR_LIMIT, "more sockets than can be told") : OK;
}
