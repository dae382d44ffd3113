/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_store.h"

#include "collectors/evidence.h"
#include "core/hash.h"
#include "ingest/ingest.h"

static const char PLAIN[] = "2026-11-23T12:03:05Z agent name.example 443 blocked tcp\n";
static const char JSONL[] =
	"{\"time\":1795435385,\"host\":\"name.example\",\"port\":443,\"result\":\"ok\"}\n";

static enum status read_as(struct rows *r, const char *text, const char *as,
			   struct ingest_result *ret, struct error *err)
{
	scratch_put(r->s, "f", slice_of_string(text));
	*err = (struct error){0};
	return ingest_file(r->store, r->s->fd, "f", &(struct ingest_options){.as = as}, ret, err);
}

static void the_reader_is_chosen_by_content(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err;
	assert_int_equal(read_as(r, PLAIN, NULL, &result, &err), OK);
	assert_string_equal(result.reader, "app-plain");
	assert_int_equal(result.records, 1);
	assert_int_equal(result.tally.rows, 1);
	assert_int_equal(result.tally.first_ns, INT64_C(1795435385000000000));
	assert_rows(r->store, "SELECT first_ns, last_ns FROM source", "1795435385000000000|1795435385000000000;");
	assert_int_equal(result.bytes, sizeof PLAIN - 1);
	assert_int_equal(read_as(r, JSONL, NULL, &result, &err), OK);
	assert_string_equal(result.reader, "app-jsonl");
	assert_int_equal(read_as(r, "{\"format\":\"airgap-verify session\",\"id\":\"0\"}\n", NULL,
				 &result, &err),
			 OK);
	assert_string_equal(result.reader, "session");
	assert_int_equal(
		read_as(r, "{\"kind\":\"open\",\"t\":1,\"format\":\"airgap-verify evidence\"}\n",
			NULL, &result, &err),
		OK);
	assert_string_equal(result.reader, "evidence");
	assert_rows(r->store, "SELECT app, path, change, events FROM app_log",
		    "app|f|given|1;app|f|given|1;");
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX], wanted[256];
	hash_bytes(slice_of_string(PLAIN), digest);
	hash_text(digest, text);
	snprintf(wanted, sizeof wanted, "f|app-plain|%zu|%s|1;", sizeof PLAIN - 1, text);
	assert_rows(r->store, "SELECT path, reader, size, sha256, records FROM source WHERE id = 1",
		    wanted);
}

/* Rows count also where no time is told, and a time only where one is. */
static void rows_of_tables_are_counted(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err;
	assert_int_equal(read_as(r, "tcp LISTEN 0 9 *:1 *:*\ntcp LISTEN 0 9 *:2 *:*\n", NULL, &result, &err), OK);
	assert_string_equal(result.reader, "ss");
	assert_int_equal(result.tally.rows, 2);
	assert_true(result.tally.first_ns == 0 && result.tally.last_ns == 0);
	assert_int_equal(read_as(r, "{\"unixTime\":7,\"columns\":{\"family\":2,\"protocol\":6,\"local_address\":\"\","
				    "\"local_port\":1,\"remote_address\":\"\",\"remote_port\":0}}\n",
				 NULL, &result, &err),
			 OK);
	assert_string_equal(result.reader, "osquery-sockets");
	assert_int_equal(result.tally.rows, 1);
	assert_true(result.tally.first_ns == 7000000000 && result.tally.last_ns == 7000000000);
	assert_rows(r->store, "SELECT witness, time_ns FROM v_socket ORDER BY id",
		    "ss|-;ss|-;osquery|7000000000;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM app_log"), 0);
}

static void a_reader_can_be_named(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err;
	assert_int_equal(read_as(r, PLAIN, "app-jsonl", &result, &err), OK);
	assert_string_equal(result.reader, "app-jsonl");
	assert_int_equal(rows_number(r->store, "SELECT unread FROM app_log"), 1);
	assert_int_equal(read_as(r, PLAIN, "no-such", &result, &err), ERR_USAGE);
	assert_contains(err.text, "no-such");
	assert_contains(err.text, "app-plain");
	assert_string_equal(result.reader, "");
}

static void what_nobody_recognises(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err;
	static const char *const cases[] = {"", "text\n", "\x7f\x45LF", "[1]\n",
					    "# only a remark\n"};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		assert_int_equal(read_as(r, cases[i], NULL, &result, &err), ERR_MALFORMED);
		assert_contains(err.text, "f: ");
		assert_contains(err.text, "--as");
	}
	err = (struct error){0};
	assert_int_equal(ingest_file(r->store, r->s->fd, "missing", &(struct ingest_options){0}, &result, &err),
			 ERR_NO_INPUT);
	assert_contains(err.text, "missing");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM source"), 0);
}

static void readers_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; readers[i]; i++) {
		assert_true(readers[i]->name[0] && readers[i]->reads[0]);
		assert_int_equal(readers[i]->sniff(slice_of(NULL, 0)), 0);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(readers[i]->name, readers[k]->name);
	}
}

struct session {
	struct scratch *s;
	char db[128];
	struct evidence *e;
	struct store *store;
};

static int session_setup(void **state)
{
	struct session *x = calloc(1, sizeof *x);
	void *scratch = NULL;
	struct error err = {0};
	if (!x || scratch_setup(&scratch))
		return -1;
	x->s = scratch;
	*state = x;
	snprintf(x->db, sizeof x->db, "%s/audit.db", x->s->path);
	if (mkdirat(x->s->fd, "tools", 0700) || mkdirat(x->s->fd, "applogs", 0700))
		return -1;
	scratch_put(x->s, "session.json",
		    SLICE("{\"format\":\"airgap-verify "
			  "session\",\"id\":\"00\",\"started_ns\":7,\"options\":{\"scope\":\"session\"}}\n"));
	return (int)evidence_open(x->s->fd, "evidence.ndjson", "00", &x->e, &err);
}

static int session_teardown(void **state)
{
	struct session *x = *state;
	void *scratch = x->s;
	evidence_abandon(&x->e);
	store_abandon(&x->store);
	free(x);
	return scratch_teardown(&scratch);
}

static void add_log(struct session *x, const char *copy, uint64_t from, uint64_t before,
		    uint64_t after)
{
	struct json *j = evidence_begin(x->e, "applog", 1);
	json_add_string(j, "app", "agent");
	json_add_string(j, "path", "/var/log/agent.log");
	json_add_string(j, "role", "audit");
	json_add_string(j, "change", "appended");
	json_add_string(j, "copy", copy);
	json_add_u64(j, "copied_from", from);
	json_add_u64(j, "before", before);
	json_add_u64(j, "after", after);
	evidence_end(x->e);
}

/* Closes the evidence, builds the database and opens it. */
static void build(struct session *x)
{
	struct error err = {0};
	evidence_checkpoint(x->e, SLICE("{}"), true);
	assert_int_equal(evidence_close(&x->e, &err), OK);
	if (ingest_session(x->s->fd, x->db, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
	assert_int_equal(store_open(x->db, STORE_READ, &x->store, &err), OK);
}

static void a_folder_becomes_a_database(void **state)
{
	struct session *x = *state;
	struct json *j = evidence_begin(x->e, "canary", 1);
	json_add_string(j, "proto", "tcp");
	json_add_u64(j, "round", 1);
	json_add_u64(j, "dport", 4000);
	evidence_end(x->e);
	j = evidence_begin(x->e, "tool", 2);
	json_add_string(j, "tool", "ss");
	json_add_string(j, "path", "tools/ss-before.txt");
	json_add_u64(j, "at", 0);
	json_add_u64(j, "size", 20);
	json_add_u64(j, "round", 1);
	evidence_end(x->e);
	scratch_put(x->s, "tools/ss-before.txt", SLICE("ESTAB 127.0.0.1:4000"));
	scratch_put(x->s, "applogs/1-agent.log", slice_of_string(PLAIN));
	scratch_put(x->s, "notes.txt", SLICE("not of the session"));
	add_log(x, "applogs/1-agent.log", 0, 0, sizeof PLAIN - 1);
	build(x);
	assert_rows(x->store, "SELECT path, reader, records FROM source",
		    "session.json|session|1;evidence.ndjson|evidence|5;applogs/"
		    "1-agent.log|app-plain|1;");
	assert_rows(x->store, "SELECT host, dport, disposition FROM app_event",
		    "name.example|443|blocked;");
	assert_rows(x->store, "SELECT canary, witness FROM canary_seen", "1|tools;");
	assert_rows(x->store, "SELECT closed, problem FROM checkpoint", "1|-;");
	assert_rows(x->store, "SELECT path, what FROM artifact ORDER BY path",
		    "applogs/1-agent.log|application log, as it stood;evidence.ndjson|evidence log;"
		    "session.json|session facts;tools/ss-before.txt|output of a system tool;");
	/* when each was taken, by the evidence log */
	assert_rows(x->store, "SELECT group_concat(a.path, ' ') FROM artifact a JOIN session s ON s.name = 'started_ns'"
			      " WHERE a.collected_ns = CAST(s.value AS INTEGER)", "session.json;");
	assert_rows(x->store, "SELECT a.path FROM artifact a JOIN tool_run t USING (path) WHERE a.collected_ns = t.time_ns",
		    "tools/ss-before.txt;");
	assert_rows(x->store, "SELECT a.path FROM artifact a JOIN app_log l ON l.copy = a.path WHERE a.collected_ns = l.taken_ns",
		    "applogs/1-agent.log;");
	assert_rows(x->store, "SELECT a.path FROM artifact a JOIN checkpoint c ON c.last_ns = a.collected_ns", "evidence.ndjson;");
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX + 1];
	hash_bytes(SLICE("ESTAB 127.0.0.1:4000"), digest);
	hash_text(digest, text);
	strncat(text, ";", 2);
	assert_rows(x->store, "SELECT sha256 FROM artifact WHERE path LIKE 'tools/%'", text);
	assert_int_equal(
		rows_number(x->store,
			    "SELECT count(*) FROM artifact a JOIN source s ON a.path = s.path "
			    "WHERE a.sha256 = s.sha256 AND a.size = s.size"),
		3);
}

static void a_benchmark_in_a_folder(void **state)
{
	struct session *x = *state;
	assert_int_equal(mkdirat(x->s->fd, "bench", 0700), 0);
	scratch_put(x->s, "bench/run.ndjson",
		    SLICE("{\"kind\":\"end\",\"time_ns\":5,\"complete\":true,\"interrupted\":false}\n{\"kind\":\"en"));
	build(x);
	assert_rows(x->store, "SELECT reader, records, first_ns FROM source WHERE path = 'bench/run.ndjson'", "benchmark|2|5;");
	assert_rows(x->store, "SELECT complete, record FROM bench_end", "1|1;");
	assert_rows(x->store, "SELECT reason, first_record FROM skipped", "a last line that broke off|2;");
	assert_rows(x->store, "SELECT what FROM artifact WHERE path LIKE 'bench/%'", "the benchmark of models, as its runner tells;");
}

static void the_same_folder_gives_the_same_bytes(void **state)
{
	struct session *x = *state;
	struct error err = {0};
	char again[160];
	size_t first_size, second_size;
	scratch_put(x->s, "applogs/1-agent.log", slice_of_string(PLAIN));
	add_log(x, "applogs/1-agent.log", 0, 0, sizeof PLAIN - 1);
	build(x);
	store_abandon(&x->store);
	snprintf(again, sizeof again, "%s/again.db", x->s->path);
	assert_int_equal(ingest_session(x->s->fd, again, &err), OK);
	char *first = scratch_get(x->s, "audit.db", &first_size);
	char *second = scratch_get(x->s, "again.db", &second_size);
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	free(first);
	free(second);
}

static void only_the_part_of_the_session_is_read(void **state)
{
	struct session *x = *state;
	AUTO_TEXT struct text log = text_make(1000);
	for (int i = 0; i < 3; i++)
		text_add_string(&log, PLAIN);
	scratch_put(x->s, "applogs/1-agent.log", text_slice(&log));
	/* the copy begins at byte 1000 of the log; its first line is older */
	add_log(x, "applogs/1-agent.log", 1000, 1000 + sizeof PLAIN - 1,
		1000 + 3 * (sizeof PLAIN - 1));
	build(x);
	assert_rows(x->store, "SELECT lines, events FROM app_log", "2|2;");
	assert_rows(x->store, "SELECT line FROM app_event", "2;3;");
}

static void a_log_that_nobody_can_read_is_noted(void **state)
{
	struct session *x = *state;
	scratch_put(x->s, "applogs/1-binary", SLICE("\x7f\x45LF what is this"));
	scratch_put(x->s, "applogs/2-quiet", slice_of_string(PLAIN));
	scratch_put(x->s, "secret", SLICE("2026-11-23T12:03:05Z a secret.example 443 ok\n"));
	add_log(x, "applogs/1-binary", 0, 0, 10);
	add_log(x, "applogs/2-quiet", 0, sizeof PLAIN - 1, sizeof PLAIN - 1);
	add_log(x, "applogs/3-missing", 0, 0, 10);
	add_log(x, "secret", 0, 0, 45);
	add_log(x, "applogs/../secret", 0, 0, 45);
	build(x);
	assert_int_equal(rows_number(x->store, "SELECT count(*) FROM app_event"), 0);
	assert_rows(x->store, "SELECT id, problem IS NOT NULL FROM app_log",
		    "1|1;2|0;3|1;4|1;5|1;");
	assert_rows(x->store, "SELECT DISTINCT problem FROM app_log WHERE id > 3",
		    "its copy does not stand in applogs/;");
	assert_int_equal(
		rows_number(x->store, "SELECT count(*) FROM source WHERE path LIKE '%secret'"), 0);
}

/* The application wrote it: whatever it looks like, it is a log of the application. */
static void a_log_cannot_pass_for_evidence(void **state)
{
	struct session *x = *state;
	static const char forged[] =
		"{\"kind\":\"open\",\"t\":1,\"format\":\"airgap-verify evidence\"}\n"
		"{\"kind\":\"witness\",\"t\":1,\"witness\":\"kernel\",\"state\":\"on\"}\n";
	static const char capture[] = "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\x65\0\0\0"
				      "\1\0\0\0\0\0\0\0\x1c\0\0\0\x1c\0\0\0\x45\0\0\x1c\0\0\0\0\x40\x11\0\0"
				      "\xc0\0\2\1\xc0\0\2\2\0\1\0\2\0\x08\0";
	scratch_put(x->s, "applogs/1-agent.log", slice_of(forged, sizeof forged - 1));
	scratch_put(x->s, "applogs/2-agent.log", slice_of(capture, sizeof capture));
	add_log(x, "applogs/1-agent.log", 0, 0, sizeof forged - 1);
	add_log(x, "applogs/2-agent.log", 0, 0, sizeof capture);
	build(x);
	assert_rows(x->store, "SELECT path FROM source", "session.json;evidence.ndjson;");
	assert_rows(x->store, "SELECT (SELECT count(*) FROM flow), (SELECT count(*) FROM witness)", "0|0;");
	assert_rows(x->store, "SELECT problem LIKE '%no reader%' FROM app_log", "1;1;");
}

static void what_is_no_session_folder(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char db[128];
	snprintf(db, sizeof db, "%s/audit.db", s->path);
	assert_int_equal(ingest_session(s->fd, db, &err), ERR_NO_INPUT);
	assert_contains(err.text, "evidence.ndjson");
	assert_false(scratch_has(s, "audit.db"));
	assert_int_equal(mkdirat(s->fd, "evidence.ndjson", 0700), 0);
	assert_int_equal(ingest_session(s->fd, db, &err), ERR_NO_INPUT);
	assert_contains(err.text, "not a regular file");
}

/* One that nobody watched; but a session whose evidence is gone is none. */
static void a_benchmark_alone(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char db[128];
	snprintf(db, sizeof db, "%s/audit.db", s->path);
	assert_int_equal(mkdirat(s->fd, "bench", 0700), 0);
	scratch_put(s, "bench/run.ndjson", SLICE("{\"kind\":\"end\",\"time_ns\":1,\"complete\":true,\"interrupted\":false}\n"));
	assert_int_equal(ingest_session(s->fd, db, &err), OK);
	AUTO_STORE struct store *store = NULL;
	assert_int_equal(store_open(db, STORE_READ, &store, &err), OK);
	assert_rows(store, "SELECT path, reader FROM source", "bench/run.ndjson|benchmark;");
	assert_int_equal(unlinkat(s->fd, "audit.db", 0), 0);
	scratch_put(s, "session.json", SLICE("{}"));
	assert_int_equal(ingest_session(s->fd, db, &err), ERR_NO_INPUT);
}

static void evidence_alone_is_enough(void **state)
{
	struct session *x = *state;
	assert_int_equal(unlinkat(x->s->fd, "session.json", 0), 0);
	assert_int_equal(unlinkat(x->s->fd, "tools", AT_REMOVEDIR), 0);
	assert_int_equal(unlinkat(x->s->fd, "applogs", AT_REMOVEDIR), 0);
	build(x);
	assert_rows(x->store, "SELECT path FROM source", "evidence.ndjson;");
}

#define session_test(f) cmocka_unit_test_setup_teardown(f, session_setup, session_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(the_reader_is_chosen_by_content),
		rows_test(rows_of_tables_are_counted),
		rows_test(a_reader_can_be_named),
		rows_test(what_nobody_recognises),
		cmocka_unit_test(readers_are_told_apart),
		session_test(a_folder_becomes_a_database),
		session_test(a_benchmark_in_a_folder),
		session_test(the_same_folder_gives_the_same_bytes),
		session_test(only_the_part_of_the_session_is_read),
		session_test(a_log_that_nobody_can_read_is_noted),
		session_test(a_log_cannot_pass_for_evidence),
		scratch_test(what_is_no_session_folder),
		scratch_test(a_benchmark_alone),
		session_test(evidence_alone_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
