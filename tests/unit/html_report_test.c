/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/golden_session.h"

#include "core/hash.h"

#include <openssl/evp.h>

static const char *const sessions[] = {"pass", "fail", "inconclusive", "many", NULL};

/* The page of a session; the caller frees it. */
static char *page(const struct scratch *s, const char *name, size_t *ret_size)
{
	struct store *store = session(s, name);
	write_all(store, s, "html");
	store_abandon(&store);
	return scratch_get(s, "report/report.html", ret_size);
}

static void change(const struct scratch *s, const char *sql)
{
	char path[128], *problem = NULL;
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, &problem), SQLITE_OK);
	sqlite3_close(db);
}

/* "…' sha256 of what stands between <style> or <script> and its end. */
static void policy_lets_only_this_in(const char *html, const char *kind)
{
	char open[16], close[16], wanted[128];
	unsigned char digest[HASH_SIZE], text[128];
	snprintf(open, sizeof open, "<%s>", kind);
	snprintf(close, sizeof close, "</%s>", kind);
	const char *from = strstr(html, open), *to = strstr(html, close);
	assert_true(from && to && from < to);
	assert_null(strstr(from + 1, open));
	from += strlen(open);
	hash_bytes(slice_of(from, (size_t)(to - from)), digest);
	EVP_EncodeBlock(text, digest, HASH_SIZE);
	snprintf(wanted, sizeof wanted, "%s-src 'sha256-%s'", kind, (char *)text);
	assert_contains(html, wanted);
}

static void it_stands_alone(void **state)
{
	struct scratch *s = *state;
	static const char *const ways_out[] = {" src=", "@import", "url(", "<iframe", "<object", "<form", "http://", "https://",
					       "fetch(", "XMLHttp", "onload=", "onclick=", "style=\""};
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		size_t size;
		char *html = page(s, sessions[i], &size);
		assert_contains(html, "default-src 'none'");
		policy_lets_only_this_in(html, "style");
		policy_lets_only_this_in(html, "script");
		for (size_t w = 0; w < LENGTH(ways_out); w++) {
			/* the evidence may name an address, in text; mark-up may not */
			const char *at = strstr(html, ways_out[w]);
			if (at)
				print_error("%s: %.60s\n", ways_out[w], at);
			assert_null(at);
		}
		for (const char *at = html; (at = strstr(at, " href=\"")); at++)
			assert_true(at[7] == '#' || !strncmp(at + 7, "data:,\"", 7));
		assert_true(size < 15000000);
		free(html);
	}
}

static void it_tells_the_facts(void **state)
{
	struct scratch *s = *state;
	size_t size;
	char *html = page(s, "fail", &size);
	assert_contains(html, "<strong>FAIL</strong>");
	assert_contains(html, "<svg role=\"img\" aria-label=\"Attempts over time");
	assert_contains(html, "<svg role=\"img\" aria-label=\"What each witness could see");
	assert_contains(html, "<th scope=\"col\">Destination</th>");
	assert_contains(html, "removable media");
	free(html);
	html = page(s, NULL, &size);
	assert_contains(html, "NOT JUDGED");
	free(html);
	html = page(s, "many", &size);
	assert_contains(html, "There are more rows than the 10000 shown here");
	free(html);
}

/* Of long texts fewer rows are shown: a page that no browser opens helps nobody. */
static void long_texts_do_not_swell_it(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct error err = {0};
	struct store *store = session(s, "fail");
	store_abandon(&store);
	change(s, "DELETE FROM finding; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
		  " INSERT INTO finding (severity, effect, check_id, title, detail, evidence, remedy)"
		  " SELECT 'high', 'FAIL', 'egress', 'number ' || i, replace(hex(zeroblob(1500)), '00', '&'), '{}', '' FROM n");
	char path[128];
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	write_all(store, s, "html");
	store_abandon(&store);
	char *html = scratch_get(s, "report/report.html", &size);
	assert_in_range(size, 4 << 20, 5 << 20);
	assert_contains(html, "There are more rows than the ");
	free(html);
}

/* Whatever a program calls itself or a host is called. */
static void foreign_text_is_no_markup(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct error err = {0};
	struct store *store = session(s, "fail");
	store_abandon(&store);
	change(s, "UPDATE attempt SET comm = '</td><script>alert(1)</script>', name = '\"><img src=x>&' || char(8238) || char(27)"
		  "; UPDATE finding SET title = '<b>&amp;</b>', detail = x'ff' || '</style>'"
		  "; UPDATE verdict SET scope = '<i>scope</i>'"
		  "; UPDATE session SET value = '</title><script>' WHERE name IN ('id', 'command', 'host')");
	char path[128];
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	write_all(store, s, "html");
	store_abandon(&store);
	char *html = scratch_get(s, "report/report.html", &size);
	assert_null(strstr(html, "<script>alert"));
	assert_null(strstr(html, "<img"));
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "<i>"));
	assert_null(strchr(html, 27));
	assert_null(strstr(html, "\xe2\x80\xae"));
	assert_contains(html, "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;<td");
	assert_contains(html, "&lt;b&gt;&amp;amp;&lt;/b&gt;");
	assert_contains(html, "\\xff&lt;/style&gt;");
	policy_lets_only_this_in(html, "script");
	free(html);
}

static void the_same_database_gives_the_same_page(void **state)
{
	struct scratch *s = *state;
	size_t a, b;
	char *first = page(s, "fail", &a), *second = page(s, "fail", &b);
	assert_int_equal(a, b);
	assert_memory_equal(first, second, a);
	free(first);
	free(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(it_stands_alone),
		scratch_test(it_tells_the_facts),
		scratch_test(long_texts_do_not_swell_it),
		scratch_test(foreign_text_is_no_markup),
		scratch_test(the_same_database_gives_the_same_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
