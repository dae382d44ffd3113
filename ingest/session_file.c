/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.json (airgap-verify-formats(5)): one JSON object that says who, where,
 * when, with what and under which policy a session ran. Its facts become rows of
 * the table `session`.
 */
#include "ingest/descriptions.h"
#include "ingest/kept.h"
#include "ingest/registry.h"
#include "ingest/session_fact.h"

#include "core/json.h"

#include <stdio.h>
#include <stdlib.h>

enum { SESSION_MAX = 32 << 20 };

/* The member `inner` of the object member `outer` (or of the file itself). */
static const struct fact {
	const char *outer, *inner, *name;
} facts[] = {
	{NULL, "id", "id"},
	{NULL, "started_ns", "started_ns"},
	{NULL, "tier", "tier"},
	{NULL, "folder", "folder"},
	{"tool", "version", "collector_version"},
	{"tool", "sha256", "collector_sha256"},
	{"user", "uid", "uid"},
	{"user", "name", "user"},
	{"user", "through", "through"},
	{"host", "name", "host"},
	{"host", "os", "os"},
	{"host", "system", "system"},
	{"host", "kernel", "kernel"},
	{"host", "machine", "machine"},
	{"host", "boot_id", "boot_id"},
	{"clock", "wall_ns", "clock_wall_ns"},
	{"clock", "mono_ns", "clock_mono_ns"},
	{"clock", "synchronised", "clock_synchronised"},
	{"clock", "source", "clock_source"},
	{"clock", "offset_ns", "clock_offset_ns"},
	{"clock", "estimated_error_ns", "clock_estimated_error_ns"},
	{"clock", "maximum_error_ns", "clock_maximum_error_ns"},
	{"options", "scope", "scope"},
	{"options", "duration_ns", "duration_ns"},
	{"options", "linger_ns", "linger_ns"},
	{"options", "packets", "packets"},
	{"options", "pid", "watched_pid"},
	{"options", "log_timezone", "log_timezone"},
	{"options", "trace", "trace"},
	{"options", "isolated", "isolated"},
	{"options", "enforce", "enforce"},
	{"options", "fail_closed", "fail_closed"},
	{"policy", "sha256", "policy_sha256"},
	{"policy", "text", "policy"},
	{"derived", "from", "derived_from"},
};

static const char *find_member(struct slice object, const char *key, struct json_value *ret)
{
	struct json_member m[] = {{.key = key}};
	const char *wrong = json_read_object(object, m, 1, NULL);
	*ret = m[0].value;
	return wrong;
}

static enum status write_fact(struct ingest *to, const struct fact *fact, struct slice file,
			      char *buffer, struct error *err)
{
	struct json_value v;
	struct slice plain;
	const char *wrong = fact->outer ? find_member(file, fact->outer, &v) : NULL;
	if (!wrong && fact->outer && v.type != JSON_OBJECT)
		return OK;
	if (!wrong)
		wrong = find_member(fact->outer ? v.raw : file, fact->inner, &v);
	if (wrong)
		return ingest_skip(to, wrong, 1, slice_of_string(fact->name), err);
	if (json_string(&v, buffer, SESSION_MAX, &plain))
		return session_fact(to->rows, fact->name, plain, err);
	bool plainly = v.type == JSON_NUMBER || v.type == JSON_TRUE || v.type == JSON_FALSE;
	return plainly ? session_fact(to->rows, fact->name, v.raw, err) : OK;
}

/* The command as one line, as a person would type it: words that hold more than
 * plain letters stand in single quotes. */
static void quote_word(struct slice word, struct text *ret)
{
	bool plain = word.size > 0;
	for (size_t i = 0; i < word.size && plain; i++) {
		unsigned char c = word.at[i];
		plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			c == '-' || c == '_' || c == '.' || c == '/' || c == '=' || c == ':' ||
			c == ',' || c == '+' || c == '@' || c == '%';
	}
	if (plain) {
		text_add(ret, word);
		return;
	}
	text_add_char(ret, '\'');
	for (size_t i = 0; i < word.size; i++)
		if (word.at[i] == '\'')
			text_add_string(ret, "'\\''");
		else
			text_add(ret, slice_part(word, i, 1));
	text_add_char(ret, '\'');
}

static enum status write_command(struct ingest *to, struct slice file, char *buffer,
				 struct error *err)
{
	struct json_value command, word;
	struct slice plain;
	AUTO_TEXT struct text line = text_make(SESSION_MAX);
	const char *wrong = find_member(file, "command", &command);
	if (wrong)
		return ingest_skip(to, wrong, 1, SLICE("command"), err);
	if (command.type != JSON_ARRAY)
		return OK;
	for (struct cursor c = json_array(&command); json_next(&c, &word);) {
		if (!json_string(&word, buffer, SESSION_MAX, &plain))
			continue;
		if (line.size)
			text_add_char(&line, ' ');
		quote_word(plain, &line);
	}
	return session_fact(to->rows, "command", text_slice(&line), err);
}

/* "log_description.NAME": the SHA-256 of a format that logs may be read by. */
static enum status write_descriptions(struct ingest *to, struct slice file, char *buffer, struct error *err)
{
	struct json_value options, list = {0}, one;
	size_t count = 0;
	enum status status = OK;
	const char *wrong = find_member(file, "options", &options);
	if (!wrong && options.type == JSON_OBJECT)
		wrong = find_member(options.raw, "log_descriptions", &list);
	if (wrong)
		return ingest_skip(to, wrong, 1, SLICE("log_descriptions"), err);
	if (list.type != JSON_ARRAY)
		return OK;
	for (struct cursor c = json_array(&list); !status && json_next(&c, &one); count++) {
		struct json_member m[] = {{.key = "name"}, {.key = "sha256"}};
		struct slice name, sum;
		char fact_name[DESCRIPTION_NAME_MAX + sizeof SESSION_DESCRIPTION];
		bool good = count < DESCRIPTIONS_MAX && one.type == JSON_OBJECT &&
			    !json_read_object(one.raw, m, LENGTH(m), NULL) &&
			    json_string(&m[0].value, buffer, DESCRIPTION_NAME_MAX, &name) &&
			    json_string(&m[1].value, buffer + DESCRIPTION_NAME_MAX, HASH_TEXT_MAX, &sum) &&
			    description_name(name) && sum.size == HASH_TEXT_MAX - 1;
		if (!good)
			return ingest_skip(to, "a description of a log without name and SHA-256", 1, one.raw, err);
		snprintf(fact_name, sizeof fact_name, SESSION_DESCRIPTION "%.*s", (int)name.size, (const char *)name.at);
		status = session_fact(to->rows, fact_name, sum, err);
	}
	return status;
}

static enum status read_session(struct ingest *to, struct input *in, uint64_t *ret_records,
				struct error *err)
{
	AUTO_TEXT struct text file = text_make(SESSION_MAX);
	for (;;) {
		struct slice part = input_take(in, INPUT_BUFFER);
		if (part.size == 0)
			break;
		text_add(&file, part);
	}
	struct json_value all;
	size_t at = 0;
	*ret_records = 1;
	const char *wrong = file.overflow ? "larger than a session file may be"
					  : json_read(text_slice(&file), &all, &at);
	if (wrong)
		return ingest_skip(to, wrong, at, slice_part(text_slice(&file), at, 160), err);
	char *buffer = must_alloc(SESSION_MAX, 1);
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(facts) && !status; i++)
		status = write_fact(to, &facts[i], text_slice(&file), buffer, err);
	if (!status)
		status = write_command(to, text_slice(&file), buffer, err);
	if (!status)
		status = write_descriptions(to, text_slice(&file), buffer, err);
	free(buffer);
	return status;
}

static unsigned sniff_session(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify session\",") ? 100 : 0;
}

const struct reader reader_session = {
	.name = "session",
	.reads = "who, where, when of a session (session.json)",
	.writes = ROW_WRITES_SESSION,
	.sniff = sniff_session,
	.read = read_session,
};
