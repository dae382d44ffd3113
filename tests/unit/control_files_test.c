/* SPDX-License-Identifier: Apache-2.0 */
/* The site's frameworks go with a session, also those that are given to it afterwards. */
#include "tests/unit/fake_store.h"

#include "cli/control_files.h"
#include "core/file.h"

#include <sys/stat.h>

#define HEADING "framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine\n"
#define ROW(framework, control) framework "\t" control "\t-\tt\ta\tE2\t-\tweak\tegress\tl\tp\tArtifact\n"

static struct argument_list named(struct scratch *s, const char *first, const char *second)
{
	static char paths[2][FILE_PATH_MAX];
	struct argument_list list = {.count = second ? 2 : 1};
	snprintf(paths[0], sizeof paths[0], "%s/%s", s->path, first);
	snprintf(paths[1], sizeof paths[1], "%s/%s", s->path, second ? second : "");
	list.at[0] = paths[0];
	list.at[1] = paths[1];
	return list;
}

static void put_both(struct rows *r)
{
	scratch_put(r->s, "a.tsv", SLICE(HEADING ROW("ours", "A-1")));
	scratch_put(r->s, "b", SLICE(HEADING ROW("ours", "B-1") ROW("theirs", "1")));
}

/* Controls of a framework, with blanks between. */
static const char *controls_of(const struct frameworks *all, const char *framework)
{
	static char text[256];
	size_t size = 0;
	text[0] = 0;
	for (size_t i = 0; i < frameworks_count(all); i++) {
		const struct control *c = frameworks_at(all, i);
		if (slice_is(c->framework, framework))
			size += (size_t)snprintf(text + size, sizeof text - size, "%.*s ", (int)c->control.size, (const char *)c->control.at);
	}
	return text;
}

static void what_is_kept_is_read_again(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *site = NULL, *kept = NULL, *again = NULL, *twice = NULL;
	size_t there;
	put_both(r);
	struct argument_list files = named(r->s, "a.tsv", "b");
	assert_int_equal(control_files_load(&files, &site, &err), OK);
	assert_int_equal(control_files_keep(r->s->fd, site, 0, &kept, &err), OK);
	assert_true(scratch_has(r->s, "controls.d/00-a.tsv") && scratch_has(r->s, "controls.d/01-b.tsv"));
	assert_int_equal(control_files_kept(r->s->fd, NULL, &again, &there, &err), OK);
	assert_int_equal(there, 2);
	assert_string_equal(controls_of(kept, "ours"), "B-1 ");
	assert_string_equal(controls_of(again, "ours"), "B-1 ");
	assert_string_equal(frameworks_files(again)->at[1]->name, "controls.d/01-b.tsv");
	assert_string_equal(frameworks_files(again)->at[1]->sha256, frameworks_files(site)->at[1]->sha256);
	/* a folder that is there already is not the session's own, whether the site has any or not */
	assert_int_equal(control_files_keep(r->s->fd, site, 0, &twice, &err), ERR_MALFORMED);
	assert_contains(err.text, "controls.d is in the session's folder already");
}

static void one_that_nobody_told_of_is_refused(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *build = frameworks_new(), *kept = NULL, *again = NULL;
	assert_int_equal(control_files_keep(r->s->fd, build, 0, &kept, &err), OK);
	assert_false(scratch_has(r->s, "controls.d"));
	assert_int_equal(mkdirat(r->s->fd, "controls.d", 0700), 0);
	assert_int_equal(control_files_keep(r->s->fd, build, 0, &again, &err), ERR_MALFORMED);
}

/* Given to a session that has some: the new ones come behind, and those it ends with already
 * are not kept twice. */
static void more_are_kept_behind(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *first = NULL, *kept = NULL, *second = NULL, *more = NULL, *third = NULL, *back = NULL;
	size_t there;
	put_both(r);
	struct argument_list a = named(r->s, "a.tsv", NULL);
	assert_int_equal(control_files_kept(r->s->fd, &a, &first, &there, &err), OK);
	assert_int_equal(there, 0);
	assert_int_equal(control_files_keep(r->s->fd, first, there, &kept, &err), OK);
	struct argument_list b = named(r->s, "b", NULL);
	assert_int_equal(control_files_kept(r->s->fd, &b, &second, &there, &err), OK);
	assert_int_equal(there, 1);
	assert_int_equal(control_files_keep(r->s->fd, second, there, &more, &err), OK);
	assert_int_equal(frameworks_files(more)->count, 2);
	assert_string_equal(frameworks_files(more)->at[1]->name, "controls.d/01-b.tsv");
	assert_string_equal(controls_of(more, "ours"), "B-1 ");
	assert_int_equal(control_files_kept(r->s->fd, &b, &third, &there, &err), OK);
	assert_int_equal(there, 2);
	assert_int_equal(frameworks_files(third)->count, 2);
	assert_string_equal(frameworks_files(third)->at[1]->name, "controls.d/01-b.tsv");
	/* an earlier one again is to count again */
	a = named(r->s, "a.tsv", NULL);
	assert_int_equal(control_files_kept(r->s->fd, &a, &back, &there, &err), OK);
	assert_int_equal(there, 2);
	assert_string_equal(controls_of(back, "ours"), "A-1 ");
}

static void a_wrong_one_is_told_before_anything_is_kept(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *all = NULL;
	size_t there;
	scratch_put(r->s, "a.tsv", SLICE(HEADING "Ours\n"));
	struct argument_list a = named(r->s, "a.tsv", NULL);
	assert_int_equal(control_files_kept(r->s->fd, &a, &all, &there, &err), ERR_CONFIG);
	assert_contains(err.text, "a.tsv: line 2, column 1: framework");
	assert_false(scratch_has(r->s, "controls.d"));
}

static void a_database_holds_them(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *site = NULL;
	put_both(r);
	struct argument_list files = named(r->s, "a.tsv", "b");
	assert_int_equal(control_files_load(&files, &site, &err), OK);
	for (int i = 0; i < 2; i++)
		assert_int_equal(control_files_store(r->store, site, &err), OK);
	assert_rows(r->store, "SELECT count(*), min(length(sha256)), sum(text LIKE 'framework%') FROM control_file", "2|64|2;");
	assert_int_equal(control_files_store(r->store, NULL, &err), OK);
	assert_rows(r->store, "SELECT count(*) FROM control_file", "0;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(what_is_kept_is_read_again),
		rows_test(one_that_nobody_told_of_is_refused),
		rows_test(more_are_kept_behind),
		rows_test(a_wrong_one_is_told_before_anything_is_kept),
		rows_test(a_database_holds_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
