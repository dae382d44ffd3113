/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Heads of which a register of a TPM was told (core/head_register.h): its log is followed to what the
 * register holds. Only what leads there is vouched for; why the rest does not is not known, for a
 * register cannot tell who extended it.
 */
#include "core/clock.h"
#include "report/verify_state.h"

/* The last one that the register vouches for, and how many there are; NULL. */
static const struct head *last_vouched(const struct head_file *f, size_t *ret_count)
{
	const struct head *last = NULL;
	*ret_count = 0;
	for (size_t i = 0; i < f->told_count; i++)
		if (f->told[i].line >= f->replay.from_line) {
			last = &f->told[i].head;
			++*ret_count;
		}
	return last;
}

static void not_led_to(struct verifying *v)
{
	const struct head_replay *r = &v->heads.replay;
	const struct head_register *now = &v->options->head_register->now;
	const char *log = v->options->head_file;
	char time[CLOCK_TEXT_MAX];
	clock_text(r->from.wall_ns, 0, time);
	if (!r->begun)
		verify_problem(v, VERIFY_UNKNOWN, log, "no line of it says what register %u held: nothing of it can be vouched for", now->number);
	else if (r->from.number != now->number)
		verify_problem(v, VERIFY_UNKNOWN, log, "is the log of register %u, not of %u", r->from.number, now->number);
	else if (r->from.resets != now->resets)
		verify_problem(v, VERIFY_UNKNOWN, log,
			       "the TPM was reset since %s (the machine was started anew; %llu resets then, %llu now): register %u proves nothing of "
			       "what was told before. The log alone, which may have been changed since, is what the folder was held against",
			       time, (unsigned long long)r->from.resets, (unsigned long long)now->resets, now->number);
	else
		verify_problem(v, VERIFY_UNKNOWN, log,
			       "does not lead to what register %u holds: a line of it was changed, added or removed, or something else extended "
			       "the register%s, which cannot be told apart",
			       now->number, r->from.restarts != now->restarts ? ", or it began anew when the machine slept" : "");
}

static void hold_session(struct verifying *v)
{
	const struct head_file *f = &v->heads;
	char from[CLOCK_TEXT_MAX];
	size_t count;
	const struct head *last = last_vouched(f, &count);
	clock_text(f->replay.from.wall_ns, 0, from);
	if (!f->session[0]) /* of all of them */
		verify_proven(v, "the %llu lines from line %llu (%s) on of %.200s lead to what register %u of the TPM holds: in this order, and nothing "
				 "else was extended since",
			      (unsigned long long)f->replay.lines, (unsigned long long)f->replay.from_line, from, v->options->head_file,
			      f->replay.from.number);
	else if (last)
		verify_proven(v, "%zu of these heads, the last of them of %llu bytes, are among the %llu lines from line %llu (%s) on that lead to what "
				 "register %u of the TPM holds: in this order, and nothing else was extended since",
			      count, (unsigned long long)last->bytes, (unsigned long long)f->replay.lines,
			      (unsigned long long)f->replay.from_line, from, f->replay.from.number);
	else if (f->told_count)
		verify_problem(v, VERIFY_UNKNOWN, v->options->head_file,
			       "its heads of this session stand in front of line %llu (%s), from which on it leads to what register %u holds: the machine was "
			       "started anew since, something else extended the register, or a line was changed, which cannot be told apart",
			       (unsigned long long)f->replay.from_line, from, f->replay.from.number);
	else
		verify_not_proven(v, "whether heads of this session were told before line %llu (%s) of %.200s, from which on it leads to what register %u holds",
				  (unsigned long long)f->replay.from_line, from, v->options->head_file, f->replay.from.number);
}

void verify_register(struct verifying *v)
{
	const struct verify_register *r = v->options->head_register;
	const struct head_replay *replay = &v->heads.replay;
	if (r->unknown) {
		verify_problem(v, VERIFY_UNKNOWN, v->options->head_file, "whether the TPM vouches for it is not known (%s)", r->unknown);
		return;
	}
	if (!head_replay_holds(replay, &r->now)) {
		not_led_to(v);
		return;
	}
	hold_session(v);
	if (replay->breaks)
		verify_not_proven(v, "what stands in front of line %llu of %.200s: the register had been extended with something else, or began anew",
				  (unsigned long long)replay->from_line, v->options->head_file);
	verify_not_proven(v, "that nobody else told heads to register %u: who may use the TPM can add some, and take none back", replay->from.number);
}
