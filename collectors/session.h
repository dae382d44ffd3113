/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_SESSION_H
#define COLLECTORS_SESSION_H

#include "collectors/collector.h"

/* Watches one session from beginning to end and leaves its raw files in
 * options->folder, which must be an empty folder. Returns when the watch is over
 * and the evidence is closed; an error means that it could not begin, that the
 * command could not be executed, or that evidence could not be written (what was
 * written stays). */
enum status session_run(const struct watch_options *options, struct error *err) MUST_CHECK;

#endif
