/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_ROWS_H
#define CLI_WATCH_ROWS_H

/*
 * What each kind of row does to the model of a watch; positions are those of the
 * statements in schema/query.
 */

#include "cli/watch_model.h"

typedef void watch_row_fn(struct watch_model *m, const struct row_values *row, struct watch_change *ret);

/* A key of one table for one of another: the number of a process's row, its pid, the
 * number of a lookup. */
struct watch_link {
	uint64_t key, to;
};

/* Sets or replaces. */
void watch_link_set(struct watch_table *t, uint64_t key, uint64_t to);
uint64_t watch_link_get(const struct watch_table *t, uint64_t key); /* 0: it is not there */

/* A copy that is cut, at no place inside of a character, where it does not fit. */
void watch_copy(struct slice text, char *ret, size_t capacity);

/* Is it another machine's, as far as the model knows this one? */
bool watch_is_outside(const struct watch_model *m, struct slice address);

/* watch_rows.c */
watch_row_fn watch_on_attempt, watch_on_attempt_etw, watch_on_attempt_process, watch_on_outcome, watch_on_sport,
	watch_on_bytes, watch_on_left, watch_on_unix, watch_on_copy;

/* watch_rows_other.c */
watch_row_fn watch_on_process, watch_on_inherit, watch_on_process_end, watch_on_dns, watch_on_answer, watch_on_name,
	watch_on_address, watch_on_fact, watch_on_chain, watch_on_skip;

/* watch_witness.c */
watch_row_fn watch_on_witness, watch_on_witness_part, watch_on_loss, watch_on_canary, watch_on_tool, watch_on_socket;

/* An attempt of the suite's own: what the kernel witness saw of a canary. */
void watch_note_suite(struct watch_model *m, const struct watch_attempt *a);

/* Something of that witness came. */
void watch_note_sign(struct watch_model *m, const char *witness);

#endif
