/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_KEPT_H
#define INGEST_KEPT_H

/*
 * The site's descriptions of logs that a session was started with: their texts lie in
 * logs.d/NAME.ini of its folder, so that any machine reads its logs as the first one
 * did; session.json, written before anything ran, holds their SHA-256. What lies there
 * comes from anybody until it is known to be that.
 */

#include "core/store.h"
#include "ingest/descriptions.h"

#define KEPT_FOLDER "logs.d"

/* What the table `session` calls the SHA-256 of one, in front of its name. */
#define SESSION_DESCRIPTION "log_description."

/* All that are built in, those that the session keeps, and of the site's own (may be
 * NULL) those that are called otherwise. `store` holds the facts of session.json. One
 * that is not what session.json says, that it does not know, or that is missing is
 * ERR_MALFORMED. The caller frees `ret`. */
enum status kept_read(struct store *store, int folder, const struct descriptions *site,
		      struct descriptions **ret, struct error *err) MUST_CHECK;

/* Writes the site's own into a session's folder that holds none yet. */
enum status kept_write(int folder, const struct descriptions *site, struct error *err) MUST_CHECK;

#endif
