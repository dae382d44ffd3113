/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy.h"

#include "analysis/policy_key.h"
#include "core/capture_name.h"
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
	unsigned given;      /* as policy_key_set() keeps it */
	struct error problem;
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
	return policy_key_keep(value, "reason", a->reason, sizeof a->reason, err);
}

static enum status set_field(struct reading *r, const char *key, const char *value,
			     struct error *err)
{
	struct policy *p = r->policy;
	if (p->field_count == POLICY_FIELDS_MAX)
		return fail(err, ERR_CONFIG, "[organisation] holds more than %d fields",
			    POLICY_FIELDS_MAX);
	struct policy_field *f = &p->fields[p->field_count];
	enum status status = policy_key_keep(key, "a key", f->name, sizeof f->name, err);
	if (!status)
		status = policy_key_keep(value, key, f->value, sizeof f->value, err);
	p->field_count += !status;
	return status;
}

static enum status begin_claim(struct reading *r, struct slice layer, struct error *err)
{
	return challenge_begin_claim(&r->policy->challenge, slice_trim(layer), err);
}

static enum status set_claim(struct reading *r, const char *key, const char *value, struct error *err)
{
	return challenge_set_claim(&r->policy->challenge, key, value, err);
}

static enum status set_challenge(struct reading *r, const char *key, const char *value, struct error *err)
{
	return challenge_set(&r->policy->challenge, key, value, err);
}

static enum status set_signing(struct reading *r, const char *key, const char *value, struct error *err)
{
	return policy_signing_set(&r->policy->signing, key, value, err);
}

static enum status set_seal(struct reading *r, const char *key, const char *value, struct error *err)
{
	return policy_seal_set(&r->policy->seal, key, value, err);
}

static enum status set_bench(struct reading *r, const char *key, const char *value, struct error *err)
{
	return policy_bench_set(&r->policy->bench, key, value, err);
}

static enum status set_audit(struct reading *r, const char *key, const char *value, struct error *err)
{
	return policy_audit_set(&r->policy->audit, key, value, err);
}

/* Beside those of policy_key.h. One that has a beginning has more in its name. */
static const struct section {
	const char *name;
	enum status (*begin)(struct reading *r, struct slice more, struct error *err);
	enum status (*set)(struct reading *r, const char *key, const char *value, struct error *err);
} sections[] = {
	{"allow ", begin_allow, set_reason}, {"claim ", begin_claim, set_claim}, {"challenge", NULL, set_challenge},
	{"organisation", NULL, set_field},   {"signing", NULL, set_signing},	 {"seal", NULL, set_seal},
	{"bench", NULL, set_bench},	     {"audit", NULL, set_audit},
};

static const struct section *section_of(const char *name)
{
	struct slice all = slice_of_string(name);
	for (size_t i = 0; i < LENGTH(sections); i++)
		if (sections[i].begin ? slice_starts(all, sections[i].name) : slice_is(all, sections[i].name))
			return &sections[i];
	return NULL;
}

static enum status set(struct reading *r, const char *key, const char *value, struct error *err)
{
	const struct section *s = section_of(r->section);
	return s ? s->set(r, key, value, err) : policy_key_set(r->policy, &r->given, r->section, key, value, err);
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
	const struct section *s = section_of(r->section);
	if (s && s->begin)
		return s->begin(r, slice_of_string(r->section + strlen(s->name)), err);
	if (s || policy_key_section(r->section))
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
