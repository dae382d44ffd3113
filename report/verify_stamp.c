/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The time stamp beside a seal, and in a bundle that of the session's own seal within it: over
 * the signature that is there, by an authority, and not before what it is over.
 */
#include "core/auto.h"
#include "core/clock.h"
#include "report/cms.h"
#include "report/seal.h"
#include "report/seal_stamp.h"
#include "report/verify_state.h"

#include <inttypes.h>

#define RAW "raw/"

/* So far two clocks that nobody keeps together may be apart before it is called wrong. */
#define APART_MAX (60 * CLOCK_SECOND)

enum { PATH_MAX_HERE = 64 };

enum part { QUERY, AUTHORITIES, SUMS, REPLY, PARTS };

struct stamp_reading {
	struct verifying *v;
	const char *within; /* "" or RAW */
	struct text parts[PARTS]; /* owned */
	unsigned char digest[HASH_SIZE]; /* of the signature */
	int64_t signed_ns;		 /* as it tells */
};

static const struct {
	const char *path;
	size_t max;
} parts[PARTS] = {
	[QUERY] = {SEAL_QUERY, TIMESTAMP_QUERY_MAX},
	[AUTHORITIES] = {SEAL_TSA, SEAL_TSA_MAX},
	[SUMS] = {SEAL_STAMP_SUMS, SEAL_STAMP_SUMS_MAX},
	[REPLY] = {SEAL_REPLY, TIMESTAMP_REPLY_MAX},
};

static const char *path_of(const struct stamp_reading *r, const char *path, char ret[static PATH_MAX_HERE])
{
	snprintf(ret, PATH_MAX_HERE, "%s%s", r->within, path);
	return ret;
}

static bool is_there(const struct stamp_reading *r, enum part part)
{
	char path[PATH_MAX_HERE];
	return verify_source_has(r->v->source, path_of(r, parts[part].path, path));
}

PRINTF_LIKE(4, 5)
static void wrong(struct stamp_reading *r, enum verify_outcome outcome, enum part part, const char *format, ...)
{
	char path[PATH_MAX_HERE], what[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	verify_problem(r->v, outcome, path_of(r, parts[part].path, path), "%s", what);
}

/* A signature that is not as it was made is named where the seal is checked. */
static bool read_signature(struct stamp_reading *r)
{
	AUTO_TEXT struct text cms = text_make(CMS_SIZE_MAX);
	struct cms_signed found;
	struct error ignored = {0};
	char path[PATH_MAX_HERE];
	path_of(r, SEAL_CMS, path);
	if (!verify_source_has(r->v->source, path) ||
	    verify_source_read(r->v->source, path, CMS_SIZE_MAX, &cms, &ignored) || cms_check(text_slice(&cms), &found))
		return false;
	hash_bytes(text_slice(&cms), r->digest);
	r->signed_ns = found.signed_ns;
	certificate_free(&found.certificate);
	return true;
}

/* Does the seal say that a stamp belongs to it? */
static bool is_expected(const struct stamp_reading *r)
{
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	struct error ignored = {0};
	char path[PATH_MAX_HERE];
	const struct verified_file *f = verify_file(r->v, path_of(r, SEAL_MANIFEST, path));
	return f && f->good && !verify_source_read(r->v->source, path, MANIFEST_SIZE_MAX, &json, &ignored) &&
	       manifest_expects_stamp(text_slice(&json));
}

/* All of it, or nothing. */
static bool read_parts(struct stamp_reading *r)
{
	bool any = false, all = true;
	char path[PATH_MAX_HERE];
	for (enum part p = AUTHORITIES; p < PARTS; p++)
		any = any || is_there(r, p);
	if (!any && is_there(r, QUERY))
		wrong(r, VERIFY_UNKNOWN, REPLY, "is not there, though %s asks for it: nobody has answered yet, or it was removed "
		      "(airgap-verify timestamp asks anew)", SEAL_QUERY);
	else if (!any && is_expected(r))
		wrong(r, VERIFY_UNKNOWN, REPLY, "is not there, though the seal says that a time stamp follows it: none was got, or "
		      "it was removed (airgap-verify timestamp asks anew)");
	for (enum part p = QUERY; p < PARTS && any; p++)
		all = verify_read(r->v, path_of(r, parts[p].path, path), parts[p].max, &r->parts[p]) && all;
	return any && all;
}

/* Which of two files was changed that do not agree, nobody can tell: both are named. */
static bool check_sums(struct stamp_reading *r)
{
	AUTO_TEXT struct text again = text_make(SEAL_STAMP_SUMS_MAX);
	seal_stamp_sums(text_slice(&r->parts[AUTHORITIES]), text_slice(&r->parts[QUERY]), text_slice(&r->parts[REPLY]), &again);
	if (slice_equal(text_slice(&again), text_slice(&r->parts[SUMS])))
		return true;
	struct cursor was = cursor_over(text_slice(&r->parts[SUMS])), is = cursor_over(text_slice(&again));
	static const enum part order[] = {AUTHORITIES, QUERY, REPLY};
	for (size_t i = 0; i < LENGTH(order); i++) {
		struct slice listed = {0}, here = {0};
		bool line = cursor_until(&was, '\n', SEAL_STAMP_SUMS_MAX, &listed);
		if (cursor_until(&is, '\n', SEAL_STAMP_SUMS_MAX, &here) && (!line || !slice_equal(listed, here)))
			wrong(r, VERIFY_BAD, order[i], "is not what %s lists", SEAL_STAMP_SUMS);
	}
	wrong(r, VERIFY_BAD, SUMS, "does not agree with the files of the time stamp");
	return false;
}

static void check_order(struct stamp_reading *r, const struct timestamp *t)
{
	char stamped[CLOCK_TEXT_MAX], other[CLOCK_TEXT_MAX];
	int64_t latest = t->time_ns + t->accuracy_ns + APART_MAX, ended = r->v->chain.last_wall_ns;
	bool before_end = ended && latest < ended;
	clock_text(t->time_ns, 0, stamped);
	clock_text(before_end ? ended : r->signed_ns, 0, other);
	if (before_end || latest < r->signed_ns)
		wrong(r, VERIFY_UNKNOWN, REPLY, "tells a time (%s) before %s by the clock of the machine (%s): one of the two clocks is wrong",
		      stamped, before_end ? "the end of the session" : "the signature was made", other);
}

static void note(struct stamp_reading *r, const struct timestamp *t)
{
	char time[CLOCK_TEXT_MAX];
	int64_t after = (t->time_ns - r->signed_ns) / CLOCK_SECOND;
	clock_text(t->time_ns, 3, time);
	verify_proven(r->v, "%s%s was there at %s, by the clock of \"%.200s\" (time stamp %.64s; certificate %s): %" PRId64
		      " s %s it was made, as its signer's own clock has it",
		      r->within, SEAL_CMS, time, t->signer, t->serial, t->fingerprint, after < 0 ? -after : after,
		      after < 0 ? "before" : "after");
	if (t->expired)
		verify_not_proven(r->v, "that the time stamp could not be made by now: the certificate of \"%.200s\" was valid at the "
				  "time it tells, and is not any more", t->signer);
	if (!is_expected(r))
		verify_not_proven(r->v, "that the time stamp stays: the seal does not say that one follows it (%s%s), and whoever removes this one "
				  "leaves no trace", r->within, SEAL_MANIFEST);
	if (!r->v->result->stamp.time_ns)
		r->v->result->stamp = *t;
}

/* `authorities`: those that were named; else those that came with it. */
static void check_stamp(struct stamp_reading *r, const struct text *authorities)
{
	struct timestamp t;
	struct error err = {0};
	bool named = r->v->options->tsa_ca_file != NULL;
	if (!check_sums(r))
		return;
	if (!timestamp_is_query(text_slice(&r->parts[QUERY]), r->digest)) {
		wrong(r, VERIFY_BAD, QUERY, "does not ask about the signature that is there: the time stamp is one of another seal");
		return;
	}
	if (timestamp_check(text_slice(&r->parts[QUERY]), text_slice(&r->parts[REPLY]),
			    text_slice(named ? authorities : &r->parts[AUTHORITIES]), clock_now().wall_ns, &t, &err)) {
		wrong(r, VERIFY_BAD, REPLY, "%s%s%s", err.text, named ? "; checked against " : "", named ? r->v->options->tsa_ca_file : "");
		return;
	}
	check_order(r, &t);
	note(r, &t);
	if (named)
		verify_proven(r->v, "the time stamp is by an authority in %s", r->v->options->tsa_ca_file);
	else
		verify_not_proven(r->v, "that the clock of \"%.200s\" is one to trust: what vouches for it (%s%s) came with the stamp; name "
				  "an authority that you know (--tsa-ca)", t.signer, r->within, SEAL_TSA);
}

enum status verify_stamps(struct verifying *v, struct error *err)
{
	static const char *const places[] = {"", RAW};
	AUTO_TEXT struct text authorities = text_make(CERTIFICATE_CA_FILE_MAX);
	const char *ca = v->options->tsa_ca_file;
	enum status status = ca ? verify_authorities("--tsa-ca", ca, &authorities, err) : OK;
	for (size_t i = 0; i < LENGTH(places) && !status; i++) {
		struct stamp_reading r = {.v = v, .within = places[i]};
		for (enum part p = QUERY; p < PARTS; p++)
			r.parts[p] = text_make(parts[p].max);
		bool whole = read_parts(&r);
		if (whole && read_signature(&r) && v->sums_state == SUMS_SIGNED)
			check_stamp(&r, &authorities);
		for (enum part p = QUERY; p < PARTS; p++)
			text_free(&r.parts[p]);
	}
	if (!status && ca && !v->result->stamp.time_ns)
		verify_problem(v, VERIFY_UNKNOWN, SEAL_REPLY, "there is no time stamp that holds to check against %s", ca);
	return status;
}
