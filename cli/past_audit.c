/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of an earlier session only its documented report is read, never its database: that may be
 * of another version.
 */
#include "cli/past_audit.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/intern.h"
#include "core/json.h"
#include "report/cms.h"
#include "report/seal.h"
#include "report/sha256sums.h"

#include <stdlib.h>
#include <string.h>

enum {
	INTERN_MAX = 32 << 20,
	WITNESSES_MAX = 16,
	ROWS_MAX = 20000, /* of a report's list of attempts, which ends at 10,000 */
	TEXT_MAX = 64,    /* bytes of a verdict, a scope, a version */
	NAME_BUFFER = 64 << 10,
};

#define REPORT "report/report.json"

static bool read_text(const struct json_value *v, char *ret, size_t size)
{
	struct slice plain;
	char buffer[PAST_NAME_MAX];
	return json_string(v, buffer, sizeof buffer, &plain) && slice_to_string(plain, ret, size);
}

bool past_session_read(int folder, struct past_session *ret)
{
	struct error ignored = {0};
	struct json_member m[] = {{.key = "id"}, {.key = "started_ns"}, {.key = "host"}}, name[] = {{.key = "name"}};
	AUTO_TEXT struct text json = text_make(PAST_SESSION_MAX);
	return !file_read(folder, "session.json", PAST_SESSION_MAX, &json, &ignored) &&
	       !json_read_object(text_slice(&json), m, LENGTH(m), NULL) &&
	       read_text(&m[0].value, ret->id, sizeof ret->id) && json_i64(&m[1].value, &ret->started_ns) &&
	       m[2].value.type == JSON_OBJECT && !json_read_object(m[2].value.raw, name, 1, NULL) &&
	       read_text(&name[0].value, ret->host, sizeof ret->host) && ret->host[0];
}

struct sealed {
	const char *state; /* "holds", "none", or NULL: it was changed */
	char fingerprint[HASH_TEXT_MAX];
};

/* Is the report what the seal lists, and is the list what was signed? Nothing else of the
 * session is looked at. */
static struct sealed check_seal(int folder, struct slice report)
{
	unsigned char digest[HASH_SIZE];
	struct cms_signed cms;
	struct sealed ret = {.state = NULL};
	struct error ignored = {0};
	AUTO_TEXT struct text sums = text_make(SHA256SUMS_SIZE_MAX), signature = text_make(CMS_SIZE_MAX), line = text_make(FILE_PATH_MAX);
	enum status status = file_read(folder, SEAL_SUMS, SHA256SUMS_SIZE_MAX, &sums, &ignored);
	if (status == ERR_NO_INPUT)
		return (struct sealed){.state = "none"};
	if (status || file_read(folder, SEAL_CMS, CMS_SIZE_MAX, &signature, &ignored) || cms_check(text_slice(&signature), &cms))
		return ret;
	hash_text(cms.certificate.fingerprint, ret.fingerprint);
	certificate_free(&cms.certificate);
	hash_bytes(text_slice(&sums), digest);
	bool holds = !memcmp(digest, cms.digest, HASH_SIZE);
	hash_bytes(report, digest);
	sha256sums_add(&line, REPORT, digest);
	if (holds && slice_search(text_slice(&sums), text_slice(&line)) < sums.size)
		ret.state = "holds";
	return ret;
}

/* What of report.json is used. */
enum { SESSION_ID, TOOL, VERDICT, SCOPE, SPAN, COUNTS, EGRESS, EGRESS_ALL, WITNESSES, COVERAGE, FIELDS };

/* Null where nothing was judged. */
static bool is_verdict(const struct json_value *v)
{
	return v->type == JSON_NULL || (v->type == JSON_STRING && (slice_is(v->raw, "PASS") || slice_is(v->raw, "FAIL") ||
								   slice_is(v->raw, "INCONCLUSIVE")));
}

struct window {
	int64_t from_ns, to_ns;
};

static struct window read_window(const struct json_value *v)
{
	struct window w = {0};
	struct json_member m[] = {{.key = "from_ns"}, {.key = "to_ns"}};
	if (v->type != JSON_OBJECT || json_read_object(v->raw, m, LENGTH(m), NULL) || !json_i64(&m[0].value, &w.from_ns) ||
	    !json_i64(&m[1].value, &w.to_ns) || w.from_ns < 0 || w.to_ns < w.from_ns)
		return (struct window){0};
	return w;
}

/* How long one witness saw, within the window. Spans stand in the order of their beginnings, and
 * may overlap; what stands out of order counts less, never more. */
static int64_t seen_ns(const struct json_value *coverage, struct slice witness, struct window w)
{
	int64_t sum = 0, until = w.from_ns, from, to;
	struct json_value row;
	for (struct cursor c = json_array(coverage); json_next(&c, &row);) {
		struct json_member m[] = {{.key = "witness"}, {.key = "state"}, {.key = "from_ns"}, {.key = "to_ns"}};
		if (row.type != JSON_OBJECT || json_read_object(row.raw, m, LENGTH(m), NULL) ||
		    !slice_equal(m[0].value.raw, witness) || !slice_is(m[1].value.raw, "seeing") ||
		    !json_i64(&m[2].value, &from) || !json_i64(&m[3].value, &to))
			continue;
		from = from > until ? from : until;
		to = to < w.to_ns ? to : w.to_ns;
		if (to > from) {
			sum += to - from;
			until = to;
		}
	}
	return sum;
}

/* The share of the window that the required witness saw that saw least, in thousandths; -1
 * where none was required or the window is not known. */
static int64_t seen_permille(const struct json_member m[static FIELDS], struct window w)
{
	int64_t least = -1;
	unsigned count = 0;
	struct json_value row;
	if (w.to_ns <= w.from_ns || m[WITNESSES].value.type != JSON_ARRAY || m[COVERAGE].value.type != JSON_ARRAY)
		return -1;
	for (struct cursor c = json_array(&m[WITNESSES].value); json_next(&c, &row) && count < WITNESSES_MAX; count++) {
		struct json_member of[] = {{.key = "name"}, {.key = "required"}};
		if (row.type != JSON_OBJECT || json_read_object(row.raw, of, LENGTH(of), NULL) || of[1].value.type != JSON_TRUE)
			continue;
		double share = (double)seen_ns(&m[COVERAGE].value, of[0].value.raw, w) / (double)(w.to_ns - w.from_ns);
		int64_t permille = (int64_t)(share * 1000);
		least = least < 0 || permille < least ? permille : least;
	}
	return least;
}

struct counted {
	uint32_t name; /* in the intern table */
	int64_t attempts;
};

static int by_attempts(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	int order = (x->attempts < y->attempts) - (x->attempts > y->attempts);
	return order ? order : (x->name > y->name) - (x->name < y->name);
}

/* Its name, else its address. */
static struct slice destination_of(const struct json_value *row, char *buffer)
{
	struct slice plain;
	struct json_member m[] = {{.key = "name"}, {.key = "dst"}};
	if (row->type != JSON_OBJECT || json_read_object(row->raw, m, LENGTH(m), NULL))
		return SLICE("not known");
	for (size_t i = 0; i < LENGTH(m); i++)
		if (json_string(&m[i].value, buffer, NAME_BUFFER, &plain) && plain.size)
			return slice_part(plain, 0, PAST_DESTINATION_TEXT_MAX);
	return SLICE("not known");
}

/* How many rows were counted. */
static size_t count_destinations(const struct json_value *egress, struct intern *names, struct counted counts[static ROWS_MAX])
{
	struct json_value row;
	size_t rows = 0;
	AUTO_FREE char *buffer = must_alloc(NAME_BUFFER, 1);
	struct cursor c = json_array(egress);
	while (rows < ROWS_MAX && json_next(&c, &row)) {
		uint32_t name = intern_add(names, destination_of(&row, buffer));
		if (name == INTERN_NONE)
			break;
		counts[name].name = name;
		counts[name].attempts++;
		rows++;
	}
	return rows;
}

/* `ret_rows`: how many attempts they are of; `ret_more`: destinations that are not listed. */
static void write_destinations(const struct json_value *egress, unsigned number, struct text *out, size_t *ret_rows,
			       size_t *ret_more)
{
	AUTO_FREE struct counted *counts = must_alloc(ROWS_MAX, sizeof *counts);
	struct intern *names = intern_new(INTERN_MAX);
	*ret_rows = egress->type == JSON_ARRAY ? count_destinations(egress, names, counts) : 0;
	size_t count = intern_count(names);
	qsort(counts, count, sizeof *counts, by_attempts);
	for (size_t i = 0; i < count && i < PAST_DESTINATIONS_MAX; i++) {
		struct json j = json_on(out);
		json_begin_object(&j, NULL);
		json_add_u64(&j, "audit", number);
		json_add_string(&j, "destination", intern_text(names, counts[i].name));
		json_add_i64(&j, "attempts", counts[i].attempts);
		json_end_object(&j);
		text_add_char(out, '\n');
	}
	*ret_more = count > PAST_DESTINATIONS_MAX ? count - PAST_DESTINATIONS_MAX : 0;
	intern_free(names);
}

static void add_counts(struct json *j, const struct json_value *counts)
{
	static const char *const keys[] = {"attempts", "attempts_leaving", "lookups_leaving", "findings_fail", "findings_inconclusive"};
	struct json_member m[LENGTH(keys)];
	int64_t number;
	for (size_t i = 0; i < LENGTH(keys); i++)
		m[i] = (struct json_member){.key = keys[i]};
	bool good = counts->type == JSON_OBJECT && !json_read_object(counts->raw, m, LENGTH(keys), NULL);
	for (size_t i = 0; i < LENGTH(keys); i++)
		if (good && json_i64(&m[i].value, &number) && number >= 0)
			json_add_i64(j, keys[i], number);
		else
			json_add_null(j, keys[i]);
}

static void add_text(struct json *j, const char *key, const struct json_value *v)
{
	char text[TEXT_MAX];
	json_add_string(j, key, read_text(v, text, sizeof text) ? text : NULL);
}

static void begin_line(struct json *j, const struct past_session *s, unsigned number)
{
	json_begin_object(j, NULL);
	json_add_u64(j, "audit", number);
	json_add_string(j, "id", s->id);
	json_add_string(j, "folder", s->folder);
	json_add_i64(j, "started_ns", s->started_ns);
}

static void write_problem(const struct past_session *s, unsigned number, const char *problem, struct text *out)
{
	struct json j = json_on(out);
	begin_line(&j, s, number);
	json_add_string(&j, "problem", problem);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void write_report(const struct past_session *s, unsigned number, const struct json_member m[static FIELDS],
			 const struct sealed *seal, struct text *out)
{
	size_t more, rows;
	int64_t all = 0, seen;
	AUTO_TEXT struct text destinations = text_make(out->max);
	struct window w = read_window(&m[SPAN].value);
	write_destinations(&m[EGRESS].value, number, &destinations, &rows, &more);
	bool cut = !json_i64(&m[EGRESS_ALL].value, &all) || all > (int64_t)rows;
	struct json j = json_on(out);
	begin_line(&j, s, number);
	json_add_time(&j, "from_ns", w.from_ns);
	json_add_time(&j, "to_ns", w.to_ns);
	add_text(&j, "scope", &m[SCOPE].value);
	add_text(&j, "verdict", &m[VERDICT].value);
	add_counts(&j, &m[COUNTS].value);
	if ((seen = seen_permille(m, w)) >= 0)
		json_add_i64(&j, "seen_permille", seen);
	json_add_u64(&j, "destinations_more", more);
	json_add_bool(&j, "destinations_cut", cut);
	json_add_string(&j, "seal", seal->state);
	json_add_string(&j, "fingerprint", seal->fingerprint[0] ? seal->fingerprint : NULL);
	add_text(&j, "tool", &m[TOOL].value);
	json_end_object(&j);
	text_add_char(out, '\n');
	text_add(out, text_slice(&destinations));
}

void past_audit_write(int folder, const struct past_session *session, unsigned number, struct text *out)
{
	char id[PAST_NAME_MAX];
	struct error why = {0};
	AUTO_TEXT struct text json = text_make(PAST_REPORT_MAX);
	struct json_member m[FIELDS] = {
		[SESSION_ID] = {.key = "session_id"}, [TOOL] = {.key = "tool_version"}, [VERDICT] = {.key = "verdict"},
		[SCOPE] = {.key = "scope"},	      [SPAN] = {.key = "window"},	[COUNTS] = {.key = "counts"},
		[EGRESS] = {.key = "egress"},	      [EGRESS_ALL] = {.key = "egress_all"}, [WITNESSES] = {.key = "witnesses"},
		[COVERAGE] = {.key = "coverage"},
	};
	if (folder < 0 || file_read(folder, REPORT, PAST_REPORT_MAX, &json, &why)) {
		write_problem(session, number, folder < 0 ? "its folder is gone" : "it has no report.json that can be read", out);
		return;
	}
	struct sealed seal = check_seal(folder, text_slice(&json));
	if (!seal.state)
		write_problem(session, number, "its report.json is not what was sealed", out);
	else if (json_read_object(text_slice(&json), m, FIELDS, NULL) || !is_verdict(&m[VERDICT].value) || !read_text(&m[SESSION_ID].value, id, sizeof id) || strcmp(id, session->id) != 0)
		write_problem(session, number, "its report.json is none of this session", out);
	else
		write_report(session, number, m, &seal, out);
}
