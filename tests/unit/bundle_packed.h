/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_BUNDLE_PACKED_H
#define TESTS_UNIT_BUNDLE_PACKED_H

/*
 * Whole bundles, of a session of each verdict, with documents, a review, and time stamps where
 * openssl(1) is there; and archives put together anew out of the files of one.
 */

#include "tests/unit/golden_session.h"
#include "tests/unit/tsa_fixture.h"

#include "report/bundle.h"
#include "report/seal_stamp.h"
#include "report/zip_form.h"

#include <zlib.h>

enum { PACKED_PARTS_MAX = 256 };

struct packed {
	const char *verdict;
	char *bytes; /* owned */
	size_t size;
	struct zip zip;
	struct arena *arena; /* owned */
	size_t top;	     /* bytes of the folder's name and '/' */
	char fingerprint[HASH_TEXT_MAX];
};

/* STEP: how far apart the bytes are that are changed; 0 where it is not set, and a few are enough. */
static inline size_t packed_step(void)
{
	const char *step = getenv("STEP");
	return step ? strtoul(step, NULL, 10) : 0;
}

/* What a session of that name has derived. Where each byte is to be changed, little stands for what
 * is large and only ever hashed: the database, and the documents but one. */
static inline void packed_derived(const struct scratch *inner, const char *name)
{
	struct store *store = session(inner, *name == 'o' ? "pass" : name);
	write_all(store, inner, packed_step() ? "junit" : "json,junit");
	store_abandon(&store);
	if (packed_step())
		scratch_put(inner, "audit.db", SLICE("SQLite format 3"));
}

/* Below one session's folder of its own in the scratch folder. */
static inline void packed_session(const struct scratch *s, const char *name, int64_t ended_ns, const struct signing *signing, bool stamp)
{
	struct scratch inner = {.fd = -1};
	AUTO_SIGNING struct signing *reviewer = fixture_signing();
	const char *verdict = *name == 'f' ? "FAIL" : *name == 'i' ? "INCONCLUSIVE" : "PASS";
	const struct seal_facts facts = {.session_id = name, .verdict = verdict, .tool_version = "0.1.0", .user = "ann", .host = "lab", .now_ns = ended_ns + 5,
				   .from_ns = ended_ns - 5, .to_ns = ended_ns};
	struct review review = {.decision = REVIEW_ACCEPTED, .name = "Ann", .who = "a@b", .tool_version = "0", .time_ns = ended_ns + 9};
	assert_int_equal(mkdirat(s->fd, name, 0700), 0);
	snprintf(inner.path, sizeof inner.path, "%.40s/%.20s", s->path, name);
	inner.fd = openat(s->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture_session(&inner, LOG_CLOSED);
	assert_int_equal(renameat(inner.fd, "applogs/a\\b\nc.log", inner.fd, "applogs/a.log"), 0);
	scratch_put(&inner, "session.json", slice_of_string(name));
	packed_derived(&inner, name);
	assert_int_equal(seal_folder(inner.fd, signing, &facts, NULL), OK);
	assert_int_equal(review_add(inner.fd, reviewer, &review, NULL), OK);
	if (stamp) {
		size_t size;
		struct timestamp t;
		AUTO_FREE char *ca = tsa_file(s, "ca.pem", &size);
		const struct timestamp_source source = {tsa_ask, s, slice_of(ca, size)};
		assert_int_equal(seal_stamp(inner.fd, &source, FIXTURE_NOW, &t, NULL), OK);
	}
	close(inner.fd);
}

static inline void packed_read(const struct scratch *s, const char *file, struct packed *ret)
{
	AUTO_FD int fd = openat(s->fd, file, O_RDONLY | O_CLOEXEC);
	ret->bytes = scratch_get(s, file, &ret->size);
	ret->arena = arena_new(1 << 24);
	assert_int_equal(zip_read(fd, ret->arena, &ret->zip, NULL), OK);
	ret->top = slice_find(slice_of_string(ret->zip.entries[0].path), '/') + 1;
}

/* `name`: pass, fail, inconclusive, or "older", which is one of PASS, a day before. */
static inline struct packed packed_bundle(const struct scratch *s, const char *name, const struct signing *signing, bool stamp)
{
	char file[64], top[BUNDLE_NAME_MAX];
	struct error err = {0};
	struct packed m = {.verdict = name};
	int64_t ended = FIXTURE_NOW - (*name == 'o' ? 86400 * INT64_C(1000000000) : 0);
	if (faccessat(s->fd, name, F_OK, 0) != 0)
		packed_session(s, name, ended, signing, stamp);
	AUTO_FD int folder = openat(s->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bundle_name("Example", "build", "lab", ended - 5, ended, name, top);
	const struct seal_facts facts = {.session_id = name, .verdict = name, .tool_version = "0.1.0", .user = "ann", .host = "lab",
					 .reason = "bundled", .now_ns = ended + 20, .from_ns = ended - 5, .to_ns = ended,
					 .stamp_follows = stamp};
	size_t size = 0;
	AUTO_FREE char *ca = stamp ? tsa_file(s, "ca.pem", &size) : NULL;
	const struct timestamp_source source = {tsa_ask, s, slice_of(ca, size)};
	const struct bundle_request r = {folder, s->fd, file, top, "{}\n", "{}\n", signing, &facts, stamp ? &source : NULL};
	snprintf(file, sizeof file, "%s.zip", name);
	if (bundle_write(&r, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
	packed_read(s, file, &m);
	signing_fingerprint(signing, m.fingerprint);
	return m;
}

static inline void packed_free(struct packed *m)
{
	free(m->bytes);
	arena_free(m->arena);
}

static inline void packed_release(struct verify_result *v)
{
	verify_result_free(v);
	free(v);
}

/* The path within the bundle. */
static inline const char *packed_path(const struct packed *m, size_t i)
{
	return m->zip.entries[i].path + m->top;
}

static inline struct slice packed_contents(const struct packed *m, size_t i)
{
	return slice_part(slice_of(m->bytes, m->size), m->zip.entries[i].at, m->zip.entries[i].size);
}

/* Which file of it that is; `count` where none. */
static inline size_t packed_find(const struct packed *m, const char *path)
{
	size_t i = 0;
	while (i < m->zip.count && strcmp(packed_path(m, i), path) != 0)
		i++;
	return i;
}

/* A file of an archive that is put together. */
struct part {
	const char *path; /* with the folder's name in front */
	struct slice contents;
	uint32_t crc;
};

static inline struct part packed_part(const char *path, struct slice contents)
{
	return (struct part){path, contents, (uint32_t)crc32(0, contents.at, (uInt)contents.size)};
}

static inline size_t packed_parts(const struct packed *m, struct part ret[static PACKED_PARTS_MAX])
{
	assert_true(m->zip.count < PACKED_PARTS_MAX);
	for (size_t i = 0; i < m->zip.count; i++)
		ret[i] = (struct part){m->zip.entries[i].path, packed_contents(m, i), m->zip.entries[i].crc};
	return m->zip.count;
}

/* The same but those whose path begins with one of `gone`. */
static inline size_t packed_without(const struct packed *m, const char *const gone[], size_t gone_count, struct part ret[static PACKED_PARTS_MAX])
{
	size_t count = packed_parts(m, ret), kept = 0;
	for (size_t i = 0; i < count; i++) {
		bool stays = true;
		for (size_t g = 0; g < gone_count; g++)
			stays = stays && !slice_starts(slice_of_string(packed_path(m, i)), gone[g]);
		if (stays)
			ret[kept++] = ret[i];
	}
	return kept;
}

/* In the form of ours, in the order that they are given in. */
static inline void packed_pack(const struct part parts[], size_t count, struct text *out)
{
	AUTO_TEXT struct text central = text_make(1 << 20);
	for (size_t i = 0; i < count; i++) {
		const struct zip_entry e = {.path = parts[i].path, .size = parts[i].contents.size, .crc = parts[i].crc};
		zip_form_central(&central, &e, out->size);
		zip_form_local(out, &e);
		text_add(out, parts[i].contents);
	}
	size_t at = out->size;
	text_add(out, text_slice(&central));
	zip_form_end(out, count, at, central.size);
}

#endif
