/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_key.h"

#include "analysis/control.h"
#include "core/byte_size.h"
#include "core/duration.h"

#include <string.h>

typedef enum status set_fn(struct policy *p, const char *value, struct error *err);

enum status policy_key_keep(const char *value, const char *key, char *ret, size_t capacity,
			struct error *err)
{
	if (!slice_to_string(slice_of_string(value), ret, capacity))
		return fail(err, ERR_CONFIG, "%s is longer than %zu bytes", key, capacity - 1);
	return OK;
}

/* One of two words. */
static enum status choose(const char *value, const char *key, const char *off, const char *on,
			  bool *ret, struct error *err)
{
	*ret = !strcmp(value, on);
	if (*ret || !strcmp(value, off))
		return OK;
	return fail(err, ERR_CONFIG, "%s is \"%s\" or \"%s\", not \"%s\"", key, off, on, value);
}

static enum status set_scope(struct policy *p, const char *value, struct error *err)
{
	return choose(value, "scope", "session", "host", &p->host, err);
}

static enum status set_stopped(struct policy *p, const char *value, struct error *err)
{
	return choose(value, "stopped_attempts", "note", "fail", &p->stopped_is_fail, err);
}

static enum status set_log(struct policy *p, const char *value, struct error *err)
{
	return choose(value, "app_log", "optional", "required", &p->log_required, err);
}

static enum status set_capture(struct policy *p, const char *value, struct error *err)
{
	return choose(value, "capture", "headers", "payload", &p->payload, err);
}

static enum status set_rotate_size(struct policy *p, const char *value, struct error *err)
{
	enum status status = byte_size_parse(value, "rotate_size", &p->rotate_bytes, err);
	return status ? err->status = ERR_CONFIG : OK;
}

static enum status set_rotate_after(struct policy *p, const char *value, struct error *err)
{
	enum status status = duration_parse_or_0(value, "rotate_after", &p->rotate_ns, err);
	return status ? err->status = ERR_CONFIG : OK;
}

static enum status set_unread(struct policy *p, const char *value, struct error *err)
{
	uint64_t percent;
	if (!slice_u64(slice_of_string(value), 100, &percent))
		return fail(err, ERR_CONFIG, "app_log_unread_percent is 0 to 100, not \"%s\"", value);
	p->unread_percent = (unsigned)percent;
	return OK;
}

static bool is_witness(struct slice word)
{
	static const char *const names[] = {"kernel", "packets", "sock_diag", "tools", "etw", "socket_tables", "seccomp", "isolation"};
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is(word, names[i]))
			return true;
	return false;
}

static enum status set_required(struct policy *p, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice word;
	p->required_count = 0;
	p->required_given = true;
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, ',', POLICY_VALUE_MAX, &word)) {
			word = cursor_rest(&c);
			cursor_skip(&c, word.size);
		}
		word = slice_trim(word);
		if (!is_witness(word))
			return fail(err, ERR_CONFIG,
				    "required names \"%.*s\"; witnesses are kernel, packets, sock_diag, "
				    "tools, etw, socket_tables, seccomp and isolation", (int)word.size, word.size ? (const char *)word.at : "");
		if (p->required_count == POLICY_WITNESSES_MAX)
			return fail(err, ERR_CONFIG, "required names a witness twice");
		if (!slice_to_string(word, p->required[p->required_count++], 16))
			return fail(err, ERR_INTERNAL, "a witness with a long name");
	}
	p->required_given = true;
	return p->required_count ? OK : fail(err, ERR_CONFIG, "required names no witness");
}

static enum status set_tier(struct policy *p, const char *value, struct error *err)
{
	if (tier_parse(slice_of_string(value), &p->tier))
		return OK;
	return fail(err, ERR_CONFIG, "tier is " TIER_WORDS ", not \"%s\"", value);
}

static enum status set_carry(struct policy *p, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice part;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', POLICY_VALUE_MAX, &part);
		if (p->carry_count == CARRY_MAX)
			return fail(err, ERR_CONFIG, "carry names more than %d servers", CARRY_MAX);
		if (carry_parse(slice_trim(more ? part : cursor_rest(&c)),
				&p->carry[p->carry_count++], NULL))
			return fail(err, ERR_CONFIG, "carry names servers on the loopback, like 127.0.0.1:11434 or [::1]:11434");
	}
	return OK;
}

/* Whether there are such is known once a site's own were read (frameworks_know()). */
static enum status set_frameworks(struct policy *p, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice word;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', cursor_left(&c), &word);
		if (!control_is_framework(slice_trim(more ? word : cursor_rest(&c))))
			return fail(err, ERR_CONFIG, "frameworks takes names with commas between, as list controls tells them");
	}
	return policy_key_keep(value, "frameworks", p->frameworks, sizeof p->frameworks, err);
}

static enum status set_paper(struct policy *p, const char *value, struct error *err)
{
	return choose(value, "paper", "a4", "letter", &p->letter, err);
}

static enum status set_past(struct policy *p, const char *value, struct error *err)
{
	return policy_key_keep(value, "past", p->past, sizeof p->past, err);
}

/* "6 years" */
static enum status set_retention(struct policy *p, const char *value, struct error *err)
{
	struct slice text = slice_of_string(value);
	size_t blank = slice_find(text, ' ');
	uint64_t years;
	if (!slice_is(slice_trim(slice_part(text, blank, text.size)), "years") ||
	    !slice_u64(slice_part(text, 0, blank), POLICY_RETENTION_MAX, &years) || !years)
		return fail(err, ERR_CONFIG, "retention is \"1 years\" to \"%d years\", not \"%s\"", POLICY_RETENTION_MAX, value);
	p->retention_years = (unsigned)years;
	return OK;
}

static const struct {
	const char *section, *key;
	set_fn *set;
} keys[] = {
	{"policy", "scope", set_scope},
	{"policy", "required", set_required},
	{"policy", "tier", set_tier},
	{"policy", "stopped_attempts", set_stopped},
	{"policy", "app_log", set_log},
	{"policy", "app_log_unread_percent", set_unread},
	{"policy", "capture", set_capture},
	{"policy", "frameworks", set_frameworks},
	{"policy", "paper", set_paper},
	{"policy", "past", set_past},
	{"policy", "retention", set_retention},
	{"capture", "rotate_size", set_rotate_size},
	{"capture", "rotate_after", set_rotate_after},
	{"isolate", "carry", set_carry},
};

bool policy_key_section(const char *section)
{
	for (size_t i = 0; i < LENGTH(keys); i++)
		if (!strcmp(section, keys[i].section))
			return true;
	return false;
}

enum status policy_key_set(struct policy *p, unsigned *given, const char *section, const char *key, const char *value,
			   struct error *err)
{
	for (size_t i = 0; i < LENGTH(keys); i++) {
		if (strcmp(section, keys[i].section) != 0 || strcmp(key, keys[i].key) != 0)
			continue;
		if (*given & 1u << i)
			return fail(err, ERR_CONFIG, "%s is given twice", key);
		*given |= 1u << i;
		return keys[i].set(p, value, err);
	}
	return fail(err, ERR_CONFIG, "unknown key \"%s\" in [%s]", key, section);
}
