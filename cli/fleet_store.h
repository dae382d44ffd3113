/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_STORE_H
#define CLI_FLEET_STORE_H

/*
 * Which store a command line names, and what all of `fleet` takes.
 */

#include "cli/arguments.h"
#include "core/file.h"
#include "fleet/depot.h"

struct fleet_settings {
	struct common common;
	const char *store, *fingerprint, *ca, *every, *at, *since, *output, *formats;
	const char *from, *to, *paper, *policy, *key, *certificate, *passphrase_file;
	bool remote;
};

/* Opens it; without --store that of the machine (root) or of the user, the folders above which
 * are made for writing. */
enum status fleet_store_open(const struct fleet_settings *s, enum depot_mode mode, struct depot **ret, struct error *err) MUST_CHECK;

/* A day (its beginning), or a time; `option` is for the message. */
enum status fleet_store_time(const char *text, const char *option, int64_t *ret_ns, struct error *err) MUST_CHECK;

/* How far the nights of a host may lie apart: of --every, NULL without it. */
enum status fleet_store_every(const struct fleet_settings *s, struct value *ret, struct error *err) MUST_CHECK;

#endif
