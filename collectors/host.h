/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_HOST_H
#define COLLECTORS_HOST_H

#include "collectors/session_state.h"

/* Writes session.json: who, where, when, with what, under which policy. Once, at
 * the start; it is not touched again. `tier` is platform_tier(). */
enum status host_write_session(const struct session *s, const char *tier, struct error *err) MUST_CHECK;

#endif
