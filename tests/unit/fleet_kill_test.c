/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server that is killed while bundles go in, twice, and started again: no row is lost, and none
 * is there twice.
 */
#include "tests/unit/fleet_bundles.h"
#include "tests/unit/postgres.h"

#include "cli/fleet_add.h"
#include "report/signing.h"

enum { BUNDLES = 24, ATTEMPTS = 4000, WAIT_MAX = 1200 /* twentieths of a second */ };

static void make_bundles(const char *folder)
{
	struct error err = {0};
	AUTO_SIGNING struct signing *signing = NULL;
	fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &signing, &err), &err);
	for (unsigned i = 0; i < BUNDLES; i++) {
		char session[33], path[FILE_PATH_MAX];
		snprintf(session, sizeof session, "%032x", i);
		const struct fleet_bundle b = {"alpha", session, "PASS", FLEET_FIRST + i * FLEET_DAY, ATTEMPTS, NULL};
		fleet_bundle_make(folder, &b, signing, path);
	}
}

/* Ends with the exit status of the command. */
static pid_t start_adding(const char *place, char *folder)
{
	fflush(NULL);
	pid_t child = fork();
	if (child)
		return child;
	struct error err = {0};
	const struct fleet_settings settings = {.common = {.quiet = true}, .store = place};
	int status = fleet_add(&settings, &folder, 1, &err);
	if (err.status)
		fprintf(stderr, "%s\n", err.text);
	_exit(err.status ? error_exit(err.status) : status);
}

/* How many bundles are there; -1 where nothing can be said. */
static int64_t count_bundles(const char *place)
{
	enum { BUNDLES_COLUMN = 1 };
	const struct depot_options options = {.place = place};
	AUTO_DEPOT struct depot *d = NULL;
	AUTO_ANSWER struct answer *a = NULL;
	struct error err = {0};
	bool row = false;
	const struct value ever = value_number(INT64_MAX);
	if (depot_open(&options, DEPOT_READ, &d, &err) || depot_ask(d, FLEET_STATUS_TOTALS, &ever, 1, &a, &err) || answer_step(a, &row, &err))
		return -1;
	int64_t count = row ? answer_number(a, BUNDLES_COLUMN) : -1;
	answer_end(TAKE(&a));
	return count;
}

static void wait_for_bundles(const char *place, int64_t least)
{
	int64_t count = -1;
	for (unsigned i = 0; i < WAIT_MAX && (count = count_bundles(place)) < least; i++)
		usleep(50000);
	assert_true(count >= least);
	assert_true(count < BUNDLES); /* else nothing was interrupted */
}

static void said(const struct postgres *p, const char *sql, const char *wanted)
{
	char command[1024];
	snprintf(command, sizeof command, "test \"$(%s/psql -h %s -U tester -d postgres -At -c \"%s\")\" = '%s'", p->programs, p->folder, sql, wanted);
	if (!postgres_do(p, command))
		print_error("%s is not %s\n", sql, wanted);
	assert_true(postgres_do(p, command));
}

static void a_killed_server_loses_nothing(void **state)
{
	struct scratch *s = *state;
	struct postgres p;
	char wanted[64];
	int ended = -1;
	if (!postgres_begin(&p))
		skip();
	make_bundles(s->path);
	pid_t child = start_adding(p.place, s->path);
	static const int64_t at[] = {2, 9};
	for (size_t i = 0; i < LENGTH(at); i++) {
		wait_for_bundles(p.place, at[i]);
		postgres_kill(&p, SIGKILL);
		postgres_up(&p);
	}
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), 0);
	snprintf(wanted, sizeof wanted, "%d|%d", BUNDLES, BUNDLES * ATTEMPTS);
	said(&p, "SELECT count(*), sum(attempts) FROM bundle", wanted);
	snprintf(wanted, sizeof wanted, "%d|%d|%d", BUNDLES * ATTEMPTS, BUNDLES * ATTEMPTS, BUNDLES);
	said(&p, "SELECT count(*), count(DISTINCT (bundle, id)), count(DISTINCT bundle) FROM v_attempt", wanted);
	snprintf(wanted, sizeof wanted, "%d|%d", BUNDLES * ATTEMPTS, BUNDLES);
	said(&p, "SELECT sum(attempts), count(DISTINCT bundle) FROM target", wanted);
	postgres_end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_killed_server_loses_nothing, postgres_scratch, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
