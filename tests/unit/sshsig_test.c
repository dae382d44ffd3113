/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/seal_fixture.h"

#include "report/sshsig.h"

static const unsigned char digest[HASH_SIZE] = {1, 2, 3};

static void what_is_signed_is_read_again(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	/* r is shorter or longer by a byte now and then */
	for (int i = 0; i < 300; i++) {
		AUTO_TEXT struct text out = text_make(SSHSIG_SIZE_MAX);
		struct sshsig found;
		assert_int_equal(sshsig_sign(signing, digest, &out, NULL), OK);
		assert_null(sshsig_read(text_slice(&out), &found));
		assert_true(public_key_same(&found.key, &signing_certificate(signing)->key));
		assert_true(sshsig_holds(&found, digest));
	}
}

static void no_bit_is_free(void **state)
{
	(void)state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	AUTO_TEXT struct text out = text_make(SSHSIG_SIZE_MAX);
	assert_int_equal(sshsig_sign(signing, digest, &out, NULL), OK);
	for (size_t at = 0; at < out.size; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			struct sshsig found;
			out.at[at] = (char)(out.at[at] ^ (1 << bit));
			bool good = !sshsig_read(text_slice(&out), &found) &&
				    sshsig_holds(&found, digest);
			if (good)
				print_error("byte %zu, bit %u\n", at, bit);
			assert_false(good);
			out.at[at] = (char)(out.at[at] ^ (1 << bit));
		}
	for (size_t size = 0; size < out.size; size++) {
		struct sshsig found;
		assert_non_null(sshsig_read(slice_part(text_slice(&out), 0, size), &found));
	}
}

/* Signatures of ssh-keygen itself, with its own hash, are not of our form. */
static void other_forms_are_refused(void **state)
{
	const struct scratch *s = *state;
	if (fixture_shell(s, "command -v ssh-keygen") != 0)
		skip();
	assert_int_equal(fixture_shell(s, "ssh-keygen -q -t ecdsa -N '' -f key; echo x > f;"
					  "ssh-keygen -Y sign -f key -n airgap-verify f"),
			 0);
	size_t size;
	struct sshsig found;
	char *armored = scratch_get(s, "f.sig", &size);
	assert_string_equal(sshsig_read(slice_of(armored, size), &found),
			    "is not, byte for byte, a signature as it was written");
	free(armored);
}

/* With the same hash, ssh-keygen writes what we read. */
static void ssh_keygen_writes_the_same_form(void **state)
{
	const struct scratch *s = *state;
	unsigned char hash[HASH_SIZE];
	if (fixture_shell(s, "command -v ssh-keygen") != 0)
		skip();
	assert_int_equal(fixture_shell(s, "ssh-keygen -q -t ecdsa -N '' -f key; echo x > f"), 0);
	hash_bytes(SLICE("x\n"), hash);
	/* its s is not always the lower one */
	for (int i = 0, held = 0; held < 3; i++) {
		assert_true(i < 100);
		if (fixture_shell(s, "rm -f f.sig; ssh-keygen -Y sign -O hashalg=sha256 -f key "
				     "-n airgap-verify f") != 0)
			skip(); /* an older ssh-keygen, without the option */
		size_t size;
		struct sshsig found;
		char *armored = scratch_get(s, "f.sig", &size);
		assert_null(sshsig_read(slice_of(armored, size), &found));
		held += sshsig_holds(&found, hash);
		free(armored);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_signed_is_read_again),
		cmocka_unit_test(no_bit_is_free),
		scratch_test(other_forms_are_refused),
		scratch_test(ssh_keygen_writes_the_same_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
