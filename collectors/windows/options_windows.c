/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of Windows alone.
 */
#include "collectors/options.h"

#include "core/file.h"

#include <fcntl.h>
#include <string.h>

/* There is no front here that reads it for us. */
static enum status take_policy(struct option_context *c, const char *value, struct error *err)
{
	text_clear(&c->storage->policy);
	return file_read(AT_FDCWD, value, OPTIONS_POLICY_MAX, &c->storage->policy, err);
}

/* A name, not a path: it stands in the session folder, to be sealed with the rest, and is
 * none of the names that stand there already. */
static enum status take_trace(struct option_context *c, const char *value, struct error *err)
{
	if (value[0] == '.' || strpbrk(value, "\\/:*?\"<>|") || !slice_ends(slice_of_string(value), ".etl"))
		return fail(err, ERR_USAGE, "--etl takes the name of a file in DIR, such as trace.etl, not \"%s\"",
			    value);
	c->o->trace = value;
	return OK;
}

const struct option platform_options[] = {
	{"--policy", "FILE", take_policy, "put the policy into session.json"},
	{"--etl", "NAME", take_trace, "also keep the raw event trace, as DIR\\NAME"},
	{NULL, NULL, NULL, NULL},
};
