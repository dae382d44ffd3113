/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/table.h"

#include "core/text.h"

#define INT(name) {name, COLUMN_INT, false}
#define LONG(name) {name, COLUMN_LONG, false}
#define TEXT(name) {name, COLUMN_TEXT, false}
#define WANTED(name, type) {name, COLUMN_##type, true}

static const struct column attempt[] = {
	WANTED("id", LONG), WANTED("time_ns", LONG), WANTED("actor", INT), WANTED("target", INT),
	INT("pid"), INT("tid"), INT("ppid"), TEXT("src"), INT("sport"), LONG("bytes_out"), LONG("bytes_in"),
};

static const struct column actor[] = {
	WANTED("id", INT), TEXT("witness"), TEXT("call"), TEXT("proto"), TEXT("outcome"), INT("errno"),
	LONG("uid"), TEXT("comm"), TEXT("exe"), TEXT("exe_sha256"), INT("left_machine"),
};

static const struct column target[] = {
	WANTED("id", INT), TEXT("dst"), INT("dport"), TEXT("name"), TEXT("class"), TEXT("vector"), INT("in_session"),
	INT("leaves"), INT("allowed"), WANTED("attempts", COUNT), WANTED("first_ns", LONG), WANTED("last_ns", LONG),
};

static const struct column lookup[] = {
	WANTED("id", LONG), TEXT("source"), LONG("time_ns"), TEXT("client"), TEXT("server"), INT("sport"), INT("dport"),
	TEXT("transport"), INT("query_id"), TEXT("qname"), TEXT("qtype"), TEXT("rcode"), TEXT("answers"), TEXT("dir"),
	INT("in_session"), TEXT("class"), TEXT("vector"),
};

static const struct column finding[] = {
	WANTED("id", LONG), WANTED("severity", TEXT), WANTED("check_id", TEXT), WANTED("title", TEXT), WANTED("detail", TEXT),
	WANTED("evidence", TEXT), TEXT("vector"), WANTED("remedy", TEXT), WANTED("effect", TEXT),
};

static const struct column control[] = {
	WANTED("id", LONG), WANTED("framework", TEXT), WANTED("control", TEXT), WANTED("objective", TEXT),
	WANTED("evidence_kind", TEXT), WANTED("strength", TEXT), WANTED("status_text", TEXT), WANTED("finding_ids", TEXT),
	WANTED("title", TEXT),
};

static const struct column coverage[] = {
	WANTED("id", LONG), WANTED("witness", TEXT), LONG("from_ns"), LONG("to_ns"), WANTED("state", TEXT), LONG("lost"),
	TEXT("source"),
};

#define TABLE(name) {#name, name, LENGTH(name)}
const struct table tables[TABLE_COUNT] = {
	[TABLE_ATTEMPT] = TABLE(attempt), [TABLE_ACTOR] = TABLE(actor),	    [TABLE_TARGET] = TABLE(target),
	[TABLE_LOOKUP] = TABLE(lookup),	  [TABLE_FINDING] = TABLE(finding), [TABLE_CONTROL] = TABLE(control),
	[TABLE_COVERAGE] = TABLE(coverage),
};

bool table_plain(struct slice text)
{
	uint32_t code;
	struct cursor c = cursor_over(text);
	while (cursor_left(&c)) {
		size_t size = text_utf8(cursor_rest(&c), &code);
		if (!size || !code)
			return false;
		cursor_skip(&c, size);
	}
	return true;
}

static const char *check(const struct column *column, const struct value *v)
{
	if (v->type == VALUE_NULL)
		return column->wanted ? "nothing where something must stand" : NULL;
	if (column->type == COLUMN_TEXT)
		return v->type != VALUE_TEXT	      ? "a number where a text must stand"
		       : v->text.size > TABLE_TEXT_MAX ? "a text that is too long"
		       : !table_plain(v->text)	      ? "a text that is not UTF-8"
						      : NULL;
	if (v->type != VALUE_NUMBER)
		return "a text where a number must stand";
	if (column->type == COLUMN_COUNT)
		return v->number < 0 || v->number > table_count_max ? "a number that counts nothing" : NULL;
	return column->type == COLUMN_INT && (v->number < INT32_MIN || v->number > INT32_MAX) ? "a number that is too large" : NULL;
}

const char *table_check(const struct table *t, const struct value row[], size_t count, const char **ret_column)
{
	*ret_column = "";
	if (count != t->count)
		return "another number of columns";
	for (size_t i = 0; i < count; i++) {
		const char *wrong = check(&t->columns[i], &row[i]);
		*ret_column = t->columns[i].name;
		if (wrong)
			return wrong;
	}
	return NULL;
}
