/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_state.h"

#include "core/auto.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const char NAME[] = "state.json", FORMAT[] = "airgap-verify audit state";

static bool read_text(const struct json_value *v, char *ret, size_t capacity)
{
	char buffer[AUDIT_TEXT_MAX];
	struct slice plain;
	return json_string(v, buffer, sizeof buffer, &plain) && slice_to_string(plain, ret, capacity);
}

/* Null, or not there, is "". */
static bool read_optional(const struct json_value *v, char *ret, size_t capacity)
{
	ret[0] = 0;
	return v->type == JSON_ABSENT || v->type == JSON_NULL || read_text(v, ret, capacity);
}

static bool is_verdict(const char *word)
{
	return !strcmp(word, "PASS") || !strcmp(word, "FAIL") || !strcmp(word, "INCONCLUSIVE");
}

static bool read_time(const struct json_value *v, int64_t *ret)
{
	return json_i64(v, ret) && *ret > 0;
}

static bool read_last(const struct json_value *v, struct audit_last *ret)
{
	enum { ID, FOLDER, BUNDLE, BEGAN, ENDED, VERDICT, BOOT, FINGERPRINT };
	struct json_member m[] = {{.key = "id"},       {.key = "folder"},  {.key = "bundle"},  {.key = "began_ns"},
				  {.key = "ended_ns"}, {.key = "verdict"}, {.key = "boot_id"}, {.key = "fingerprint"}};
	return v->type == JSON_OBJECT && !json_read_object(v->raw, m, LENGTH(m), NULL) &&
	       read_text(&m[ID].value, ret->id, sizeof ret->id) && read_text(&m[FOLDER].value, ret->folder, sizeof ret->folder) &&
	       read_optional(&m[BUNDLE].value, ret->bundle, sizeof ret->bundle) && read_time(&m[BEGAN].value, &ret->began_ns) &&
	       read_time(&m[ENDED].value, &ret->ended_ns) && read_text(&m[VERDICT].value, ret->verdict, sizeof ret->verdict) &&
	       is_verdict(ret->verdict) && read_optional(&m[BOOT].value, ret->boot_id, sizeof ret->boot_id) &&
	       read_optional(&m[FINGERPRINT].value, ret->fingerprint, sizeof ret->fingerprint);
}

static bool read_trouble(const struct json_value *v, struct audit_state *ret)
{
	struct json_member m[] = {{.key = "time_ns"}, {.key = "what"}};
	return v->type == JSON_OBJECT && !json_read_object(v->raw, m, LENGTH(m), NULL) && read_time(&m[0].value, &ret->trouble_ns) &&
	       read_text(&m[1].value, ret->trouble, sizeof ret->trouble);
}

static bool read_log(const struct json_value *v, struct audit_log *ret)
{
	struct json_member m[] = {{.key = "name"}, {.key = "path"}, {.key = "device"}, {.key = "inode"}, {.key = "offset"}, {.key = "tail_sha256"}};
	return v->type == JSON_OBJECT && !json_read_object(v->raw, m, LENGTH(m), NULL) && read_text(&m[0].value, ret->name, sizeof ret->name) &&
	       read_text(&m[1].value, ret->path, sizeof ret->path) && json_u64(&m[2].value, UINT64_MAX, &ret->place.device) &&
	       json_u64(&m[3].value, UINT64_MAX, &ret->place.inode) && json_u64(&m[4].value, INT64_MAX, &ret->place.offset) &&
	       m[5].value.type == JSON_STRING && slice_hex_bytes(m[5].value.raw, HASH_SIZE, ret->place.tail);
}

static const char *read_logs(const struct json_value *v, struct audit_state *ret)
{
	struct json_value one;
	if (v->type == JSON_ABSENT)
		return NULL;
	if (v->type != JSON_ARRAY)
		return "\"logs\" is no list";
	for (struct cursor c = json_array(v); json_next(&c, &one);) {
		if (ret->log_count == AUDIT_LOGS_MAX)
			return "more logs than can be";
		if (!read_log(&one, &ret->logs[ret->log_count++]))
			return "a log whose place cannot be read";
	}
	return NULL;
}

const char *audit_state_parse(struct slice text, struct audit_state *ret)
{
	enum { IS, VERSION_OF, LAST, TROUBLE, KNOWN, LOGS };
	struct json_member m[] = {{.key = "format"}, {.key = "version"}, {.key = "last"}, {.key = "trouble"}, {.key = "known_sha256"}, {.key = "logs"}};
	uint64_t version;
	memset(ret, 0, sizeof *ret);
	const char *wrong = json_read_object(text, m, LENGTH(m), NULL);
	if (wrong)
		return wrong;
	if (m[IS].value.type != JSON_STRING || !slice_is(m[IS].value.raw, FORMAT) || !json_u64(&m[VERSION_OF].value, 1, &version) || version != 1)
		return "no state of audits, or one of another version";
	ret->there = m[LAST].value.type != JSON_NULL && m[LAST].value.type != JSON_ABSENT;
	if (ret->there && !read_last(&m[LAST].value, &ret->last))
		return "a last audit of which not all is told";
	if (m[TROUBLE].value.type != JSON_NULL && m[TROUBLE].value.type != JSON_ABSENT && !read_trouble(&m[TROUBLE].value, ret))
		return "a trouble of which not all is told";
	if (!read_optional(&m[KNOWN].value, ret->known_sha256, sizeof ret->known_sha256))
		return "a hash that is none";
	return read_logs(&m[LOGS].value, ret);
}

enum status audit_state_load(int folder, const char *path, struct audit_state *ret, struct error *err)
{
	struct stat st;
	AUTO_TEXT struct text text = text_make(AUDIT_STATE_MAX);
	memset(ret, 0, sizeof *ret);
	if (fstatat(folder, NAME, &st, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
		return OK;
	enum status status = file_read(folder, NAME, AUDIT_STATE_MAX, &text, err);
	const char *wrong = status ? NULL : audit_state_parse(text_slice(&text), ret);
	if (!status && (st.st_uid != geteuid() || (st.st_mode & 022) != 0))
		status = fail(err, ERR_PERMISSION, "%s is not this user's alone", NAME);
	if (wrong)
		status = fail(err, ERR_MALFORMED, "%s: %s; put it aside, and the next audit begins anew without what it knew", NAME, wrong);
	return status ? fail_in(err, "%s", path) : OK;
}

static void add_last(struct json *j, const struct audit_last *l)
{
	json_begin_object(j, "last");
	json_add_string(j, "id", l->id);
	json_add_string(j, "folder", l->folder);
	json_add_string(j, "bundle", l->bundle[0] ? l->bundle : NULL);
	json_add_i64(j, "began_ns", l->began_ns);
	json_add_i64(j, "ended_ns", l->ended_ns);
	json_add_string(j, "verdict", l->verdict);
	json_add_string(j, "boot_id", l->boot_id[0] ? l->boot_id : NULL);
	json_add_string(j, "fingerprint", l->fingerprint[0] ? l->fingerprint : NULL);
	json_end_object(j);
}

static void add_log(struct json *j, const struct audit_log *l)
{
	json_begin_object(j, NULL);
	json_add_string(j, "name", l->name);
	json_add_string(j, "path", l->path);
	json_add_u64(j, "device", l->place.device);
	json_add_u64(j, "inode", l->place.inode);
	json_add_u64(j, "offset", l->place.offset);
	json_add_hex(j, "tail_sha256", l->place.tail, sizeof l->place.tail);
	json_end_object(j);
}

enum status audit_state_save(int folder, const struct audit_state *s, struct error *err)
{
	AUTO_TEXT struct text text = text_make(AUDIT_STATE_MAX);
	struct json j = json_on(&text);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", FORMAT);
	json_add_u64(&j, "version", 1);
	if (s->there)
		add_last(&j, &s->last);
	if (s->trouble_ns) {
		json_begin_object(&j, "trouble");
		json_add_i64(&j, "time_ns", s->trouble_ns);
		json_add_string(&j, "what", s->trouble);
		json_end_object(&j);
	}
	json_add_string(&j, "known_sha256", s->known_sha256[0] ? s->known_sha256 : NULL);
	json_begin_array(&j, "logs");
	for (size_t i = 0; i < s->log_count; i++)
		add_log(&j, &s->logs[i]);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(&text, '\n');
	return text.overflow ? fail(err, ERR_LIMIT, "%s would be longer than %d bytes", NAME, AUDIT_STATE_MAX)
			     : file_write(folder, NAME, text_slice(&text), err);
}

const struct audit_log *audit_state_log(const struct audit_state *s, const char *path)
{
	for (size_t i = 0; i < s->log_count; i++)
		if (!strcmp(s->logs[i].path, path))
			return &s->logs[i];
	return NULL;
}
