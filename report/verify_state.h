/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_VERIFY_STATE_H
#define REPORT_VERIFY_STATE_H

/*
 * Inside of verify_folder(): what the steps hand to each other.
 */

#include "core/file.h"
#include "report/head_file.h"
#include "report/head_log.h"
#include "report/manifest.h"
#include "report/sha256sums.h"
#include "report/verify.h"
#include "report/verify_source.h"

/* What the signatures say of SHA256SUMS. */
enum sums_state { SUMS_UNKNOWN, SUMS_SIGNED, SUMS_CHANGED };

struct verified_file {
	struct manifest_file file; /* as it is here */
	bool good;		   /* and as it was sealed */
};

struct verifying {
	const struct verify_source *source;
	const struct verify_options *options;
	struct verify_result *result;
	struct arena *arena; /* owned; lists */

	struct file_entry *entries; /* what is there, by path */
	size_t entry_count;
	bool listed; /* all of it */

	struct text sums; /* owned; the bytes of SHA256SUMS */
	bool have_sums;
	enum sums_state sums_state;

	struct certificate signer; /* owned; who made the signatures that count */
	bool have_signer;

	struct verified_file *files; /* by path; those that are listed and there */
	size_t file_count;
	bool files_good; /* all listed, all there, all alike */

	struct head_file heads; /* owned; what a second place was told */
	struct seal_chain chain; /* of the evidence log, as far as it was read */
};

/* Empties `ret`; what is returned is ended in any case. */
struct verifying verifying_begin(const struct verify_source *source, const struct verify_options *options,
				 struct verify_result *ret);
void verifying_end(struct verifying *v);

/* Notes a problem; `path` is copied. */
void verify_problem(struct verifying *v, enum verify_outcome outcome, const char *path,
		    const char *format, ...) PRINTF_LIKE(4, 5);
void verify_proven(struct verifying *v, const char *format, ...) PRINTF_LIKE(2, 3);
void verify_not_proven(struct verifying *v, const char *format, ...) PRINTF_LIKE(2, 3);

/* NULL where the folder has no such file. */
const struct file_entry *verify_entry(const struct verifying *v, const char *path);
const struct verified_file *verify_file(const struct verifying *v, const char *path);

/* Reads a file of the seal. False where it is not there or cannot be read; that is
 * then noted. One that is larger than `max` was changed. */
bool verify_read(struct verifying *v, const char *path, size_t max, struct text *ret);

/* The hash of the manifest of what a redacted copy was made of, as its own manifest says where that
 * is as it was sealed; "" where it is none. */
void verify_derived(struct verifying *v, char ret[static HASH_TEXT_MAX]);

/* What a disagreement between files amounts to: where SHA256SUMS itself was changed,
 * nothing else is known to be bad for not agreeing with it. */
enum verify_outcome verify_blame(const struct verifying *v);

/* The certificates of a file that the caller named by an option: one without any is the caller's slip, and says
 * nothing of the folder. */
enum status verify_authorities(const char *option, const char *path, struct text *ret, struct error *err) MUST_CHECK;

/* The steps, in this order. */
void verify_signatures(struct verifying *v);
/* 64 digits, in either case, with colons or without. */
enum status verify_fingerprint_hex(const char *hex, unsigned char ret[static HASH_SIZE], struct error *err) MUST_CHECK;
enum status verify_review_hex(const char *hex, unsigned char ret[static HASH_SIZE], struct error *err) MUST_CHECK;
enum status verify_identity(struct verifying *v, struct error *err) MUST_CHECK;
enum status verify_files(struct verifying *v, struct error *err) MUST_CHECK;
void verify_records(struct verifying *v);
enum status verify_reviews(struct verifying *v, struct error *err) MUST_CHECK;
enum status verify_stamps(struct verifying *v, struct error *err) MUST_CHECK;
void verify_expected(struct verifying *v);
/* Does the evidence begin with what a head tells of it? False where not: that is noted under `path`, and
 * names the line that shows it. */
bool verify_head_fits(struct verifying *v, struct head_log *l, const char *path, const struct head_told *t);

/* Does the log lead to what the register holds, and by the heads of the session that was asked for? */
void verify_register(struct verifying *v);
enum status verify_heads(struct verifying *v, struct error *err) MUST_CHECK;
void verify_unsealed(struct verifying *v);

#endif
