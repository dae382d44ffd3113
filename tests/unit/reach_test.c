/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "fleet/reach.h"

static void nothing_of_the_environment(void)
{
	static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE"};
	for (size_t i = 0; i < LENGTH(names); i++)
		unsetenv(names[i]);
}

static void places_of_this_machine(void **state)
{
	(void)state;
	static const char *const places[] = {
		"postgresql://", "postgresql:///evidence", "postgresql:///evidence?host=/run/postgresql", "postgresql://localhost/evidence",
		"postgresql://user@127.0.0.1:5433/evidence", "postgresql://[::1]/evidence", "postgresql://%2Frun%2Fpostgresql/evidence",
		"postgresql://localhost,127.0.0.2/evidence", "postgresql://localhost/evidence?hostaddr=127.0.0.1",
	};
	nothing_of_the_environment();
	for (size_t i = 0; i < LENGTH(places); i++) {
		struct error err = {0};
		if (reach_is_here(places[i], &err))
			print_error("%s: %s\n", places[i], err.text);
		assert_int_equal(err.status, OK);
	}
}

static void places_elsewhere(void **state)
{
	(void)state;
	static const char *const places[] = {
		"postgresql://192.0.2.1/evidence", "postgresql://db.example/evidence", "postgresql://[2001:db8::1]/evidence",
		"postgresql://localhost,192.0.2.1/evidence", "postgresql://localhost/evidence?hostaddr=192.0.2.1",
		"postgresql:///evidence?host=192.0.2.1", "postgresql:///evidence?service=site", "postgresql://localhost.example/evidence",
	};
	nothing_of_the_environment();
	for (size_t i = 0; i < LENGTH(places); i++) {
		struct error err = {0};
		if (reach_is_here(places[i], &err) != ERR_USAGE)
			print_error("%s is let through\n", places[i]);
		assert_int_equal(err.status, ERR_USAGE);
		assert_contains(err.text, "--store-remote");
	}
}

static void the_environment_counts(void **state)
{
	(void)state;
	static const char *const settings[][2] = {{"PGHOST", "192.0.2.1"}, {"PGHOSTADDR", "192.0.2.1"}, {"PGSERVICE", "site"}};
	for (size_t i = 0; i < LENGTH(settings); i++) {
		struct error err = {0};
		nothing_of_the_environment();
		setenv(settings[i][0], settings[i][1], 1);
		assert_int_equal(reach_is_here("postgresql:///evidence", &err), ERR_USAGE);
	}
	nothing_of_the_environment();
	setenv("PGHOST", "192.0.2.1", 1);
	assert_int_equal(reach_is_here("postgresql://localhost/evidence", NULL), OK);
	nothing_of_the_environment();
}

static void a_place_that_is_none(void **state)
{
	(void)state;
	struct error err = {0};
	assert_int_equal(reach_is_here("postgresql://localhost/evidence?nonsense=1", &err), ERR_USAGE);
	assert_contains(err.text, "nonsense");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_of_this_machine),
		cmocka_unit_test(places_elsewhere),
		cmocka_unit_test(the_environment_counts),
		cmocka_unit_test(a_place_that_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
