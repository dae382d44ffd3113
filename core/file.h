/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_FILE_H
#define CORE_FILE_H

/*
 * Files: written whole or not at all, read up to a stated maximum, listed in one
 * fixed order. Every name is relative to a directory descriptor; links are never
 * followed in the last component, but for a folder that is opened. On Windows descriptors are those of its C library,
 * names are UTF-8, and what only airgap-verify needs (listing, mapping, folders that may
 * be there) is not there.
 */

#include "core/arena.h"
#include "core/cursor.h"
#include "core/error.h"
#include "core/text.h"

enum {
	FILE_PATH_MAX = 4096,
	FILE_DEPTH_MAX = 16,
	FILE_COUNT_MAX = 1000000,
};

/* Opens a folder; the caller closes it. */
enum status file_open_folder(int dirfd, const char *path, int *ret_fd, struct error *err) MUST_CHECK;

/* Makes a folder (0700) that must not be there yet, and opens it. */
enum status file_make_folder(int dirfd, const char *path, int *ret_fd, struct error *err) MUST_CHECK;

/* Makes a folder (0700) where nothing of its name is yet. What is, be it another thing or a
 * link, shows when it is opened. */
enum status file_have_folder(int dirfd, const char *path, struct error *err) MUST_CHECK;

/* The same of each folder above `path`, from the outermost to the one that is to hold it. */
enum status file_have_folders_above(int dirfd, const char *path, struct error *err) MUST_CHECK;

/* Opens a regular file for reading; anything else is refused. */
enum status file_open(int dirfd, const char *path, int *ret_fd, struct error *err) MUST_CHECK;

/* Reads all of a regular file of at most `max` bytes; `ret` gets it added. */
enum status file_read(int dirfd, const char *path, size_t max, struct text *ret,
		      struct error *err) MUST_CHECK;

/* Writes all of it, over short writes and interrupts. `name` is for the message. */
enum status file_write_fd(int fd, struct slice bytes, const char *name, struct error *err) MUST_CHECK;

/* Offers bytes to a pipe, at most PIPE_BUF of them: all or, where it has no room and was
 * set not to wait, none. Whoever does not read must not hold us up. */
void file_offer(int fd, struct slice bytes);

/* From now on what is written to the pipe waits for whoever reads. */
void file_set_waiting(int fd);

/* Makes a file (0600) that must not be there yet, to which bytes can only be added. */
enum status file_create(int dirfd, const char *name, int *ret_fd, struct error *err) MUST_CHECK;

/* Waits until what was written has reached the disk. */
enum status file_sync(int fd, const char *name, struct error *err) MUST_CHECK;

/* Waits at most `wait_ms` for a lock on an open file (flock(2)), which goes with its descriptor: alone or,
 * with `shared`, beside others who share it. ERR_BUSY where somebody else keeps it. Not on Windows. */
enum status file_lock(int fd, bool shared, int wait_ms, const char *name, struct error *err) MUST_CHECK;

/* Closes a descriptor that was written to; a failed close is an error. */
enum status file_close(int *fd, const char *name, struct error *err) MUST_CHECK;

/* A file that appears under its name only when it is complete: it is written
 * beside it under a temporary name, synced, closed with a check, and renamed. A device,
 * pipe or socket of that name is not replaced (ERR_CREATE). */
struct file_output {
	int dirfd; /* not owned */
	int fd;    /* -1 when there is nothing to finish */
	char name[FILE_PATH_MAX], temporary[FILE_PATH_MAX];
};

enum status file_begin(int dirfd, const char *name, struct file_output *ret, struct error *err) MUST_CHECK;
enum status file_commit(struct file_output *out, struct error *err) MUST_CHECK;
void file_abandon(struct file_output *out); /* removes what was written; idempotent */

/* begin, write, commit. */
enum status file_write(int dirfd, const char *name, struct slice bytes, struct error *err) MUST_CHECK;

struct file_entry {
	const char *path; /* relative to the root, '/' between; owned by the arena */
	uint64_t size;
	bool regular; /* false: a link, device, socket or pipe (never followed) */
};

/* Every file below a folder, sorted by the bytes of its path. Folders are not
 * listed themselves. Fails past FILE_DEPTH_MAX or FILE_COUNT_MAX. */
enum status file_list(int dirfd, struct arena *arena, struct file_entry **ret, size_t *ret_count,
		      struct error *err) MUST_CHECK;

/* mmap of a whole regular file, read-only. `ret` is valid until file_unmap(). A
 * file that shrinks meanwhile ends the process (SIGBUS): map only what is ours. */
enum status file_map(int dirfd, const char *path, struct slice *ret, struct error *err) MUST_CHECK;
void file_unmap(struct slice *mapped);

#endif
