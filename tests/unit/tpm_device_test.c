/* SPDX-License-Identifier: Apache-2.0 */
/* Asking a TPM: one in software, and one that only says what the test has it say. */
#include "tests/unit/software_tpm.h"

#include "core/tpm_device.h"

#include <sys/socket.h>

static const unsigned char digest[HASH_SIZE] = {1, 2, 3};

/* new = SHA-256(old, digest) */
static void extend(unsigned char value[static HASH_SIZE])
{
	unsigned char both[2 * HASH_SIZE];
	memcpy(both, value, HASH_SIZE);
	memcpy(both + HASH_SIZE, digest, HASH_SIZE);
	hash_bytes(slice_of(both, sizeof both), value);
}

static void a_register_is_extended(void **state)
{
	const struct scratch *s = *state;
	unsigned char value[HASH_SIZE], wanted[HASH_SIZE] = {0};
	struct tpm_clock clock, later;
	struct error err = {0};
	char path[108];
	int fd = -1;
	pid_t tpm = software_tpm_start(s, path);
	if (!tpm)
		skip();
	assert_int_equal(tpm_device_open(path, &fd, &err), OK);
	assert_int_equal(tpm_device_read(fd, path, 13, value, &err), OK);
	assert_memory_equal(value, wanted, HASH_SIZE);
	assert_int_equal(tpm_device_extend(fd, path, 13, digest, &err), OK);
	assert_int_equal(tpm_device_read(fd, path, 13, value, &err), OK);
	extend(wanted);
	assert_memory_equal(value, wanted, HASH_SIZE);
	assert_int_equal(tpm_device_clock(fd, path, &clock, &err), OK);
	/* 17 may be extended from where the machine was measured alone */
	assert_int_equal(tpm_device_extend(fd, path, 17, digest, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "name another one");
	close(fd);
	software_tpm_stop(tpm);
	tpm = software_tpm_start(s, path);
	assert_int_equal(tpm_device_open(path, &fd, &err), OK);
	assert_int_equal(tpm_device_clock(fd, path, &later, &err), OK);
	assert_true(later.resets > clock.resets);
	close(fd);
	software_tpm_stop(tpm);
}

/* Says each of `answers` (10 bytes: tag, size, code) in turn, and goes. */
static int fake(const uint32_t codes[], size_t count, pid_t *ret)
{
	int ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	*ret = fork();
	if (*ret == 0) {
		close(ends[0]);
		for (size_t i = 0; i < count; i++) {
			unsigned char command[TPM_COMMAND_MAX];
			unsigned char answer[10] = {0x80, 1, 0, 0, 0, 10, 0, 0, (unsigned char)(codes[i] >> 8), (unsigned char)codes[i]};
			if (read(ends[1], command, sizeof command) <= 0 || write(ends[1], answer, sizeof answer) != sizeof answer)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static void wants_refusal(const uint32_t codes[], size_t count, enum status wanted, const char *what)
{
	struct tpm_clock clock;
	struct error err = {0};
	pid_t pid;
	int status, fd = fake(codes, count, &pid);
	assert_int_equal(tpm_device_clock(fd, "it", &clock, &err), wanted);
	assert_contains(err.text, what);
	close(fd);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void one_that_is_busy_is_asked_again(void **state)
{
	(void)state;
	const uint32_t busy[] = {TPM_RETRY, TPM_YIELDED, TPM_TESTING, TPM_LOCALITY}, lost[] = {TPM_RETRY};
	wants_refusal(busy, LENGTH(busy), ERR_UNAVAILABLE, "it: the TPM lets nobody here extend");
	wants_refusal(lost, LENGTH(lost), ERR_IO, "it");
}

static void a_refusal_names_what_would_help(void **state)
{
	(void)state;
	const uint32_t unstarted[] = {TPM_INITIALIZE}, other[] = {0x9a2}, liar[] = {TPM_SUCCESS};
	wants_refusal(unstarted, 1, ERR_UNAVAILABLE, "not started up");
	wants_refusal(other, 1, ERR_UNAVAILABLE, "response code 0x9a2");
	wants_refusal(liar, 1, ERR_MALFORMED, "it: the TPM gives an answer of another length");
}

static void a_place_without_a_tpm_is_told(void **state)
{
	const struct scratch *s = *state;
	struct error err = {0};
	char path[128];
	int fd = -1;
	assert_int_equal(tpm_device_open("/nonexistent/tpm", &fd, &err), ERR_NO_INPUT);
	assert_contains(err.text, "no TPM 2.0 here");
	scratch_put(s, "file", SLICE("x"));
	snprintf(path, sizeof path, "%s/file", s->path);
	assert_int_equal(tpm_device_open(path, &fd, &err), ERR_UNAVAILABLE);
	assert_contains(err.text, "neither a device nor a Unix socket");
	assert_int_equal(fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_register_is_extended),
		cmocka_unit_test(one_that_is_busy_is_asked_again),
		cmocka_unit_test(a_refusal_names_what_would_help),
		scratch_test(a_place_without_a_tpm_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
