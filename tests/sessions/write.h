/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SESSIONS_WRITE_H
#define TESTS_SESSIONS_WRITE_H

/*
 * A plan as what the witnesses of such a session leave behind.
 */

#include "core/store.h"
#include "tests/sessions/plan.h"

/* As rows of a store that is empty. */
void write_rows(const struct plan *p, struct store *store);

/* As a session folder: session.json, evidence.ndjson, applogs/. It holds no capture; its
 * policy asks for the kernel only. */
void write_folder(const struct plan *p, int folder);

extern const char write_policy[];

#endif
