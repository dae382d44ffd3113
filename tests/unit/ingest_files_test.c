/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of mixed files: what became of each, for programs and for people. */
#include "tests/unit/fake_store.h"

#include "cli/ingest_files.h"

static const char LOG[] = "2026-11-23T12:03:05Z agent name.example 443 blocked tcp\n"
			  "2026-11-23T12:03:07Z agent name.example 443 allowed tcp\nnot a line of it\n";
static const char TABLE[] = "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
			    "tcp ESTAB 0 0 192.0.2.1:40000 198.51.100.7:443\n";

struct mix {
	struct rows *r;
	struct arena *arena;
	struct text out, notes;
	struct json json;
	struct ingest_files files;
};

static int nobody_interrupts;

static void start(struct mix *m, struct rows *r)
{
	struct error err = {0};
	*m = (struct mix){.r = r, .arena = arena_new(1 << 20), .out = text_make(1 << 20), .notes = text_make(1 << 16)};
	m->json = json_on(&m->out);
	m->files = (struct ingest_files){
		.json = &m->json,
		.notes = &m->notes,
		.table = ingest_table_new(),
		.line = {.quiet = true},
		.interrupted = &nobody_interrupts,
	};
	json_begin_array(&m->json, NULL);
	assert_int_equal(mkdirat(r->s->fd, "in", 0700), 0);
	assert_int_equal(mkdirat(r->s->fd, "in/deep", 0700), 0);
	scratch_put(r->s, "in/b.log", slice_of_string(LOG));
	scratch_put(r->s, "in/deep/ss.txt", slice_of_string(TABLE));
	scratch_put(r->s, "in/note", SLICE("\x7f\x45LF what is this"));
	scratch_put(r->s, "in/empty", SLICE(""));
	assert_int_equal(symlinkat("b.log", r->s->fd, "in/link"), 0);
	char folder[128];
	snprintf(folder, sizeof folder, "%s/in", r->s->path);
	assert_int_equal(ingest_files_below(folder, m->arena, &m->files.paths, &m->files.count, &err), OK);
}

static void stop(struct mix *m)
{
	ingest_table_free(&m->files.table);
	arena_free(m->arena);
	text_free(&m->out);
	text_free(&m->notes);
}

/* Who says the same command twice means the same rows. */
static void the_same_bytes_are_read_once(void **state)
{
	struct mix m;
	struct error err = {0};
	AUTO_TEXT struct text shown = text_make(1 << 16);
	start(&m, *state);
	scratch_put(m.r->s, "in/copy.log", slice_of_string(LOG));
	assert_int_equal(store_begin(m.r->store, &err), OK);
	assert_int_equal(ingest_files_read(&m.files, m.r->store, &err), OK);
	assert_int_equal(ingest_files_read(&m.files, m.r->store, &err), OK);
	assert_rows(m.r->store, "SELECT reader, count(*) FROM source GROUP BY reader", "app-plain|1;ss|1;");
	assert_rows(m.r->store, "SELECT count(*) FROM app_event", "2;");
	ingest_table_print(&m.files.table, &shown);
	assert_contains(text_string(&shown), "not read: the same bytes are in the database already, as ");
	assert_contains(text_string(&m.out), "\"reader\":null,\"problem\":\"the same bytes are");
	stop(&m);
}

static void every_file_has_a_line(void **state)
{
	struct mix m;
	struct error err = {0};
	AUTO_TEXT struct text shown = text_make(1 << 16);
	start(&m, *state);
	assert_int_equal(m.files.count, 4); /* links are not followed */
	assert_int_equal(store_begin(m.r->store, &err), OK);
	assert_int_equal(ingest_files_read(&m.files, m.r->store, &err), OK);
	assert_rows(m.r->store, "SELECT reader, size, records FROM source ORDER BY reader",
		    "app-plain|129|3;ss|110|2;");
	assert_rows(m.r->store, "SELECT count(*) FROM app_log", "1;");
	ingest_table_print(&m.files.table, &shown);
	const char *table = text_string(&shown);
	assert_contains(table, "in/b.log");
	assert_contains(table, "  app-plain                2         1  2026-11-23T12:03:05Z  2026-11-23T12:03:07Z  ");
	assert_contains(table, "  ss                       1         0  -                     -                     -\n");
	assert_contains(table, "in/note         not read: no reader recognises it\n");
	assert_contains(text_string(&m.notes), "/in/b.log\n  not read: 1: no RFC 3339 time at the beginning "
					       "(first: record 3: not a line of it)\n");
	assert_contains(table, "in/empty        not read: is empty");
	assert_contains(table, "2 of 4 files read: 3 rows, 1 line or packet not understood\n");
	assert_contains(text_string(&m.out), "\"reader\":\"app-plain\",\"records\":3,\"bytes\":129,\"rows\":2,"
					     "\"from_ns\":1795435385000000000,\"to_ns\":1795435387000000000");
	assert_contains(text_string(&m.out), "\"first_record\":3,\"example\":\"not a line of it\"");
	assert_contains(text_string(&m.out), "\"reader\":null,\"problem\":\"no reader recognises it;");
	stop(&m);
}

static void a_named_file_must_be_known(void **state)
{
	struct mix m;
	struct error err = {0};
	start(&m, *state);
	m.files.choosy = true;
	assert_int_equal(store_begin(m.r->store, &err), OK);
	assert_int_equal(ingest_files_read(&m.files, m.r->store, &err), ERR_MALFORMED);
	assert_contains(err.text, "--as");
	stop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(every_file_has_a_line),
		rows_test(the_same_bytes_are_read_once),
		rows_test(a_named_file_must_be_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
