/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy.h"

#include "analysis/control.h"
#include "core/byte_size.h"
#include "core/capture_name.h"
#include "core/duration.h"
#include "core/text.h"

#include <ini.h>
#include <string.h>

/* While a text is read: the lines that are still to come, the section that they are
 * in, which keys were given, and where the first thing that is wrong goes. */
struct reading {
	struct policy *policy;
	struct cursor rest;
	unsigned line;
	char section[POLICY_VALUE_MAX];
	bool reason_missing; /* of the [allow …] at hand */
	unsigned given;      /* a bit for each of `keys` */
	struct error problem;
};

typedef enum status set_fn(struct reading *r, const char *value, struct error *err);

static enum status keep(const char *value, const char *key, char *ret, size_t capacity,
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

static enum status set_scope(struct reading *r, const char *value, struct error *err)
{
	return choose(value, "scope", "session", "host", &r->policy->host, err);
}

static enum status set_stopped(struct reading *r, const char *value, struct error *err)
{
	return choose(value, "stopped_attempts", "note", "fail", &r->policy->stopped_is_fail, err);
}

static enum status set_log(struct reading *r, const char *value, struct error *err)
{
	return choose(value, "app_log", "optional", "required", &r->policy->log_required, err);
}

static enum status set_capture(struct reading *r, const char *value, struct error *err)
{
	return choose(value, "capture", "headers", "payload", &r->policy->payload, err);
}

static enum status set_rotate_size(struct reading *r, const char *value, struct error *err)
{
	enum status status = byte_size_parse(value, "rotate_size", &r->policy->rotate_bytes, err);
	return status ? err->status = ERR_CONFIG : OK;
}

static enum status set_rotate_after(struct reading *r, const char *value, struct error *err)
{
	enum status status = duration_parse_or_0(value, "rotate_after", &r->policy->rotate_ns, err);
	return status ? err->status = ERR_CONFIG : OK;
}

static enum status set_unread(struct reading *r, const char *value, struct error *err)
{
	uint64_t percent;
	if (!slice_u64(slice_of_string(value), 100, &percent))
		return fail(err, ERR_CONFIG, "app_log_unread_percent is 0 to 100, not \"%s\"", value);
	r->policy->unread_percent = (unsigned)percent;
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

static enum status set_required(struct reading *r, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice word;
	r->policy->required_count = 0;
	r->policy->required_given = true;
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
		if (r->policy->required_count == POLICY_WITNESSES_MAX)
			return fail(err, ERR_CONFIG, "required names a witness twice");
		if (!slice_to_string(word, r->policy->required[r->policy->required_count++], 16))
			return fail(err, ERR_INTERNAL, "a witness with a long name");
	}
	r->policy->required_given = true;
	return r->policy->required_count ? OK : fail(err, ERR_CONFIG, "required names no witness");
}

static enum status set_tier(struct reading *r, const char *value, struct error *err)
{
	if (tier_parse(slice_of_string(value), &r->policy->tier))
		return OK;
	return fail(err, ERR_CONFIG, "tier is " TIER_WORDS ", not \"%s\"", value);
}

static enum status set_carry(struct reading *r, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice part;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', POLICY_VALUE_MAX, &part);
		if (r->policy->carry_count == CARRY_MAX)
			return fail(err, ERR_CONFIG, "carry names more than %d servers", CARRY_MAX);
		if (carry_parse(slice_trim(more ? part : cursor_rest(&c)),
				&r->policy->carry[r->policy->carry_count++], NULL))
			return fail(err, ERR_CONFIG, "carry names servers on the loopback, like 127.0.0.1:11434 or [::1]:11434");
	}
	return OK;
}

/* Whether there are such is known once a site's own were read (frameworks_know()). */
static enum status set_frameworks(struct reading *r, const char *value, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(value));
	struct slice word;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', cursor_left(&c), &word);
		if (!control_is_framework(slice_trim(more ? word : cursor_rest(&c))))
			return fail(err, ERR_CONFIG, "frameworks takes names with commas between, as list controls tells them");
	}
	return keep(value, "frameworks", r->policy->frameworks, sizeof r->policy->frameworks, err);
}

static enum status set_paper(struct reading *r, const char *value, struct error *err)
{
	return choose(value, "paper", "a4", "letter", &r->policy->letter, err);
}

static enum status set_past(struct reading *r, const char *value, struct error *err)
{
	return keep(value, "past", r->policy->past, sizeof r->policy->past, err);
}

/* "6 years" */
static enum status set_retention(struct reading *r, const char *value, struct error *err)
{
	struct slice text = slice_of_string(value);
	size_t blank = slice_find(text, ' ');
	uint64_t years;
	if (!slice_is(slice_trim(slice_part(text, blank, text.size)), "years") ||
	    !slice_u64(slice_part(text, 0, blank), POLICY_RETENTION_MAX, &years) || !years)
		return fail(err, ERR_CONFIG, "retention is \"1 years\" to \"%d years\", not \"%s\"", POLICY_RETENTION_MAX, value);
	r->policy->retention_years = (unsigned)years;
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

static enum status begin_allow(struct reading *r, struct slice destination, struct error *err)
{
	struct policy *p = r->policy;
	if (p->allow_count == POLICY_ALLOW_MAX)
		return fail(err, ERR_CONFIG, "more than %d destinations", POLICY_ALLOW_MAX);
	struct policy_allow *a = &p->allow[p->allow_count];
	*a = (struct policy_allow){0};
	r->reason_missing = true;
	return policy_destination(slice_trim(destination), a, err);
}

static enum status set_reason(struct reading *r, const char *key, const char *value,
			      struct error *err)
{
	struct policy *p = r->policy;
	if (strcmp(key, "reason") != 0)
		return fail(err, ERR_CONFIG, "[allow …] has only the key reason, not \"%s\"", key);
	if (!r->reason_missing)
		return fail(err, ERR_CONFIG, "a destination has one reason");
	if (!*value)
		return fail(err, ERR_CONFIG, "a destination needs a reason");
	struct policy_allow *a = &p->allow[p->allow_count++];
	r->reason_missing = false;
	return keep(value, "reason", a->reason, sizeof a->reason, err);
}

static enum status set_field(struct reading *r, const char *key, const char *value,
			     struct error *err)
{
	struct policy *p = r->policy;
	if (p->field_count == POLICY_FIELDS_MAX)
		return fail(err, ERR_CONFIG, "[organisation] holds more than %d fields",
			    POLICY_FIELDS_MAX);
	struct policy_field *f = &p->fields[p->field_count];
	enum status status = keep(key, "a key", f->name, sizeof f->name, err);
	if (!status)
		status = keep(value, key, f->value, sizeof f->value, err);
	p->field_count += !status;
	return status;
}

static enum status set(struct reading *r, const char *key, const char *value, struct error *err)
{
	if (slice_starts(slice_of_string(r->section), "allow "))
		return set_reason(r, key, value, err);
	if (!strcmp(r->section, "organisation"))
		return set_field(r, key, value, err);
	if (!strcmp(r->section, "signing"))
		return policy_signing_set(&r->policy->signing, key, value, err);
	if (!strcmp(r->section, "seal"))
		return policy_seal_set(&r->policy->seal, key, value, err);
	if (!strcmp(r->section, "challenge"))
		return challenge_set(&r->policy->challenge, key, value, err);
	if (!strcmp(r->section, "bench"))
		return policy_bench_set(&r->policy->bench, key, value, err);
	if (!strcmp(r->section, "audit"))
		return policy_audit_set(&r->policy->audit, key, value, err);
	if (slice_starts(slice_of_string(r->section), "claim "))
		return challenge_set_claim(&r->policy->challenge, key, value, err);
	for (size_t i = 0; i < LENGTH(keys); i++) {
		if (strcmp(r->section, keys[i].section) != 0 || strcmp(key, keys[i].key) != 0)
			continue;
		if (r->given & 1u << i)
			return fail(err, ERR_CONFIG, "%s is given twice", key);
		r->given |= 1u << i;
		return keys[i].set(r, value, err);
	}
	return fail(err, ERR_CONFIG, "unknown key \"%s\" in [%s]", key, r->section);
}

/* Called by libinih for each key; 0 stops at this line. It is told the name of a
 * section only in part, see next_line(). */
static int on_key(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	(void)section;
	if (r->problem.status)
		return 0;
	return !set(r, key, value ? value : "", &r->problem);
}

static enum status end_section(const struct reading *r, struct error *err)
{
	if (r->reason_missing)
		return fail(err, ERR_CONFIG, "[%s] has no reason", r->section);
	return challenge_check(&r->policy->challenge, err);
}

/* "[name]", and at most a comment behind it. */
static enum status begin_section(struct reading *r, struct slice line, struct error *err)
{
	enum status status = end_section(r, err);
	struct slice comment = SLICE(" ;");
	line = slice_trim(slice_part(line, 0, slice_search(line, comment)));
	if (status)
		return status;
	if (!slice_ends(line, "]") ||
	    !slice_to_string(slice_part(line, 1, line.size - 2), r->section, sizeof r->section))
		return fail(err, ERR_CONFIG, "a section is [name], and nothing behind it");
	if (slice_starts(slice_of_string(r->section), "allow "))
		return begin_allow(r, slice_of_string(r->section + strlen("allow ")), err);
	if (slice_starts(slice_of_string(r->section), "claim "))
		return challenge_begin_claim(&r->policy->challenge,
					     slice_trim(slice_of_string(r->section + strlen("claim "))), err);
	for (size_t i = 0; i < LENGTH(keys); i++)
		if (!strcmp(r->section, keys[i].section))
			return OK;
	static const char *const others[] = {"organisation", "signing", "seal", "challenge", "bench", "audit"};
	for (size_t i = 0; i < LENGTH(others); i++)
		if (!strcmp(r->section, others[i]))
			return OK;
	return fail(err, ERR_CONFIG,
		    "unknown section [%s]; there are [policy], [allow DESTINATION], [organisation], "
		    "[signing], [seal], [capture], [isolate], [challenge], [claim LAYER], [bench] and [audit]", r->section);
}

/* A byte order mark within would hide the '[' behind it. */
static bool is_text(struct slice line)
{
	if (slice_search(line, SLICE("\xef\xbb\xbf")) < line.size)
		return false;
	for (size_t i = 0; i < line.size; i++)
		if ((line.at[i] < ' ' && line.at[i] != '\t') || line.at[i] == 0x7f)
			return false;
	return true;
}

/* Hands libinih the next line, without what it would misread in silence: it cuts long
 * lines and names of sections, takes the first ']' for the end of a name and passes over
 * what stands behind it, takes an indented line for more of the one before, and does not
 * tell of a section that holds nothing. Sections are read here; it reads the keys. */
static char *next_line(char *ret, int capacity, void *stream)
{
	struct reading *r = stream;
	struct slice line;
	if (r->problem.status || capacity < 8 || !cursor_line(&r->rest, &line, NULL))
		return NULL;
	r->line++;
	if (r->line == 1 && slice_starts(line, "\xef\xbb\xbf"))
		line = slice_part(line, 3, line.size);
	line = slice_trim(line);
	enum status status = OK;
	if (!is_text(line))
		status = fail(&r->problem, ERR_CONFIG, "a control character or a byte order mark; a policy is text");
	else if (slice_starts(line, "["))
		status = begin_section(r, line, &r->problem);
	else if (line.size > (size_t)capacity - 3)
		status = fail(&r->problem, ERR_CONFIG, "longer than %d bytes", capacity - 3);
	if (status)
		return NULL;
	line = slice_starts(line, "[") ? SLICE("[section]") : line;
	memcpy(ret, line.at ? (const char *)line.at : "", line.size);
	memcpy(ret + line.size, "\n", 2);
	return ret;
}

static void set_defaults(struct policy *p)
{
	memset(p, 0, sizeof *p);
	p->stopped_is_fail = true;
	p->retention_years = POLICY_RETENTION;
	p->rotate_bytes = CAPTURE_ROTATE_BYTES;
	p->rotate_ns = CAPTURE_ROTATE_NS;
	p->bench.server_errors = POLICY_SERVER_ERRORS;
	policy_audit_defaults(&p->audit);
	memcpy(p->required[0], "kernel", sizeof "kernel");
	memcpy(p->required[1], "packets", sizeof "packets");
	p->required_count = 2;
}

enum status policy_parse(const char *text, const char *name, struct policy *ret, struct error *err)
{
	struct reading r = {.policy = ret, .rest = cursor_over(slice_of_string(text))};
	set_defaults(ret);
	int line = ini_parse_stream(next_line, &r, on_key, &r);
	if (!r.problem.status && line != 0) {
		r.line = line > 0 ? (unsigned)line : 0;
		fail(&r.problem, ERR_CONFIG, "neither [section] nor key = value");
	}
	if (!r.problem.status)
		(void)end_section(&r, &r.problem);
	if (!r.problem.status)
		return OK;
	*err = r.problem;
	return fail_in(err, "%s: line %u", name, r.line);
}
