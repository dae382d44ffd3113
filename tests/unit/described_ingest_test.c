/* SPDX-License-Identifier: Apache-2.0 */
/* Described logs all the way: chosen, read in the process without rights, stored. */
#include "tests/unit/fake_store.h"

#include "ingest/descriptions.h"
#include "ingest/ingest.h"

static const char UFW[] = "Nov 22 23:30:00 h kernel: [1.5] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=198.51.100.7 "
			  "PROTO=TCP SPT=4000 DPT=443\n"
			  "Nov 22 23:30:01 h systemd[1]: Started something.\n"
			  "garbage\n"
			  "Nov 22 23:30:02 h kernel: [2.5] [UFW ALLOW] IN= OUT=lo DST=127.0.0.1 PROTO=UDP DPT=53\n";

static enum status read_bytes(struct rows *r, struct slice bytes, const char *as, const struct ingest_logs *logs,
			      struct ingest_result *ret, struct error *err)
{
	struct timespec times[2] = {{1795435200, 0}, {1795435200, 0}}; /* 2026-11-23T12:00:00Z */
	scratch_put(r->s, "log", bytes);
	assert_int_equal(utimensat(r->s->fd, "log", times, 0), 0);
	const struct ingest_options how = {.as = as, .logs = logs};
	return ingest_file(r->store, r->s->fd, "log", &how, ret, err);
}

static enum status read_file(struct rows *r, const char *text, const char *as, const struct ingest_logs *logs,
			     struct ingest_result *ret, struct error *err)
{
	return read_bytes(r, slice_of_string(text), as, logs, ret, err);
}

static void a_log_is_recognised_and_its_zone_is_a_guess(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err = {0};
	assert_int_equal(read_file(r, UFW, NULL, NULL, &result, &err), OK);
	assert_string_equal(result.reader, "netfilter");
	assert_rows(r->store, "SELECT app, lines, events, other, unread, zone, zone_why, time_slack_ns / 1000000000 FROM app_log",
		    "netfilter|4|2|1|1|UTC|a guess: nothing tells it; a guess: the year, which is not in it|50400;");
	assert_rows(r->store, "SELECT line, time_ns / 1000000000, dst, dport, proto, disposition, src, sport, dir FROM app_event",
		    "1|1795390200|198.51.100.7|443|tcp|blocked|192.0.2.1|4000|out;"
		    "4|1795390202|127.0.0.1|53|udp|allowed|-|-|out;");
	assert_rows(r->store, "SELECT reason, count, first_record, example FROM skipped",
		    "no pattern of its description fits|1|3|garbage;");
	assert_rows(r->store, "SELECT reader FROM source", "netfilter;");
	assert_rows(r->store, "SELECT described GLOB 'schema/logs/netfilter.ini (SHA-256 *)' FROM app_log", "1;");
}

/* A byte order mark, UTF-16 of either order: recognised and read as without. */
static void a_log_of_windows_is_read_as_any(void **state)
{
	struct rows *r = *state;
	static const char *const marks[] = {"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"};
	for (size_t m = 0; m < LENGTH(marks); m++) {
		struct ingest_result result;
		struct error err = {0};
		AUTO_TEXT struct text file = text_make(4096);
		text_add_string(&file, marks[m]);
		for (size_t i = 0; UFW[i]; i++) {
			if (m == 2)
				text_add_char(&file, 0);
			text_add_char(&file, UFW[i]);
			if (m == 1)
				text_add_char(&file, 0);
		}
		assert_int_equal(read_bytes(r, text_slice(&file), NULL, NULL, &result, &err), OK);
		assert_string_equal(result.reader, "netfilter");
	}
	assert_rows(r->store, "SELECT lines, events, other, unread FROM app_log", "4|2|1|1;4|2|1|1;4|2|1|1;");
	assert_rows(r->store, "SELECT DISTINCT line, host, dst, dport, text GLOB 'Nov 22 23:30:0? h kernel: *' FROM app_event ORDER BY line",
		    "1|-|198.51.100.7|443|1;4|-|127.0.0.1|53|1;");
	assert_rows(r->store, "SELECT DISTINCT first_record, example FROM skipped", "3|garbage;");
}

static void a_zone_that_is_told_is_no_guess(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err = {0};
	struct zone *zone = must_alloc(1, sizeof *zone);
	assert_int_equal(zone_find("Europe/Berlin", zone, &err), OK);
	const struct ingest_logs logs = {.zone = zone};
	assert_int_equal(read_file(r, UFW, NULL, &logs, &result, &err), OK);
	assert_rows(r->store, "SELECT zone, zone_why, time_slack_ns FROM app_log",
		    "Europe/Berlin|--timezone tells it; a guess: the year, which is not in it|0;");
	assert_rows(r->store, "SELECT time_ns / 1000000000 FROM app_event WHERE line = 1", "1795386600;");
	free(zone);
}

static void an_hour_that_came_twice_widens_by_one(void **state)
{
	struct rows *r = *state;
	struct ingest_result result;
	struct error err = {0};
	struct zone *zone = must_alloc(1, sizeof *zone);
	assert_int_equal(zone_find("Europe/Berlin", zone, &err), OK);
	const struct ingest_logs logs = {.zone = zone};
	assert_int_equal(read_file(r, "2026-10-25 02:30:00 DROP TCP 192.0.2.1 192.0.2.2 1 2 0 - - - - - - - SEND\n", "pfirewall",
				   &logs, &result, &err), OK);
	assert_rows(r->store, "SELECT time_slack_ns / 1000000000, zone_why FROM app_log",
		    "3600|--timezone tells it; a guess: 1 time is of an hour that came twice, the earlier was taken;");
	free(zone);
}

static void a_site_reads_its_own(void **state)
{
	static const char gate[] = "[log]\nname = gate\nformat = line\ntime_layout = iso\nsure = 90\n"
				   "[event e]\npattern = {time} > {host:endpoint} {disposition}\n";
	static const char log[] = "2026-11-23T12:00:00Z > api.example:443 denied\n";
	struct rows *r = *state;
	struct ingest_result result;
	struct error err = {0};
	struct descriptions *all = descriptions_new();
	const struct ingest_logs logs = {.known = all};
	assert_int_equal(read_file(r, log, NULL, &logs, &result, &err), ERR_MALFORMED);
	assert_string_equal(err.text, "log: no reader recognises it (surest: netfilter 45 %); choose one with --as "
				      "(airgap-verify list readers)");
	assert_int_equal(read_file(r, "Nov 22 23:30:01 h a: b\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", NULL, &logs, &result, &err),
			 ERR_MALFORMED); /* 4 % */
	assert_string_equal(err.text, "log: no reader recognises it; choose one with --as (airgap-verify list readers)");
	assert_int_equal(read_file(r, log, "gate", &logs, &result, &err), ERR_USAGE);
	assert_int_equal(descriptions_add(all, slice_of_string(gate), "gate.ini", &err), OK);
	assert_int_equal(read_file(r, log, NULL, &logs, &result, &err), OK);
	assert_string_equal(result.reader, "gate");
	assert_rows(r->store, "SELECT app, host, dport, disposition, zone FROM app_event e JOIN app_log l ON l.id = e.log",
		    "gate|api.example|443|blocked|as stated;");
	/* another one that is as sure is a question */
	static const char twin[] = "[log]\nname = twin\nformat = line\nsure = 90\n[event e]\npattern = {time:iso} > {*}\nis = mark\n";
	assert_int_equal(descriptions_add(all, slice_of_string(twin), "twin.ini", &err), OK);
	assert_int_equal(read_file(r, log, NULL, &logs, &result, &err), ERR_MALFORMED);
	assert_string_equal(err.text, "log: several readers are as sure of it (gate 90 %, twin 90 %); choose one with --as");
	descriptions_free(all);
}

/* Sums: seconds from the entry's time, a time, or nothing told. */
static void sums_over_a_span(void **state)
{
	struct rows *r = *state;
	static const char sums[] = "[log]\nname = sums\nformat = table\nseparator = comma\ncolumns = t,u,n,d\ntime_layout = iso\nsure = 90\n"
				   "[event e]\ntime = t\nuntil = u\ncount = n\ndst = d\nfixed disposition = allowed\n";
	static const char log[] = "2026-11-23T12:00:00Z,60,3,192.0.2.7\n2026-11-23T12:01:00Z,2026-11-23T12:03:00Z,2,192.0.2.7\n"
				  "2026-11-23T12:03:00Z,-,1,192.0.2.7\n2026-11-23T12:04:00Z,60,-,192.0.2.7\n"
				  "2026-11-23T12:05:00Z,2026-11-23T12:00:00Z,1,192.0.2.7\n";
	struct descriptions *all = descriptions_new();
	const struct ingest_logs logs = {.known = all};
	struct ingest_result result;
	struct error err = {0};
	assert_int_equal(descriptions_add(all, slice_of_string(sums), "sums.ini", &err), OK);
	assert_int_equal(read_file(r, log, "sums", &logs, &result, &err), OK);
	assert_rows(r->store, "SELECT line, count, (until_ns - time_ns) / 1000000000 FROM app_event", "1|3|60;2|2|120;3|1|-;4|-|-;5|1|-;");
	descriptions_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(sums_over_a_span),
		rows_test(a_log_is_recognised_and_its_zone_is_a_guess),
		rows_test(a_log_of_windows_is_read_as_any),
		rows_test(a_zone_that_is_told_is_no_guess),
		rows_test(an_hour_that_came_twice_widens_by_one),
		rows_test(a_site_reads_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
