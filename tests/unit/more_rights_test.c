/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/more_rights.h"

static void says(const char *libexec, const char *wanted)
{
	char got[512];
	more_rights(libexec, got, sizeof got);
	assert_contains(got, "run with sudo, or ");
	assert_contains(got, wanted);
}

static void what_there_is_on_the_machine(void **state)
{
	struct scratch *s = *state;
	char wanted[512];
	says(s->path, "install airgap-collect");
	scratch_put(s, "rights", SLICE("#!/bin/sh\n"));
	says(s->path, "install airgap-collect"); /* not to be executed */
	assert_int_equal(fchmodat(s->fd, "rights", 0755, 0), 0);
	snprintf(wanted, sizeof wanted, "sudo %s/rights grant, then be in the group airgap", s->path);
	says(s->path, wanted);
	assert_int_equal(mkdirat(s->fd, "granted", 0750), 0);
	says(s->path, "or be in the group airgap (sudo usermod -aG airgap USER");
}

static void a_remedy_that_is_cut_ends(void **state)
{
	char small[16];
	(void)state;
	more_rights("/nowhere", small, sizeof small);
	assert_string_equal(small, "run with sudo, ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_there_is_on_the_machine),
		cmocka_unit_test(a_remedy_that_is_cut_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
