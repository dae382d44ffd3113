/* SPDX-License-Identifier: Apache-2.0 */
/* Heads that a register of a TPM is extended with, and the log of them; each with a TPM in software. */
#include "tests/unit/fake_watch.h"
#include "tests/unit/software_tpm.h"

#include "collectors/linux/head_extend.h"
#include "collectors/linux/head_tell.h"
#include "collectors/linux/register_log.h"
#include "core/auto.h"
#include "core/head_register.h"
#include "core/privilege.h"
#include "core/tpm_device.h"

#define LOG "airgap-verify-pcr13.ndjson"

struct told {
	struct fake *f;
	struct head_places places;
	struct invoker who;
	char socket[108];
	pid_t tpm;
	struct head_tpm place;
};

/* False where there is no swtpm. */
static bool setup(struct told *t, struct fake *f)
{
	*t = (struct told){.f = f, .who = {.uid = getuid(), .gid = getgid()}};
	t->tpm = software_tpm_start(f->s, t->socket);
	snprintf(t->places.at[t->places.count++], HEAD_PLACE_MAX, "tpm:%s:%s", f->s->path, t->socket);
	assert_true(head_tpm_place(slice_of_string(t->places.at[0]), &t->place));
	f->options.heads = &t->places;
	f->w.invoker = &t->who;
	return t->tpm != 0;
}

static struct head_register now(const struct told *t)
{
	struct head_register r = {.number = 13};
	struct tpm_clock clock;
	struct error err = {0};
	AUTO_FD int fd = -1;
	assert_int_equal(tpm_device_open(t->socket, &fd, &err), OK);
	assert_int_equal(tpm_device_read(fd, t->socket, 13, r.value, &err), OK);
	assert_int_equal(tpm_device_clock(fd, t->socket, &clock, &err), OK);
	r.resets = clock.resets;
	return r;
}

static struct head_replay follow(const struct told *t)
{
	struct head_replay r = {0};
	size_t size;
	uint64_t number = 0;
	AUTO_FREE char *log = scratch_get(t->f->s, LOG, &size);
	struct cursor c = cursor_over(slice_of(log, size));
	struct slice line;
	while (cursor_line(&c, &line, NULL))
		(void)head_replay_line(&r, line, ++number);
	return r;
}

static void wants_part(struct fake *f, size_t n, const char *state, const char *detail)
{
	struct json_member m[] = {{.key = "state"}, {.key = "detail"}};
	assert_true(fake_record(f, "witness", n, m, LENGTH(m)));
	assert_true(slice_is(m[0].value.raw, state));
	assert_true(slice_search(m[1].value.raw, slice_of_string(detail)) < m[1].value.raw.size);
}

static void a_session_is_told_to_the_register(void **state)
{
	struct told t;
	struct error err = {0};
	if (!setup(&t, *state))
		skip();
	struct head_teller *teller = head_tell_open(&t.f->w);
	head_tell_start(teller, &t.f->w);
	wants_part(t.f, 0, "on", "can take its log away"); /* we may write to the folder */
	assert_int_equal(head_tell(teller, &t.f->w, HEAD_OPEN, &err), OK);
	evidence_checkpoint(t.f->w.evidence, SLICE("{}"), true);
	assert_int_equal(head_tell(teller, &t.f->w, HEAD_END, &err), OK);
	head_tell_free(teller);
	struct head_replay r = follow(&t);
	struct head_register held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(r.lines, 3);
	assert_int_equal(r.from.resets, held.resets);
	software_tpm_stop(t.tpm);
}

static struct slice head_line(struct text *to, uint64_t bytes)
{
	struct head h = {.session = "00112233445566778899aabbccddeeff", .state = HEAD_GOING, .bytes = bytes};
	text_clear(to);
	head_add(&h, to);
	return text_slice(to);
}

/* Nobody is held up by it, and once it goes on all is told. */
static void a_tpm_that_stands_still_holds_nothing_up(void **state)
{
	struct told t;
	struct error err = {0};
	struct head_extend h;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	if (!setup(&t, *state))
		skip();
	assert_int_equal(head_extend_open(&t.place, &t.who, &h, &err), OK);
	assert_int_equal(head_extend_tell(&h, head_line(&line, 1), true, &err), OK);
	assert_int_equal(kill(t.tpm, SIGSTOP), 0);
	for (uint64_t i = 2; i < 6; i++)
		assert_int_equal(head_extend_tell(&h, head_line(&line, i), false, &err), OK);
	assert_int_equal(h.waiting, 4);
	assert_int_equal(kill(t.tpm, SIGCONT), 0);
	assert_int_equal(head_extend_tell(&h, head_line(&line, 6), true, &err), OK);
	assert_int_equal(h.waiting, 0);
	head_extend_close(&h);
	waitpid(h.pid, NULL, 0);
	struct head_replay r = follow(&t);
	struct head_register held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(r.lines, 7);
	software_tpm_stop(t.tpm);
}

static void what_others_extend_is_a_break_from_which_it_goes_on(void **state)
{
	const unsigned char digest[HASH_SIZE] = {1};
	struct told t;
	struct error err = {0};
	struct head_extend h;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	AUTO_FD int fd = -1;
	if (!setup(&t, *state))
		skip();
	assert_int_equal(tpm_device_open(t.socket, &fd, &err), OK);
	assert_int_equal(tpm_device_extend(fd, t.socket, 13, digest, &err), OK);
	auto_close(&fd);
	fd = -1;
	assert_int_equal(head_extend_open(&t.place, &t.who, &h, &err), OK);
	assert_int_equal(head_extend_tell(&h, head_line(&line, 1), true, &err), OK);
	head_extend_close(&h); /* this one in software talks to one at a time */
	waitpid(h.pid, NULL, 0);
	struct head_replay r = follow(&t);
	struct head_register held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(tpm_device_open(t.socket, &fd, &err), OK);
	assert_int_equal(tpm_device_extend(fd, t.socket, 13, digest, &err), OK);
	auto_close(&fd);
	fd = -1;
	held = now(&t);
	assert_false(head_replay_holds(&r, &held));
	assert_int_equal(head_extend_open(&t.place, &t.who, &h, &err), OK);
	assert_int_equal(head_extend_tell(&h, head_line(&line, 2), true, &err), OK);
	head_extend_close(&h);
	waitpid(h.pid, NULL, 0);
	r = follow(&t);
	held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(r.breaks, 1);
	assert_int_equal(r.from_line, 3);
	software_tpm_stop(t.tpm);
}

/* Of two that tell at the same time each finds the register as the other left it. */
static void two_sessions_share_a_register(void **state)
{
	struct told t;
	struct error err = {0};
	struct register_log one, two;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	if (!setup(&t, *state))
		skip();
	assert_int_equal(register_log_open(&t.place, &one, &err), OK);
	two = (struct register_log){.place = t.place, .device = dup(one.device)}; /* this one in software talks to one at a time */
	assert_int_equal(head_lines_open(slice_of_string(t.place.folder), LOG, &two.lines, &err), OK);
	for (uint64_t i = 0; i < 4; i++) {
		assert_int_equal(register_log_tell(&one, head_line(&line, 2 * i), &err), OK);
		assert_int_equal(register_log_tell(&two, head_line(&line, 2 * i + 1), &err), OK);
	}
	register_log_close(&one);
	register_log_close(&two);
	struct head_replay r = follow(&t);
	struct head_register held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(r.breaks, 0);
	assert_int_equal(r.from_line, 1);
	assert_int_equal(r.lines, 16);
	software_tpm_stop(t.tpm);
}

/* The disk is full: nothing is extended that is not in the log, and what was written of a line is none. */
static void a_log_that_cannot_be_written_breaks_nothing(void **state)
{
	struct told t;
	struct error err = {0};
	struct register_log log;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	if (!setup(&t, *state))
		skip();
	assert_int_equal(register_log_open(&t.place, &log, &err), OK);
	assert_int_equal(register_log_tell(&log, head_line(&line, 1), &err), OK);
	int real = log.lines.fd;
	log.lines.fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(log.lines.fd >= 0);
	assert_int_equal(register_log_tell(&log, head_line(&line, 2), &err), ERR_IO);
	close(log.lines.fd);
	log.lines.fd = real;
	assert_int_equal(write(real, "{\"kind\":\"he", 11), 11);
	log.lines.torn = true;
	assert_int_equal(register_log_tell(&log, head_line(&line, 3), &err), OK);
	register_log_close(&log);
	struct head_replay r = follow(&t);
	struct head_register held = now(&t);
	assert_true(head_replay_holds(&r, &held));
	assert_int_equal(r.breaks, 0);
	software_tpm_stop(t.tpm);
}

static void a_tpm_or_process_that_is_gone_is_told(void **state)
{
	struct told t;
	struct error err = {0};
	struct head_extend h;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	if (!setup(&t, *state))
		skip();
	assert_int_equal(head_extend_open(&t.place, &t.who, &h, &err), OK);
	assert_int_equal(kill(h.pid, SIGKILL), 0);
	waitpid(h.pid, NULL, 0);
	assert_int_equal(head_extend_tell(&h, head_line(&line, 1), true, &err), ERR_IO);
	assert_contains(err.text, "ended");
	head_extend_close(&h);
	struct head_teller *teller = head_tell_open(&t.f->w);
	head_tell_start(teller, &t.f->w);
	software_tpm_stop(t.tpm);
	assert_int_equal(head_tell(teller, &t.f->w, HEAD_OPEN, &err), OK);
	wants_part(t.f, 1, "died", "the TPM does not answer");
	head_tell_free(teller);
	/* and where there is none from the beginning */
	unlinkat(t.f->s->fd, "tpm", 0);
	teller = head_tell_open(&t.f->w);
	head_tell_start(teller, &t.f->w);
	wants_part(t.f, 2, "missing", "no TPM 2.0 here");
	assert_int_equal(head_tell(teller, &t.f->w, HEAD_END, &err), OK); /* which was told before */
	head_tell_free(teller);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_session_is_told_to_the_register),
		fake_test(a_tpm_that_stands_still_holds_nothing_up),
		fake_test(what_others_extend_is_a_break_from_which_it_goes_on),
		fake_test(two_sessions_share_a_register),
		fake_test(a_log_that_cannot_be_written_breaks_nothing),
		fake_test(a_tpm_or_process_that_is_gone_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
