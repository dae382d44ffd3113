/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/unix_list.h"

#include "core/auto.h"
#include "core/cursor.h"
#include "core/text.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum {
	BUFFER_SIZE = 64 << 10,
	STATE_LISTEN = 10, /* TCP_LISTEN, which Unix sockets borrow */
};

static int compare(const void *a, const void *b)
{
	const struct unix_place *left = a, *right = b;
	return left->cookie < right->cookie ? -1 : left->cookie > right->cookie;
}

bool unix_list_has(const struct unix_list *l, const struct unix_place *place)
{
	return bsearch(place, l->at, l->count, sizeof *place, compare) != NULL;
}

/* A connection carries the name of the listener that it was accepted by: left out. */
static void take_message(struct unix_list *l, const struct nlmsghdr *head)
{
	const struct unix_diag_msg *m = NLMSG_DATA(head);
	if (m->udiag_type != SOCK_DGRAM && m->udiag_state != STATE_LISTEN)
		return;
	struct slice name = {0};
	uint32_t inode = 0;
	size_t left = head->nlmsg_len - NLMSG_LENGTH(sizeof *m);
	const struct rtattr *a = (const struct rtattr *)(const void *)(m + 1);
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type == UNIX_DIAG_NAME)
			name = slice_of(RTA_DATA(a), RTA_PAYLOAD(a));
		else if (a->rta_type == UNIX_DIAG_VFS && RTA_PAYLOAD(a) >= sizeof(struct unix_diag_vfs))
			inode = ((const struct unix_diag_vfs *)RTA_DATA(a))->udiag_vfs_ino;
	}
	name = slice_part(name, 0, slice_find(name, 0)); /* of an abstract one nothing is left */
	if (name.size == 0 || name.size >= UNIX_LIST_NAME_MAX)
		return;
	if (l->count == UNIX_LIST_MAX) {
		l->cut = true;
		return;
	}
	struct unix_place *place = &l->at[l->count++];
	*place = (struct unix_place){.inode = inode, .cookie = (uint64_t)m->udiag_cookie[1] << 32 | m->udiag_cookie[0]};
	slice_to_string(name, place->name, sizeof place->name);
}

static enum status ask(int fd, struct error *err)
{
	struct {
		struct nlmsghdr head;
		struct unix_diag_req request;
	} message = {
		.head = {.nlmsg_len = sizeof message,
			 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
		.request = {.sdiag_family = AF_UNIX,
			    .udiag_states = UINT32_MAX,
			    .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS},
	};
	if (send(fd, &message, sizeof message, 0) < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot ask for the Unix sockets");
	return OK;
}

static enum status take_answers(int fd, struct unix_list *l, struct error *err)
{
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	for (;;) {
		ssize_t got = recv(fd, buffer, BUFFER_SIZE, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot read the Unix sockets");
		const struct nlmsghdr *head = (const void *)buffer;
		unsigned left = (unsigned)got;
		for (; NLMSG_OK(head, left); head = NLMSG_NEXT(head, left)) {
			if (head->nlmsg_type == NLMSG_DONE)
				return OK;
			if (head->nlmsg_type == NLMSG_ERROR)
				return fail(err, ERR_UNAVAILABLE, "this kernel does not list Unix sockets "
								  "(CONFIG_UNIX_DIAG)");
			if (head->nlmsg_len >= NLMSG_LENGTH(sizeof(struct unix_diag_msg)))
				take_message(l, head);
		}
	}
}

/* From the folder that a process works in. */
static bool leads_to(const char *pid, const struct unix_place *place, char ret[static UNIX_LIST_PATH_MAX])
{
	char link[64], folder[UNIX_LIST_PATH_MAX];
	struct stat st;
	snprintf(link, sizeof link, "/proc/%.20s/cwd", pid);
	ssize_t size = readlink(link, folder, sizeof folder - 1);
	return size > 0 &&
	       snprintf(ret, UNIX_LIST_PATH_MAX, "%.*s/%s", (int)size, folder, place->name) < UNIX_LIST_PATH_MAX &&
	       stat(ret, &st) == 0 && S_ISSOCK(st.st_mode) && (uint32_t)st.st_ino == place->inode;
}

bool unix_list_path(const struct unix_place *place, char ret[static UNIX_LIST_PATH_MAX])
{
	if (place->name[0] == '/') {
		snprintf(ret, UNIX_LIST_PATH_MAX, "%s", place->name);
		return true;
	}
	AUTO_DIR DIR *proc = opendir("/proc");
	struct dirent *entry;
	while (proc && (entry = readdir(proc)) != NULL) {
		uint64_t pid;
		if (slice_u64(slice_of_string(entry->d_name), INT32_MAX, &pid) && leads_to(entry->d_name, place, ret))
			return true;
	}
	return false;
}

enum status unix_list_read(struct unix_list *ret, struct error *err)
{
	AUTO_FD int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	ret->count = 0;
	ret->cut = false;
	if (fd < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no sock_diag");
	enum status status = ask(fd, err);
	if (!status)
		status = take_answers(fd, ret, err);
	if (status)
		return status;
	qsort(ret->at, ret->count, sizeof ret->at[0], compare);
	return OK;
}
