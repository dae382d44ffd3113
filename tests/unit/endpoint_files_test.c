/* SPDX-License-Identifier: Apache-2.0 */
/* The site's rules go with a session: another machine judges it by them. */
#include "tests/unit/fake_store.h"

#include "cli/endpoint_files.h"

#define HEADING "rule\tproduct\thost\tport\tprocess\tpath\tvector\tconfidence\toff_switch\n"
#define RULE(name, host) name "\tOurs\t" host "\t443\t-\t-\tsync\thigh\t-\n"

static struct endpoints *site_of(const char *first, const char *second)
{
	struct endpoints *all = endpoints_new();
	struct error err = {0};
	assert_int_equal(endpoints_add(all, slice_of_string(first), "/etc/x/a.tsv", &err), OK);
	assert_int_equal(endpoints_add(all, slice_of_string(second), "b", &err), OK);
	return all;
}

static const char *decides(const struct endpoints *all, const char *host)
{
	static char text[ENDPOINT_RULE_MAX + 1];
	struct endpoint_asked asked = {.host = slice_of_string(host), .port = 443};
	const struct endpoint *rule = endpoints_find(all, &asked);
	assert_true(rule && slice_to_string(rule->rule, text, sizeof text));
	return text;
}

static void what_is_kept_is_read_again(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	size_t count;
	AUTO_ENDPOINTS struct endpoints *site = site_of(HEADING RULE("site.one", "a.example"), HEADING RULE("site.two", "a.example"));
	AUTO_ENDPOINTS struct endpoints *kept = NULL, *again = NULL, *twice = NULL;
	assert_string_equal(decides(site, "a.example"), "site.two");
	assert_int_equal(endpoint_files_keep(r->s->fd, site, 0, &kept, &err), OK);
	assert_true(scratch_has(r->s, "endpoints.d/00-a.tsv") && scratch_has(r->s, "endpoints.d/01-b.tsv"));
	assert_int_equal(endpoint_files_kept(r->s->fd, NULL, &again, &count, &err), OK);
	assert_int_equal(endpoints_files(again)->count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(endpoints_files(again)->at[i]->name, endpoints_files(kept)->at[i]->name);
		assert_string_equal(endpoints_files(again)->at[i]->sha256, endpoints_files(site)->at[i]->sha256);
	}
	assert_string_equal(decides(again, "a.example"), "site.two");
	/* a folder that is there already is not the session's own */
	assert_int_not_equal(endpoint_files_keep(r->s->fd, site, 0, &twice, &err), OK);
}

/* What a judgement was given later stands behind what was there; the same again changes nothing. */
static void what_comes_later_is_kept_too(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	size_t count;
	char path[256];
	const struct argument_list named = {{path}, 1};
	AUTO_ENDPOINTS struct endpoints *site = site_of(HEADING RULE("site.one", "a.example"), HEADING RULE("site.two", "b.example"));
	AUTO_ENDPOINTS struct endpoints *kept = NULL, *more = NULL, *all = NULL, *same = NULL;
	assert_int_equal(endpoint_files_keep(r->s->fd, site, 0, &kept, &err), OK);
	scratch_put(r->s, "later.tsv", SLICE(HEADING RULE("site.later", "a.example")));
	snprintf(path, sizeof path, "%s/later.tsv", r->s->path);
	assert_int_equal(endpoint_files_kept(r->s->fd, &named, &more, &count, &err), OK);
	assert_int_equal(count, 2);
	assert_int_equal(endpoints_files(more)->count, 3);
	assert_int_equal(endpoint_files_keep(r->s->fd, more, count, &all, &err), OK);
	assert_true(scratch_has(r->s, "endpoints.d/02-later.tsv"));
	assert_string_equal(decides(all, "a.example"), "site.later");
	assert_int_equal(endpoint_files_kept(r->s->fd, &named, &same, &count, &err), OK);
	assert_int_equal(count, 3);
	assert_int_equal(endpoints_files(same)->count, 3);
}

static void a_folder_without_any_keeps_none(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	size_t count;
	AUTO_ENDPOINTS struct endpoints *build = endpoints_new(), *kept = NULL, *again = NULL;
	assert_int_equal(endpoint_files_keep(r->s->fd, build, 0, &kept, &err), OK);
	assert_false(scratch_has(r->s, "endpoints.d"));
	assert_int_equal(endpoint_files_kept(r->s->fd, NULL, &again, &count, &err), OK);
	assert_int_equal(endpoints_count(again), endpoints_count(build));
}

static void one_that_is_wrong_is_told(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	size_t count;
	AUTO_ENDPOINTS struct endpoints *again = NULL;
	assert_int_equal(mkdirat(r->s->fd, "endpoints.d", 0700), 0);
	scratch_put(r->s, "endpoints.d/00-a.tsv", SLICE(HEADING RULE("site.one", "a.example") RULE("Two", "a.example")));
	scratch_put(r->s, "endpoints.d/readme", SLICE("not one"));
	assert_int_equal(endpoint_files_kept(r->s->fd, NULL, &again, &count, &err), ERR_CONFIG);
	assert_contains(err.text, "endpoints.d/00-a.tsv: line 3, column 1: rule");
}

static void a_database_holds_them(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_ENDPOINTS struct endpoints *site = site_of(HEADING RULE("site.one", "a.example"), HEADING RULE("site.two", "b.example"));
	for (int i = 0; i < 2; i++)
		assert_int_equal(endpoint_files_store(r->store, site, &err), OK);
	assert_rows(r->store, "SELECT path, length(sha256), text LIKE '%site.%' FROM endpoint_file ORDER BY id", "/etc/x/a.tsv|64|1;b|64|1;");
	assert_int_equal(endpoint_files_store(r->store, NULL, &err), OK);
	assert_rows(r->store, "SELECT count(*) FROM endpoint_file", "0;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(what_is_kept_is_read_again),
		rows_test(what_comes_later_is_kept_too),
		rows_test(a_folder_without_any_keeps_none),
		rows_test(one_that_is_wrong_is_told),
		rows_test(a_database_holds_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
