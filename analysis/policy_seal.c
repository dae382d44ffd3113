/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_seal.h"

static enum status add(struct policy_seal *s, struct slice place, struct error *err)
{
	enum status status = head_place_check(place, err);
	if (status)
		return status;
	for (size_t i = 0; i < s->head_count; i++)
		if (slice_is(place, s->head[i]))
			return fail(err, ERR_CONFIG, "head names %s twice", s->head[i]);
	if (s->head_count == HEAD_PLACES_MAX)
		return fail(err, ERR_CONFIG, "head names more than %d places", HEAD_PLACES_MAX);
	if (!slice_to_string(place, s->head[s->head_count++], HEAD_PLACE_MAX))
		return fail(err, ERR_INTERNAL, "a second place with a long name");
	return OK;
}

enum status policy_seal_set(struct policy_seal *s, const char *key, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice place;
	enum status status = OK;
	if (!slice_is(slice_of_string(key), "head"))
		return fail(err, ERR_CONFIG, "unknown key \"%s\" in [seal]", key);
	if (s->head_count)
		return fail(err, ERR_CONFIG, "head is given twice; commas stand between its places");
	for (bool more = true; more && !status;) {
		more = cursor_until(&c, ',', cursor_left(&c), &place);
		status = add(s, slice_trim(more ? place : cursor_rest(&c)), err);
	}
	return status;
}
