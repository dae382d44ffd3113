/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_POSTURE_LOOK_H
#define COLLECTORS_LINUX_POSTURE_LOOK_H

/*
 * One look at a place below a root, and the record of it.
 */

#include "collectors/linux/posture.h"
#include "core/json.h"

enum { POSTURE_MATCHES_MAX = 256 /* of one '*' */ };

struct posture_look {
	struct text *out; /* not owned */
	int root;         /* every path is found below it, links too */
};

/* "/etc/x", one '*' in it for any part of one name. */
struct posture_place {
	const char *what;    /* the kind of thing: which parser is for it */
	const char *subject; /* the product; "" where it is the machine's */
	const char *scope;   /* "user", "profile", "workspace", "policy", "system" */
	const char *path;
};

/* A record with what every one has; more members may be added before the end. The
 * state is "read", "cut" (only the beginning is here), "there" (not read), "absent",
 * "denied", "failed", "recorded" or "missing". */
struct json posture_begin(struct posture_look *l, const struct posture_place *place,
			  const char *path, const char *state);
void posture_end(struct posture_look *l, struct json *j);

/* Adds "size", "sha256" (of the bytes as they stood) and the masked "text"; of files of
 * variables (`what`) those lines alone that matter. */
void posture_add_text(struct json *j, const char *what, struct slice bytes);

/* Opens below the root; links in the path lead below it too. -1 with errno. */
int posture_open(const struct posture_look *l, const char *path, int flags);

/* Reads at most `max` bytes of a regular file below the root into `ret`; "read", "cut",
 * "absent", "denied" or "failed". */
const char *posture_read(const struct posture_look *l, const char *path, size_t max, struct text *ret);

/* Looks at every path that matches, and records each; one "absent" where none does. */
void posture_file(struct posture_look *l, const struct posture_place *place);

/* Only whether it is there. */
void posture_presence(struct posture_look *l, const struct posture_place *place);

/* The names of the files below a folder, at most four levels down, one a line. */
void posture_listing(struct posture_look *l, const struct posture_place *place);

#endif
