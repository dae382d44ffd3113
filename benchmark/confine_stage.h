/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_STAGE_H
#define BENCHMARK_CONFINE_STAGE_H

/*
 * What stands outside of the sandbox while its proof tries to reach it: listeners, a
 * secret, a process, and places where nothing may be written.
 */

#include "core/error.h"

#include <stdint.h>
#include <sys/types.h>

enum { STAGE_TOKEN_MAX = 33, STAGE_PATH_MAX = 256 };

enum stage_listener { STAGE_TCP, STAGE_TCP6, STAGE_UDP, STAGE_ABSTRACT, STAGE_PATH, STAGE_LISTENERS };

struct stage {
	char token[STAGE_TOKEN_MAX];   /* in every name below */
	char content[STAGE_TOKEN_MAX]; /* of the secret */
	int listener[STAGE_LISTENERS]; /* owned; -1: this machine has no such */
	uint16_t port[STAGE_LISTENERS];
	char folder[STAGE_PATH_MAX];   /* of its own; removed in the end */
	char secret[STAGE_PATH_MAX];   /* a file of it, 0600 */
	char abstract[STAGE_PATH_MAX], socket[STAGE_PATH_MAX];
	pid_t victim;                  /* a process of ours, which waits */
};

/* Sets up what a program in the sandbox must not reach; stage_strike() takes all away, also
 * where this failed midway. */
enum status stage_set(struct stage *s, struct error *err) MUST_CHECK;
void stage_strike(struct stage *s);

/* Has anybody come to a listener, or sent to it? */
bool stage_was_reached(const struct stage *s, enum stage_listener which);
bool stage_victim_lives(const struct stage *s);

/* Is a file of that name there that was not before? Removes it. */
bool stage_was_written(const char *path);

/* Processes of this machine, as far as we see them, whose command line has the token. */
size_t stage_left(const struct stage *s);

#endif
