/* SPDX-License-Identifier: Apache-2.0 */
#include "report/manifest.h"

#include "core/capture_name.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"
#include "report/origins.h"
#include "report/seal_stamp.h"

#include <string.h>

#define STAMPED "a time stamp follows the seal"

enum {
	VALUE_MAX = 1024,
	PATH_TEXT_MAX = 6 * FILE_PATH_MAX + 2, /* every byte as \uNNNN, and the quotes */
};

/* What a file is, by where it lies; the first that fits. */
static const struct {
	const char *prefix; /* "…/" for all below a folder, else the whole path */
	const char *what;
} kinds[] = {
	{"session.json", "who, where, when and why; policy; host"},
	{"evidence.ndjson", "what the collectors saw, in order, with checkpoints"},
	{"tools/", "raw output of a tool of the system"},
	{"applogs/", "a log of the watched application, as it stood"},
	{"logs.d/", "the description of a log's format, of the site's own"},
	{"posture.ndjson", "how the machine was set up when the session began"},
	{"challenge.ndjson", "what was tried, as the prober tells"},
	{"endpoints.d/", "rules of what connections are for, of the site's own"},
	{"controls.d/", "frameworks and their objectives, of the site's own"},
	{"bench/run.ndjson", "the benchmark of models, as its runner tells"},
	{"past.ndjson", "what earlier sessions of this host found, as it stood then"},
	{"audit.ndjson", "what the scheduled audit knew of the last ones, and of this machine"},
	{"left_out.ndjson", "what this copy leaves out of its original, and why"},
	{"audit.db", "derived: the tables that were judged"},
	{"report/", "derived: a report"},
	{"review/", "what a reviewer decided over an earlier seal, or a signature of it"},
	{"report.pdf", "derived: the report"},
	{"report.html", "derived: the report for a browser"},
	{"evidence.xlsx", "derived: every row, as a workbook"},
	{"derived/", "derived: the tables that were judged"},
	{"machine/", "derived: for other programs"},
	{"time.json", "the state of the clock"},
	{"tool.json", "what made this, with which rights, and what it lost"},
	{"seal/SHA256SUMS", "the list that was sealed where the session ran"},
	{"seal/SHA256SUMS.p7s", "a signature over that list (CMS)"},
	{"seal/SHA256SUMS.sig", "a signature over that list (SSH)"},
	{SEAL_QUERY, "what a time-stamping authority was asked for over that signature"},
	{SEAL_REPLY, "the time stamp over that signature (RFC 3161)"},
	{SEAL_TSA, "who vouches for the authority of that time stamp"},
	{SEAL_STAMP_SUMS, "the hashes of that time stamp and what belongs to it"},
	{"custody.jsonl", "who sealed, when: a copy of seal/custody.jsonl"},
	{"manifest.json", "a copy of seal/manifest.json"},
	{"seal/manifest.json", "the manifest of where the session ran"},
	{"HOW_TO_VERIFY.txt", "how to check this folder by hand"},
	{"seal/certificate.pem", "the signer's certificate"},
	{"seal/allowed_signers", "the signer's key, for ssh-keygen"},
	{"seal/attestation.dsse.json", "what the session amounts to, signed: a statement of in-toto (DSSE)"},
	{"seal/custody.jsonl", "who sealed this folder, and when"},
};

static const char *what_it_is(const char *path)
{
	struct slice name = slice_of_string(path);
	if (slice_starts(name, "raw/")) /* in a bundle; the session's folder as it was */
		path = (const char *)(name = slice_part(name, strlen("raw/"), name.size)).at;
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		bool folder = slice_ends(slice_of_string(kinds[i].prefix), "/");
		if (folder ? slice_starts(name, kinds[i].prefix) : !strcmp(path, kinds[i].prefix))
			return kinds[i].what;
	}
	if (capture_number(name))
		return "packets";
	/* whoever asked for it chose its name */
	bool trace = slice_ends(name, ".etl") && !strchr(path, '/');
	return trace ? "the raw event trace of Windows" : "something else";
}

static void add_evidence(struct json *j, const struct seal_chain *c)
{
	if (!c->present) {
		json_add_null(j, "evidence");
		return;
	}
	json_begin_object(j, "evidence");
	json_add_string(j, "path", c->path);
	json_add_u64(j, "bytes", c->bytes);
	json_add_u64(j, "records", c->records);
	json_add_u64(j, "sealed_bytes", c->sealed_bytes);
	json_add_u64(j, "checkpoints", c->checkpoints);
	json_add_bool(j, "closed", c->closed);
	json_add_string(j, "problem", c->problem);
	json_end_object(j);
}

/* Of a raw file of a bundle; for people, and not compared. */
static void add_origin(struct json *j, const struct origins *all, const char *path)
{
	struct slice name = slice_of_string(path);
	const struct origin *o = all && slice_starts(name, "raw/") ? origins_find(all, path + strlen("raw/")) : NULL;
	if (!o)
		return;
	json_add_string(j, "collector", o->collector);
	json_add_time(j, "collected_ns", o->collected_ns);
	json_add_string(j, "source", *o->source ? o->source : NULL);
}

static void add_file(struct json *j, const struct origins *origins, const struct manifest_file *file)
{
	json_begin_object(j, NULL);
	json_add_string(j, "path", file->path);
	json_add_u64(j, "size", file->size);
	json_add_hex(j, "sha256", file->digest, HASH_SIZE);
	json_add_string(j, "what", what_it_is(file->path));
	add_origin(j, origins, file->path);
	json_end_object(j);
}

static void add_retention(struct json *j, const struct manifest_facts *facts)
{
	json_begin_object(j, "retention");
	json_add_u64(j, "years", facts->retention_years);
	json_add_string(j, "until", facts->keep_until);
	json_end_object(j);
}

void manifest_write(const struct manifest_facts *facts, const struct manifest_file files[],
		    size_t count, struct text *out)
{
	char time[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text subject = text_make(CERTIFICATE_SIZE_MAX);
	struct json j = json_on(out);
	clock_text(facts->sealed_ns, 3, time);
	certificate_add_subject(facts->signer, &subject);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify manifest");
	json_add_u64(&j, "version", MANIFEST_VERSION);
	json_add_string(&j, "tool", facts->tool_version);
	json_add_string(&j, "session", facts->session_id);
	json_add_string(&j, "verdict", facts->verdict);
	json_add_string(&j, "sealed", time);
	json_add_i64(&j, "sealed_ns", facts->sealed_ns);
	json_begin_object(&j, "signer");
	json_add_string(&j, "subject", text_string(&subject));
	json_add_hex(&j, "fingerprint", facts->signer->fingerprint, HASH_SIZE);
	json_add_string(&j, "key_protection", facts->key_protection);
	json_end_object(&j);
	json_add_string(&j, "time", facts->stamp_follows ? STAMPED : "host-asserted");
	json_add_string(&j, "marking", facts->marking && *facts->marking ? facts->marking : NULL);
	add_retention(&j, facts);
	if (facts->derived_from)
		json_add_string(&j, "derived_from", facts->derived_from);
	if (facts->folder)
		json_add_string(&j, "folder", facts->folder);
	add_evidence(&j, facts->chain);
	json_begin_array(&j, "files");
	for (size_t i = 0; i < count; i++)
		add_file(&j, facts->origins, &files[i]);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

enum { FORMAT, NUMBER, TOOL, SESSION, VERDICT, SEALED_NS, SIGNER, EVIDENCE, FILES, FIELDS };

static bool is_number(const struct json_value *v, uint64_t wanted)
{
	uint64_t number;
	return json_u64(v, UINT64_MAX, &number) && number == wanted;
}

static bool same_evidence(const struct json_value *value, const struct seal_chain *chain)
{
	enum { BYTES, RECORDS, SEALED, CHECKPOINTS, CLOSED, COUNT };
	struct json_member m[COUNT] = {
		[BYTES] = {.key = "bytes"},	    [RECORDS] = {.key = "records"},
		[SEALED] = {.key = "sealed_bytes"}, [CHECKPOINTS] = {.key = "checkpoints"},
		[CLOSED] = {.key = "closed"},
	};
	bool closed;
	if (!chain->present)
		return value->type == JSON_NULL;
	return value->type == JSON_OBJECT && !json_read_object(value->raw, m, COUNT, NULL) &&
	       is_number(&m[BYTES].value, chain->bytes) &&
	       is_number(&m[RECORDS].value, chain->records) &&
	       is_number(&m[SEALED].value, chain->sealed_bytes) &&
	       is_number(&m[CHECKPOINTS].value, chain->checkpoints) &&
	       json_bool(&m[CLOSED].value, &closed) && closed == chain->closed;
}

static bool is_hash(const struct json_value *v, const unsigned char wanted[static HASH_SIZE])
{
	unsigned char digest[HASH_SIZE];
	return v->type == JSON_STRING && slice_hex_bytes(v->raw, HASH_SIZE, digest) &&
	       memcmp(digest, wanted, HASH_SIZE) == 0;
}

/* The path is compared as it would be written: JSON cannot hold every name. */
static bool same_file(const struct json_value *value, const struct manifest_file *file)
{
	enum { PATH, SIZE, SHA256, COUNT };
	struct json_member m[COUNT] = {
		[PATH] = {.key = "path"}, [SIZE] = {.key = "size"}, [SHA256] = {.key = "sha256"}};
	AUTO_TEXT struct text path = text_make(PATH_TEXT_MAX);
	struct json j = json_on(&path);
	json_add_string(&j, NULL, file->path);
	struct json_value wanted;
	return !json_read(text_slice(&path), &wanted, NULL) && value->type == JSON_OBJECT &&
	       !json_read_object(value->raw, m, COUNT, NULL) && m[PATH].value.type == JSON_STRING &&
	       slice_equal(m[PATH].value.raw, wanted.raw) &&
	       is_number(&m[SIZE].value, file->size) && is_hash(&m[SHA256].value, file->digest);
}

static bool same_string(const struct json_value *v, const char *wanted)
{
	char buffer[VALUE_MAX];
	struct slice plain;
	return json_string(v, buffer, sizeof buffer, &plain) && slice_is(plain, wanted);
}

bool manifest_tells(struct slice json, const char *session_id, const char *verdict, const char *tool_version,
		    int64_t sealed_ns)
{
	struct json_member m[] = {{.key = "session"}, {.key = "verdict"}, {.key = "tool"}, {.key = "sealed_ns"}};
	int64_t ns;
	return !json_read_object(json, m, LENGTH(m), NULL) && same_string(&m[0].value, session_id) &&
	       same_string(&m[1].value, verdict) && same_string(&m[2].value, tool_version) &&
	       json_i64(&m[3].value, &ns) && ns == sealed_ns;
}

bool manifest_expects_stamp(struct slice json)
{
	struct json_member m = {.key = "time"};
	return !json_read_object(json, &m, 1, NULL) && same_string(&m.value, STAMPED);
}

bool manifest_keep_until(struct slice json, char ret[static RETENTION_TEXT_MAX])
{
	struct json_member m = {.key = "retention"}, until = {.key = "until"};
	ret[0] = 0;
	return !json_read_object(json, &m, 1, NULL) && m.value.type == JSON_OBJECT && !json_read_object(m.value.raw, &until, 1, NULL) &&
	       until.value.type == JSON_STRING && slice_to_string(until.value.raw, ret, RETENTION_TEXT_MAX);
}

void manifest_derived_from(struct slice json, char ret[static HASH_TEXT_MAX])
{
	struct json_member m = {.key = "derived_from"};
	unsigned char digest[HASH_SIZE];
	ret[0] = 0;
	if (!json_read_object(json, &m, 1, NULL) && m.value.type == JSON_STRING &&
	    slice_hex_bytes(m.value.raw, HASH_SIZE, digest))
		hash_text(digest, ret);
}

bool manifest_folder(struct slice json, char ret[], size_t size)
{
	struct json_member m = {.key = "folder"};
	return !json_read_object(json, &m, 1, NULL) && m.value.type == JSON_STRING && slice_to_string(m.value.raw, ret, size);
}

static bool same_signer(const struct json_value *value, const struct certificate *signer)
{
	struct json_member m = {.key = "fingerprint"};
	return value->type == JSON_OBJECT && !json_read_object(value->raw, &m, 1, NULL) &&
	       is_hash(&m.value, signer->fingerprint);
}

static const char *check_files(const struct json_value *value, const struct manifest_file files[],
			       size_t count, struct text *detail)
{
	if (value->type != JSON_ARRAY)
		return "lists no files";
	struct cursor elements = json_array(value);
	struct json_value element;
	for (size_t i = 0; i < count; i++) {
		if (json_next(&elements, &element) && same_file(&element, &files[i]))
			continue;
		text_add_printable(detail, slice_of_string(files[i].path), 512);
		return "does not list, or lists otherwise";
	}
	return json_next(&elements, &element) ? "lists more files than SHA256SUMS" : NULL;
}

const char *manifest_check(struct slice json, const struct manifest_facts *facts,
			   const struct manifest_file files[], size_t count, struct text *detail)
{
	struct json_member m[FIELDS] = {
		[FORMAT] = {.key = "format"},	[NUMBER] = {.key = "version"},
		[TOOL] = {.key = "tool"},	[SESSION] = {.key = "session"},
		[VERDICT] = {.key = "verdict"}, [SEALED_NS] = {.key = "sealed_ns"},
		[SIGNER] = {.key = "signer"},	[EVIDENCE] = {.key = "evidence"},
		[FILES] = {.key = "files"},
	};
	int64_t sealed_ns;
	if (json_read_object(json, m, FIELDS, NULL) || m[FORMAT].value.type != JSON_STRING ||
	    !slice_is(m[FORMAT].value.raw, "airgap-verify manifest"))
		return "is not a manifest of ours";
	if (!is_number(&m[NUMBER].value, MANIFEST_VERSION))
		return "is of a version that this build does not know";
	for (int field = TOOL; field <= VERDICT; field++)
		if (m[field].value.type != JSON_STRING)
			return "lacks the tool, the session or the verdict";
	if (!json_i64(&m[SEALED_NS].value, &sealed_ns))
		return "lacks the time of the seal";
	if (!same_signer(&m[SIGNER].value, facts->signer))
		return "names another signer than signed";
	if (facts->chain && !same_evidence(&m[EVIDENCE].value, facts->chain))
		return "says otherwise of the evidence log than the log itself";
	return check_files(&m[FILES].value, files, count, detail);
}
