/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_POSTURE_PLACES_H
#define COLLECTORS_LINUX_POSTURE_PLACES_H

/*
 * Where the facts stand. Every list ends with a row without a path; "~/" begins what
 * lies in the home, "./" what lies in the workspace.
 */

#include "collectors/linux/posture_look.h"

extern const struct posture_place posture_files[];    /* read as they are */
extern const struct posture_place posture_programs[]; /* whether they are there */
extern const struct posture_place posture_folders[];  /* what is in them */

/* VS Code and what is made of it: the same files in folders of other names. */
struct posture_editor {
	const char *name, *settings, *extensions; /* "Code" below ~/.config, ".vscode" below ~ */
};

extern const struct posture_editor posture_editors[]; /* ends with a NULL name */

/* Runs nothing that changes or asks the network: each prints what the machine has. */
struct posture_tool {
	const char *what;
	const char *const *command; /* NULL-terminated; NULL: of another system, only recorded */
	bool as_user;               /* a program of the user's own choosing: never with our rights */
};

extern const struct posture_tool posture_tools[]; /* ends with a NULL */

#endif
