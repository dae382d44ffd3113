/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a session on Windows recorded, from records that are put together out of
 *
 *   what:1 (lower 3 bits: a provider, or a record of another kind; 0x80: no session's)
 *   id:2 version:1 pid:1 time:1 (tenths of a second) flags:2 size:1 payload
 *
 * into rows, and every eighth into a store, which is many times slower.
 */
#include "tests/fuzz/fuzz_store.h"

#include "core/json.h"

enum { TEXT_MAX = 1 << 20, RECORDS_MAX = 4096, NO_SESSION = 0x80, STORE_EVERY = 8, FIRST_SECOND = 1795435200 };

static const char *const providers[] = {
	"7dd42a49-5329-4832-8dfd-43d979153a88", "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716", "1c95126e-7eea-49a9-a3fe-a378b03ddb4d",
	"2f07e2ee-15db-40f1-90ef-9d7ba282188a", "9a280ac0-c8e0-11d1-84e2-00c04fb998a2", "0c478c5b-0351-41b1-8c58-4a6737da32e3",
};

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void begin(struct json *j, const char *kind, unsigned tenth)
{
	json_begin_object(j, NULL);
	json_add_string(j, "kind", kind);
	json_add_i64(j, "t", FIRST_SECOND * INT64_C(1000000000) + tenth * INT64_C(100000000));
}

static void end(struct json *j)
{
	json_end_object(j);
	text_add_char(j->out, '\n');
}

static void add_record(struct text *to, struct cursor *c)
{
	struct json j = json_on(to);
	unsigned what = cursor_u8(c), id = cursor_le16(c), version = cursor_u8(c), pid = cursor_u8(c);
	unsigned tenth = cursor_u8(c), flags = cursor_le16(c);
	struct slice bytes = cursor_take(c, cursor_u8(c));
	if ((what & 7) < sizeof providers / sizeof *providers) {
		begin(&j, "etw", tenth);
		json_add_string(&j, "provider", providers[what & 7]);
		json_add_u64(&j, "id", id);
		json_add_u64(&j, "opcode", id & 0xff);
		json_add_u64(&j, "version", version);
		json_add_u64(&j, "flags", flags);
		json_add_u64(&j, "pid", pid);
		json_add_hex(&j, "data", bytes.at, bytes.size);
	} else if ((what & 7) == 6) {
		begin(&j, id & 1 ? "exit" : id & 2 ? "etw_session" : "process", tenth);
		json_add_u64(&j, "pid", pid);
		json_add_slice(&j, "comm", bytes);
		json_add_bool(&j, "tree", (what & NO_SESSION) == 0);
	} else {
		begin(&j, "socket", tenth);
		json_add_string(&j, "proto", "tcp");
		json_add_string(&j, "state", id & 1 ? "ESTAB" : "SYN-SENT");
		json_add_string(&j, "local", version & 1 ? "192.0.2.1" : "fe80::1%3");
		json_add_u64(&j, "lport", flags);
		json_add_slice(&j, "remote", bytes);
		json_add_u64(&j, "rport", id);
		json_add_u64(&j, "pid", pid);
	}
	end(&j);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	AUTO_TEXT struct text log = text_make(TEXT_MAX);
	struct cursor c = cursor_over(slice_of(data, size));
	for (int i = 0; i < RECORDS_MAX && cursor_left(&c) > 0; i++)
		add_record(&log, &c);
	if (size % STORE_EVERY == 0)
		fuzz_read(&reader_evidence, text_slice(&log));
	else
		fuzz_decode(&reader_evidence, text_slice(&log));
	return 0;
}
