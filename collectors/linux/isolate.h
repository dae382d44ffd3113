/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_ISOLATE_H
#define COLLECTORS_LINUX_ISOLATE_H

/*
 * A command of which nothing can leave: it runs in a user, network, mount and IPC
 * namespace of its own (user_namespaces(7)), where there is only the loopback, without the
 * folders in which programs of the machine keep their sockets, and without a capability to
 * change any of that. No rights are needed for it. Files, the user's number, the terminal
 * and the process's place in the tree stay as they are.
 *
 * isolate_enter() runs in the command's own process before its first instruction; what it
 * made and what it proved stands in memory that both sides see until the command is
 * executed, and the sockets that it made inside come out to the collector, which watches
 * by them from outside: no process of ours is within reach of the command, but the one that makes
 * test connections where the command's calls are watched (notify_canary.h), whose only descriptor
 * leads to a count of them.
 */

#include "collectors/linux/unix_list.h"
#include "core/carry.h"
#include "core/privilege.h"

enum {
	ISOLATE_KEEP_MAX = 16,
	ISOLATE_PASSED_MAX = 96,
	ISOLATE_HIDDEN_MAX = 6,
	ISOLATE_PROOFS_MAX = 32,
	ISOLATE_FILES_MAX = 32,
	ISOLATE_KIND_MAX = 32,
	ISOLATE_PATH_MAX = 1024,
	ISOLATE_DETAIL_MAX = 160,
};

/* From the command line; strings live as long as the process. */
struct isolate_options {
	struct carry carry[CARRY_MAX];
	size_t carry_count;
	const char *keep[ISOLATE_KEEP_MAX]; /* sockets, or folders with some, that are let through */
	size_t keep_count;
};

/* Sockets made inside, by what they are for. */
enum isolate_fd {
	ISOLATE_ASK,  /* netlink: links and routes are asked for over it */
	ISOLATE_NEWS, /* netlink: tells each change of them */
	ISOLATE_TCP4,
	ISOLATE_UDP4,
	ISOLATE_TCP6, /* -1 where there is no IPv6 */
	ISOLATE_UDP6,
	ISOLATE_CARRIED, /* the first listener; one for each that is carried */
	ISOLATE_FDS = ISOLATE_CARRIED + CARRY_MAX,
};

/* What became of a socket of the machine that was there before. */
enum isolate_place {
	PLACE_HIDDEN,  /* it lies in a folder that is hidden */
	PLACE_MASKED,  /* something else lies at its path */
	PLACE_SHUT,    /* this user may not connect to it */
	PLACE_GONE,
	PLACE_KEPT,    /* the user asked for it */
	PLACE_OPEN,    /* it could not be masked */
	PLACE_UNKNOWN, /* bound as a relative path of which nobody tells the folder */
};

/* Files of another machine that the command sees, for its own folders lie there. */
struct isolate_files {
	char path[ISOLATE_PATH_MAX], kind[ISOLATE_KIND_MAX];
};

struct isolate_proof {
	bool tried, held;
	char detail[ISOLATE_DETAIL_MAX];
};

/* Shared by the collector and the command's process until that is executed. */
struct isolate {
	struct isolate_options options;
	uid_t uid; /* of the command */
	pid_t collector;
	char bait[64];        /* path of a socket that listens outside; below /tmp */
	char bait_name[64];   /* the same, of an abstract one, without the NUL in front */
	struct unix_list before;
	char paths[UNIX_LIST_MAX][UNIX_LIST_PATH_MAX]; /* of these; "": PLACE_UNKNOWN */
	char folder[ISOLATE_PATH_MAX]; /* of the session: the evidence is not for the command */
	const char *pass[ISOLATE_PASSED_MAX]; /* what the command needs, wherever it lies */
	size_t pass_count;

	/* what isolate_enter() tells */
	struct error problem; /* status OK: it is inside */
	char hidden[ISOLATE_HIDDEN_MAX][ISOLATE_PATH_MAX];
	size_t hidden_count;
	char passed[ISOLATE_PASSED_MAX][ISOLATE_PATH_MAX];
	size_t passed_count;
	unsigned char places[UNIX_LIST_MAX]; /* enum isolate_place, of `before` */
	struct isolate_files files[ISOLATE_FILES_MAX];
	size_t files_count, files_hidden;
	bool files_cut;
	unsigned sockets_closed;             /* descriptors of sockets and folders that it inherited */
	unsigned sockets_standard;           /* of standard input, output and error, which stay */
	struct isolate_proof proofs[ISOLATE_PROOFS_MAX];
};

/* Would it work here? Tries the namespaces in a process of its own. */
enum status isolate_try(const struct invoker *who, struct error *err) MUST_CHECK;

/* Namespaces, mounts, filter, proofs: in the process that is to become the command, which
 * has one thread. Becomes `who` first. Fills in what it tells, and hands the sockets over
 * `channel` (one byte with descriptors, in the order of enum isolate_fd, those that are -1
 * left out). A failure is told in `problem`, too. */
enum status isolate_enter(struct isolate *i, const struct invoker *who, int channel, struct error *err) MUST_CHECK;

/* Its steps. */
enum status isolate_mounts(struct isolate *i, const char *home, struct error *err) MUST_CHECK;
typedef bool isolate_needs_fn(const void *context, const char *path); /* does it lie at or below that? */
enum status isolate_files(struct isolate *i, isolate_needs_fn *needs, const void *context, struct error *err) MUST_CHECK;
enum status isolate_filter(struct error *err) MUST_CHECK;
void isolate_prove(struct isolate *i, const int fds[static ISOLATE_FDS]);

/* Does `path` lie in a folder that is hidden, and not in one that is passed? */
bool isolate_hides(const struct isolate *i, const char *path);

/* The next mount of a kind that carries files to another machine, and its kind; false at
 * the end. */
bool isolate_files_next(struct cursor *mountinfo, char ret_path[static ISOLATE_PATH_MAX],
			char ret_kind[static ISOLATE_KIND_MAX]);

/* The proofs in their order; NULL behind the last. */
const char *isolate_proof_name(size_t n, const char **ret_tried);

/* Why a namespace of users cannot be made here, as far as the settings below `sys`
 * (/proc/sys) tell, and what would allow it. False where they tell nothing. */
bool isolate_forbidden(int sys, const char **ret_why, const char **ret_remedy);

#endif
