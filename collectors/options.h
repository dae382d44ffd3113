/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_OPTIONS_H
#define COLLECTORS_OPTIONS_H

/*
 * The options of `airgap-collect session`: those of every platform stand in options.c,
 * those of one platform in its own folder.
 */

#include "collectors/collector.h"
#include "core/text.h"

enum {
	OPTIONS_POLICY_MAX = 1 << 20, /* bytes of a policy's text */
	OPTIONS_ID_MAX = 33,
};

/* Where the text of a policy and a random id live until the process ends. */
struct option_storage {
	struct text policy;
	char id[OPTIONS_ID_MAX];
};

struct option_context {
	struct watch_options *o;
	struct option_storage *storage;
};

struct option {
	const char *name, *value; /* value: NULL where it takes none */
	enum status (*take)(struct option_context *c, const char *value, struct error *err);
	const char *about;
};

extern const struct option platform_options[]; /* a name of NULL behind the last */

/* A whole number up to `max`, or a message that names the option. */
enum status options_number(const char *value, uint64_t max, uint64_t *ret, const char *option,
			   struct error *err) MUST_CHECK;

/* Reads the options of `airgap-collect session`; argv[0] is the verb. Strings of
 * `ret` point into argv. */
enum status options_parse(int argc, char *argv[], struct watch_options *ret, struct error *err) MUST_CHECK;

/* Prints what can be said to `airgap-collect session`. */
void options_help(void);

#endif
