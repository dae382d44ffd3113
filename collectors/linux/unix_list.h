/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_UNIX_LIST_H
#define COLLECTORS_LINUX_UNIX_LIST_H

/*
 * The Unix sockets of this network namespace that somebody can be asked through: those
 * that have a name in the file system and listen, or take datagrams (sock_diag(7)).
 */

#include "core/error.h"

#include <stdint.h>

enum {
	UNIX_LIST_MAX = 4096,
	UNIX_LIST_NAME_MAX = 109, /* unix(7), with a NUL */
	UNIX_LIST_PATH_MAX = 1024,
};

struct unix_place {
	char name[UNIX_LIST_NAME_MAX]; /* as it was bound: a relative path, too */
	uint32_t inode;                /* of the socket's file */
	uint64_t cookie;               /* of the socket itself, and of no other one ever */
};

struct unix_list {
	size_t count; /* sorted by their cookies */
	bool cut;     /* there are more than are kept */
	struct unix_place at[UNIX_LIST_MAX];
};

/* Replaces what `ret` held. */
enum status unix_list_read(struct unix_list *ret, struct error *err) MUST_CHECK;

/* Its whole path. A relative one is looked for from the folder of each process that we may
 * ask for it; false where none leads to that very socket. */
bool unix_list_path(const struct unix_place *place, char ret[static UNIX_LIST_PATH_MAX]);

/* Is that very socket in it? One that was bound anew at the same place is another. */
bool unix_list_has(const struct unix_list *l, const struct unix_place *place);

#endif
