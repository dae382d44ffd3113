/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/snapshot_print.h"
#include "collectors/linux/socket_owner.h"
#include "core/auto.h"

#include <sys/socket.h>

#define SOCKET(proto, local, lport, remote, rport, state, rest)                                                      \
	"{\"what\":\"socket\",\"proto\":\"" proto "\",\"local\":\"" local "\",\"lport\":" #lport ",\"remote\":\"" remote       \
	"\",\"rport\":" #rport ",\"state\":\"" state "\",\"uid\":0" rest "}\n"
#define END "{\"what\":\"end\",\"time_ns\":1795890600000000000,\"sockets\":1,\"left_out\":0,\"tables_failed\":0,\"processes\":9," \
	    "\"processes_hidden\":4}\n"

static void one_socket(void **state)
{
	static const struct {
		const char *line;
		enum snapshot_kind kind;
		enum snapshot_reach reach;
		enum address_class class;
	} cases[] = {
		{SOCKET("tcp", "0.0.0.0", 80, "0.0.0.0", 0, "LISTEN", ""), SNAPSHOT_LISTENER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("tcp", "::", 80, "::", 0, "LISTEN", ""), SNAPSHOT_LISTENER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("tcp", "127.0.0.1", 80, "0.0.0.0", 0, "LISTEN", ""), SNAPSHOT_LISTENER, SNAPSHOT_LOOPBACK, CLASS_LOOPBACK},
		{SOCKET("tcp", "::1", 80, "::", 0, "LISTEN", ""), SNAPSHOT_LISTENER, SNAPSHOT_LOOPBACK, CLASS_LOOPBACK},
		{SOCKET("tcp", "192.0.2.7", 80, "0.0.0.0", 0, "LISTEN", ""), SNAPSHOT_LISTENER, SNAPSHOT_ADDRESS, CLASS_LOOPBACK},
		{SOCKET("udp", "0.0.0.0", 68, "0.0.0.0", 0, "UNCONN", ""), SNAPSHOT_LISTENER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("udp", "0.0.0.0", 0, "0.0.0.0", 0, "UNCONN", ""), SNAPSHOT_OTHER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("raw", "0.0.0.0", 1, "0.0.0.0", 0, "UNCONN", ""), SNAPSHOT_LISTENER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("tcp", "0.0.0.0", 0, "0.0.0.0", 0, "UNCONN", ""), SNAPSHOT_OTHER, SNAPSHOT_EVERYWHERE, CLASS_LOOPBACK},
		{SOCKET("tcp", "10.0.0.1", 9, "203.0.113.1", 443, "ESTAB", ""), SNAPSHOT_CONNECTION, SNAPSHOT_ADDRESS, CLASS_PUBLIC},
		{SOCKET("tcp", "10.0.0.1", 9, "10.0.0.1", 80, "ESTAB", ""), SNAPSHOT_CONNECTION, SNAPSHOT_ADDRESS, CLASS_OWN},
		{SOCKET("udp", "10.0.0.1", 9, "10.0.0.2", 53, "ESTAB", ""), SNAPSHOT_CONNECTION, SNAPSHOT_ADDRESS, CLASS_PRIVATE},
		{SOCKET("tcp", "127.0.0.1", 9, "127.0.0.1", 80, "TIME-WAIT", ""), SNAPSHOT_CONNECTION, SNAPSHOT_LOOPBACK, CLASS_LOOPBACK},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct snapshot_rows r;
		assert_int_equal(snapshot_rows_read(slice_of_string(cases[i].line), &r, NULL), OK);
		assert_int_equal(r.count, 1);
		assert_int_equal(r.skipped, 0);
		assert_false(r.whole);
		assert_int_equal(r.at[0].kind, cases[i].kind);
		assert_int_equal(r.at[0].reach, cases[i].reach);
		assert_int_equal(r.at[0].class, cases[i].class);
		assert_int_equal(r.at[0].pid, 0);
		snapshot_rows_free(&r);
	}
}

static void order_and_names(void **state)
{
	static const char text[] =
		SOCKET("tcp", "127.0.0.1", 80, "0.0.0.0", 0, "LISTEN", ",\"pid\":7,\"holders\":2,\"comm\":\"a\\u0001b\",\"exe\":\"/x\"")
		SOCKET("tcp", "10.0.0.1", 9, "203.0.113.1", 443, "ESTAB", ",\"pid\":8,\"holders\":1,\"comm\":\"z\"")
		SOCKET("tcp", "127.0.0.1", 9, "127.0.0.1", 80, "ESTAB", ",\"pid\":8,\"holders\":1,\"comm\":\"z\"")
		SOCKET("tcp", "0.0.0.0", 22, "0.0.0.0", 0, "LISTEN", ",\"pid\":6,\"holders\":1,\"comm\":\"s\"") END;
	struct snapshot_rows r;
	(void)state;
	assert_int_equal(snapshot_rows_read(slice_of_string(text), &r, NULL), OK);
	assert_true(r.whole);
	assert_int_equal(r.hidden, 4);
	assert_int_equal(r.count, 4);
	assert_int_equal(r.counts[SNAPSHOT_LISTENER], 2);
	assert_int_equal(r.at[0].lport, 22);
	assert_string_equal(r.at[1].comm, "a\001b");
	assert_string_equal(r.at[1].exe, "/x");
	assert_int_equal(r.at[1].holders, 2);
	assert_int_equal(r.at[2].class, CLASS_PUBLIC);
	assert_string_equal(r.at[2].exe, "");
	assert_int_equal(r.at[3].class, CLASS_LOOPBACK);
	snapshot_rows_free(&r);
}

static void what_cannot_be_read(void **state)
{
	static const char *const lines[] = {
		"", "{", "[]", "{\"what\":7}", "{\"what\":\"other\"}", "{\"what\":\"socket\"}",
		SOCKET("tcp", "nowhere", 80, "0.0.0.0", 0, "LISTEN", ""),
		SOCKET("tcp", "0.0.0.0", 65536, "0.0.0.0", 0, "LISTEN", ""),
		SOCKET("tcp", "0.0.0.0", 80, "0.0.0.0", -1, "LISTEN", ""),
		SOCKET("tcp", "0.0.0.0", 80, "0.0.0.0", 0, "A-STATE-THAT-IS-TOO-LONG", ""),
		SOCKET("tcp", "0.0.0.0", 80, "0.0.0.0", 0, "LISTEN", ",\"pid\":\"7\""),
		SOCKET("tcp", "0.0.0.0", 80, "0.0.0.0", 0, "LISTEN", ",\"comm\":7"),
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		AUTO_TEXT struct text text = text_make(4096);
		struct snapshot_rows r;
		text_addf(&text, "%s\n" END, lines[i]);
		assert_int_equal(snapshot_rows_read(text_slice(&text), &r, NULL), OK);
		assert_int_equal(r.count, 0);
		assert_true(r.skipped >= 1);
		assert_true(r.whole);
		snapshot_rows_free(&r);
	}
	struct snapshot_rows r;
	assert_int_equal(snapshot_rows_read(SLICE("{\"what\":\"end\"}\n"), &r, NULL), OK);
	assert_false(r.whole);
	snapshot_rows_free(&r);
}

static void printed(void **state)
{
	static const char text[] =
		SOCKET("tcp", "::", 80, "::", 0, "LISTEN", ",\"pid\":7,\"holders\":3,\"comm\":\"a\\u001b[2J\",\"exe\":\"/x\"")
		SOCKET("tcp", "10.0.0.1", 9, "203.0.113.1", 443, "ESTAB", "") END;
	AUTO_STORE struct store *store = NULL;
	AUTO_TEXT struct text out = text_make(1 << 16), json = text_make(1 << 16);
	struct snapshot_rows r;
	(void)state;
	assert_int_equal(store_open(":memory:", STORE_NEW, &store, NULL), OK);
	assert_int_equal(snapshot_rows_read(slice_of_string(text), &r, NULL), OK);
	assert_int_equal(snapshot_print_text(&r, store, &out, NULL), OK);
	assert_contains(text_string(&out), "Looked at  2026-11-28T18:30:00Z: 2 sockets, 9 processes\n");
	assert_contains(text_string(&out), "  every interface tcp [::]:80                  a\\x1b[2J (pid 7, /x, and 2 more)\n");
	assert_contains(text_string(&out), "  public          tcp 10.0.0.1:9 → 203.0.113.1:443 ESTAB not seen whose\n");
	assert_contains(text_string(&out), "what 4 of 9 processes hold: sudo airgap-verify snapshot shows it");
	assert_contains(text_string(&out), "whose 1 socket is;");
	assert_null(strstr(text_string(&out), "Not whole"));
	assert_int_equal(snapshot_print_json(&r, store, &json, NULL), OK);
	assert_contains(text_string(&json), "\"whole\":true");
	assert_contains(text_string(&json), "\"binds\":\"every\",\"class\":null,\"uid\":0,\"pid\":7,\"holders\":3");
	assert_contains(text_string(&json), "\"binds\":null,\"class\":\"public\",\"uid\":0,\"pid\":null");
	snapshot_rows_free(&r);

	text_clear(&out);
	assert_int_equal(snapshot_rows_read(SLICE("x\n"), &r, NULL), OK);
	assert_int_equal(snapshot_print_text(&r, store, &out, NULL), OK);
	assert_contains(text_string(&out), "Not whole  0 sockets left out, 0 tables not read, 1 records not understood, and its end is missing");
	snapshot_rows_free(&r);
}

static void owners(void **state)
{
	struct socket_owners o;
	struct stat st;
	size_t holders;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), again = dup(fd);
	(void)state;
	assert_int_equal(fstat(fd, &st), 0);
	socket_owners_read(&o);
	assert_true(o.processes >= 1);
	assert_int_equal(socket_owners_find(&o, st.st_ino, &holders), getpid());
	assert_int_equal(holders, 1); /* by two descriptors */
	close(fd);
	close(again);
	socket_owners_free(&o);
	socket_owners_read(&o);
	assert_int_equal(socket_owners_find(&o, st.st_ino, &holders), 0);
	assert_int_equal(holders, 0);
	socket_owners_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_socket),	    cmocka_unit_test(order_and_names), cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(printed), cmocka_unit_test(owners),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
