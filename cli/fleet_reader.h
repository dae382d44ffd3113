/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_READER_H
#define CLI_FLEET_READER_H

/*
 * A process that reads one bundle: it takes a copy of the file that nobody else can reach,
 * verifies that, and gives the rows of its database, without rights by then. So the next bundle
 * is verified while this one goes into the store.
 */

#include "core/text.h"
#include "fleet/told.h"

#include <stdio.h>
#include <sys/types.h>

struct fleet_reader {
	pid_t process; /* 0: none */
	FILE *from;    /* owned; what it tells */
	struct text bytes; /* owned; of the record at hand */
};

/* `ca_file`: as struct verify_options has it. */
enum status fleet_reader_start(const char *path, const char *ca_file, struct fleet_reader *ret, struct error *err) MUST_CHECK;

/* The next record; valid until the one after it. ERR_MALFORMED where it broke off or tells
 * nonsense. */
enum status fleet_reader_next(struct fleet_reader *r, struct told *ret, struct error *err) MUST_CHECK;

/* Ends it, also before it is done. */
void fleet_reader_stop(struct fleet_reader *r);

#endif
