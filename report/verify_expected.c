/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is it the session that the caller expects? One that somebody put in its place, an older one of
 * the same host or of the same signer, is whole in itself, and only what is known from elsewhere
 * tells.
 */
#include "core/clock.h"
#include "report/seal.h"
#include "report/verify_state.h"

#include <string.h>

/* The whole identifier, or the eight characters of it that a bundle's name has. */
static bool is_session(const char *found, const char *wanted)
{
	enum { SHORT = 8 };
	size_t size = strlen(wanted);
	return !strcmp(found, wanted) || (size >= SHORT && !strncmp(found, wanted, size));
}

static void check_session(struct verifying *v)
{
	const struct verify_session *s = &v->result->session;
	const char *wanted = v->options->session_id;
	if (!s->known)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_ATTESTATION, "does not tell in a way that holds which session it is of");
	else if (!is_session(s->id, wanted))
		verify_problem(v, VERIFY_BAD, SEAL_ATTESTATION, "is of the session %.100s, not of %.100s: another one was put in its place",
			       s->id, wanted);
	else
		verify_proven(v, "it is of the session that was named");
}

static void check_after(struct verifying *v)
{
	const struct verify_result *r = v->result;
	char after[CLOCK_TEXT_MAX], found[CLOCK_TEXT_MAX];
	int64_t ended = r->session.known && r->session.to_ns ? r->session.to_ns : r->signed_ns;
	bool stamped_before = r->stamp.time_ns && r->stamp.time_ns < v->options->after_ns;
	clock_text(v->options->after_ns, 0, after);
	clock_text(stamped_before ? r->stamp.time_ns : ended, 0, found);
	if (!r->session.known || !ended)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_ATTESTATION, "does not tell in a way that holds when it was");
	else if (stamped_before || ended < v->options->after_ns)
		verify_problem(v, VERIFY_BAD, SEAL_ATTESTATION, "is of a session that %s at %s, before %s: an older one",
			       stamped_before ? "was sealed and stamped" : "ended", found, after);
	else
		verify_proven(v, "it ended at %s, after the time that was named, by its own clock", found);
}

void verify_expected(struct verifying *v)
{
	if (v->options->session_id)
		check_session(v);
	if (v->options->after_ns)
		check_after(v);
	if (!v->options->session_id && !v->options->after_ns)
		verify_not_proven(v, "that it is the one you expect, and not an older one of the same host in its place: compare session "
				     "and times with what you were told (--session, --after)");
}
