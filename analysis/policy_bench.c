/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_bench.h"

#include "core/cursor.h"
#include "core/duration.h"

#include <string.h>

enum { THOUSANDTHS = 1000, WHOLE_MAX = 1000000, NS_MS = 1000000 };

const struct policy_criterion policy_criteria[POLICY_CRITERIA] = {
	{"pass_complete", POLICY_SHARE, "complete"},
	{"pass_repair", POLICY_SHARE, "repair"},
	{"pass_edit", POLICY_SHARE, "edit"},
	{"pass_agent", POLICY_SHARE, "agent"},
	{"pass_humaneval", POLICY_SHARE, "humaneval"},
	{"pass_mbpp", POLICY_SHARE, "mbpp"},
	{"first_token", POLICY_TIME, NULL},
	{"tokens_per_s", POLICY_RATE, NULL},
};

/* Digits, and a point with at most three behind it: "62.5". */
static bool read_decimal(struct slice text, uint64_t max, double *ret)
{
	size_t at = slice_find(text, '.');
	uint64_t whole, part = 0;
	double scale = 1;
	struct slice behind = slice_part(text, at + 1, text.size);
	if (!slice_u64(slice_part(text, 0, at), max, &whole))
		return false;
	if (at < text.size && (behind.size > 3 || !slice_u64(behind, THOUSANDTHS, &part)))
		return false;
	for (size_t i = 0; i < behind.size; i++)
		scale *= 10;
	*ret = (double)whole + (double)part / scale;
	return *ret <= (double)max;
}

static enum status read_share(const char *key, const char *value, double *ret, struct error *err)
{
	struct slice text = slice_of_string(value);
	if (!slice_ends(text, "%") || !read_decimal(slice_trim(slice_part(text, 0, text.size - 1)), 100, ret))
		return fail(err, ERR_CONFIG, "%s is a share such as 60%%, not \"%s\"", key, value);
	*ret /= 100;
	return OK;
}

static enum status read_time(const char *key, const char *value, double *ret, struct error *err)
{
	int64_t ns;
	if (duration_parse(value, key, &ns, err)) {
		err->status = ERR_CONFIG;
		return ERR_CONFIG;
	}
	*ret = (double)ns / NS_MS;
	return OK;
}

static enum status read_rate(const char *key, const char *value, double *ret, struct error *err)
{
	if (!read_decimal(slice_of_string(value), WHOLE_MAX, ret))
		return fail(err, ERR_CONFIG, "%s is a number of tokens such as 10, not \"%s\"", key, value);
	return OK;
}

enum status policy_bench_set(struct policy_bench *b, const char *key, const char *value, struct error *err)
{
	static enum status (*const read[])(const char *, const char *, double *, struct error *) = {
		[POLICY_SHARE] = read_share, [POLICY_TIME] = read_time, [POLICY_RATE] = read_rate};
	bool *given = NULL;
	for (size_t i = 0; i < POLICY_CRITERIA; i++)
		if (!strcmp(key, policy_criteria[i].key))
			given = &b->given[i];
	size_t at = given ? (size_t)(given - b->given) : 0;
	bool errors = !strcmp(key, "server_errors");
	if (errors)
		given = &b->server_errors_given;
	if (!given)
		return fail(err, ERR_CONFIG, "unknown key \"%s\" in [bench]", key);
	if (*given)
		return fail(err, ERR_CONFIG, "%s is given twice", key);
	*given = true;
	return errors ? read_share(key, value, &b->server_errors, err)
		      : read[policy_criteria[at].unit](key, value, &b->wanted[at], err);
}

bool policy_bench_any(const struct policy_bench *b)
{
	bool any = false;
	for (size_t i = 0; i < POLICY_CRITERIA; i++)
		any |= b->given[i];
	return any;
}
