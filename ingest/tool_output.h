/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_TOOL_OUTPUT_H
#define INGEST_TOOL_OUTPUT_H

#include "core/store.h"

/* Looks into what ss, lsof and netstat printed for the canaries that were open at
 * the time, and notes which they show. */
enum status tool_output_read(struct store *store, int folder, struct error *err) MUST_CHECK;

#endif
