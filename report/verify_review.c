/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reviews that lie beside a seal: each whole, signed twice by a key that is not the
 * session's own, and over this seal. One over an earlier seal counts only where that seal
 * is one that the custody log says was replaced, and the new one covers the review.
 *
 * A bundle holds those of the session in raw/review/, over raw/seal/.
 */
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"
#include "report/cms.h"
#include "report/custody.h"
#include "report/review.h"
#include "report/seal.h"
#include "report/sshsig.h"
#include "report/verify_state.h"

#include <string.h>

#define RAW "raw/"

enum { PATH_MAX_HERE = REVIEW_PATH_MAX + sizeof RAW };

struct reviewing {
	struct verifying *v;
	const char *within;		 /* "" or RAW */
	unsigned char sums[HASH_SIZE]; /* of the list that is reviewed */
	struct text custody;		 /* owned; of that seal */
	struct certificate signer;	 /* owned; of that seal; empty where it cannot be read */
	unsigned last;			 /* the highest number that anything has */
	bool any[REVIEWS_MAX + 1], words[REVIEWS_MAX + 1];
	unsigned char previous[HASH_SIZE]; /* of the words of the review before */
};

/* One review, as far as it could be read. */
struct read_review {
	struct review words;
	unsigned char digest[HASH_SIZE]; /* of the words */
	struct certificate certificate;	 /* owned */
	struct cms_signed cms;		 /* owned */
	struct sshsig ssh;
};

static void free_read(struct read_review *r)
{
	certificate_free(&r->certificate);
	certificate_free(&r->cms.certificate);
}

static const char *path_of(const struct reviewing *r, unsigned number, enum review_file file,
			   char ret[static PATH_MAX_HERE])
{
	char path[REVIEW_PATH_MAX];
	review_path(number, file, path);
	snprintf(ret, PATH_MAX_HERE, "%s%s", r->within, path);
	return ret;
}

PRINTF_LIKE(4, 5)
static bool wrong(struct reviewing *r, unsigned number, enum review_file file, const char *format, ...)
{
	char path[PATH_MAX_HERE], what[256];
	va_list args;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	verify_problem(r->v, VERIFY_BAD, path_of(r, number, file, path), "%s", what);
	return false;
}

static bool read_file(struct reviewing *r, unsigned number, enum review_file file, size_t max, struct text *ret)
{
	char path[PATH_MAX_HERE];
	return verify_read(r->v, path_of(r, number, file, path), max, ret);
}

static bool read_words(struct reviewing *r, unsigned n, struct read_review *ret)
{
	AUTO_TEXT struct text json = text_make(REVIEW_SIZE_MAX);
	if (!read_file(r, n, REVIEW_WORDS, REVIEW_SIZE_MAX, &json))
		return false;
	hash_bytes(text_slice(&json), ret->digest);
	const char *why = review_read(text_slice(&json), r->v->result->arena, &ret->words);
	return why ? wrong(r, n, REVIEW_WORDS, "%s", why) : true;
}

static bool read_signatures(struct reviewing *r, unsigned n, struct read_review *ret)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX), cms = text_make(CMS_SIZE_MAX);
	AUTO_TEXT struct text ssh = text_make(SSHSIG_SIZE_MAX);
	if (!read_file(r, n, REVIEW_CERTIFICATE, CERTIFICATE_PEM_MAX, &pem) ||
	    !read_file(r, n, REVIEW_CMS, CMS_SIZE_MAX, &cms) || !read_file(r, n, REVIEW_SSH, SSHSIG_SIZE_MAX, &ssh))
		return false;
	const char *why = certificate_read_pem(text_slice(&pem), &ret->certificate);
	if (why)
		return wrong(r, n, REVIEW_CERTIFICATE, "%s", why);
	AUTO_TEXT struct text again = text_make(CERTIFICATE_PEM_MAX);
	certificate_add_pem(&ret->certificate, &again);
	if (!slice_equal(text_slice(&again), text_slice(&pem)))
		return wrong(r, n, REVIEW_CERTIFICATE, "is not, byte for byte, a certificate as it was written");
	why = cms_check(text_slice(&cms), &ret->cms);
	if (why)
		return wrong(r, n, REVIEW_CMS, "%s", why);
	why = sshsig_read(text_slice(&ssh), &ret->ssh);
	return why ? wrong(r, n, REVIEW_SSH, "%s", why) : true;
}

static bool same_hash(const unsigned char a[static HASH_SIZE], const unsigned char b[static HASH_SIZE])
{
	return memcmp(a, b, HASH_SIZE) == 0;
}

/* Whose they are: the words name one certificate, and both signatures are by its key. */
static bool check_signer(struct reviewing *r, unsigned n, const struct read_review *of)
{
	AUTO_TEXT struct text found = text_make(SSHSIG_SIZE_MAX), wanted = text_make(SSHSIG_SIZE_MAX);
	const unsigned char *named = of->words.fingerprint;
	bool file = same_hash(of->certificate.fingerprint, named), cms = same_hash(of->cms.certificate.fingerprint, named);
	if (!file && !cms)
		return wrong(r, n, REVIEW_WORDS, "names another certificate than that of its signatures");
	if (!file)
		return wrong(r, n, REVIEW_CERTIFICATE, "is not the certificate that the review names");
	if (!cms)
		return wrong(r, n, REVIEW_CMS, "was made under another certificate than the review names");
	if (!public_key_same(&of->ssh.key, &of->certificate.key))
		return wrong(r, n, REVIEW_SSH, "was made with another key than that of the certificate");
	if (!read_file(r, n, REVIEW_ALLOWED, SSHSIG_SIZE_MAX, &found))
		return false;
	sshsig_allowed_signers(&of->certificate.key, &wanted);
	if (!slice_equal(text_slice(&found), text_slice(&wanted)))
		return wrong(r, n, REVIEW_ALLOWED, "does not name the key of the certificate, and it alone");
	if (public_key_same(&r->signer.key, &of->certificate.key))
		return wrong(r, n, REVIEW_WORDS, "is signed with the key of the seal itself: that is nobody's review");
	return true;
}

static bool check_signatures(struct reviewing *r, unsigned n, const struct read_review *of)
{
	bool cms = same_hash(of->cms.digest, of->digest), ssh = sshsig_holds(&of->ssh, of->digest);
	if (!cms && !ssh)
		return wrong(r, n, REVIEW_WORDS, "is not what was signed");
	if (!cms)
		return wrong(r, n, REVIEW_CMS, "signs another review");
	if (!ssh)
		return wrong(r, n, REVIEW_SSH, "does not hold over the review");
	if (of->cms.signed_ns != of->words.time_ns / CLOCK_SECOND * CLOCK_SECOND)
		return wrong(r, n, REVIEW_CMS, "was made at another time than the review says");
	const char *invalid = certificate_validity(&of->certificate, of->words.time_ns);
	return invalid ? wrong(r, n, REVIEW_CERTIFICATE, "%s, at the time of the review", invalid) : true;
}

/* Does the custody log tell of a seal with that list that was replaced? */
static bool was_replaced(const struct reviewing *r, const unsigned char sums[static HASH_SIZE])
{
	struct cursor c = cursor_over(text_slice(&r->custody));
	struct slice line;
	while (cursor_until(&c, '\n', CUSTODY_LINE_MAX, &line)) {
		unsigned char hash[HASH_SIZE];
		struct json_member m = {.key = "replaces"};
		if (!json_read_object(line, &m, 1, NULL) && m.value.type == JSON_STRING &&
		    slice_hex_bytes(m.value.raw, HASH_SIZE, hash) && same_hash(hash, sums))
			return true;
	}
	return false;
}

/* A file of it that the seal covers came before that seal. */
static bool is_covered(const struct reviewing *r, unsigned n)
{
	char path[PATH_MAX_HERE];
	const struct verified_file *f = verify_file(r->v, path_of(r, n, REVIEW_WORDS, path));
	return f && f->good;
}

/* Where list or custody log were themselves changed, no review is known to be bad for it. */
static enum verify_outcome blame_place(const struct reviewing *r)
{
	char path[sizeof RAW + sizeof SEAL_CUSTODY];
	snprintf(path, sizeof path, "%s" SEAL_CUSTODY, r->within);
	const struct verified_file *custody = verify_file(r->v, path);
	return custody && custody->good ? verify_blame(r->v) : VERIFY_UNKNOWN;
}

static bool check_place(struct reviewing *r, unsigned n, const struct read_review *of)
{
	if (of->words.number != n)
		return wrong(r, n, REVIEW_WORDS, "is review %u, under another number", of->words.number);
	if (of->words.first != (n == 1) || (n > 1 && !same_hash(of->words.previous, r->previous)))
		return wrong(r, n, REVIEW_WORDS, "does not follow the review before it: that one was removed or changed");
	if (same_hash(of->words.sums, r->sums) || (is_covered(r, n) && was_replaced(r, of->words.sums)))
		return true;
	char path[PATH_MAX_HERE];
	verify_problem(r->v, blame_place(r), path_of(r, n, REVIEW_WORDS, path), "is over another seal than this one");
	return false;
}

/* What a reviewer said is only counted under a list that is the signed one. */
static void note(struct reviewing *r, const struct read_review *of)
{
	char fingerprint[HASH_TEXT_MAX], time[CLOCK_TEXT_MAX];
	struct verify_result *to = r->v->result;
	if (r->v->sums_state != SUMS_SIGNED)
		return;
	hash_text(of->certificate.fingerprint, fingerprint);
	clock_text(of->words.time_ns, 0, time);
	bool this_seal = same_hash(of->words.sums, r->sums);
	verify_proven(r->v, "review %u, by \"%.200s\" (%s%s, by the reviewer's clock): \"%s\", with %zu %s; it was "
		      "signed, twice, with the key of the certificate %s",
		      of->words.number, of->words.name, this_seal ? "" : "over an earlier seal of it, ", time,
		      review_decision_name(of->words.decision), of->words.objective_count,
		      text_plural(of->words.objective_count, "objective", "objectives"), fingerprint);
	struct review *kept = arena_alloc(to->arena, sizeof *kept);
	if (kept && to->review_count < REVIEWS_MAX) {
		*kept = of->words;
		memcpy(kept->digest, of->digest, HASH_SIZE);
		to->review_earlier[to->review_count] = !this_seal;
		to->reviews[to->review_count++] = kept;
	}
}

static void check_review(struct reviewing *r, unsigned n)
{
	__attribute__((cleanup(free_read))) struct read_review of = {0};
	bool whole = read_words(r, n, &of);
	if (whole && read_signatures(r, n, &of) && check_signer(r, n, &of) && check_signatures(r, n, &of) &&
	    check_place(r, n, &of))
		note(r, &of);
	memcpy(r->previous, of.digest, HASH_SIZE);
}

/* What review_add() may leave where it is killed. */
static bool is_left_over(struct slice name)
{
	unsigned number;
	enum review_file file;
	size_t end = name.size - strlen(".part");
	return slice_ends(name, ".part") && review_file_of(slice_part(name, 0, end), &number, &file);
}

static void name_other(struct reviewing *r, const char *path, struct slice name)
{
	if (is_left_over(name))
		verify_problem(r->v, VERIFY_UNKNOWN, path, "was left by a signing that was cut short; it can be removed");
	else
		verify_problem(r->v, VERIFY_BAD, path, "is no part of a review");
}

/* Which reviews there are; anything else in their folder is named. */
static void find(struct reviewing *r)
{
	size_t size = strlen(r->within) + strlen(REVIEW_FOLDER "/");
	char folder[PATH_MAX_HERE];
	snprintf(folder, sizeof folder, "%s" REVIEW_FOLDER "/", r->within);
	for (size_t i = 0; i < r->v->entry_count; i++) {
		const char *path = r->v->entries[i].path;
		struct slice name = slice_of_string(path);
		unsigned number;
		enum review_file file;
		if (!slice_starts(name, folder))
			continue;
		if (!review_file_of(slice_part(name, size, name.size), &number, &file)) {
			name_other(r, path, slice_part(name, size, name.size));
			continue;
		}
		r->any[number] = true;
		r->words[number] = r->words[number] || file == REVIEW_WORDS;
		r->last = number > r->last ? number : r->last;
	}
}

static void check_all(struct reviewing *r)
{
	char path[PATH_MAX_HERE];
	find(r);
	for (unsigned n = 1; n <= r->last; n++) {
		if (r->words[n])
			check_review(r, n);
		else if (n < r->last)
			wrong(r, n, REVIEW_WORDS, "is missing");
		else
			verify_problem(r->v, VERIFY_UNKNOWN, path_of(r, n, REVIEW_WORDS, path),
				       "is not there: its signing was cut short, or it was removed");
	}
}

/* What of the seal itself cannot be read is named where the seal is checked. */
static bool read_seal(struct reviewing *r, const char *sums, const char *custody, const char *certificate)
{
	const struct verify_source *from = r->v->source;
	struct error ignored = {0};
	uint64_t size;
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	if (!verify_source_has(from, sums) || verify_source_hash(from, sums, r->sums, &size, &ignored))
		return false;
	if (verify_source_has(from, custody) &&
	    verify_source_read(from, custody, CUSTODY_SIZE_MAX, &r->custody, &ignored))
		text_clear(&r->custody);
	return verify_source_has(from, certificate) &&
	       !verify_source_read(from, certificate, CERTIFICATE_PEM_MAX, &pem, &ignored) &&
	       !certificate_read_pem(text_slice(&pem), &r->signer);
}

enum status verify_review_hex(const char *hex, unsigned char ret[static HASH_SIZE], struct error *err)
{
	if (slice_hex_bytes(slice_of_string(hex), HASH_SIZE, ret))
		return OK;
	return fail(err, ERR_USAGE, "a review is named by the SHA-256 of its words, 64 hexadecimal digits (airgap-verify sign prints it)");
}

/* Each review names the one before it, so that one hash shows all up to it; whoever may write to
 * the folder can take the last away, and nothing that was sealed before it can tell. */
static enum status check_expected(struct verifying *v, struct error *err)
{
	unsigned char wanted[HASH_SIZE];
	const struct verify_result *r = v->result;
	if (!v->options->review_hex)
		return OK;
	enum status status = verify_review_hex(v->options->review_hex, wanted, err);
	if (status)
		return status;
	for (size_t i = 0; i < r->review_count; i++)
		if (same_hash(r->reviews[i]->digest, wanted)) {
			verify_proven(v, "review %u is the one that was named, and those before it are there", r->reviews[i]->number);
			return OK;
		}
	verify_problem(v, verify_blame(v), REVIEW_FOLDER, "the review that was named does not lie there: it was removed, changed, or is of another seal");
	return OK;
}

enum status verify_reviews(struct verifying *v, struct error *err)
{
	static const char *const places[][4] = {{"", SEAL_SUMS, SEAL_CUSTODY, SEAL_CERTIFICATE},
						{RAW, RAW SEAL_SUMS, RAW SEAL_CUSTODY, RAW SEAL_CERTIFICATE}};
	for (size_t i = 0; i < LENGTH(places); i++) {
		struct reviewing *r = must_alloc(1, sizeof *r);
		r->v = v;
		r->within = places[i][0];
		r->custody = text_make(CUSTODY_SIZE_MAX);
		if (read_seal(r, places[i][1], places[i][2], places[i][3]) || !*r->within)
			check_all(r);
		certificate_free(&r->signer);
		text_free(&r->custody);
		free(r);
	}
	if (v->result->review_count)
		verify_not_proven(v, "who the reviewers are: compare the fingerprints of their certificates with ones "
				     "that came to you by another way; or that no later review was removed");
	return check_expected(v, err);
}
