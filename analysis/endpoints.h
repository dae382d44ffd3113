/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_ENDPOINTS_H
#define ANALYSIS_ENDPOINTS_H

/*
 * The rules that this build brings and those of a site's own, to be asked.
 */

#include "analysis/endpoint.h"
#include "analysis/site_files.h"

struct endpoints; /* opaque; owns its texts */

/* With those that are built in. */
struct endpoints *endpoints_new(void);
void endpoints_free(struct endpoints *all); /* NULL-safe */

/* Adds the rules of a file, which it copies; `name` is for messages, which tell line and
 * column, and for the rules' origin. A rule that is called as another one already is, or
 * is none, is ERR_CONFIG; then nothing of the file counts. */
enum status endpoints_add(struct endpoints *all, struct slice text, const char *name, struct error *err) MUST_CHECK;

size_t endpoints_count(const struct endpoints *all); /* 0 for NULL */
const struct endpoint *endpoints_at(const struct endpoints *all, size_t n);
const char *endpoints_origin(const struct endpoints *all, size_t n); /* "this build", or the file */

/* The files that were added, in that order; none for NULL. */
const struct site_files *endpoints_files(const struct endpoints *all);

/* The rule that decides; NULL where none holds. Of rules that name as much the later one
 * decides: the site's own go before those that are built in. */
const struct endpoint *endpoints_find(const struct endpoints *all, const struct endpoint_asked *asked);

#endif
