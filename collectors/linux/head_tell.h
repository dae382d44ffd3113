/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_HEAD_TELL_H
#define COLLECTORS_LINUX_HEAD_TELL_H

/*
 * Telling the head of the evidence's chain (core/head.h) to second places of this machine: a
 * file in another user's folder, a register of a TPM (head_extend.h), and journald
 * (systemd.journal-fields(7), "Journal native protocol" of systemd's documentation). They are opened while there are privileges, and
 * written to without. One that cannot be opened or fails is told in the evidence, as the part of
 * the witness "head" that bears its name; the session goes on.
 */

#include "collectors/collector.h"
#include "core/head.h"

/* From the policy. */
struct head_places {
	char at[HEAD_PLACES_MAX][HEAD_PLACE_MAX];
	size_t count;
};

struct head_teller; /* opaque */

/* Opens them all; what fails is kept until head_tell_start(). `w` outlives it. */
struct head_teller *head_tell_open(const struct watch *w);

/* Where journald listens, for a test: its own otherwise. */
struct head_teller *head_tell_open_at(const struct watch *w, const char *journal);

/* Once the evidence is open and the privileges are gone: records of each place. */
void head_tell_start(struct head_teller *t, struct watch *w);

/* Tells the head as the evidence stands now, at most once a second while it is going. Of the
 * last one nothing can be recorded any more: then a place that fails, and had not before, is an
 * error (ERR_IO). */
enum status head_tell(struct head_teller *t, struct watch *w, enum head_state state, struct error *err) MUST_CHECK;

void head_tell_free(struct head_teller *t); /* NULL-safe */

#endif
