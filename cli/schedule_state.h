/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_STATE_H
#define CLI_SCHEDULE_STATE_H

/*
 * What the last audit left behind of itself: state.json in its folder.
 */

#include "core/file.h"

enum { SCHEDULE_WORD_MAX = 128, SCHEDULE_TROUBLE_MAX = 512 };

struct schedule_state {
	char path[FILE_PATH_MAX];     /* where it was looked for */
	bool known;                   /* was it read? */
	char why[ERROR_TEXT_MAX];     /* not known: the reason */
	int64_t ended_ns;             /* of the last audit, since 1970 UTC; 0: none has ended yet */
	char id[SCHEDULE_WORD_MAX], verdict[SCHEDULE_WORD_MAX];
	int64_t trouble_ns;           /* why there was none since; 0: there was no trouble */
	char trouble[SCHEDULE_TROUBLE_MAX];
};

/* /var/lib/airgap-verify/state.json, or of one user $XDG_STATE_HOME/airgap-verify/state.json;
 * below `root` where that is not NULL. Never fails: what cannot be read is said in `ret`. */
void schedule_state_read(const char *root, bool user, struct schedule_state *ret);

/* What such a file says in "last" and "trouble" (airgap-verify-formats(5)): false where it is
 * no JSON object, or either is something else. */
bool schedule_state_parse(struct slice text, struct schedule_state *ret);

#endif
