/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_ORDER_H
#define CLI_FLEET_ORDER_H

/*
 * In which order the bundles of one command line go in. A bundle that comes in behind a later
 * one of its host was rolled back, so what comes in together must come as it came about, however
 * its files and folders are called.
 */

#include "cli/fleet_files.h"
#include "fleet/depot.h"

/* Sorts them by when they began: as their names tell, else as the store knows it of the same file, else
 * as their manifests state it, for which they are verified once more. What tells nothing comes last; of
 * the same time they stay as they were. `ca_file`: as fleet_reader_start() has it. ERR_STORE and the like
 * where the store does not answer. */
enum status fleet_order(struct fleet_files *f, struct depot *d, const char *ca_file, struct error *err) MUST_CHECK;

#endif
