/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_audit.h"

#include "core/clock.h"
#include "core/cursor.h"
#include "core/duration.h"

#include <string.h>

static const struct {
	char letter;
	unsigned shift;
} units[] = {{'K', 10}, {'M', 20}, {'G', 30}, {'T', 40}};

void policy_audit_defaults(struct policy_audit *a)
{
	*a = (struct policy_audit){
		.duration_ns = 600 * CLOCK_SECOND,
		.every_ns = CLOCK_DAY,
		.past = 30,
		.keep = 30,
		.budget = UINT64_C(20) << 30,
	};
}

static enum status set_time(const char *key, const char *value, int64_t *ret, struct error *err)
{
	if (duration_parse(value, key, ret, err))
		return err->status = ERR_CONFIG;
	return *ret > 0 ? OK : fail(err, ERR_CONFIG, "%s is more than nothing", key);
}

static enum status set_duration(struct policy_audit *a, const char *value, struct error *err)
{
	return set_time("duration", value, &a->duration_ns, err);
}

static enum status set_every(struct policy_audit *a, const char *value, struct error *err)
{
	return set_time("every", value, &a->every_ns, err);
}

static enum status set_count(const char *key, const char *value, unsigned least, unsigned most, unsigned *ret, struct error *err)
{
	uint64_t number;
	if (!slice_u64(slice_of_string(value), most, &number) || number < least)
		return fail(err, ERR_CONFIG, "%s is %u to %u, not \"%s\"", key, least, most, value);
	*ret = (unsigned)number;
	return OK;
}

static enum status set_past(struct policy_audit *a, const char *value, struct error *err)
{
	return set_count("past", value, 1, POLICY_AUDIT_PAST_MAX, &a->past, err);
}

static enum status set_keep(struct policy_audit *a, const char *value, struct error *err)
{
	enum { KEEP_MAX = 10000 };
	return set_count("keep_folders", value, 1, KEEP_MAX, &a->keep, err);
}

/* "20G", and as other options have it "20GiB": a whole number and a power of 1024. */
static enum status set_budget(struct policy_audit *a, const char *value, struct error *err)
{
	struct slice text = slice_of_string(value);
	uint64_t number;
	if (slice_ends(text, "iB"))
		text = slice_part(text, 0, text.size - 2);
	for (size_t i = 0; i < LENGTH(units); i++)
		if (text.size > 1 && text.at[text.size - 1] == (unsigned char)units[i].letter &&
		    slice_u64(slice_part(text, 0, text.size - 1), (UINT64_C(1) << 50) >> units[i].shift, &number) && number > 0) {
			a->budget = number << units[i].shift;
			return OK;
		}
	return fail(err, ERR_CONFIG, "budget is a size such as 500MiB, 20GiB or 1TiB, not \"%s\"", value);
}

static enum status keep_text(const char *key, const char *value, char ret[static POLICY_AUDIT_COMMAND_MAX], struct error *err)
{
	if (value[0] != '/')
		return fail(err, ERR_CONFIG, "%s is a whole path, not \"%s\"", key, value);
	if (!slice_to_string(slice_of_string(value), ret, POLICY_AUDIT_COMMAND_MAX))
		return fail(err, ERR_CONFIG, "%s is longer than %d bytes", key, POLICY_AUDIT_COMMAND_MAX - 1);
	return OK;
}

static enum status set_notify(struct policy_audit *a, const char *value, struct error *err)
{
	return keep_text("notify", value, a->notify, err);
}

static enum status set_notify_file(struct policy_audit *a, const char *value, struct error *err)
{
	return keep_text("notify_file", value, a->notify_file, err);
}

static const struct {
	const char *key;
	enum status (*set)(struct policy_audit *a, const char *value, struct error *err);
} keys[] = {
	{"duration", set_duration}, {"every", set_every},   {"past", set_past},
	{"keep_folders", set_keep}, {"budget", set_budget}, {"notify", set_notify},
	{"notify_file", set_notify_file},
};

static const struct {
	const char *key, *begins; /* what each value begins with; "": anything */
} lists[POLICY_AUDIT_LISTS] = {
	[POLICY_AUDIT_LOGS] = {"logs", ""}, [POLICY_AUDIT_APP_LOGS] = {"app_logs", ""}, [POLICY_AUDIT_EXE] = {"exe", "/"},
	[POLICY_AUDIT_UNIT] = {"unit", ""}, [POLICY_AUDIT_USER] = {"user", ""}, [POLICY_AUDIT_CGROUP] = {"cgroup", "/"},
	[POLICY_AUDIT_APP] = {"app", ""},   [POLICY_AUDIT_HOLD] = {"hold", ""},
};

/* "NAME=/FILE": the name is told in findings, the path is the same from anywhere. */
static bool is_log(struct slice value)
{
	size_t equals = slice_find(value, '=');
	return equals > 0 && slice_find(slice_part(value, 0, equals), '/') == equals && slice_starts(slice_part(value, equals + 1, value.size), "/");
}

static enum status add_value(struct policy_audit *a, enum policy_audit_list l, struct slice value, struct error *err)
{
	const char *key = lists[l].key;
	if (value.size == 0 || !slice_starts(value, lists[l].begins))
		return fail(err, ERR_CONFIG, "%s takes %s with commas between", key, *lists[l].begins ? "whole paths" : "names");
	if ((l == POLICY_AUDIT_LOGS || l == POLICY_AUDIT_APP_LOGS) && !is_log(value))
		return fail(err, ERR_CONFIG, "%s takes NAME=/FILE with commas between, not \"%.*s\"", key, (int)value.size, (const char *)value.at);
	if (a->counts[l] == POLICY_AUDIT_VALUES)
		return fail(err, ERR_CONFIG, "%s names more than %d", key, POLICY_AUDIT_VALUES);
	if (!slice_to_string(value, a->lists[l][a->counts[l]++], POLICY_AUDIT_VALUE_MAX))
		return fail(err, ERR_CONFIG, "%s: longer than %d bytes", key, POLICY_AUDIT_VALUE_MAX - 1);
	return OK;
}

static enum status add_values(struct policy_audit *a, enum policy_audit_list l, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice part;
	enum status status = OK;
	for (bool more = true; more && !status;) {
		more = cursor_until(&c, ',', cursor_left(&c), &part);
		status = add_value(a, l, slice_trim(more ? part : cursor_rest(&c)), err);
	}
	return status;
}

enum status policy_audit_set(struct policy_audit *a, const char *key, const char *value, struct error *err)
{
	for (size_t i = 0; i < LENGTH(keys); i++) {
		if (strcmp(key, keys[i].key) != 0)
			continue;
		if (a->given & 1u << i)
			return fail(err, ERR_CONFIG, "%s is given twice", key);
		a->given |= 1u << i;
		return keys[i].set(a, value, err);
	}
	for (enum policy_audit_list l = 0; l < POLICY_AUDIT_LISTS; l++)
		if (!strcmp(key, lists[l].key))
			return add_values(a, l, value, err);
	return fail(err, ERR_CONFIG, "unknown key \"%s\" in [audit]", key);
}
