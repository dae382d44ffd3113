/* SPDX-License-Identifier: Apache-2.0 */
/*
 * posture.ndjson (airgap-verify-formats(5)): one JSON object a line. The first tells the
 * format; each of the others one thing that was looked at, with its text as it stood.
 */
#include "ingest/posture/posture.h"
#include "ingest/registry.h"

#include "core/json.h"

#include <stdlib.h>

enum { FILE_MAX = 64 << 20, RECORDS_MAX = 2000, WORD_MAX = 4096 };

static const struct form {
	const char *what;
	posture_fn *parse;
} forms[] = {
	{"ollama-server", posture_json},    {"lmstudio-server", posture_json},
	{"client-json", posture_json},	    {"client-yaml", posture_yaml},
	{"client-toml", posture_toml},	    {"client-env", posture_assign},
	{"editor-settings", posture_json},  {"editor-policy", posture_json},
	{"editor-argv", posture_json},	    {"extensions", posture_json},
	{"doh-json", posture_json},	    {"doh-prefs", posture_prefs},
	{"unit", posture_assign},	    {"environment", posture_assign},
	{"process", posture_assign},	    {"clock", posture_assign},
	{"ufw-conf", posture_assign},	    {"ufw-default", posture_assign},
	{"ollama-models", posture_words},   {"ollama-version", posture_words},
	{"nvidia", posture_words},	    {"graphics", posture_words},
	{"interfaces", posture_words},	    {"radios", posture_words},
	{"resolv-conf", posture_words},	    {"resolvectl", posture_addresses},
	{"hosts", posture_hosts},
	{"route4", posture_route4},	    {"route6", posture_route6},
	{"forward4", posture_words},	    {"forward6", posture_words},
	{"listeners", posture_listeners},   {"nft", posture_nft},
	{"nft-file", posture_nft},	    {"iptables", posture_iptables},
	{"iptables-file", posture_iptables}, {"ip6tables", posture_ip6tables},
	{"ip6tables-file", posture_ip6tables}, {"ufw", posture_ufw_status},
	{"ufw-rules", posture_ufw_rules},   {"ufw-rules6", posture_ufw_rules6},
	{"firewalld-policy", posture_firewalld}, {"firewalld-direct", posture_direct}, {"pf-conf", posture_pf},
	{"pf-rules", posture_pf},	    {"pf-info", posture_words},
	{"netsh", posture_netsh},	    {"program", NULL},
	{"system", NULL},
};

enum member { WHAT, SUBJECT, SCOPE, PATH, STATE, PROBLEM, TEXT, FORMAT, MEMBERS };

/* A record's words, made plain. */
struct record {
	struct json_member m[MEMBERS];
	char words[PROBLEM + 1][WORD_MAX];
	struct slice at[PROBLEM + 1];
	unsigned facts; /* of all records so far */
	char *plain;    /* owned; room for any text of the file, made plain */
	size_t plain_size;
};

static const struct form *form_of(struct slice what)
{
	for (size_t i = 0; i < LENGTH(forms); i++)
		if (slice_is(what, forms[i].what))
			return &forms[i];
	return NULL;
}

static enum status write_item(struct posture *p, const struct record *r, struct error *err)
{
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_ITEM_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	for (int i = WHAT; i <= PROBLEM; i++)
		if (i < PROBLEM || r->at[i].size)
			row_slice(q, 3 + i, r->at[i]);
	return row_end(q, err);
}

static enum status parse_text(struct posture *p, const struct form *form, const struct record *r,
			      struct error *err)
{
	struct slice text;
	if (!form->parse || r->m[TEXT].value.type == JSON_ABSENT)
		return OK;
	if (!json_string(&r->m[TEXT].value, r->plain, r->plain_size, &text))
		return ingest_skip(p->to, "a text that is none", p->record, p->example, err);
	if (slice_is(r->at[STATE], "cut")) {
		enum status status = posture_unsure(p, "longer than is kept", slice_part(text, 0, 60), err);
		if (status)
			return status;
	}
	return form->parse(p, text, err);
}

static enum status read_record(struct ingest *to, struct record *r, struct slice line, uint64_t number,
			       struct error *err)
{
	static const struct json_member wanted[MEMBERS] = {
		[WHAT] = {.key = "what"},	[SUBJECT] = {.key = "subject"}, [SCOPE] = {.key = "scope"},
		[PATH] = {.key = "path"},	[STATE] = {.key = "state"},	[PROBLEM] = {.key = "problem"},
		[TEXT] = {.key = "text"},	[FORMAT] = {.key = "format"},
	};
	struct posture p = {.to = to, .record = number, .example = slice_part(line, 0, 120), .all = &r->facts};
	memcpy(r->m, wanted, sizeof r->m);
	const char *wrong = json_read_object(line, r->m, MEMBERS, NULL);
	if (wrong)
		return ingest_skip(to, wrong, number, line, err);
	for (int i = WHAT; i <= PROBLEM; i++)
		if (!json_string(&r->m[i].value, r->words[i], WORD_MAX, &r->at[i]))
			r->at[i] = slice_of(NULL, 0);
	if (r->m[FORMAT].value.type != JSON_ABSENT)
		r->at[WHAT] = SLICE("heading");
	const struct form *form = form_of(r->at[WHAT]);
	if (!form && !slice_is(r->at[WHAT], "heading"))
		return ingest_skip(to, "a kind of record that is not known", number, line, err);
	p.what = r->at[WHAT];
	enum status status = write_item(&p, r, err);
	return status || !form ? status : parse_text(&p, form, r, err);
}

static enum status read_all(struct ingest *to, struct slice file, uint64_t *ret_records, struct error *err)
{
	struct record *r = must_alloc(1, sizeof *r);
	r->plain_size = file.size + 1;
	r->plain = must_alloc(r->plain_size, 1);
	struct cursor c = cursor_over(file);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		if (++*ret_records <= RECORDS_MAX)
			status = read_record(to, r, line, *ret_records, err);
		else
			status = ingest_skip(to, "more records than are read", *ret_records, line, err);
	}
	free(r->plain);
	free(r);
	return status;
}

static enum status read_posture(struct ingest *to, struct input *in, uint64_t *ret_records,
				struct error *err)
{
	AUTO_TEXT struct text file = text_make(FILE_MAX);
	struct slice part;
	while ((part = input_take(in, INPUT_BUFFER)).size > 0)
		text_add(&file, part);
	if (file.overflow)
		return ingest_skip(to, "larger than such a file may be", 1, slice_of(NULL, 0), err);
	return read_all(to, text_slice(&file), ret_records, err);
}

static unsigned sniff_posture(struct slice first)
{
	return slice_starts(first, "{\"format\":\"airgap-verify posture\",") ? 100 : 0;
}

const struct reader reader_posture = {
	.name = "posture",
	.reads = "how a machine is set up (posture.ndjson)",
	.writes = ROW_WRITES_POSTURE,
	.sniff = sniff_posture,
	.read = read_posture,
};
