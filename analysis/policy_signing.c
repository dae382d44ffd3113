/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_signing.h"

#include "core/cursor.h"

#include <string.h>

enum status policy_signing_set(struct policy_signing *s, const char *key, const char *value, struct error *err)
{
	const struct {
		const char *name;
		char *to;
	} keys[POLICY_SIGNING_KEYS] = {
		{"key", s->key}, {"certificate", s->certificate}, {"tsa", s->tsa}, {"tsa_ca", s->tsa_ca}};
	for (size_t i = 0; i < LENGTH(keys); i++) {
		if (strcmp(key, keys[i].name) != 0)
			continue;
		if (s->given[i])
			return fail(err, ERR_CONFIG, "%s is given twice", key);
		s->given[i] = true;
		if (slice_to_string(slice_of_string(value), keys[i].to, POLICY_SIGNING_MAX))
			return OK;
		return fail(err, ERR_CONFIG, "%s is longer than %d bytes", key, POLICY_SIGNING_MAX - 1);
	}
	return fail(err, ERR_CONFIG, "unknown key \"%s\" in [signing]", key);
}
