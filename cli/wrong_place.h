/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WRONG_PLACE_H
#define CLI_WRONG_PLACE_H

/*
 * What people name in place of a session folder: the folder that all sessions lie in, and a bundle.
 * Asked before anything is opened, so that the answer is not about the first file that is missing.
 */

#include "core/error.h"

#include <stdbool.h>

enum wrong_place_takes {
	WRONG_PLACE_SESSION,  /* a session folder alone, also that in an unpacked bundle (raw) */
	WRONG_PLACE_UNPACKED, /* that, or the folder of an unpacked bundle */
	WRONG_PLACE_BUNDLE,   /* that, or a bundle as it is */
};

/* Is `path` one of the two, where `takes` says that this cannot be meant? ERR_USAGE tells what to
 * name. Whatever else is wrong with it, or that it is not there, is for whoever opens it. */
enum status wrong_place_check(const char *path, enum wrong_place_takes takes, struct error *err) MUST_CHECK;

#endif
