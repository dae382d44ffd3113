/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_REACH_H
#define FLEET_REACH_H

/*
 * The one connection that airgap-verify ever makes of its own: to the server of a site's store, and
 * only where a user names one.
 */

#include "core/error.h"

struct pg_conn; /* PGconn of libpq */

/* Connects to "postgresql://…". Unless `remote`, only to this machine: a Unix socket or a
 * loopback address, whatever the place, the environment or a file of services say; ERR_USAGE
 * before anything is sent where it might be another one. */
enum status reach_connect(const char *place, bool remote, struct pg_conn **ret, struct error *err) MUST_CHECK;

/* Would that be this machine? Tells in `err` what leads away. */
enum status reach_is_here(const char *place, struct error *err) MUST_CHECK;

#endif
