/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_SESSION_CAPTURE_H
#define INGEST_SESSION_CAPTURE_H

#include "core/store.h"

/* Reads the capture of a session's folder: all files of it as if they were one, for what a
 * packet means may stand in the file before. Nothing where there is none. */
enum status session_capture_read(struct store *store, int folder, struct error *err) MUST_CHECK;

#endif
