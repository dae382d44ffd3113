/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DECODER_H
#define INGEST_DECODER_H

/*
 * The side that asks for a file to be decoded (decode.h): starts the process, feeds
 * it, runs the statements that come back.
 */

#include "ingest/ingest.h"
#include "ingest/reader.h"

/* Reads the file `fd` into rows of `to->source`, which is made here. Size, hash and records are in the table `source`
 * afterwards. Where the process ended without an answer, what it had told stays, and
 * the rest is counted as not read. */
enum status decoder_read(struct store *store, struct ingest *to, int fd, const struct ingest_options *how,
			 struct ingest_result *ret, struct error *err) MUST_CHECK;

#endif
