/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same packets in one file or in several, cut between any two of them: the same rows.
 * The recorded inputs, and those of CASES where it names a folder of such (CATEGORY/pcap/FILE).
 */
#include "tests/unit/capture_cut.h"

#include "core/arena.h"
#include "core/file.h"
#include "core/store.h"
#include "ingest/session_capture.h"

#include <time.h>

enum { DUMP_MAX = 64 << 20, CAPTURE_MAX = 4 << 20, SECONDS_MAX = 30, FIXTURE_PACKETS = 60 };

static const char *const dumps[] = {
	"SELECT * FROM v_flow ORDER BY id",
	"SELECT * FROM v_dns ORDER BY id",
	"SELECT * FROM v_name ORDER BY id",
	"SELECT * FROM skipped ORDER BY reason",
	"SELECT * FROM capture_host ORDER BY 2, 1",
	"SELECT * FROM v_coverage",
	"SELECT path, reader, records, first_ns, last_ns FROM source",
	"SELECT sum(packets) FROM capture_file",
};

static void add_rows(sqlite3 *db, const char *sql, struct text *ret)
{
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			const unsigned char *value = sqlite3_column_text(q, i);
			text_add_string(ret, value ? (const char *)value : "-");
			text_add_char(ret, i + 1 < sqlite3_column_count(q) ? ' ' : '\n');
		}
	sqlite3_finalize(q);
}

static void read_folder(const struct scratch *s, struct store **ret)
{
	struct error err = {0};
	assert_int_equal(store_open(":memory:", STORE_NEW, ret, &err), OK);
	assert_int_equal(store_begin(*ret, &err), OK);
	enum status status = session_capture_read(*ret, s->fd, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
}

static sqlite3 *handle_of(struct store *store)
{
	return sqlite3_db_handle(store_query(store, QUERY_SESSION_VALUE));
}

static void dump(const struct scratch *s, struct text *ret)
{
	struct store *store = NULL;
	read_folder(s, &store);
	text_clear(ret);
	for (size_t i = 0; i < LENGTH(dumps); i++)
		add_rows(handle_of(store), dumps[i], ret);
	assert_false(ret->overflow);
	store_abandon(&store);
}

static void drop_files(const struct scratch *s)
{
	char name[CAPTURE_NAME_MAX];
	for (unsigned i = 1; i <= CAPTURE_FILES_MAX; i++) {
		capture_name(i, name);
		unlinkat(s->fd, name, 0);
	}
}

static void compare_cut(const struct scratch *s, const char *name, struct slice whole, unsigned first, unsigned every,
			const struct text *wanted)
{
	AUTO_TEXT struct text got = text_make(DUMP_MAX);
	unsigned count = cut_capture(s, whole, first, every);
	assert_true(count > 0);
	dump(s, &got);
	drop_files(s);
	if (!strcmp(text_string(&got), text_string(wanted)))
		return;
	print_error("%s cut behind %u, then every %u packets: other rows\n", name, first, every);
	assert_string_equal(text_string(&got), text_string(wanted));
}

/* How many packets it has; 0: it is none that can be cut. */
static unsigned whole_capture(const struct scratch *s, struct slice whole, struct text *ret)
{
	struct store *store = NULL;
	if (cut_capture(s, whole, UINT32_MAX, UINT32_MAX) != 1)
		return 0;
	dump(s, ret);
	read_folder(s, &store);
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_prepare_v2(handle_of(store), "SELECT sum(packets) FROM capture_file", -1, &q, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	unsigned packets = (unsigned)sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	store_abandon(&store);
	drop_files(s);
	return packets;
}

static void cut_everywhere(void **state)
{
	static const char *const names[] = {"lab-dns.pcapng", "lab-ipv6.pcapng"};
	const char *srcdir = getenv("SRCDIR");
	for (size_t i = 0; i < LENGTH(names); i++) {
		char path[4096];
		struct error err = {0};
		AUTO_TEXT struct text whole = text_make(CAPTURE_MAX), wanted = text_make(DUMP_MAX);
		snprintf(path, sizeof path, "%s/fixtures/%s", srcdir ? srcdir : ".", names[i]);
		assert_int_equal(file_read(AT_FDCWD, path, CAPTURE_MAX, &whole, &err), OK);
		unsigned packets = whole_capture(*state, text_slice(&whole), &wanted);
		assert_true(packets > 4);
		assert_contains(text_string(&wanted), "tcp"); /* there is something to compare */
		for (unsigned first = 1; first < packets && first < FIXTURE_PACKETS; first++)
			compare_cut(*state, names[i], text_slice(&whole), first, UINT32_MAX, &wanted);
		compare_cut(*state, names[i], text_slice(&whole), 1, 1, &wanted);
		compare_cut(*state, names[i], text_slice(&whole), 2, 3, &wanted);
	}
}

static void cut_case(const struct scratch *s, int folder, const char *path, unsigned *done)
{
	struct error err = {0};
	AUTO_TEXT struct text file = text_make(CAPTURE_MAX), made = text_make(2 * CAPTURE_MAX), wanted = text_make(DUMP_MAX);
	if (file_read(folder, path, CAPTURE_MAX, &file, &err))
		return; /* too large for so many times */
	bool pcap = cut_from_pcap(text_slice(&file), &made);
	struct slice whole = pcap ? text_slice(&made) : text_slice(&file);
	unsigned packets = whole_capture(s, whole, &wanted);
	if (packets < 2)
		return;
	compare_cut(s, path, whole, packets / 2, UINT32_MAX, &wanted);
	compare_cut(s, path, whole, 1, packets / 7 + 1, &wanted);
	if (packets <= CAPTURE_FILES_MAX)
		compare_cut(s, path, whole, 1, 1, &wanted);
	++*done;
}

static void cut_cases(void **state)
{
	const char *cases = getenv("CASES");
	struct error err = {0};
	if (!cases)
		skip();
	struct arena *arena = arena_new(64 << 20);
	struct file_entry *entries;
	size_t count = 0;
	unsigned done = 0;
	int folder = open(cases, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(folder >= 0);
	assert_int_equal(file_list(folder, arena, &entries, &count, &err), OK);
	time_t until = time(NULL) + SECONDS_MAX;
	for (size_t i = 0; i < count && time(NULL) < until; i++)
		if (strstr(entries[i].path, "/pcap/") && entries[i].regular)
			cut_case(*state, folder, entries[i].path, &done);
	print_message("%u captures cut\n", done);
	assert_true(done > 0);
	close(folder);
	arena_free(arena);
}

/* A file that breaks off, one that holds nothing and one that is missing cost what they held. */
static void what_is_wrong_with_one_stays_with_it(void **state)
{
	struct scratch *s = *state;
	const char *srcdir = getenv("SRCDIR");
	char path[4096];
	struct error err = {0};
	AUTO_TEXT struct text whole = text_make(CAPTURE_MAX), rows = text_make(DUMP_MAX);
	snprintf(path, sizeof path, "%s/fixtures/lab-dns.pcapng", srcdir ? srcdir : ".");
	assert_int_equal(file_read(AT_FDCWD, path, CAPTURE_MAX, &whole, &err), OK);
	unsigned count = cut_capture(s, text_slice(&whole), 2, 2);
	assert_true(count > 5);
	size_t size;
	char *bytes = scratch_get(s, "capture-2.pcapng", &size);
	scratch_put(s, "capture-2.pcapng", slice_of((unsigned char *)bytes, size - 3)); /* its second packet is cut */
	free(bytes);
	scratch_put(s, "capture-3.pcapng", slice_of("", 0));
	assert_int_equal(unlinkat(s->fd, "capture-4.pcapng", 0), 0);
	struct store *store = NULL;
	read_folder(s, &store);
	add_rows(handle_of(store), "SELECT number, path, packets, length(sha256) FROM capture_file WHERE number < 7", &rows);
	add_rows(handle_of(store), "SELECT reason, count FROM skipped", &rows);
	add_rows(handle_of(store), "SELECT count(*), max(s.path), max(f.number) FROM source s JOIN capture_file f ON f.source = s.id", &rows);
	char wanted[512];
	snprintf(wanted, sizeof wanted,
		 "1 capture.pcapng 2 64\n2 capture-2.pcapng 1 64\n3 capture-3.pcapng 0 64\n5 capture-5.pcapng 2 64\n"
		 "6 capture-6.pcapng 2 64\nthe last block is cut off 1\n%u capture.pcapng %u\n",
		 count - 1, count);
	assert_string_equal(text_string(&rows), wanted);
	store_abandon(&store);
}

static void nothing_is_nothing(void **state)
{
	struct store *store = NULL;
	AUTO_TEXT struct text rows = text_make(100);
	read_folder(*state, &store);
	add_rows(handle_of(store), "SELECT count(*) FROM source", &rows);
	assert_string_equal(text_string(&rows), "0\n");
	store_abandon(&store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(cut_everywhere),
		scratch_test(cut_cases),
		scratch_test(what_is_wrong_with_one_stays_with_it),
		scratch_test(nothing_is_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
