/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_SOCKETS_NETTOP_H
#define INGEST_SOCKETS_NETTOP_H

/*
 * What the two forms of nettop's output have in common: a process, then its sockets.
 */

#include "ingest/sockets/table.h"

enum { NETTOP_PROCESS_MAX = 256 };

struct nettop {
	struct ingest *to;
	int name_at, state_at; /* columns; -1: none */
	bool plain;            /* columns between blanks, not commas */
	int64_t pid;
	size_t process_size;
	unsigned char process[NETTOP_PROCESS_MAX];
};

/* "sshd.412", the pid behind the last '.', is whose sockets follow. False where it is
 * no such thing. */
bool nettop_process(struct nettop *n, struct slice name);

/* "tcp4 192.0.2.1:22<->192.0.2.2:5" of that process; `state` may be empty. */
enum status nettop_socket(struct nettop *n, struct slice name, struct slice state, struct slice line,
			  uint64_t number, struct error *err) MUST_CHECK;

/* Counts a line that is neither; nobody is known to own what follows. */
enum status nettop_skip(struct nettop *n, struct slice line, uint64_t number, struct error *err) MUST_CHECK;

bool nettop_plain_heading(struct slice line);
enum status nettop_plain_line(struct nettop *n, struct slice line, uint64_t number, struct error *err) MUST_CHECK;

#endif
