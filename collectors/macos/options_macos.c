/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of macOS alone.
 */
#include "collectors/options.h"

#include "core/file.h"

#include <fcntl.h>

/* There is no front here that reads it for us. */
static enum status take_policy(struct option_context *c, const char *value, struct error *err)
{
	text_clear(&c->storage->policy);
	return file_read(AT_FDCWD, value, OPTIONS_POLICY_MAX, &c->storage->policy, err);
}

const struct option platform_options[] = {
	{"--policy", "FILE", take_policy, "put the policy into session.json"},
	{NULL, NULL, NULL, NULL},
};
