/* SPDX-License-Identifier: Apache-2.0 */
#include "core/chain.h"

#include "core/json.h"

#include <stdlib.h>
#include <string.h>

struct chain_writer {
	struct hash *running;
	struct key *key;
	uint64_t bytes, records, checkpoints, unsealed;
};

struct chain_writer *chain_writer_new(void)
{
	struct chain_writer *w = must_alloc(1, sizeof *w);
	w->running = hash_new();
	w->key = key_new();
	return w;
}

void chain_writer_free(struct chain_writer *w)
{
	if (!w)
		return;
	hash_free(w->running);
	key_free(w->key);
	free(w);
}

void chain_first_key(const struct chain_writer *w, unsigned char ret[static KEY_PUBLIC_SIZE])
{
	key_public(w->key, ret);
}

void chain_add(struct chain_writer *w, struct slice line)
{
	hash_add(w->running, line);
	w->bytes += line.size;
	w->records++;
	w->unsealed++;
}

void chain_digest(const struct chain_writer *w, unsigned char ret[static HASH_SIZE])
{
	hash_peek(w->running, ret);
}

uint64_t chain_bytes(const struct chain_writer *w)
{
	return w->bytes;
}

uint64_t chain_unsealed(const struct chain_writer *w)
{
	return w->unsealed;
}

void chain_checkpoint(struct chain_writer *w, struct clock_pair now, struct slice lost, bool last,
		      struct text *out)
{
	unsigned char digest[HASH_SIZE], signature[KEY_SIGNATURE_MAX], next[KEY_PUBLIC_SIZE];
	struct key *next_key = last ? NULL : key_new();
	AUTO_TEXT struct text line = text_make(CHAIN_LINE_MAX);

	hash_peek(w->running, digest);
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", "checkpoint");
	json_add_u64(&j, "n", ++w->checkpoints);
	json_add_i64(&j, "t", now.wall_ns);
	json_add_i64(&j, "mono", now.mono_ns);
	json_add_u64(&j, "bytes", w->bytes);
	json_add_u64(&j, "records", w->records);
	json_add_hex(&j, "sha256", digest, sizeof digest);
	json_add_raw(&j, "lost", lost);
	if (next_key) {
		key_public(next_key, next);
		json_add_hex(&j, "next_key", next, sizeof next);
	}
	size_t size = key_sign(w->key, text_slice(&line), signature);
	json_add_hex(&j, "sig", signature, size);
	json_end_object(&j);
	text_add_char(&line, '\n');

	key_free(w->key);
	w->key = next_key;
	chain_add(w, text_slice(&line));
	w->unsealed = 0;
	text_add(out, text_slice(&line));
}

struct chain_reader chain_reader_start(void)
{
	return (struct chain_reader){.running = hash_new()};
}

void chain_reader_end(struct chain_reader *r)
{
	hash_free(r->running);
	r->running = NULL;
}

enum { NEXT_KEY, BYTES, RECORDS, SHA256, SIG, NUMBER, TIME, FIELDS };

static bool read_hex(const struct json_value *v, size_t size, unsigned char ret[])
{
	return v->type == JSON_STRING && slice_hex_bytes(v->raw, size, ret);
}

static bool is_lower_hex(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] >= 'A' && text.at[i] <= 'F')
			return false;
	return true;
}

/* The part of the line that is signed: all in front of `,"sig":"`. What stands
 * behind is not covered by anything in the last checkpoint of a log, so it must be
 * the signature in its one spelling, and no more. */
static bool signed_part(struct slice line, struct slice sig, struct slice *ret)
{
	static const char lead[] = ",\"sig\":\"", tail[] = "\"}";
	size_t at = slice_search(line, SLICE(",\"sig\":\""));
	struct slice behind = slice_part(line, at + sizeof lead - 1, line.size);
	*ret = slice_part(line, 0, at);
	return at < line.size && behind.size == sig.size + sizeof tail - 1 &&
	       slice_equal(slice_part(behind, 0, sig.size), sig) && slice_ends(behind, tail) &&
	       is_lower_hex(sig);
}

static const char *check_signature(const struct chain_reader *r, struct slice line,
				   const struct json_value *sig)
{
	unsigned char bytes[KEY_SIGNATURE_MAX];
	struct slice message;
	size_t size = sig->raw.size / 2;
	if (size > sizeof bytes || !read_hex(sig, size, bytes) ||
	    !signed_part(line, sig->raw, &message))
		return "a checkpoint without a readable signature";
	if (!key_verify(r->next_key, message, slice_of(bytes, size)))
		return "a checkpoint whose signature does not fit the key named before it";
	return NULL;
}

static const char *check_counts(const struct chain_reader *r, const struct json_member *m)
{
	unsigned char digest[HASH_SIZE], running[HASH_SIZE];
	uint64_t bytes, records, number;
	if (!json_u64(&m[BYTES].value, UINT64_MAX, &bytes) ||
	    !json_u64(&m[RECORDS].value, UINT64_MAX, &records) ||
	    !json_u64(&m[NUMBER].value, UINT64_MAX, &number) ||
	    !read_hex(&m[SHA256].value, HASH_SIZE, digest))
		return "a checkpoint that lacks its counts";
	hash_peek(r->running, running);
	if (number != r->checkpoints + 1)
		return "a checkpoint out of its order";
	if (bytes != r->bytes || records != r->records)
		return "a checkpoint that counts other bytes or records than stand before it";
	if (memcmp(digest, running, HASH_SIZE) != 0)
		return "a checkpoint whose SHA-256 is not that of what stands before it";
	return NULL;
}

static const char *check_checkpoint(struct chain_reader *r, struct slice line)
{
	struct json_member m[FIELDS] = {
		[NEXT_KEY] = {.key = "next_key"}, [BYTES] = {.key = "bytes"},
		[RECORDS] = {.key = "records"},   [SHA256] = {.key = "sha256"},
		[SIG] = {.key = "sig"},           [NUMBER] = {.key = "n"},
		[TIME] = {.key = "t"},
	};
	const char *wrong = json_read_object(line, m, FIELDS, NULL);
	if (!wrong && !r->have_key)
		wrong = "a checkpoint before any key was named";
	if (!wrong)
		wrong = check_counts(r, m);
	if (!wrong)
		wrong = check_signature(r, line, &m[SIG].value);
	if (!wrong && !json_i64(&m[TIME].value, &r->last_wall_ns))
		wrong = "a checkpoint without its time";
	if (wrong)
		return wrong;
	if (m[NEXT_KEY].value.type == JSON_ABSENT)
		r->closed = true;
	else if (!read_hex(&m[NEXT_KEY].value, KEY_PUBLIC_SIZE, r->next_key))
		return "a checkpoint whose next key cannot be read";
	r->checkpoints++;
	return NULL;
}

static const char *take_first_key(struct chain_reader *r, struct slice line)
{
	struct json_member m[] = {{.key = "next_key"}};
	const char *wrong = json_read_object(line, m, 1, NULL);
	if (!wrong && !read_hex(&m[0].value, KEY_PUBLIC_SIZE, r->next_key))
		wrong = "a first line that names no key";
	r->have_key = !wrong;
	return wrong;
}

void chain_read(struct chain_reader *r, struct slice line, bool whole)
{
	const char *wrong = NULL;
	bool checkpoint = whole && slice_starts(line, "{\"kind\":\"checkpoint\",");
	if (!r->problem) {
		if (r->closed)
			wrong = "something behind the last checkpoint";
		else if (r->records == 0)
			wrong = checkpoint ? "a checkpoint where the first line should stand"
					   : take_first_key(r, line);
		else if (checkpoint)
			wrong = check_checkpoint(r, line);
	}
	hash_add(r->running, line);
	if (whole)
		hash_add(r->running, SLICE("\n"));
	r->bytes += line.size + whole;
	r->records++;
	if (wrong) {
		r->problem = wrong;
		r->problem_record = r->records;
	} else if (checkpoint && !r->problem) {
		r->sealed_bytes = r->bytes;
		r->sealed_records = r->records;
	}
}
