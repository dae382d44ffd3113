/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "cli/signer.h"

#include <sys/wait.h>

enum { BEGINNERS = 12 };

/* In a process of its own: the fingerprint of the key that it was given, through `to`. */
static void begin(int to)
{
	AUTO_SIGNING struct signing *signing = NULL;
	struct error err = {0};
	bool made, once;
	char fingerprint[HASH_TEXT_MAX] = "";
	if (!signer_get(NULL, NULL, NULL, &signing, &made, &once, &err) && !once)
		signing_fingerprint(signing, fingerprint);
	else
		fprintf(stderr, "%s\n", err.text);
	_exit(write(to, fingerprint, sizeof fingerprint) != sizeof fingerprint);
}

static void all_that_begin_at_once_sign_with_one_key(void **state)
{
	const struct scratch *s = *state;
	int ends[2];
	char first[HASH_TEXT_MAX] = "", other[HASH_TEXT_MAX];
	setenv("XDG_CONFIG_HOME", s->path, 1);
	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < BEGINNERS; i++)
		if (fork() == 0)
			begin(ends[1]);
	for (int i = 0; i < BEGINNERS; i++) {
		assert_int_equal(read(ends[0], other, sizeof other), sizeof other);
		if (i == 0)
			memcpy(first, other, sizeof first);
		assert_int_not_equal(strlen(other), 0);
		assert_string_equal(first, other);
	}
	while (wait(NULL) > 0)
		;
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(all_that_begin_at_once_sign_with_one_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
