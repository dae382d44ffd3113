/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_IMAGE_H
#define COLLECTORS_LINUX_IMAGE_H

/*
 * Program files that the session executed: each gets a number when it is first
 * seen and, a slice at a time so that nothing waits for it, its SHA-256. A file
 * that was changed in between counts as another one.
 */

#include "collectors/collector.h"

enum {
	IMAGE_MAX = 4096,                 /* different files of one session */
	IMAGE_PATH_MAX = 1536,
	IMAGE_SLICE = 512 << 10,          /* bytes hashed at a time */
};

struct images; /* opaque */

struct images *images_new(struct watch *w);
void images_free(struct images *images); /* NULL-safe */

/* The number (from 1) of the program that process `pid` executed: opened by
 * /proc/PID/exe, or by `path` where the process is gone already and the file at
 * `path` has that inode number. 0 past IMAGE_MAX. `path` is copied. */
uint32_t image_see(struct images *images, uint32_t pid, const char *path, uint64_t inode);

/* Hashes at most IMAGE_SLICE bytes; true while there is more to do. */
bool image_work(struct images *images);

/* Where the executable of a process lies now; false where that is hidden. */
bool image_path(uint32_t pid, char ret[static IMAGE_PATH_MAX]);

#endif
