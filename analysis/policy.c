/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy.h"

#include "core/text.h"

#include <ini.h>
#include <string.h>

/* While a text is read: where the first thing that is wrong goes. */
struct reading {
	struct policy *policy;
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
	static const char *const names[] = {"kernel", "packets", "sock_diag", "tools"};
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
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, ',', POLICY_VALUE_MAX, &word)) {
			word = cursor_rest(&c);
			cursor_skip(&c, word.size);
		}
		word = slice_trim(word);
		if (!is_witness(word))
			return fail(err, ERR_CONFIG,
				    "required names \"%.*s\"; witnesses are kernel, packets, sock_diag "
				    "and tools", (int)word.size, word.size ? (const char *)word.at : "");
		if (r->policy->required_count == POLICY_WITNESSES_MAX)
			return fail(err, ERR_CONFIG, "required names a witness twice");
		if (!slice_to_string(word, r->policy->required[r->policy->required_count++], 16))
			return fail(err, ERR_INTERNAL, "a witness with a long name");
	}
	return OK;
}

static enum status set_key(struct reading *r, const char *value, struct error *err)
{
	return keep(value, "key", r->policy->key, sizeof r->policy->key, err);
}

static enum status set_certificate(struct reading *r, const char *value, struct error *err)
{
	return keep(value, "certificate", r->policy->certificate, sizeof r->policy->certificate, err);
}

static const struct {
	const char *section, *key;
	set_fn *set;
} keys[] = {
	{"policy", "scope", set_scope},
	{"policy", "required", set_required},
	{"policy", "stopped_attempts", set_stopped},
	{"policy", "app_log", set_log},
	{"policy", "app_log_unread_percent", set_unread},
	{"policy", "capture", set_capture},
	{"signing", "key", set_key},
	{"signing", "certificate", set_certificate},
};

/* "192.0.2.0/24", "192.0.2.1:443", "[2001:db8::1]:443/tcp", "2001:db8::/32" */
static enum status parse_destination(struct slice text, struct policy_allow *ret, struct error *err)
{
	struct slice address = text;
	uint64_t port = 0;
	static const char *const protos[] = {"tcp", "udp"}, *const suffixes[] = {"/tcp", "/udp"};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (slice_ends(address, suffixes[i])) {
			address = slice_part(address, 0, address.size - strlen(suffixes[i]));
			memcpy(ret->proto, protos[i], sizeof "tcp");
			break;
		}
	size_t close = slice_find(address, ']'), colon = slice_find(address, ':');
	bool v6 = slice_starts(address, "[");
	struct slice behind = {0};
	if (v6 && close < address.size) {
		behind = slice_part(address, close + 1, address.size);
		address = slice_part(address, 1, close - 1);
	} else if (colon < address.size &&
		   slice_find(slice_part(address, colon + 1, address.size), ':') ==
			   address.size - colon - 1) {
		behind = slice_part(address, colon, address.size);
		address = slice_part(address, 0, colon);
	}
	bool good = address_range_parse(address, &ret->range);
	if (good && behind.size > 0)
		good = behind.at[0] == ':' && slice_u64(slice_part(behind, 1, 5), 65535, &port) &&
		       behind.size <= 6 && port > 0;
	ret->port = (uint16_t)port;
	if (!good)
		return fail(err, ERR_CONFIG,
			    "[allow %.*s]: not a destination like 192.0.2.0/24, 192.0.2.1:443 or "
			    "[2001:db8::1]:443/tcp", (int)text.size, (const char *)text.at);
	return slice_to_string(text, ret->destination, sizeof ret->destination)
		       ? OK
		       : fail(err, ERR_CONFIG, "[allow …]: too long");
}

static enum status set_allow(struct reading *r, struct slice destination, const char *key,
			     const char *value, struct error *err)
{
	struct policy *p = r->policy;
	if (strcmp(key, "reason") != 0)
		return fail(err, ERR_CONFIG, "[allow …] has only the key reason, not \"%s\"", key);
	if (!*value)
		return fail(err, ERR_CONFIG, "a destination needs a reason");
	if (p->allow_count == POLICY_ALLOW_MAX)
		return fail(err, ERR_CONFIG, "more than %d destinations", POLICY_ALLOW_MAX);
	struct policy_allow *a = &p->allow[p->allow_count];
	*a = (struct policy_allow){0};
	enum status status = parse_destination(slice_trim(destination), a, err);
	if (!status)
		status = keep(value, "reason", a->reason, sizeof a->reason, err);
	p->allow_count += !status;
	return status;
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

static enum status set(struct reading *r, const char *section, const char *key, const char *value,
		       struct error *err)
{
	if (slice_starts(slice_of_string(section), "allow "))
		return set_allow(r, slice_of_string(section + strlen("allow ")), key, value, err);
	if (!strcmp(section, "organisation"))
		return set_field(r, key, value, err);
	bool known = false;
	for (size_t i = 0; i < LENGTH(keys); i++) {
		known = known || !strcmp(section, keys[i].section);
		if (!strcmp(section, keys[i].section) && !strcmp(key, keys[i].key))
			return keys[i].set(r, value, err);
	}
	if (!known)
		return fail(err, ERR_CONFIG,
			    "unknown section [%s]; there are [policy], [allow DESTINATION], "
			    "[organisation] and [signing]", section);
	return fail(err, ERR_CONFIG, "unknown key \"%s\" in [%s]", key, section);
}

/* Called by libinih for each key; 0 stops at this line. */
static int on_key(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	if (r->problem.status)
		return 0;
	return !set(r, section, key, value ? value : "", &r->problem);
}

static void set_defaults(struct policy *p)
{
	memset(p, 0, sizeof *p);
	p->stopped_is_fail = true;
	memcpy(p->required[0], "kernel", sizeof "kernel");
	memcpy(p->required[1], "packets", sizeof "packets");
	p->required_count = 2;
}

/* libinih cuts long lines and names without a word, and does not tell of a section
 * that holds nothing: both would change what a policy says. */
static enum status check_lines(const char *text, const char *name, size_t *ret_allows,
			       struct error *err)
{
	enum { LINE_MAX_BYTES = INI_MAX_LINE - 3, SECTION_MAX_BYTES = 49 };
	struct cursor c = cursor_over(slice_of_string(text));
	struct slice line;
	*ret_allows = 0;
	for (unsigned number = 1; cursor_line(&c, &line, NULL); number++) {
		if (line.size > LINE_MAX_BYTES)
			return fail(err, ERR_CONFIG, "%s: line %u is longer than %d bytes", name, number,
				    LINE_MAX_BYTES);
		line = slice_trim(line);
		if (slice_starts(line, "[") && slice_find(line, ']') > SECTION_MAX_BYTES)
			return fail(err, ERR_CONFIG, "%s: line %u: the name of the section is longer than "
				    "%d bytes", name, number, SECTION_MAX_BYTES);
		*ret_allows += slice_starts(line, "[allow");
	}
	return OK;
}

enum status policy_parse(const char *text, const char *name, struct policy *ret, struct error *err)
{
	struct reading r = {.policy = ret};
	size_t allows;
	set_defaults(ret);
	enum status status = check_lines(text, name, &allows, err);
	if (status)
		return status;
	int line = ini_parse_string(text, on_key, &r);
	if (line != 0) {
		if (!r.problem.status)
			fail(&r.problem, ERR_CONFIG, "neither [section] nor key = value");
		*err = r.problem;
		return fail_in(err, "%s: line %d", name, line > 0 ? line : 0);
	}
	if (allows != ret->allow_count)
		return fail(err, ERR_CONFIG, "%s: %zu [allow …] sections, but %zu reasons: each needs "
			    "exactly one \"reason = …\"", name, allows, ret->allow_count);
	return OK;
}

const struct policy_allow *policy_allows(const struct policy *p, const struct address *dst,
					 unsigned port, const char *proto)
{
	for (size_t i = 0; i < p->allow_count; i++) {
		const struct policy_allow *a = &p->allow[i];
		if (address_in(dst, &a->range) && (!a->port || a->port == port) &&
		    (!a->proto[0] || !strcmp(a->proto, proto)))
			return a;
	}
	return NULL;
}
