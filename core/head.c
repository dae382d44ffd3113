/* SPDX-License-Identifier: Apache-2.0 */
#include "core/head.h"

#include "core/json.h"

static const char *const states[HEAD_STATES] = {"open", "going", "end"};

void head_add(const struct head *h, struct text *to)
{
	struct json j = json_on(to);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", "head");
	json_add_string(&j, "session", h->session);
	json_add_string(&j, "state", states[h->state]);
	json_add_i64(&j, "t", h->wall_ns);
	json_add_u64(&j, "records", h->records);
	json_add_u64(&j, "bytes", h->bytes);
	json_add_hex(&j, "sha256", h->sha256, sizeof h->sha256);
	json_end_object(&j);
}

enum { KIND, SESSION, STATE, TIME, RECORDS, BYTES, SHA256, FIELDS };

static bool read_state(const struct json_value *v, enum head_state *ret)
{
	for (size_t i = 0; v->type == JSON_STRING && i < HEAD_STATES; i++)
		if (slice_is(v->raw, states[i])) {
			*ret = (enum head_state)i;
			return true;
		}
	return false;
}

static bool read_session(const struct json_value *v, char ret[static HEAD_SESSION_MAX])
{
	unsigned char bytes[(HEAD_SESSION_MAX - 1) / 2];
	return v->type == JSON_STRING && slice_hex_bytes(v->raw, sizeof bytes, bytes) &&
	       slice_to_string(v->raw, ret, HEAD_SESSION_MAX);
}

const char *head_read(struct slice line, struct head *ret)
{
	struct json_member m[FIELDS] = {
		[KIND] = {.key = "kind"},	[SESSION] = {.key = "session"}, [STATE] = {.key = "state"},
		[TIME] = {.key = "t"},		[RECORDS] = {.key = "records"}, [BYTES] = {.key = "bytes"},
		[SHA256] = {.key = "sha256"},
	};
	if (line.size >= HEAD_LINE_MAX)
		return "a line that is too long";
	const char *wrong = json_read_object(line, m, FIELDS, NULL);
	if (wrong)
		return wrong;
	if (m[KIND].value.type != JSON_STRING || !slice_is(m[KIND].value.raw, "head"))
		return "no head of a chain";
	if (!read_session(&m[SESSION].value, ret->session))
		return "a head without its session";
	if (!read_state(&m[STATE].value, &ret->state))
		return "a head in no known state";
	if (!json_i64(&m[TIME].value, &ret->wall_ns) || !json_u64(&m[RECORDS].value, INT64_MAX, &ret->records) ||
	    !json_u64(&m[BYTES].value, INT64_MAX, &ret->bytes) || m[SHA256].value.type != JSON_STRING ||
	    !slice_hex_bytes(m[SHA256].value.raw, HASH_SIZE, ret->sha256))
		return "a head that lacks its counts";
	return NULL;
}

struct slice head_folder(struct slice place)
{
	return slice_starts(place, "dir:/") ? slice_part(place, strlen("dir:"), place.size) : slice_of(NULL, 0);
}

bool head_tpm_place(struct slice place, struct head_tpm *ret)
{
	struct cursor c = cursor_over(slice_part(place, strlen("tpm:"), place.size));
	struct slice part[3] = {{0}};
	uint64_t number = HEAD_TPM_REGISTER;
	if (!slice_starts(place, "tpm:/"))
		return false;
	for (size_t i = 0; i + 1 < LENGTH(part); i++)
		if (!cursor_until(&c, ':', cursor_left(&c), &part[i]))
			part[i] = cursor_take(&c, cursor_left(&c));
	part[2] = cursor_rest(&c);
	if ((part[1].size && part[1].at[0] != '/') || (part[2].size && !slice_u64(part[2], HEAD_TPM_LAST, &number)))
		return false;
	if (!part[1].size)
		part[1] = SLICE(HEAD_TPM_DEVICE);
	ret->number = (unsigned)number;
	return number >= HEAD_TPM_FIRST && slice_to_string(part[0], ret->folder, sizeof ret->folder) &&
	       slice_to_string(part[1], ret->device, sizeof ret->device);
}

enum status head_place_check(struct slice place, struct error *err)
{
	struct head_tpm tpm;
	if (place.size >= HEAD_PLACE_MAX)
		return fail(err, ERR_CONFIG, "a second place with a name longer than %d bytes", HEAD_PLACE_MAX - 1);
	if (slice_is(place, HEAD_JOURNAL) || head_folder(place).size || head_tpm_place(place, &tpm))
		return OK;
	return fail(err, ERR_CONFIG, "\"%.*s\": no second place; there are dir:/FOLDER, which belongs to another user, "
		    "tpm:/FOLDER[:DEVICE[:REGISTER]], with a register from %d to %d, and " HEAD_JOURNAL,
		    (int)place.size, place.size ? (const char *)place.at : "", HEAD_TPM_FIRST, HEAD_TPM_LAST);
}
