/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIPTIONS_H
#define INGEST_DESCRIPTIONS_H

/*
 * The descriptions that this build brings and those that a site adds. Each is a reader
 * with a name of its own.
 */

#include "ingest/description.h"

enum { DESCRIPTIONS_MAX = 256 };

struct descriptions; /* opaque; owns them */

/* With those that are built in. */
struct descriptions *descriptions_new(void);
void descriptions_free(struct descriptions *all); /* NULL-safe */

enum status descriptions_add(struct descriptions *all, struct slice text, const char *name,
			     struct error *err) MUST_CHECK;
enum status descriptions_add_file(struct descriptions *all, const char *path, struct error *err) MUST_CHECK;

/* Every *.ini of a folder, by name; a folder that is not there holds none. */
enum status descriptions_add_folder(struct descriptions *all, const char *path, struct error *err) MUST_CHECK;

size_t descriptions_count(const struct descriptions *all); /* 0 for NULL */
const struct description *descriptions_at(const struct descriptions *all, size_t n);

/* The number of those that are built in, which come first; 0 for NULL. */
size_t descriptions_built_in(const struct descriptions *all);

/* The one of that name; NULL where there is none. */
const struct description *descriptions_find(const struct descriptions *all, struct slice name);

#endif
