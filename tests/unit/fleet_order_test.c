/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles of one host that are taken in at once, named in another order than that in which they
 * came about: nothing was rolled back.
 */
#include "tests/unit/fleet_bundles.h"
#include "tests/unit/test.h"

#include "cli/fleet_add.h"
#include "report/signing.h"

enum { NIGHTS = 3, ATTEMPTS = 5 };

struct planned {
	struct scratch *scratch; /* owned */
	struct signing *key;	 /* owned */
};

static int set_up(void **state)
{
	struct planned *p = must_alloc(1, sizeof *p);
	struct error err = {0};
	void *scratch = NULL;
	if (scratch_setup(&scratch))
		return -1;
	p->scratch = scratch;
	fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &p->key, &err), &err);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct planned *p = *state;
	void *scratch = p->scratch;
	signing_free(p->key);
	free(p);
	return scratch_teardown(&scratch);
}

/* The bundle of a night in a folder, called `name`, or what of a bundle's own name stands behind organisation and
 * system behind that. */
static void make(const struct planned *p, unsigned night, const char *folder, const char *name, bool tells)
{
	char made[FILE_PATH_MAX], into[FILE_PATH_MAX], path[2 * FILE_PATH_MAX], id[64], called[256];
	snprintf(id, sizeof id, "%08x%024x", night, 0);
	const struct fleet_bundle b = {"alpha", id, "PASS", FLEET_FIRST + (night - 1) * FLEET_DAY, ATTEMPTS, NULL};
	fleet_bundle_make(p->scratch->path, &b, p->key, made);
	const char *times = strstr(made, "_alpha_");
	assert_non_null(times);
	snprintf(called, sizeof called, "%s%s", name, tells ? times : "");
	snprintf(into, sizeof into, "%s/%s", p->scratch->path, folder);
	mkdir(into, 0700);
	snprintf(path, sizeof path, "%s/%s", into, called);
	assert_int_equal(rename(made, path), 0);
}

static int alarms(const char *store)
{
	const struct depot_options options = {.place = store};
	struct error err = {0};
	bool row = true;
	int count = 0;
	AUTO_DEPOT struct depot *d = NULL;
	AUTO_ANSWER struct answer *a = NULL;
	const struct value times[] = {value_number(FLEET_FIRST + 2 * FLEET_DAY), {.type = VALUE_NULL}, value_number(0), value_number(INT64_MAX)};
	fleet_must(depot_open(&options, DEPOT_READ, &d, &err), &err);
	fleet_must(depot_ask(d, FLEET_STATUS_ALARMS, times, LENGTH(times), &a, &err), &err);
	while (!answer_step(a, &row, &err) && row)
		count++;
	return count;
}

/* Each folder is named once, the later first. */
static void add_folders(const struct planned *p, size_t folders, int wanted_alarms)
{
	char store[FILE_PATH_MAX], paths[NIGHTS][FILE_PATH_MAX], *names[NIGHTS];
	struct error err = {0};
	for (size_t i = 0; i < folders; i++) {
		snprintf(paths[i], sizeof paths[i], "%s/d%zu", p->scratch->path, folders - i);
		names[i] = paths[i];
	}
	snprintf(store, sizeof store, "%s/fleet.db", p->scratch->path);
	const struct fleet_settings s = {.common = {.quiet = true}, .store = store};
	assert_int_equal(fleet_add(&s, names, folders, &err), 0);
	assert_string_equal(err.text, "");
	assert_int_equal(alarms(store), wanted_alarms);
}

static void folders_in_another_order(void **state)
{
	make(*state, 1, "d1", "AGV_Example_build", true);
	make(*state, 2, "d2", "AGV_Example_build", true);
	add_folders(*state, 2, 0);
}

static void names_in_another_order(void **state)
{
	make(*state, 1, "d1", "AGV_x_build", true);
	make(*state, 2, "d1", "AGV_Acme_build", true);
	add_folders(*state, 1, 0);
}

/* Here only what stands in them tells; the last one is known by its name. */
static void names_that_tell_nothing(void **state)
{
	make(*state, 1, "d1", "c.zip", false);
	make(*state, 2, "d1", "b.zip", false);
	make(*state, 3, "d1", "AGV_Example_build", true);
	add_folders(*state, 1, 0);
}

/* Behind one that is there already it is another matter. */
static void one_after_the_other(void **state)
{
	make(*state, 2, "d1", "b.zip", false);
	add_folders(*state, 1, 0);
	make(*state, 1, "d1", "a.zip", false);
	add_folders(*state, 1, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(folders_in_another_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_in_another_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_that_tell_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_after_the_other, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
