/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_RUN_H
#define CLI_WATCH_RUN_H

/*
 * A watch from its first row to the end of it, on the screen or as lines.
 */

#include "cli/watch_source.h"

struct watch_command; /* watch_command.h */

struct watch_options {
	const char *folder;
	bool replay;    /* of a session that is over, in its own time */
	unsigned speed; /* of a replay; 0: at once */
	bool all;       /* also what is not the session's */
	bool json;      /* of lines */
	struct watch_command *command; /* what is being run for it; NULL: nothing */
};

/* The source was started. Ends when it is told to, and of lines also when the session
 * has ended. */
enum status watch_on_screen(struct watch_source *s, const struct watch_options *o, struct error *err) MUST_CHECK;
enum status watch_as_lines(struct watch_source *s, const struct watch_options *o, struct error *err) MUST_CHECK;

/* From here on a signal that asks for the end is taken note of, and no more. */
void watch_catch_signals(void);
bool watch_interrupted(void);

/* Is it to end now? Of a session that was begun for the watch a signal is its command's, and
 * what that wrote is taken; then the end is when the session has ended. */
bool watch_is_over(const struct watch_options *o);

/* Once the evidence has come to its end, the files are what they will be. */
struct watch_ending {
	int64_t since_ns; /* monotonic; 0: not yet */
	bool told;
};
void watch_notice_end(struct watch_source *s, const struct watch_model *m, struct watch_ending *e);

#endif
