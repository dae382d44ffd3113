/* SPDX-License-Identifier: Apache-2.0 */
/* Which options each verb of fleet takes. */
#include "tests/unit/test.h"

#include "cli/command.h"
#include "cli/fleet_add.h"

static const char *const verbs[] = {"add", "status", "report"};

/* "add: …", "status, report: …": by the help itself; an option of which it names none goes with all. */
static bool goes_with(const struct argument *a, const char *verb)
{
	struct slice about = slice_of_string(a->about), names = slice_part(about, 0, slice_find(about, ':'));
	bool any = false;
	for (size_t i = 0; i < LENGTH(verbs); i++)
		any = any || slice_starts(names, verbs[i]);
	return !any || slice_search(names, slice_of_string(verb)) < names.size;
}

static void what_goes_with_another_is_refused(void **state)
{
	const struct command *c = &command_fleet;
	unsigned refused = 0;
	(void)state;
	for (size_t i = 0; i < c->argument_count; i++)
		for (size_t v = 0; v < LENGTH(verbs); v++) {
			const struct argument *a = &c->arguments[i];
			struct error err = {0};
			char *with[8] = {(char *)verbs[v]};
			int count = 1;
			if (v == 0)
				with[count++] = "/nonexistent/bundle.zip";
			with[count++] = (char *)a->name;
			if (a->value)
				with[count++] = a->kind == ARGUMENT_DURATION ? "1d" : "/nonexistent/x";
			if (strcmp(a->name, "--store") != 0) {
				with[count++] = "--store";
				with[count++] = "/nonexistent/store";
			}
			c->run(c, count, with, &err);
			bool told = strstr(err.text, " goes with ") != NULL;
			if (told == goes_with(a, verbs[v]))
				print_error("%s %s: %s\n", verbs[v], a->name, err.text);
			assert_int_equal(told, !goes_with(a, verbs[v]));
			assert_int_equal(told && err.status != ERR_USAGE, false);
			refused += told;
		}
	assert_true(refused > LENGTH(verbs));
}

/* Also where nothing would be held against it. */
static void authorities_are_read_first(void **state)
{
	struct scratch *s = *state;
	char store[FILE_PATH_MAX], ca[FILE_PATH_MAX], folder[FILE_PATH_MAX], *names[] = {folder};
	struct error err = {0};
	snprintf(store, sizeof store, "%s/fleet.db", s->path);
	snprintf(ca, sizeof ca, "%s/ca.pem", s->path);
	snprintf(folder, sizeof folder, "%s/drop", s->path);
	assert_int_equal(mkdirat(s->fd, "drop", 0700), 0);
	struct fleet_settings settings = {.common = {.quiet = true}, .store = store, .ca = ca};
	fleet_add(&settings, names, 1, &err);
	assert_int_equal(err.status, ERR_NO_INPUT);
	scratch_put(s, "ca.pem", SLICE("no certificate"));
	fleet_add(&settings, names, 1, &err);
	assert_contains(err.text, "ca.pem holds no certificate in PEM");
	assert_false(scratch_has(s, "fleet.db"));
	err = (struct error){0};
	settings.ca = NULL;
	assert_int_equal(fleet_add(&settings, names, 1, &err), 0);
	assert_int_equal(err.status, OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_with_another_is_refused),
		scratch_test(authorities_are_read_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
