/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_EXPLAIN_ID_H
#define CLI_EXPLAIN_ID_H

/*
 * What the cross-check decided about one thing, and why: the records on both sides as
 * they stand in their files, and the rule.
 */

#include "core/text.h"

/* `path` is a session folder or a database, which must be judged; it is only read. `id`
 * is "event:12", "attempt:7", "flow:3" or "match:5". Adds lines for people, or one JSON
 * document. */
enum status explain_id(const char *path, const char *id, bool as_json, struct text *ret, struct error *err) MUST_CHECK;

#endif
