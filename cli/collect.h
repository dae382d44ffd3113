/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COLLECT_H
#define CLI_COLLECT_H

/*
 * airgap-collect as a child: the one program of the suite with privileges. It is
 * forked while this process still has what it was started with, waits, and begins
 * when this process has given everything up and knows the policy.
 */

#include "core/file.h"
#include "core/tier.h"

#include <sys/types.h>

/* What to run; all strings stay the caller's. */
struct collect_request {
	const char *folder, *id;
	const char *const *options; /* further options of airgap-collect, in pairs or alone */
	size_t option_count;
	char **command; /* NULL-terminated; NULL: none */
};

/* What the policy decides, known only after the fork. */
struct collect_order {
	bool host, payload;
	enum watch_tier tier;
};

struct collect {
	pid_t pid;
	int status; /* JSON lines come from it; -1: none */
	int control; /* one-letter orders go to it; closing it ends the watch */
	int hold, policy, rules;
};

/* Forks the child that waits. */
enum status collect_hold(const struct collect_request *request, struct collect *ret,
			 struct error *err) MUST_CHECK;

/* Lets it begin. `rules`: what of the policy the collector itself obeys, a line each
 * (collectors/linux/options_linux.c). */
enum status collect_go(struct collect *c, const struct collect_order *order, struct slice policy, struct slice rules,
		       struct error *err) MUST_CHECK;

/* Sends it a letter; one that is gone needs none. */
void collect_order(struct collect *c, char letter);

/* Is it gone? It can still be waited for. */
bool collect_ended(const struct collect *c);

/* Where somebody stopped it (SIGSTOP), lets it go on; true where that was so. */
bool collect_wake(const struct collect *c);

/* Ends it, whatever it is doing. */
void collect_kill(const struct collect *c);

/* Waits for its end; returns its wait status. Idempotent closing of all. */
int collect_wait(struct collect *c);

/* Runs `airgap-collect VERB` and adds what it prints to `ret`. */
enum status collect_ask(const char *verb, struct text *ret, struct error *err) MUST_CHECK;

/* The same with words behind the verb, which is the first of them (NULL-terminated, at
 * most COLLECT_WORDS_MAX). It has said why where it fails. */
enum { COLLECT_WORDS_MAX = 16 };
enum status collect_ask_words(const char *const words[], struct text *ret, struct error *err) MUST_CHECK;

#endif
