/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_OPTIONS_H
#define COLLECTORS_OPTIONS_H

#include "collectors/collector.h"

/* Reads the options of `airgap-collect session`; argv[0] is the verb. Strings of
 * `ret` point into argv. */
enum status options_parse(int argc, char *argv[], struct watch_options *ret, struct error *err) MUST_CHECK;

/* Prints what can be said to `airgap-collect session`. */
void options_help(void);

#endif
