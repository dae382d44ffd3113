/* SPDX-License-Identifier: Apache-2.0 */
#include "report/statement.h"

#include "core/clock.h"
#include "core/json.h"
#include "report/dsse.h"

#include <string.h>

/* The evidence, and what was derived of it for people and programs. */
static bool is_subject(const char *path)
{
	static const char *const files[] = {SEAL_EVIDENCE, SEAL_EVIDENCE_RAW, "audit.db",    "derived/audit.db",
					    "report.pdf",  "report.html",     "evidence.xlsx"};
	for (size_t i = 0; i < LENGTH(files); i++)
		if (!strcmp(path, files[i]))
			return true;
	return slice_starts(slice_of_string(path), "report/") || slice_starts(slice_of_string(path), "machine/");
}

static void add_resource(struct json *j, const char *key, const struct manifest_file *file)
{
	json_begin_object(j, key);
	json_add_string(j, "name", file->path);
	json_begin_object(j, "digest");
	json_add_hex(j, "sha256", file->digest, HASH_SIZE);
	json_end_object(j);
	json_end_object(j);
}

static size_t add_subjects(struct json *j, const struct statement_facts *f)
{
	size_t subjects = 0;
	json_begin_array(j, "subject");
	for (size_t i = 0; i < f->count; i++)
		if (is_subject(f->files[i].path)) {
			add_resource(j, NULL, &f->files[i]);
			subjects++;
		}
	json_end_array(j);
	return subjects;
}

/* session.json holds the policy that was in force. */
static void add_monitor(struct json *j, const struct statement_facts *f)
{
	json_begin_object(j, "monitor");
	json_add_string(j, "type", "urn:airgap-verify:monitor");
	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->files[i].path, "session.json") || !strcmp(f->files[i].path, "raw/session.json"))
			add_resource(j, "configSource", &f->files[i]);
	json_end_object(j);
}

/* A name as a part of a URN (RFC 8141, 2): what may not stand there, by its bytes. */
static void add_host(struct json *j, const char *host)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
	AUTO_TEXT struct text urn = text_make(4 * STATEMENT_VALUE_MAX);
	text_add_string(&urn, "urn:airgap-verify:host:");
	for (const char *at = host; *at; at++)
		if (strchr(plain, *at))
			text_add_char(&urn, *at);
		else
			text_addf(&urn, "%%%02X", (unsigned)(unsigned char)*at);
	json_add_string(j, "hostID", text_string(&urn));
}

static void add_log(struct json *j, const struct seal_chain *c)
{
	json_begin_object(j, "monitorLog");
	json_begin_array(j, "network");
	if (c->present) {
		json_begin_object(j, NULL);
		json_add_string(j, "log", c->path);
		json_add_u64(j, "records", c->records);
		json_add_u64(j, "checkpoints", c->checkpoints);
		json_add_bool(j, "closed", c->closed);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

static void add_time(struct json *j, const char *key, int64_t ns)
{
	char time[CLOCK_TEXT_MAX];
	clock_text(ns, 3, time);
	json_add_string(j, key, ns ? time : NULL);
}

static void add_own(struct json *j, const struct statement_facts *f)
{
	json_begin_object(j, "airgapVerify");
	json_add_string(j, "session", f->session_id);
	json_add_string(j, "verdict", f->verdict);
	json_add_string(j, "tool", f->tool_version);
	json_add_string(j, "host", f->host);
	json_add_i64(j, "sealed_ns", f->sealed_ns);
	json_add_i64(j, "from_ns", f->from_ns);
	json_add_i64(j, "to_ns", f->to_ns);
	json_end_object(j);
}

static size_t write_all(const struct statement_facts *f, struct text *out)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "_type", "https://in-toto.io/Statement/v1");
	size_t subjects = add_subjects(&j, f);
	json_add_string(&j, "predicateType", STATEMENT_PREDICATE);
	json_begin_object(&j, "predicate");
	add_monitor(&j, f);
	json_begin_object(&j, "monitoredProcess");
	add_host(&j, f->host);
	json_add_string(&j, "type", "urn:airgap-verify:session");
	json_add_string(&j, "event", f->session_id);
	json_end_object(&j);
	add_log(&j, f->chain);
	json_begin_object(&j, "metadata");
	add_time(&j, "buildStartedOn", f->from_ns);
	add_time(&j, "buildFinishedOn", f->to_ns);
	json_end_object(&j);
	add_own(&j, f);
	json_end_object(&j);
	json_end_object(&j);
	return subjects;
}

void statement_write(const struct statement_facts *facts, struct text *out)
{
	write_all(facts, out);
}

static bool read_string(const struct json_value *v, char ret[static STATEMENT_VALUE_MAX])
{
	struct slice plain;
	char buffer[STATEMENT_VALUE_MAX];
	return json_string(v, buffer, sizeof buffer, &plain) && slice_to_string(plain, ret, STATEMENT_VALUE_MAX);
}

static bool read_own(struct slice predicate, struct statement *ret)
{
	enum { SESSION, VERDICT, TOOL, HOST, SEALED, FROM, TO, FIELDS };
	struct json_member own = {.key = "airgapVerify"};
	struct json_member m[FIELDS] = {
		[SESSION] = {.key = "session"},	 [VERDICT] = {.key = "verdict"}, [TOOL] = {.key = "tool"},
		[HOST] = {.key = "host"},	 [SEALED] = {.key = "sealed_ns"}, [FROM] = {.key = "from_ns"},
		[TO] = {.key = "to_ns"},
	};
	return !json_read_object(predicate, &own, 1, NULL) && own.value.type == JSON_OBJECT &&
	       !json_read_object(own.value.raw, m, FIELDS, NULL) && read_string(&m[SESSION].value, ret->session_id) &&
	       read_string(&m[VERDICT].value, ret->verdict) && read_string(&m[TOOL].value, ret->tool_version) &&
	       read_string(&m[HOST].value, ret->host) && json_i64(&m[SEALED].value, &ret->sealed_ns) &&
	       json_i64(&m[FROM].value, &ret->from_ns) && json_i64(&m[TO].value, &ret->to_ns);
}

const char *statement_check(struct slice json, const struct seal_chain *chain, const struct manifest_file files[],
			    size_t count, struct statement *ret)
{
	struct json_member predicate = {.key = "predicate"};
	AUTO_TEXT struct text again = text_make(DSSE_PAYLOAD_MAX);
	*ret = (struct statement){0};
	if (json_read_object(json, &predicate, 1, NULL) || predicate.value.type != JSON_OBJECT ||
	    !read_own(predicate.value.raw, ret))
		return "holds no statement of ours";
	const struct statement_facts facts = {
		ret->session_id, ret->verdict, ret->tool_version, ret->host, ret->sealed_ns,
		ret->from_ns,	 ret->to_ns,   chain,		  files,     count,
	};
	ret->subjects = write_all(&facts, &again);
	return slice_equal(text_slice(&again), json)
		       ? NULL
		       : "its subjects or its log are not, byte for byte, the files that lie here";
}
