/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TOLD_HOST_H
#define CLI_TOLD_HOST_H

/*
 * Which machine a capture was taken on, as the capture alone tells it.
 */

#include "core/json.h"
#include "core/store.h"
#include "core/text.h"

/* Of one source: as the member "hosts" of `json`, and in words, where `said` is not NULL. */
enum status told_host_show(struct store *store, int64_t source, struct text *said, struct json *json,
			   struct error *err) MUST_CHECK;

#endif
