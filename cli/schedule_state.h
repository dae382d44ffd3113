/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_STATE_H
#define CLI_SCHEDULE_STATE_H

/*
 * What the last audit left behind of itself: state.json in its folder.
 */

#include "core/file.h"

enum { SCHEDULE_WORD_MAX = 128 };

struct schedule_state {
	char path[FILE_PATH_MAX];     /* where it was looked for */
	bool known;                   /* was it read? */
	char why[ERROR_TEXT_MAX];     /* not known: the reason */
	char id[SCHEDULE_WORD_MAX];   /* of the audit; "" where it stands not there, as below */
	char verdict[SCHEDULE_WORD_MAX];
	int64_t ended_ns;             /* since 1970 UTC; 0 where it stands not there */
};

/* /var/lib/airgap-verify/state.json, or of one user $XDG_STATE_HOME/airgap-verify/state.json;
 * below `root` where that is not NULL. Never fails: what cannot be read is said in `ret`. */
void schedule_state_read(const char *root, bool user, struct schedule_state *ret);

/* What such a file says: false where it is no JSON object. */
bool schedule_state_parse(struct slice text, struct schedule_state *ret);

#endif
