/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/golden_session.h"

#include "report/json_report.h"
#include "report/pdf_report.h"

#include "core/auto.h"
#include "core/json.h"
#include "core/text.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { OUTPUT_MAX = 8 << 20 };

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;
	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

static size_t elements(const struct json_value *array)
{
	size_t count = 0;
	struct json_value v;
	for (struct cursor c = json_array(array); json_next(&c, &v);)
		count++;
	return count;
}

static void documents_are_whole(void **state)
{
	struct scratch *s = *state;
	static const char *const names[] = {"pass", "fail", "inconclusive", "many", NULL};
	for (size_t i = 0; i < LENGTH(names); i++) {
		size_t size;
		struct json_value all;
		struct store *store = session(s, names[i]);
		write_all(store, s, NULL);
		char *pdf = scratch_get(s, "report/report.pdf", &size);
		assert_memory_equal(pdf, "%PDF-1.5", 8);
		assert_memory_equal(pdf + size - 6, "%%EOF\n", 6);
		assert_true(size < OUTPUT_MAX);
		free(pdf);
		char *json = scratch_get(s, "report/report.json", &size);
		assert_null(json_read(slice_of(json, size - 1), &all, NULL));
		assert_int_equal(all.type, JSON_OBJECT);
		assert_true(size < OUTPUT_MAX);
		assert_false(scratch_has(s, "report/report.pdf.part"));
		assert_false(scratch_has(s, "report/report.json.part"));
		free(json);
		store_abandon(&store);
	}
}

static void json_tells_the_facts(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct store *store = session(s, "fail");
	write_all(store, s, "json");
	store_abandon(&store);
	assert_false(scratch_has(s, "report/report.pdf"));
	char *json = scratch_get(s, "report/report.json", &size);
	struct json_member m[] = {
		{.key = "format"}, {.key = "verdict"},    {.key = "session_id"},
		{.key = "egress"}, {.key = "egress_all"}, {.key = "findings"},
		{.key = "counts"}, {.key = "policy"},
	};
	assert_null(json_read_object(slice_of(json, size - 1), m, LENGTH(m), NULL));
	assert_slice(m[0].value.raw, "airgap-verify report");
	assert_slice(m[1].value.raw, "FAIL");
	assert_slice(m[2].value.raw, "5f3a9c1e7b2d4860a1c4e2f9d0b35876");
	/* 40 and 9 others; one of them a packet socket without a destination */
	assert_int_equal(elements(&m[3].value), 49);
	assert_slice(m[4].value.raw, "49");
	assert_int_equal(elements(&m[5].value), 9);
	struct json_member counts[] = {{.key = "attempts_leaving"},
				       {.key = "attempts_local"},
				       {.key = "attempts_destination_unknown"},
				       {.key = "lookups_leaving"},
				       {.key = "attempts_leaving_of_others"},
				       {.key = "packets"}};
	assert_null(json_read_object(m[6].value.raw, counts, LENGTH(counts), NULL));
	assert_slice(counts[0].value.raw, "48");
	assert_slice(counts[1].value.raw, "61"); /* without the canaries */
	assert_slice(counts[2].value.raw, "1");
	assert_slice(counts[3].value.raw, "9");
	assert_slice(counts[4].value.raw, "1");
	assert_slice(counts[5].value.raw, "10327");
	assert_contains(json, "the model server of the laboratory");
	assert_contains(json, "\"evidence\":{\"file\":\"evidence.ndjson\",\"record\":507,");
	assert_contains(json, "\"evidence\":\"not json at all\"");
	assert_contains(json, "\"policy.app_log\":\"optional\"");
	assert_contains(json, "\"described\":\"logs.d/gate.ini (SHA-256 00)\",\"zone\":\"UTC\",\"zone_why\":\"a guess: nothing tells it\"");
	assert_null(strstr(json, "airgap-collect"));
	free(json);
}

static void long_lists_are_cut_and_counted(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct store *store = session(s, "many");
	write_all(store, s, NULL);
	store_abandon(&store);
	char *json = scratch_get(s, "report/report.json", &size);
	struct json_member m[] = {{.key = "egress"}, {.key = "egress_all"}};
	assert_null(json_read_object(slice_of(json, size - 1), m, LENGTH(m), NULL));
	assert_int_equal(elements(&m[0].value), 10000);
	assert_slice(m[1].value.raw, "20000");
	free(json);
	free(scratch_get(s, "report/report.pdf", &size));
	assert_true(size < 2 << 20);
	char *text = pdf_text(s);
	if (!text)
		return;
	assert_contains(text, "and 5,358 more rows; each of them is in the workbook (report.xlsx) and in audit.db");
	assert_contains(text, "and 701 more, in the workbook and in audit.db, view v_finding");
	assert_contains(text, "There are 901; the first 200 are told below.");
	assert_contains(text, "and 2,988 more, in the workbook"); /* of the destinations that were tried most */
	assert_contains(text, "82 more processes");
	assert_true(occurrences(text, "Process, program") > 10); /* the heads of the table, anew */
	free(text);
}

static void pdf_can_be_read(void **state)
{
	struct scratch *s = *state;
	static const char *const wanted[] = {
		"FAIL",
		"The session left this machine: 48 attempts to 7 destinations",
		"Session 5f3a9c1e7b2d4860a1c4e2f9d0b35876",
		"page 1 of 7",
		"page 7 of 7",
		"At a glance",
		"left this machine: 9",
		"within this machine: 1",
		"2026-11-23 12:00:00 UTC to 2026-11-23 12:01:30 UTC (1 min 30 s)",
		"[2001:db8:85a3::8a2e:",
		"api.telemetry.example",
		"12,345,678",
		"offset -0.184 ms",
		"command ended; exit status 0",
		"reason = the model server of the laboratory",
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"evil\\x1b[31m\\u{202e}gpj.x",
		"seal/SHA256SUMS.p7s",
		"read by: logs.d/gate.ini",
		"times: UTC, a guess: nothing tells it",
	};
	static const char *const unwanted[] = {"compliant", "certified", "MET", "airgap-collect",
					       "\xe2\x80\xae"};
	struct store *store = session(s, "fail");
	write_all(store, s, "pdf");
	store_abandon(&store);
	char *text = pdf_text(s);
	if (!text)
		skip();
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		if (!strstr(text, wanted[i]))
			print_error("not in the text of the PDF: %s\n", wanted[i]);
		assert_contains(text, wanted[i]);
	}
	for (size_t i = 0; i < LENGTH(unwanted); i++)
		assert_null(strstr(text, unwanted[i]));
	free(text);
}

static void each_verdict_has_its_first_page(void **state)
{
	struct scratch *s = *state;
	static const struct {
		const char *name, *verdict, *says;
	} cases[] = {
		{"pass", "PASS", "every required witness saw all of the session"},
		{"inconclusive", "INCONCLUSIVE",
		 "Required witness packets (missing): a packet socket"},
		{NULL, "NOT JUDGED", "The evidence has not been judged."},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct store *store = session(s, cases[i].name);
		write_all(store, s, "pdf");
		store_abandon(&store);
		char *text = pdf_text(s);
		if (!text)
			return;
		*strchr(text, '\f') = 0; /* the end of the first page */
		assert_contains(text, cases[i].verdict);
		assert_contains(text, cases[i].says);
		free(text);
	}
}

static void the_site_and_its_marking_are_told(void **state)
{
	struct scratch *s = *state;
	size_t size;
	static const char *const fields[] = {"Organisation: Example Works <b>", "Security plan (SSP): SSP-7 = draft",
					     "CAGE code: 0X000", "shelf: 12 B"};
	struct store *store = session_with(s, "fail",
		"INSERT INTO session VALUES ('policy_marking', 'CUI//SP-TEST &L'), ('policy_organisation', "
		"'name = Example Works <b>' || char(10) || 'ssp = SSP-7 = draft' || char(10) || 'cage = 0X000' || char(10) || "
		"'empty = ' || char(10) || 'shelf = 12 B' || char(10) || 'marking = CUI//SP-TEST &L' || char(10))");
	write_all(store, s, "pdf,html,json,xlsx");
	store_abandon(&store);
	char *json = scratch_get(s, "report/report.json", &size), *html = scratch_get(s, "report/report.html", &size);
	assert_contains(json, "\"marking\":\"CUI//SP-TEST &L\",\"organisation\":[{\"name\":\"name\",\"value\":\"Example Works <b>\"},"
			"{\"name\":\"ssp\",\"value\":\"SSP-7 = draft\"}");
	assert_contains(html, "<dt>Organisation</dt><dd>Example Works &lt;b&gt;</dd>");
	assert_int_equal(occurrences(html, "<p class=\"marking\">CUI//SP-TEST &amp;L</p>"), 2);
	assert_contains(html, "@top-center { content: \"CUI//SP-TEST \\26 L\"");
	free(json);
	free(html);
	char *text = pdf_text(s);
	if (!text)
		return;
	for (size_t i = 0; i < LENGTH(fields); i++)
		assert_contains(text, fields[i]);
	assert_null(strstr(text, "empty:"));
	/* above and below each page; once more as a field */
	size_t pages = occurrences(text, "\f");
	assert_true(pages > 5);
	assert_int_equal(occurrences(text, "CUI//SP-TEST &L"), 2 * pages + 1);
	free(text);
}

/* What a reader of files sees: paper, structure, and a link for each reason of the first page. */
static void the_pdf_has_paper_structure_and_links(void **state)
{
	static const struct {
		const char *paper, *asked, *box;
	} cases[] = {
		{"a4", NULL, "/MediaBox [ 0 0 595.28 841.89 ]"},
		{"letter", NULL, "/MediaBox [ 0 0 612 792 ]"},
		{"a4", "letter", "/MediaBox [ 0 0 612 792 ]"},
		{"letter", "a4", "/MediaBox [ 0 0 595.28 841.89 ]"},
	};
	static const char *const wanted[] = {"/StructTreeRoot", "/S /H1", "/S /H2", "/S /Table", "/S /TH", "/Outlines"};
	struct scratch *s = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char sql[96];
		size_t size, links = 0;
		snprintf(sql, sizeof sql, "INSERT INTO session VALUES ('policy_paper', '%s')", cases[i].paper);
		struct store *store = session_with(s, "fail", sql);
		assert_int_equal(report_write(store, s->fd, "pdf", &(struct report_form){.paper = cases[i].asked}, NULL), OK);
		char *made = scratch_get(s, "report/made.json", &size);
		assert_true(!strstr(made, "\"paper\":\"") == !cases[i].asked && strstr(made, "\"name\":\"DejaVu Sans Bold\",\"sha256\":\""));
		free(made);
		store_abandon(&store);
		char *pdf = scratch_get(s, "report/report.pdf", &size);
		struct slice all = slice_of(pdf, size);
		assert_true(slice_search(all, slice_of_string(cases[i].box)) < size);
		for (size_t k = 0; k < LENGTH(wanted); k++)
			assert_true(slice_search(all, slice_of_string(wanted[k])) < size);
		struct slice rest = all, link = SLICE("/Subtype /Link");
		for (size_t at; (at = slice_search(rest, link)) < rest.size; links++)
			rest = slice_part(rest, at + link.size, rest.size);
		assert_int_equal(links, 5);
		free(pdf);
	}
}

/* Names that break a page where they can: text that runs the other way, that never ends,
 * of every script, and that the fonts here have no picture of. */
static void hostile_names_stay_in_their_places(void **state)
{
	static const char *const wanted[] = {
		"\\u{202e}gpj.exe", "\\u{2066}a\\u{2069}", "\\x1b[2J", "Beispiel GmbH & Söhne <script>", "пример", "παράδειγμα", "\\xff\\xfe",
		"(100009 bytes in all)", "page 1 of",
	};
	struct scratch *s = *state;
	size_t size;
	/* names of 10,000 bytes, a command line of 100 KB, and CJK, Arabic, Hebrew, Thai, emoji */
	struct store *store = session_with(s, "fail",
		"UPDATE session SET value = 'sh -c ' || replace(hex(zeroblob(50000)), '0', 'x') WHERE name = 'command';"
		"UPDATE session SET value = replace(hex(zeroblob(5000)), '00', 'hö') WHERE name = 'host';"
		"UPDATE session SET value = char(0x202e) || 'gpj.exe' || char(0x2066) || 'a' || char(0x2069) || char(27) || '[2J' WHERE name = 'user';"
		"INSERT INTO session VALUES ('policy_marking', replace(hex(zeroblob(5000)), '0', 'M')), ('policy_organisation', "
		"'name = Beispiel GmbH & Söhne <script>' || char(10) || 'пример = παράδειγμα 例え שלום مرحبا ตัวอย่าง 😀' || char(10) || "
		"'bad = ' || CAST(x'fffe' AS TEXT) || char(10) || 'none' || char(10));"
		"UPDATE attempt SET name = replace(hex(zeroblob(5000)), '0', 'n'), comm = char(0x202e) || 'مرحبا' || char(9) || comm;"
		"UPDATE dns SET qname = replace(hex(zeroblob(5000)), '0', 'q');"
		"UPDATE process SET exe = '/' || replace(hex(zeroblob(50000)), '0', '例');"
		"UPDATE finding SET title = replace(hex(zeroblob(5000)), '0', char(0x202e) || 'T'), "
		"detail = 'long ' || replace(hex(zeroblob(50002)), '0', 'd'), remedy = replace(hex(zeroblob(50)), '0', 'r');"
		"UPDATE artifact SET path = replace(hex(zeroblob(5000)), '0', 'a/') || path;");
	write_all(store, s, "pdf");
	store_abandon(&store);
	free(scratch_get(s, "report/report.pdf", &size));
	assert_true(size < 2 << 20);
	char *text = pdf_text(s);
	if (!text)
		return;
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		if (!strstr(text, wanted[i]))
			print_error("not in the text of the PDF: %s\n", wanted[i]);
		assert_contains(text, wanted[i]);
	}
	assert_null(strstr(text, "\xe2\x80\xae"));
	assert_null(strstr(text, "\x1b"));
	free(text);
}

/* Ways that were tried and not, and what a layer claims; nothing where nobody tried. */
static void the_pdf_tells_what_was_tried(void **state)
{
	struct scratch *s = *state;
	static const char *const wanted[] = {"Ways out that were tried", "dns_udp", "a packet left by eth0", "kernel (call)", "connect: Operation",
					     "the policy names no IPv6 sink", "What the layers of the policy claim", "egress filter", "broken",
					     "not shown"};
	static const char rows[] =
		"INSERT INTO challenge (id, probe, skipped, proto, dst, dport, call, errno, attempt, flow, seen, result, source, record) VALUES"
		" (1, 'tcp', NULL, 'tcp', '192.0.2.9', 4444, 'connect', 1, 1, NULL, 1, 'stopped', 1, 1),"
		" (2, 'dns_udp', NULL, 'udp', '192.0.2.9', 53, 'recv', 110, NULL, 900, 1, 'left', 1, 2),"
		" (3, 'tcp6', 'the policy names no IPv6 sink', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 1, 3);"
		"INSERT INTO flow (id, source, proto, src, dst, first_ns, last_ns, packets_out, packets_in, bytes_out, bytes_in, iface, dir, first_packet)"
		" VALUES (900, 1, 'udp', '192.0.2.1', '192.0.2.9', 1, 1, 1, 0, 9, 0, 'eth0', 'local', 1);"
		"INSERT INTO claim (layer, probe) VALUES ('egress filter', 'dns_udp'), ('egress filter', 'tcp6');";
	for (int tried = 0; tried < 2; tried++) {
		struct store *store = session_with(s, "pass", tried ? rows : "");
		write_all(store, s, "pdf");
		store_abandon(&store);
		char *text = pdf_text(s);
		for (size_t i = 0; text && i < LENGTH(wanted); i++) {
			if (tried && !strstr(text, wanted[i]))
				print_error("not in the text of the PDF: %s\n", wanted[i]);
			assert_true(!tried || strstr(text, wanted[i]) != NULL);
		}
		assert_true(!text || (strstr(text, wanted[0]) != NULL) == tried);
		free(text);
	}
}

/* Only those that were asked for, by whoever writes the report or by the policy. */
static void controls_are_told_where_they_are_asked_for(void **state)
{
	static const struct {
		const char *policy, *asked;
		bool cmmc, hipaa;
	} cases[] = {
		{NULL, NULL, false, false}, {NULL, "hipaa", false, true}, {NULL, "cmmc-l2, hipaa", true, true},
		{"cmmc-l2", NULL, true, false}, {"cmmc-l2", "hipaa", false, true}, {NULL, "cmmc-l", false, false},
	};
	struct scratch *s = *state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		size_t size;
		char sql[160];
		snprintf(sql, sizeof sql, "INSERT INTO session VALUES ('policy_frameworks', '%s')", cases[i].policy ? cases[i].policy : "");
		struct store *store = session_with(s, "fail", sql);
		assert_int_equal(report_write(store, s->fd, NULL, &(struct report_form){.frameworks = cases[i].asked}, &err), OK);
		store_abandon(&store);
		char *json = scratch_get(s, "report/report.json", &size), *text = pdf_text(s);
		assert_int_equal(strstr(json, "\"control\":\"SC.L2-3.13.6\"") != NULL, cases[i].cmmc);
		assert_int_equal(strstr(json, "\"control\":\"164.312(b)\"") != NULL, cases[i].hipaa);
		assert_true(!text || (strstr(text, "SC.L2-3.13.6") != NULL) == cases[i].cmmc);
		assert_true(!text || (strstr(text, "164.312(b)") != NULL) == cases[i].hipaa);
		assert_true(!text || (strstr(text, "An assessor decides") != NULL) == (cases[i].cmmc || cases[i].hipaa || cases[i].asked));
		free(json);
		free(text);
	}
}

/* In a child, where language, time zone and time of day differ. */
static void write_elsewhere(struct store *store, const struct scratch *s)
{
	pid_t child = fork();
	if (child == 0) {
		setenv("TZ", "Pacific/Chatham", 1);
		setenv("LC_ALL", "ar_EG.UTF-8", 1);
		setenv("PANGO_LANGUAGE", "ja", 1);
		setenv("SOURCE_DATE_EPOCH", "1", 1);
		sleep(1);
		_exit(report_write(store, s->fd, NULL, NULL, NULL) == OK ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void same_bytes_everywhere(void **state)
{
	struct scratch *s = *state;
	static const char *const files[] = {"report/report.pdf", "report/report.json"};
	char *first[2], *again;
	size_t size[2], size_again;
	struct store *store = session(s, "fail");
	write_elsewhere(store, s);
	for (size_t i = 0; i < LENGTH(files); i++)
		first[i] = scratch_get(s, files[i], &size[i]);
	write_all(store, s, NULL);
	store_abandon(&store);
	for (size_t i = 0; i < LENGTH(files); i++) {
		again = scratch_get(s, files[i], &size_again);
		assert_int_equal(size[i], size_again);
		assert_memory_equal(first[i], again, size_again);
		free(first[i]);
		free(again);
	}
}

static void unknown_formats_are_refused(void **state)
{
	struct scratch *s = *state;
	static const char *const wrong[] = {"docx", "pdf,docx", "", "pdf,", "pdf, json", "PDF"};
	struct store *store = session(s, "pass");
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct error err = {0};
		assert_int_equal(report_write(store, s->fd, wrong[i], NULL, &err), ERR_USAGE);
		assert_contains(err.text, "there are: pdf, xlsx, html, json, oscal");
	}
	struct error err = {0};
	assert_int_equal(report_write(store, s->fd, "\x1b[2J", NULL, &err), ERR_USAGE);
	assert_contains(err.text, "\\x1b[2J");
	assert_false(scratch_has(s, "report"));
	store_abandon(&store);
}

static void links_are_not_followed(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = session(s, "pass");
	assert_int_equal(mkdirat(s->fd, "elsewhere", 0700), 0);
	assert_int_equal(symlinkat("elsewhere", s->fd, "report"), 0);
	assert_int_not_equal(report_write(store, s->fd, NULL, NULL, &err), OK);
	assert_false(scratch_has(s, "elsewhere/report.pdf"));
	store_abandon(&store);
}

static void full_disks_are_errors(void **state)
{
	struct scratch *s = *state;
	struct store *store = session(s, "pass");
	for (size_t i = 0; i < writer_count; i++) {
		struct error err = {0};
		if (!writers[i].write)
			continue;
		AUTO_FD int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
		assert_true(fd >= 0);
		assert_int_equal(writers[i].write(store, NULL, fd, &err), ERR_IO);
		assert_contains(err.text, "No space left");
	}
	store_abandon(&store);
}

/* What was there before stays, and nothing half is left. */
static void files_that_cannot_grow_are_not_put_in_place(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct store *store = session(s, "fail");
	assert_int_equal(mkdirat(s->fd, "report", 0700), 0);
	scratch_put(s, "report/report.pdf", SLICE("before"));
	pid_t child = fork();
	if (child == 0) {
		struct rlimit small = {8192, 8192};
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &small);
		struct error err = {0};
		_exit((int)report_write(store, s->fd, NULL, NULL, &err));
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ERR_IO);
	char *kept = scratch_get(s, "report/report.pdf", &size);
	assert_string_equal(kept, "before");
	free(kept);
	assert_false(scratch_has(s, "report/report.pdf.part"));
	assert_false(scratch_has(s, "report/report.json"));
	store_abandon(&store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(
			same_bytes_everywhere), /* first: its child must be the first to draw */
		scratch_test(documents_are_whole),
		scratch_test(json_tells_the_facts),
		scratch_test(long_lists_are_cut_and_counted),
		scratch_test(pdf_can_be_read),
		scratch_test(each_verdict_has_its_first_page),
		scratch_test(the_site_and_its_marking_are_told),
		scratch_test(the_pdf_has_paper_structure_and_links),
		scratch_test(hostile_names_stay_in_their_places),
		scratch_test(the_pdf_tells_what_was_tried),
		scratch_test(controls_are_told_where_they_are_asked_for),
		scratch_test(unknown_formats_are_refused),
		scratch_test(links_are_not_followed),
		scratch_test(full_disks_are_errors),
		scratch_test(files_that_cannot_grow_are_not_put_in_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
