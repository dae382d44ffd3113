/* SPDX-License-Identifier: Apache-2.0 */
#include "report/verify.h"

#include "report/how_to_verify.h"
#include "report/seal.h"
#include "report/verify_state.h"

enum {
	LISTS_MAX = 1 << 30,	 /* bytes of all paths and hashes */
	MESSAGES_MAX = 16 << 20, /* bytes of what is said of them */
};

void verify_result_free(struct verify_result *r)
{
	if (!r)
		return;
	arena_free(r->arena);
	r->arena = NULL;
}

void verifying_end(struct verifying *v)
{
	arena_free(v->arena);
	text_free(&v->sums);
	head_file_free(&v->heads);
	certificate_free(&v->signer);
}

/* A folder that cannot be listed whole is still checked as far as that goes. */
static void list(struct verifying *v)
{
	struct error err = {0};
	enum status status = verify_source_list(v->source, v->arena, &v->entries, &v->entry_count, &err);
	v->listed = status == OK;
	if (status) {
		v->entry_count = 0;
		verify_problem(v, VERIFY_UNKNOWN, ".", "cannot be listed (%s)", err.text);
	}
	for (size_t i = 0; i < v->entry_count; i++)
		if (!v->entries[i].regular)
			verify_problem(
				v, VERIFY_BAD, v->entries[i].path,
				"is a link, device, socket or pipe; only plain files are sealed");
}

/* A sealing that was cut short: what there is of the seal proves nothing, and what
 * does not fit it shows nothing. */
static bool is_unfinished(struct verifying *v)
{
	if (!verify_source_has(v->source, SEAL_UNFINISHED))
		return false;
	verify_problem(v, VERIFY_UNKNOWN, SEAL_UNFINISHED,
		       "the sealing was cut short; airgap-verify crosscheck seals the folder anew");
	return true;
}

/* Anything that only sealing makes shows that the folder was sealed: who removes the
 * signatures does not thereby make it a folder that never had any. */
static bool is_sealed(const struct verifying *v)
{
	if (v->source->archive)
		return true; /* none is written without a seal */
	if (!v->listed)
		return verify_source_has(v->source, SEAL_SUMS);
	for (size_t i = 0; i < v->entry_count; i++) {
		struct slice path = slice_of_string(v->entries[i].path);
		if (slice_ends(path, ".part"))
			continue;
		if (slice_is(path, SEAL_FOLDER) || slice_starts(path, SEAL_FOLDER "/") ||
		    slice_is(path, HOW_TO_VERIFY_FILE))
			return true;
	}
	return false;
}

static enum status verify_whole(struct verifying *v, struct error *err)
{
	list(v);
	v->result->sealed = !is_unfinished(v) && is_sealed(v);
	if (v->result->sealed)
		verify_signatures(v);
	enum status status = verify_identity(v, err);
	if (status)
		return status;
	if (v->result->sealed) {
		status = verify_files(v, err);
		if (status)
			return status;
		verify_records(v);
		status = verify_reviews(v, err);
		if (!status)
			status = verify_stamps(v, err);
		if (status)
			return status;
		verify_expected(v);
	} else {
		verify_unsealed(v);
	}
	status = verify_heads(v, err);
	if (status)
		return status;
	verify_not_proven(v,
			  "that the watched machine was honest: one that was taken over before or "
			  "meanwhile can have shown the collectors what it liked");
	verify_not_proven(v, v->result->stamp.time_ns
				     ? "when it happened: the time stamp says no more than that it was sealed no later; "
				       "every other time is that machine's own clock"
				     : "when it happened: every time is that machine's own clock (host-asserted time)");
	return OK;
}

/* A slip is told whatever lies there, and not only where there is something to compare it with. */
static enum status check_options(const struct verify_options *o, struct error *err)
{
	unsigned char ignored[HASH_SIZE];
	enum status status = o->fingerprint_hex ? verify_fingerprint_hex(o->fingerprint_hex, ignored, err) : OK;
	return !status && o->review_hex ? verify_review_hex(o->review_hex, ignored, err) : status;
}

struct verifying verifying_begin(const struct verify_source *source, const struct verify_options *options,
				 struct verify_result *ret)
{
	*ret = (struct verify_result){.signer = "", .arena = arena_new(MESSAGES_MAX)};
	return (struct verifying){
		.source = source,
		.options = options,
		.result = ret,
		.arena = arena_new(LISTS_MAX),
		.sums = text_make(SHA256SUMS_SIZE_MAX),
	};
}

enum status verify_folder(int folder_fd, const struct verify_options *options,
			  struct verify_result *ret, struct error *err)
{
	struct verify_source source = verify_source_folder(folder_fd);
	__attribute__((cleanup(verifying_end))) struct verifying v = verifying_begin(&source, options, ret);
	enum status status = check_options(options, err);
	return status ? status : verify_whole(&v, err);
}

enum status verify_archive(int fd, const struct verify_options *options, struct verify_result *ret, struct error *err)
{
	struct verify_source source = {.fd = fd};
	struct error why = {0};
	__attribute__((cleanup(verifying_end))) struct verifying v = verifying_begin(&source, options, ret);
	enum status status = check_options(options, err);
	if (status)
		return status;
	status = verify_source_archive(fd, v.arena, &source, &why);
	if (status == ERR_MALFORMED) {
		verify_problem(&v, VERIFY_BAD, ".", "is no bundle as it was written: %s", why.text);
		return OK;
	}
	return status ? fail(err, status, "%s", why.text) : verify_whole(&v, err);
}
