/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROBER_H
#define CLI_PROBER_H

/*
 * The command that a challenge watches: tries each way out once, in a process of its own,
 * and writes down what came of it (challenge.ndjson). It reads the policy itself, so that
 * it can send to nothing but the sink that stands there.
 */

#include "core/error.h"

/* All probes; `output` must not be there yet. */
enum status prober_run(const char *policy, const char *output, struct error *err) MUST_CHECK;

/* The program that the probe "child" starts: tries it and hands the result over. */
enum status prober_child(const char *policy, const char *token, const char *fd, struct error *err) MUST_CHECK;

#endif
