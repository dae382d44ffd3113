/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_IMAGES_H
#define COLLECTORS_WINDOWS_IMAGES_H

/*
 * Program files that the session ran: each gets a number when it is first seen and, a
 * slice at a time so that nothing waits for it, its SHA-256.
 */

#include "collectors/collector.h"

enum {
	IMAGES_MAX = 4096,         /* different files of one session */
	IMAGES_SLICE = 512 << 10,  /* bytes hashed at a time */
};

struct images; /* opaque */

struct images *images_new(struct watch *w);
void images_free(struct images *images); /* NULL-safe */

/* The number (from 1) of the program at `path`; 0 past IMAGES_MAX. The file is opened
 * at once, and while it runs Windows lets nobody write to it; where very many wait to be
 * hashed, it is opened when it is its turn. */
uint32_t images_see(struct images *images, const char *path);

/* Hashes at most IMAGES_SLICE bytes; true while there is more to do. */
bool images_work(struct images *images);

#endif
