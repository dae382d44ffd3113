/* SPDX-License-Identifier: Apache-2.0 */
#include "report/review.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"

#include <stdio.h>
#include <string.h>

#define FORMAT "airgap-verify review"
#define ROLE "reviewer"
#define ACTION "reviewed"

static const char *const endings[REVIEW_FILES] = {
	[REVIEW_WORDS] = "review.json",	       [REVIEW_CMS] = "review.json.p7s",     [REVIEW_SSH] = "review.json.sig",
	[REVIEW_CERTIFICATE] = "certificate.pem", [REVIEW_ALLOWED] = "allowed_signers",
};

static const char *const decisions[REVIEW_DECISIONS] = {"accepted", "rejected", "noted"};

void review_path(unsigned number, enum review_file file, char ret[static REVIEW_PATH_MAX])
{
	snprintf(ret, REVIEW_PATH_MAX, REVIEW_FOLDER "/%u-%s", number, endings[file]);
}

bool review_file_of(struct slice name, unsigned *ret_number, enum review_file *ret)
{
	uint64_t number;
	size_t dash = slice_find(name, '-');
	struct slice digits = slice_part(name, 0, dash);
	if (dash == name.size || !digits.size || digits.at[0] == '0' || !slice_u64(digits, REVIEWS_MAX, &number))
		return false;
	for (enum review_file file = 0; file < REVIEW_FILES; file++)
		if (slice_is(slice_part(name, dash + 1, name.size), endings[file])) {
			*ret_number = (unsigned)number;
			*ret = file;
			return true;
		}
	return false;
}

const char *review_decision_name(enum review_decision decision)
{
	return decisions[decision];
}

bool review_decision_of(const char *name, enum review_decision *ret)
{
	for (*ret = 0; *ret < REVIEW_DECISIONS; ++*ret)
		if (!strcmp(name, decisions[*ret]))
			return true;
	return false;
}

/* The one place of the program that has the word: only a reviewer says it. */
const char *review_state_name(bool satisfied)
{
	return satisfied ? "satisfied" : "not-satisfied";
}

static void add_hash(struct json *j, const char *key, bool there, const unsigned char hash[static HASH_SIZE])
{
	if (there)
		json_add_hex(j, key, hash, HASH_SIZE);
	else
		json_add_null(j, key);
}

void review_write_objectives(struct json *j, const struct review *r)
{
	json_begin_array(j, "objectives");
	for (size_t i = 0; i < r->objective_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "id", r->objectives[i].id);
		json_add_string(j, "state", review_state_name(r->objectives[i].satisfied));
		json_end_object(j);
	}
	json_end_array(j);
}

void review_write(const struct review *r, struct text *out)
{
	char time[CLOCK_TEXT_MAX];
	struct json j = json_on(out);
	clock_text(r->time_ns, 3, time);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", FORMAT);
	json_add_u64(&j, "version", REVIEW_VERSION);
	json_add_u64(&j, "number", r->number);
	json_add_string(&j, "role", ROLE);
	json_add_string(&j, "name", r->name);
	json_add_string(&j, "decision", decisions[r->decision]);
	json_add_string(&j, "comment", r->comment);
	review_write_objectives(&j, r);
	json_add_hex(&j, "sums", r->sums, HASH_SIZE);
	add_hash(&j, "database", r->judged, r->database);
	json_add_string(&j, "time", time);
	json_add_i64(&j, "time_ns", r->time_ns);
	json_add_string(&j, "action", ACTION);
	json_add_string(&j, "who", r->who);
	json_add_string(&j, "tool", r->tool_version);
	json_add_hex(&j, "fingerprint", r->fingerprint, HASH_SIZE);
	add_hash(&j, "previous", !r->first, r->previous);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static bool read_string(const struct json_value *v, struct arena *arena, const char **ret)
{
	AUTO_FREE char *buffer = must_alloc(REVIEW_TEXT_MAX + 1, 1);
	struct slice plain;
	*ret = json_string(v, buffer, REVIEW_TEXT_MAX, &plain) && plain.size <= REVIEW_TEXT_MAX
		       ? arena_string(arena, plain)
		       : NULL;
	return *ret != NULL;
}

static bool read_hash(const struct json_value *v, unsigned char ret[static HASH_SIZE])
{
	return v->type == JSON_STRING && slice_hex_bytes(v->raw, HASH_SIZE, ret);
}

static bool read_objective(const struct json_value *v, struct arena *arena, struct review_objective *ret)
{
	enum { ID, STATE, FIELDS };
	struct json_member m[FIELDS] = {[ID] = {.key = "id"}, [STATE] = {.key = "state"}};
	if (v->type != JSON_OBJECT || json_read_object(v->raw, m, FIELDS, NULL) || m[STATE].value.type != JSON_STRING)
		return false;
	ret->satisfied = slice_is(m[STATE].value.raw, review_state_name(true));
	return read_string(&m[ID].value, arena, &ret->id);
}

static bool read_objectives(const struct json_value *v, struct arena *arena, struct review *ret)
{
	struct json_value element;
	struct review_objective *objectives = arena_alloc(arena, REVIEW_OBJECTIVES_MAX * sizeof *objectives);
	if (v->type != JSON_ARRAY || !objectives)
		return false;
	ret->objectives = objectives;
	struct cursor elements = json_array(v);
	while (json_next(&elements, &element)) {
		if (ret->objective_count == REVIEW_OBJECTIVES_MAX ||
		    !read_objective(&element, arena, &objectives[ret->objective_count]))
			return false;
		ret->objective_count++;
	}
	return true;
}

enum { NUMBER, NAME, DECISION, COMMENT, OBJECTIVES, SUMS, DATABASE, TIME_NS, WHO, TOOL, FINGERPRINT, PREVIOUS, FIELDS };

static bool read_fields(const struct json_member m[static FIELDS], struct arena *arena, struct review *ret)
{
	uint64_t number;
	const char *decision;
	ret->first = m[PREVIOUS].value.type == JSON_NULL;
	ret->judged = m[DATABASE].value.type != JSON_NULL;
	if (!json_u64(&m[NUMBER].value, REVIEWS_MAX, &number) || !json_i64(&m[TIME_NS].value, &ret->time_ns) ||
	    !read_string(&m[DECISION].value, arena, &decision) || !review_decision_of(decision, &ret->decision))
		return false;
	ret->number = (unsigned)number;
	return read_string(&m[NAME].value, arena, &ret->name) && read_string(&m[WHO].value, arena, &ret->who) &&
	       read_string(&m[TOOL].value, arena, &ret->tool_version) &&
	       (m[COMMENT].value.type == JSON_NULL || read_string(&m[COMMENT].value, arena, &ret->comment)) &&
	       read_objectives(&m[OBJECTIVES].value, arena, ret) && read_hash(&m[SUMS].value, ret->sums) &&
	       read_hash(&m[FINGERPRINT].value, ret->fingerprint) &&
	       (!ret->judged || read_hash(&m[DATABASE].value, ret->database)) &&
	       (ret->first || read_hash(&m[PREVIOUS].value, ret->previous));
}

const char *review_read(struct slice json, struct arena *arena, struct review *ret)
{
	struct json_member m[FIELDS] = {
		[NUMBER] = {.key = "number"},	    [NAME] = {.key = "name"},	      [DECISION] = {.key = "decision"},
		[COMMENT] = {.key = "comment"},	    [OBJECTIVES] = {.key = "objectives"}, [SUMS] = {.key = "sums"},
		[DATABASE] = {.key = "database"},   [TIME_NS] = {.key = "time_ns"},   [WHO] = {.key = "who"},
		[TOOL] = {.key = "tool"},	    [FINGERPRINT] = {.key = "fingerprint"}, [PREVIOUS] = {.key = "previous"},
	};
	*ret = (struct review){0};
	if (json.size > REVIEW_SIZE_MAX || json_read_object(json, m, FIELDS, NULL) || !read_fields(m, arena, ret))
		return "cannot be read as a review";
	AUTO_TEXT struct text again = text_make(REVIEW_SIZE_MAX);
	review_write(ret, &again);
	return slice_equal(text_slice(&again), json) ? NULL : "is not, byte for byte, a review as it was written";
}
