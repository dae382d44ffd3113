/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_TREE_H
#define INGEST_INVENTORY_TREE_H

/*
 * Every regular file below a folder, in memory that grows with its depth alone. Links are
 * not followed, devices, pipes and sockets not opened, nor are the folders in which the
 * kernel tells of itself (/proc, /sys).
 */

#include "core/error.h"

enum { TREE_DEPTH_MAX = 64 };

/* What is done with what is met. `visit` gets a descriptor that it does not own; `pass`
 * the reason (a constant) why something was not opened. */
struct tree_visitor {
	enum status (*visit)(void *to, int fd, const char *path, struct error *err);
	void (*pass)(void *to, const char *reason, const char *path);
	void *to;
};

/* `path` itself, which is a file or a folder; if it is a link, what that leads to. Fails
 * where it cannot be opened, or where `visit` does. */
enum status tree_walk(const char *path, const struct tree_visitor *visitor, struct error *err) MUST_CHECK;

#endif
