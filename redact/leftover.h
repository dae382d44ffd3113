/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_LEFTOVER_H
#define REDACT_LEFTOVER_H

/*
 * Is anything left in a copy of what was to be hidden? Every byte of every file of it is
 * looked at, whatever wrote it, for
 *
 *  - words of eight bytes and more, and whole names: anywhere, in any case, with the
 *    length bytes of DNS for points, and in UTF-16;
 *  - words of four to seven bytes: where no letter or digit is in front or behind, likewise,
 *    but not in files that are packed, in Base64 or captures, where chance writes such;
 *  - addresses as text, in any spelling; those of IPv6 and of hardware also in binary.
 *
 * Not searched for are shorter words, numbers, words that the program
 * writes itself (they are in its own strings), and what is also the pseudonym of something
 * else. What is compressed (PDF, XLSX) or in Base64 is not unpacked: it was made from files
 * that are searched.
 */

#include "core/arena.h"
#include "redact/pseudonym.h"

enum { LEFTOVER_MAX = 100 /* that are told */, LEFTOVER_TEXT_MAX = 300 };

struct leftover {
	const char *path;
	uint64_t at; /* byte of the file */
	char what[LEFTOVER_TEXT_MAX]; /* fit for a terminal */
};

struct leftovers {
	struct leftover found[LEFTOVER_MAX];
	size_t count;        /* in the list */
	uint64_t all;
	uint64_t files, bytes;
	uint64_t searched, unsearched; /* words, names, addresses */
	struct arena *arena; /* owned */
};

/* `hidden`, settled; `own`: all text that the program may write itself; of the folder all
 * files. */
enum status leftover_search(const struct pseudonyms *hidden, struct slice own, int folder, struct leftovers *ret,
			    struct error *err) MUST_CHECK;
/* The same of what the raw files of the copy hold when they are read as the originals were
 * (copy_session() with `seen`): short words and binary addresses too. To be called after
 * leftover_search(). */
void leftover_compare(const struct pseudonyms *hidden, const struct pseudonyms *seen, struct leftovers *to);
void leftovers_free(struct leftovers *l); /* NULL-safe */

#endif
