/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.json. The policy in it is an INI text that the copy is judged by: its keys stay,
 * what it says of hosts becomes pseudonyms; which keys were to sign is nobody's business, nor is
 * what scheduled audits look at, or when a capture was rotated, which no verdict rests on.
 */
#include "redact/copy_parts.h"

#include "core/hash.h"

enum { POLICY_MAX = 32 << 20, VALUE_MAX = 4096 };

static void add_json_string(struct slice text, struct text *ret)
{
	struct json j = json_on(ret);
	json_add_slice(&j, NULL, text);
}

static bool is_section(struct slice line, const char *name)
{
	return slice_starts(line, "[") && slice_starts(slice_part(line, 1, line.size), name);
}

/* What people wrote behind the '=' of a reason, or of a line about the organisation. The
 * marking must be read by whoever holds the copy. */
static enum mask how_of(struct slice key, bool organisation, bool *ret_stays)
{
	*ret_stays = organisation && slice_is(slice_trim(key), "marking");
	return organisation || slice_is(slice_trim(key), "reason") ? MASK_PATH : MASK_TEXT;
}

static void write_policy(struct copy *c, struct slice policy, struct text *ret)
{
	struct cursor lines = cursor_over(policy);
	struct slice line;
	bool left_out = false, organisation = false, stays;
	while (cursor_line(&lines, &line, NULL)) {
		if (slice_starts(line, "[")) {
			left_out = is_section(line, "signing") || is_section(line, "audit") || is_section(line, "capture");
			organisation = is_section(line, "organisation");
		}
		if (left_out)
			continue;
		size_t equals = slice_find(line, '='), at = ret->size;
		enum mask how = how_of(slice_part(line, 0, equals), organisation, &stays);
		text_add(ret, line);
		text_add_char(ret, '\n');
		bool remark = slice_starts(line, "#") || slice_starts(line, ";");
		size_t from = remark || equals == line.size ? 0 : equals;
		if (!stays && !ret->overflow)
			mask_text(c->p, remark ? MASK_PATH : how, (unsigned char *)ret->at + at + from, line.size - from);
	}
}

/* The member of an object member. */
static struct json_value inner(struct slice whole, const char *outer, const char *key)
{
	struct json_member a = {.key = outer}, b = {.key = key};
	if (!json_read_object(whole, &a, 1, NULL) && a.value.type == JSON_OBJECT && !json_read_object(a.value.raw, &b, 1, NULL))
		return b.value;
	return (struct json_value){0};
}

static void add_hash(struct slice text, struct text *ret)
{
	unsigned char digest[HASH_SIZE];
	hash_bytes(text, digest);
	text_add_char(ret, '"');
	text_add_hex(ret, digest, sizeof digest);
	text_add_char(ret, '"');
}

enum status copy_session_file(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	struct json_value object, policy = inner(whole, "policy", "text");
	const struct json_value tool = inner(whole, "tool", "sha256");
	AUTO_TEXT struct text plain = text_make(POLICY_MAX), text = text_make(POLICY_MAX), json = text_make(2 * POLICY_MAX),
			      sum = text_make(VALUE_MAX), derived = text_make(VALUE_MAX), logs = text_make(VALUE_MAX),
			      tool_sum = text_make(VALUE_MAX);
	const char *wrong = json_read(slice_trim(slice_part(whole, 0, whole.size - slice_ends(whole, "\n"))), &object, NULL);
	if (wrong || object.type != JSON_OBJECT)
		return fail(err, ERR_MALFORMED, "%s", wrong ? wrong : "no object");
	if (members_string(&policy, &plain))
		write_policy(c, text_slice(&plain), &text);
	add_json_string(text_slice(&text), &json);
	add_hash(text_slice(&text), &sum);
	if (tool.type == JSON_STRING) /* of a program that everybody may have */
		text_addf(&tool_sum, "\"%.*s\"", (int)tool.raw.size, (const char *)tool.raw.at);
	text_addf(&derived, "{\"from\":\"%s\",\"by\":\"airgap-verify redact " VERSION "\"}", c->derived_from);
	text_add_string(&logs, "[{\"name\":\"" COPY_LOG_NAME "\",\"sha256\":");
	add_hash(slice_of_string(copy_log_description), &logs);
	text_add_string(&logs, "}]");
	const struct member_override overrides[] = {
		{"policy", "text", text_slice(&json)},
		{"policy", "sha256", text_slice(&sum)},
		{"tool", "sha256", text_slice(&tool_sum)},
		{"tool", "name", SLICE("\"airgap-collect\"")},
		{"options", "log_descriptions", c->has_logs ? text_slice(&logs) : slice_of(NULL, 0)},
		{"options", "log_timezone", {0}},
		{NULL, "derived", text_slice(&derived)},
	};
	copy_record(c, &object, overrides, LENGTH(overrides), out);
	text_add_char(&out->text, '\n');
	unsigned char digest[HASH_SIZE];
	hash_bytes(text_slice(&out->text), digest);
	hash_text(digest, c->session_sha256);
	return OK;
}
