/* SPDX-License-Identifier: Apache-2.0 */
#include "core/head_register.h"

#include "core/json.h"
#include "core/tpm.h"

#include <string.h>

void head_register_add(const struct head_register *r, struct text *to)
{
	struct json j = json_on(to);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", "register");
	json_add_u64(&j, "register", r->number);
	json_add_i64(&j, "t", r->wall_ns);
	json_add_hex(&j, "value", r->value, sizeof r->value);
	json_add_u64(&j, "resets", r->resets);
	json_add_u64(&j, "restarts", r->restarts);
	json_end_object(&j);
}

enum { KIND, NUMBER, TIME, VALUE, RESETS, RESTARTS, FIELDS };

const char *head_register_read(struct slice line, struct head_register *ret)
{
	struct json_member m[FIELDS] = {
		[KIND] = {.key = "kind"},   [NUMBER] = {.key = "register"}, [TIME] = {.key = "t"},
		[VALUE] = {.key = "value"}, [RESETS] = {.key = "resets"},   [RESTARTS] = {.key = "restarts"},
	};
	uint64_t number;
	if (line.size >= HEAD_LINE_MAX)
		return "a line that is too long";
	const char *wrong = json_read_object(line, m, FIELDS, NULL);
	if (wrong)
		return wrong;
	if (m[KIND].value.type != JSON_STRING || !slice_is(m[KIND].value.raw, "register"))
		return "nothing that a register held";
	if (!json_u64(&m[NUMBER].value, TPM_REGISTERS - 1, &number) || !json_i64(&m[TIME].value, &ret->wall_ns) ||
	    m[VALUE].value.type != JSON_STRING || !slice_hex_bytes(m[VALUE].value.raw, HASH_SIZE, ret->value) ||
	    !json_u64(&m[RESETS].value, UINT32_MAX, &ret->resets) || !json_u64(&m[RESTARTS].value, UINT32_MAX, &ret->restarts))
		return "a register that lacks what it held";
	ret->number = (unsigned)number;
	return NULL;
}

void head_register_digest(struct slice line, unsigned char ret[static HASH_SIZE])
{
	hash_bytes(line, ret);
}

void head_register_extend(unsigned char value[static HASH_SIZE], struct slice line)
{
	unsigned char both[2 * HASH_SIZE];
	memcpy(both, value, HASH_SIZE);
	head_register_digest(line, both + HASH_SIZE);
	hash_bytes(slice_of(both, sizeof both), value);
}

static void begin(struct head_replay *r, const struct head_register *from, uint64_t number)
{
	r->breaks += r->begun;
	r->begun = true;
	r->from = *from;
	r->from_line = number;
	r->lines = 0;
	memcpy(r->value, from->value, HASH_SIZE);
}

bool head_replay_line(struct head_replay *r, struct slice line, uint64_t number)
{
	struct head_register held;
	struct head head;
	bool is_register = !head_register_read(line, &held);
	if (!is_register && head_read(line, &head))
		return false;
	if (is_register && (!r->begun || memcmp(held.value, r->value, HASH_SIZE) != 0))
		begin(r, &held, number);
	if (r->begun) {
		head_register_extend(r->value, line);
		r->lines++;
	}
	return true;
}

bool head_replay_holds(const struct head_replay *r, const struct head_register *now)
{
	return r->begun && r->from.number == now->number && memcmp(r->value, now->value, HASH_SIZE) == 0;
}
