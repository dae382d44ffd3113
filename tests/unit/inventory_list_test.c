/* SPDX-License-Identifier: Apache-2.0 */
/* What hosts are for, whether they were seen, and how that is printed. */
#include "tests/unit/fake_store.h"

#include "analysis/hardcoded.h"
#include "cli/inventory_list.h"
#include "core/json.h"

static const char seen_rows[] =
	"INSERT INTO source (id, path, reader, size, sha256) VALUES (1, 'c', 'pcapng', 1, '');"
	"INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, qname, packet) VALUES"
	" (1, 1000000000, '192.0.2.1', '192.0.2.2', 1, 53, 'udp', 'API.openai.com', 1),"
	" (1, 3000000000, '192.0.2.1', '192.0.2.2', 1, 53, 'udp', 'api.openai.com.', 2),"
	" (1, 4000000000, '192.0.2.1', '192.0.2.2', 1, 53, 'udp', 'eu.some.io', 3),"
	" (1, 5000000000, '192.0.2.1', '192.0.2.2', 1, 53, 'udp', 'other.io', 4),"
	" (1, 5000000000, '192.0.2.1', '192.0.2.2', 1, 53, 'udp', '1.2.0.192.in-addr.arpa', 5);"
	"INSERT INTO flow (id, source, proto, src, dst, dport, first_ns, last_ns, packets_out, packets_in, bytes_out,"
	" bytes_in, first_packet) VALUES (1, 1, 'tcp', '192.0.2.1', '203.0.114.7', 443, 6000000000, 6000000000, 1, 1, 1, 1, 9);"
	"INSERT INTO name (flow, name, how, time_ns) VALUES (1, 'api.openai.com', 'sni', 6000000000);";

static void add(struct found *f, const char *member, const char *host, enum scan_how how)
{
	const struct scan_hit hit = {
		.host = slice_of_string(host), .example = slice_of_string(host), .offset = 7, .how = how};
	found_add(f, slice_of_string(member), &hit, 2);
}

static struct found *some_hosts(void)
{
	struct found *f = found_new();
	found_file(f, "app/b.zip");
	add(f, "=x.js", "api.openai.com", SCAN_URL);
	add(f, "x.js", "*.some.io", SCAN_URL);
	add(f, "x.js", "203.0.114.7", SCAN_ADDRESS);
	add(f, "x.js", "never.io", SCAN_NAME);
	add(f, "x.js", "xn--bcher-kva.de", SCAN_URL);
	add(f, "x.js", "www.w3.org", SCAN_URL);
	add(f, "x.js", "localhost", SCAN_URL);
	add(f, "README.md", "written.io", SCAN_URL);
	found_file(f, "app/a.js");
	add(f, "", "api.openai.com", SCAN_URL);
	found_note(f, "links: not followed", "app/l", 3);
	found_finish(f);
	return f;
}

static void open_rows(struct rows *r)
{
	char *message = NULL;
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	if (sqlite3_exec(db, seen_rows, NULL, NULL, &message) != SQLITE_OK)
		print_error("%s\n", message);
	assert_null(message);
}

static const struct inventory_row *row(const struct inventory_list *l, const char *name)
{
	for (size_t i = 0; i < l->found->count; i++)
		if (!strcmp(l->found->hosts[i]->name, name))
			return &l->rows[i];
	print_error("no host %s\n", name);
	assert_true(false);
	return NULL;
}

static void joined_with_what_was_seen(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_INVENTORY struct inventory_list l = {0};
	struct found *f = some_hosts();
	open_rows(r);
	assert_int_equal(inventory_list_make(f, r->store, &l, &err), OK);
	const struct inventory_row *api = row(&l, "api.openai.com");
	assert_int_equal(api->lookups, 2);
	assert_int_equal(api->connections, 1);
	assert_int_equal(api->first_ns, 1000000000);
	assert_int_equal(api->last_ns, 6000000000);
	assert_string_equal(api->vector, "model_api");
	assert_string_equal(api->host->first->file, "app/a.js");
	assert_int_equal(row(&l, "*.some.io")->lookups, 1);
	assert_int_equal(row(&l, "203.0.114.7")->connections, 1);
	assert_int_equal(row(&l, "never.io")->connections + row(&l, "never.io")->lookups, 0);
	assert_int_equal(l.elsewhere_count, 1);
	assert_string_equal(l.elsewhere[0], "other.io");
	found_free(f);
}

static void as_a_table(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_INVENTORY struct inventory_list l = {0};
	AUTO_TEXT struct text few = text_make(1 << 16), all = text_make(1 << 16);
	struct found *f = some_hosts();
	open_rows(r);
	assert_int_equal(inventory_list_make(f, r->store, &l, &err), OK);
	inventory_list_table(&l, false, &few);
	inventory_list_table(&l, true, &all);
	assert_contains(text_string(&few), "api.openai.com    model_api      connected       4      2  app/a.js\n");
	assert_contains(text_string(&few), "never.io          unclassified   never           2      1  app/b.zip!x.js\n");
	assert_contains(text_string(&few), "xn--bcher-kva.de  unclassified   never           2      1  app/b.zip!x.js  (bücher.de)\n");
	assert_contains(text_string(&few), "5 hosts that it could call, 3 of them seen, 2 never; not listed (--all): 1 only");
	assert_contains(text_string(&few), "1 name was seen that stands in none of these files: other.io\n");
	assert_contains(text_string(&few), "3 × links: not followed (first: app/l)\n");
	assert_null(strstr(text_string(&few), "w3.org"));
	assert_contains(text_string(&all), "www.w3.org        reference ");
	assert_contains(text_string(&all), "localhost         local ");
	/* what nobody knows comes first */
	assert_true(strstr(text_string(&few), "never.io") < strstr(text_string(&few), "api.openai.com"));
	found_free(f);
}

static void as_values(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_INVENTORY struct inventory_list l = {0};
	AUTO_TEXT struct text json = text_make(1 << 16), csv = text_make(1 << 16);
	struct json_member m[] = {{.key = "hosts"}, {.key = "not_read"}, {.key = "seen_elsewhere"}};
	struct found *f = some_hosts();
	assert_int_equal(inventory_list_make(f, NULL, &l, &err), OK);
	inventory_list_json(&l, &json);
	assert_null(json_read_object(text_slice(&json), m, LENGTH(m), NULL));
	assert_int_equal(m[0].value.type, JSON_ARRAY);
	assert_int_equal(m[1].value.type, JSON_ARRAY);
	assert_int_equal(m[2].value.type, JSON_ABSENT);
	assert_contains(text_string(&json), "{\"file\":\"app/b.zip\",\"member\":\"=x.js\",\"offset\":7,\"count\":2}");
	assert_contains(text_string(&json), "\"host\":\"xn--bcher-kva.de\",\"host_unicode\":\"bücher.de\"");
	inventory_list_csv(&l, &csv);
	assert_contains(text_string(&csv), "\"app/b.zip\",\"x.js\",7,\"bücher.de\"\r\n");
	assert_contains(text_string(&csv), "\"api.openai.com\",\"model_api\",\"url\",0,0,4,2,\"\",\"\",\"api.openai.com\",\"app/a.js\",\"\",7,\"\"\r\n");
	found_free(f);
}

/* A spreadsheet must not run what an archive calls its members. */
static void no_formulas(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_INVENTORY struct inventory_list l = {0};
	AUTO_TEXT struct text csv = text_make(1 << 16);
	struct found *f = found_new();
	found_file(f, "a");
	add(f, "=cmd\"|x", "a.io", SCAN_URL);
	found_finish(f);
	assert_int_equal(inventory_list_make(f, NULL, &l, &err), OK);
	inventory_list_csv(&l, &csv);
	assert_contains(text_string(&csv), "\"'=cmd\"\"|x\"");
	found_free(f);
}

static void what_hosts_are_for(void **state)
{
	(void)state;
	assert_string_equal(hardcoded_vector("127.0.0.1", 11434), "local");
	assert_string_equal(hardcoded_vector("10.1.2.3", 0), "local");
	assert_string_equal(hardcoded_vector("printer.local", 0), "local");
	assert_string_equal(hardcoded_vector("2001:4860:4860::8888", 0), "unclassified");
	assert_string_equal(hardcoded_vector("203.0.113.7", 0), "reference");
	assert_string_equal(hardcoded_vector("2001:db8::1", 0), "reference");
	assert_string_equal(hardcoded_vector("203.0.114.7", 0), "unclassified");
	assert_string_equal(hardcoded_vector("www.w3.org", 0), "reference");
	assert_string_equal(hardcoded_vector("notw3.org", 0), "unclassified");
	assert_string_equal(hardcoded_vector("*.posthog.com", 0), "telemetry");
	assert_string_equal(hardcoded_vector("us.i.posthog.com", 0), "telemetry");
	assert_true(hardcoded_rank("unclassified") < hardcoded_rank("telemetry"));
	assert_true(hardcoded_rank("other") < hardcoded_rank("reference"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(joined_with_what_was_seen), rows_test(as_a_table),
		cmocka_unit_test(as_values),          cmocka_unit_test(no_formulas),
		cmocka_unit_test(what_hosts_are_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
