/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nine fields with a tab between, "-" for none; the first line is a heading:
 * rule  product  host  port  process  path  vector  confidence  off_switch
 */
#include "analysis/endpoint.h"

#include "tables.h" /* generated */

#include <string.h>

const char endpoint_heading[] = "rule\tproduct\thost\tport\tprocess\tpath\tvector\tconfidence\toff_switch";

const struct endpoint_vector endpoint_vectors[] = {
	{"model_api", "prompts and answers of a model"},
	{"telemetry", "what is told of its use, errors and experiments"},
	{"update", "newer versions of the program or its parts"},
	{"webview", "pages, fonts and scripts of a browser engine within a program"},
	{"extension", "extensions, their stores and what they fetch"},
	{"licence", "signing in, licences"},
	{"name_lookup", "names that are asked for"},
	{"model_download", "models"},
	{"sync", "settings and data of a user on other machines"},
	{"other", "known, and none of these"},
	{"unclassified", "not known: the most severe"},
};

const size_t endpoint_vector_count = LENGTH(endpoint_vectors) - 1;

const char *endpoint_vector_name(struct slice word)
{
	for (size_t i = 0; i < endpoint_vector_count; i++)
		if (slice_is(word, endpoint_vectors[i].name))
			return endpoint_vectors[i].name;
	return NULL;
}

static bool is_plain(struct slice word, const char *besides)
{
	for (size_t i = 0; i < word.size; i++)
		if ((word.at[i] < 'a' || word.at[i] > 'z') && (word.at[i] < '0' || word.at[i] > '9') &&
		    !(word.at[i] && strchr(besides, word.at[i])))
			return false;
	return word.size > 0;
}

static bool set_rule(struct endpoint *e, struct slice field)
{
	e->rule = field;
	return field.size <= ENDPOINT_RULE_MAX && is_plain(field, ".-_");
}

static bool set_product(struct endpoint *e, struct slice field)
{
	e->product = slice_is(field, "-") ? SLICE("") : field;
	return field.size > 0;
}

static bool set_host(struct endpoint *e, struct slice field)
{
	e->where = slice_is(field, "@local") ? ENDPOINT_LOCAL : slice_is(field, "-") ? ENDPOINT_ANY : ENDPOINT_NAMED;
	e->suffix = e->where == ENDPOINT_NAMED ? field : SLICE("");
	if (e->where != ENDPOINT_NAMED)
		return true;
	return is_plain(field, ".-_") && !slice_starts(field, ".") && !slice_ends(field, ".");
}

static bool set_port(struct endpoint *e, struct slice field)
{
	uint64_t number = 0;
	bool none = slice_is(field, "-");
	bool good = none || (slice_u64(field, 65535, &number) && number > 0);
	e->port = (unsigned)number;
	return good;
}

/* In small letters, as program_name() makes them: "code helper*", "@webview". */
static bool set_process(struct endpoint *e, struct slice field)
{
	struct cursor c = cursor_over(field);
	struct slice word;
	size_t count = 0;
	e->process = field;
	if (slice_is(field, "-")) {
		e->process.size = 0;
		return true;
	}
	for (bool more = true; more; count++) {
		more = cursor_until(&c, ',', ENDPOINT_FIELD_MAX, &word);
		word = more ? word : cursor_rest(&c);
		bool kind = slice_is(word, "@webview") || slice_is(word, "@browser");
		if (!kind && (!is_plain(word, " .-_()+*") || slice_find(word, '*') + 1 < word.size || slice_is(word, "*")))
			return false;
	}
	return count <= ENDPOINT_WORDS_MAX;
}

static bool set_path(struct endpoint *e, struct slice field)
{
	e->path = slice_is(field, "-") ? SLICE("") : field;
	return e->path.size == 0 || slice_starts(field, "/");
}

static bool set_vector(struct endpoint *e, struct slice field)
{
	e->vector = field;
	return endpoint_vector_name(field) != NULL;
}

static bool set_confidence(struct endpoint *e, struct slice field)
{
	e->confidence = field;
	return slice_is(field, "high") || slice_is(field, "medium") || slice_is(field, "low");
}

static bool set_off_switch(struct endpoint *e, struct slice field)
{
	e->off_switch = slice_is(field, "-") ? SLICE("") : field;
	return field.size > 0;
}

static const struct {
	bool (*set)(struct endpoint *e, struct slice field);
	size_t max;
	const char *wanted;
} columns[] = {
	{set_rule, ENDPOINT_RULE_MAX, "rule: a name of small letters, digits and . - _"},
	{set_product, ENDPOINT_FIELD_MAX, "product: a name, or -"},
	{set_host, ENDPOINT_FIELD_MAX, "host: a name in small letters, @local, or -"},
	{set_port, ENDPOINT_FIELD_MAX, "port: 1 to 65535, or -"},
	{set_process, ENDPOINT_FIELD_MAX, "process: programs in small letters with commas between, @webview, @browser, or -"},
	{set_path, ENDPOINT_FIELD_MAX, "path: begins with /, or -"},
	{set_vector, ENDPOINT_FIELD_MAX, "vector: model_api, telemetry, update, webview, extension, licence, "
					 "name_lookup, model_download, sync or other"},
	{set_confidence, ENDPOINT_FIELD_MAX, "confidence: high, medium or low"},
	{set_off_switch, ENDPOINT_OFF_MAX, "off_switch: what to do, or -"},
};

static bool has_control(struct slice field)
{
	for (size_t i = 0; i < field.size; i++)
		if (field.at[i] < ' ' || field.at[i] == 0x7f)
			return true;
	return false;
}

bool endpoint_read(struct slice line, struct endpoint *ret, unsigned *ret_column, const char **ret_why)
{
	struct cursor c = cursor_over(line);
	*ret = (struct endpoint){0};
	for (size_t i = 0; i < LENGTH(columns); i++) {
		struct slice field;
		bool last = i + 1 == LENGTH(columns);
		*ret_column = (unsigned)i + 1;
		*ret_why = columns[i].wanted;
		if (last)
			field = cursor_rest(&c);
		else if (!cursor_until(&c, '\t', columns[i].max, &field))
			return false;
		if (field.size > columns[i].max || has_control(field) || !columns[i].set(ret, field))
			return false;
	}
	*ret_column = 5;
	*ret_why = "process: none here, and no path: what listens at @local is known by its port alone";
	if (ret->where == ENDPOINT_LOCAL && (ret->process.size || ret->path.size))
		return false;
	*ret_column = 3;
	*ret_why = "host: a rule names a host, a port or a process";
	return ret->where != ENDPOINT_ANY || ret->port || ret->process.size;
}

bool endpoint_next(size_t *at, struct endpoint *ret)
{
	struct slice table = slice_of(embedded_table_endpoints, embedded_table_endpoints_size), line;
	struct cursor c = cursor_over(slice_part(table, *at, table.size));
	unsigned column;
	const char *why;
	while (cursor_line(&c, &line, NULL)) {
		*at = table.size - cursor_left(&c);
		if (endpoint_read(line, ret, &column, &why) && ret->where == ENDPOINT_NAMED)
			return true;
	}
	return false;
}

const char *endpoint_vector(const char *name, unsigned port)
{
	struct slice table = slice_of(embedded_table_endpoints, embedded_table_endpoints_size), line, best = {0};
	struct endpoint_asked asked = {.host = slice_of_string(name), .port = port};
	struct cursor c = cursor_over(table);
	struct endpoint e;
	uint32_t most = 0;
	unsigned column;
	const char *why;
	while (cursor_line(&c, &line, NULL)) {
		uint32_t rank = endpoint_read(line, &e, &column, &why) ? endpoint_rank(&e, &asked) : 0;
		if (rank > most) {
			most = rank;
			best = e.vector;
		}
	}
	const char *vector = endpoint_vector_name(best);
	return vector ? vector : "unclassified";
}
