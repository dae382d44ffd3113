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
	enum signer_origin origin;
	char fingerprint[HASH_TEXT_MAX] = "";
	if (!signer_get(&(struct signer_named){0}, &signing, &origin, &err) && origin != SIGNER_ONCE)
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

/* A key of its own in that folder, NAME.key and NAME.crt. */
static void make_key(const struct scratch *s, const char *name, char ret[static HASH_TEXT_MAX])
{
	AUTO_SIGNING struct signing *signing = NULL;
	char key[512], certificate[512];
	snprintf(key, sizeof key, "%s/%s.key", s->path, name);
	snprintf(certificate, sizeof certificate, "%s/%s.crt", s->path, name);
	assert_int_equal(signing_generate(PUBLIC_KEY_P256, name, clock_now().wall_ns, &signing, NULL), OK);
	assert_int_equal(signing_save(signing, key, certificate, NULL, NULL), OK);
	signing_fingerprint(signing, ret);
}

static void signs(const struct policy *policy, const char *key, const char *certificate, const char *wanted)
{
	AUTO_SIGNING struct signing *signing = NULL;
	struct error err = {0};
	const struct signer_named named = {policy, key, certificate, NULL};
	char fingerprint[HASH_TEXT_MAX] = "";
	enum status status = signer_get(&named, &signing, NULL, &err);
	if (!status)
		signing_fingerprint(signing, fingerprint);
	assert_string_equal(fingerprint[0] ? fingerprint : err.text, wanted);
	assert_int_equal(signer_check(&named, &err), status);
}

/* The command line, the policy of the command, that of the user, the user's own. */
static void which_key_signs(void **state)
{
	const struct scratch *s = *state;
	static struct policy given;
	char print[3][HASH_TEXT_MAX], key[512], certificate[512], text[2048];
	setenv("XDG_CONFIG_HOME", s->path, 1);
	make_key(s, "named", print[0]);
	make_key(s, "given", print[1]);
	make_key(s, "users", print[2]);
	snprintf(key, sizeof key, "%s/named.key", s->path);
	snprintf(certificate, sizeof certificate, "%s/named.crt", s->path);
	assert_int_equal(mkdirat(s->fd, "airgap-verify", 0700), 0);
	snprintf(text, sizeof text, "[signing]\nkey = %s/users.key\ncertificate = %s/users.crt\n", s->path, s->path);
	scratch_put(s, "airgap-verify/policy.ini", slice_of_string(text));
	snprintf(given.signing.key, sizeof given.signing.key, "%s/given.key", s->path);
	snprintf(given.signing.certificate, sizeof given.signing.certificate, "%s/given.crt", s->path);
	signs(&given, key, certificate, print[0]);
	signs(&given, NULL, "", print[1]);
	signs(NULL, NULL, NULL, print[2]);
	signs(NULL, key, certificate, print[0]);
	/* half of a pair is not filled up from elsewhere */
	signs(&given, key, NULL, "a signing key and its certificate go together (--key and --certificate, or both in [signing] of the policy)");
	given.signing.key[0] = 0;
	signs(&given, NULL, NULL, "a signing key and its certificate go together (--key and --certificate, or both in [signing] of the policy)");
	given.signing.certificate[0] = 0;
	assert_int_not_equal(faccessat(s->fd, "airgap-verify/signing.key", F_OK, 0), 0);
	AUTO_SIGNING struct signing *own = NULL;
	enum signer_origin origin = SIGNER_FOUND;
	assert_int_equal(signer_get(&(struct signer_named){.policy = &given}, &own, &origin, NULL), OK);
	assert_int_equal(origin, SIGNER_MADE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(all_that_begin_at_once_sign_with_one_key),
		scratch_test(which_key_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
