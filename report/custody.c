/* SPDX-License-Identifier: Apache-2.0 */
#include "report/custody.h"

#include "core/clock.h"
#include "core/json.h"

#include <string.h>

enum { TIME, ACTION, WHO, TOOL, REASON, REPLACES, PREVIOUS, FIELDS };

static bool is_hash_or_null(const struct json_value *v, unsigned char ret[static HASH_SIZE])
{
	return v->type == JSON_NULL ||
	       (v->type == JSON_STRING && slice_hex_bytes(v->raw, HASH_SIZE, ret));
}

static const char *check_line(struct slice line, bool first,
			      const unsigned char previous[static HASH_SIZE])
{
	struct json_member m[FIELDS] = {
		[TIME] = {.key = "time"},	  [ACTION] = {.key = "action"},
		[WHO] = {.key = "who"},		  [TOOL] = {.key = "tool"},
		[REASON] = {.key = "reason"},	  [REPLACES] = {.key = "replaces"},
		[PREVIOUS] = {.key = "previous"},
	};
	unsigned char digest[HASH_SIZE];
	int64_t time_ns;
	if (json_read_object(line, m, FIELDS, NULL))
		return "not a JSON object";
	if (m[TIME].value.type != JSON_STRING || !clock_parse(m[TIME].value.raw, &time_ns))
		return "without its time";
	for (int field = ACTION; field <= TOOL; field++)
		if (m[field].value.type != JSON_STRING)
			return "without its action, person or tool";
	if (!is_hash_or_null(&m[REPLACES].value, digest))
		return "without the seal it replaces";
	if (!is_hash_or_null(&m[PREVIOUS].value, digest))
		return "without the hash of the line before it";
	if (first != (m[PREVIOUS].value.type == JSON_NULL) ||
	    (!first && memcmp(digest, previous, HASH_SIZE) != 0))
		return "with another hash than that of the line before it";
	return NULL;
}

const char *custody_check(struct slice log, size_t *ret_count, size_t *ret_line)
{
	unsigned char previous[HASH_SIZE] = {0};
	struct cursor c = cursor_over(log);
	*ret_count = 0;
	while (cursor_left(&c) > 0) {
		struct cursor whole = c;
		struct slice line;
		*ret_line = *ret_count + 1;
		if (!cursor_until(&c, '\n', CUSTODY_LINE_MAX, &line))
			return "not ended, or too long";
		const char *wrong = check_line(line, *ret_count == 0, previous);
		if (wrong)
			return wrong;
		hash_bytes(cursor_take(&whole, line.size + 1), previous);
		++*ret_count;
	}
	*ret_line = *ret_count;
	return NULL;
}

bool custody_other_policy(struct slice log)
{
	struct cursor c = cursor_over(log);
	struct slice line;
	bool other = false;
	while (cursor_until(&c, '\n', CUSTODY_LINE_MAX, &line)) {
		struct json_member m[] = {{.key = "reason"}};
		if (!json_read_object(line, m, LENGTH(m), NULL) && m[0].value.type == JSON_STRING && slice_starts(m[0].value.raw, "judged"))
			other = slice_is(m[0].value.raw, CUSTODY_OTHER_POLICY);
	}
	return other;
}

/* The last line, its LF included. */
static struct slice last_line(struct slice log)
{
	struct slice last = {0};
	struct cursor c = cursor_over(log);
	while (cursor_left(&c) > 0) {
		struct cursor whole = c;
		struct slice line;
		if (!cursor_until(&c, '\n', log.size, &line))
			break;
		last = cursor_take(&whole, line.size + 1);
	}
	return last;
}

enum status custody_add(struct text *log, const struct custody_entry *entry, struct error *err)
{
	char time[CLOCK_TEXT_MAX];
	unsigned char previous[HASH_SIZE];
	AUTO_TEXT struct text line = text_make(CUSTODY_LINE_MAX - 1),
			      words = text_make(CUSTODY_LINE_MAX);
	struct json j = json_on(&line);
	clock_text(entry->time_ns, 3, time);
	json_begin_object(&j, NULL);
	json_add_string(&j, "time", time);
	json_add_string(&j, "action", entry->action);
	text_addf(&words, "%s@%s", entry->user, entry->host);
	json_add_string(&j, "who", text_string(&words));
	text_clear(&words);
	text_addf(&words, "airgap-verify %s", entry->tool_version);
	json_add_string(&j, "tool", text_string(&words));
	json_add_string(&j, "reason", entry->reason);
	if (entry->replaces)
		json_add_hex(&j, "replaces", entry->replaces, HASH_SIZE);
	else
		json_add_null(&j, "replaces");
	if (log->size) {
		hash_bytes(last_line(text_slice(log)), previous);
		json_add_hex(&j, "previous", previous, sizeof previous);
	} else {
		json_add_null(&j, "previous");
	}
	json_end_object(&j);
	text_add_char(&line, '\n');
	text_add(log, text_slice(&line));
	if (line.overflow || words.overflow || log->overflow)
		return fail(err, ERR_LIMIT, "the custody log or its new entry is too long");
	return OK;
}
