/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_add.h"

#include "cli/fleet_files.h"
#include "cli/fleet_order.h"
#include "cli/fleet_reader.h"
#include "cli/progress.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"
#include "fleet/claim.h"
#include "fleet/intake.h"
#include "report/certificate.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	AHEAD = 2,	  /* bundles that are read at once: the one that goes in, and the next */
	TRIES = 40,	  /* of a store that does not answer any more */
	WAIT_MAX_MS = 5000,
	OUTPUT_MAX = 64 << 20,
	PATH_SHOWN_MAX = 4096,
};

enum fate { FATE_ADDED, FATE_THERE, FATE_BUNDLED, FATE_REFUSED, FATE_COUNT };

struct adding {
	const struct fleet_settings *settings;
	const char *vouched;		 /* by what keys are believed, or NULL */
	char fingerprint[HASH_TEXT_MAX]; /* that --fingerprint names; "" */
	struct depot *depot;		 /* owned */
	struct fleet_files files;	 /* owned */
	struct fleet_reader readers[AHEAD]; /* owned; of file n at n % AHEAD */
	size_t started;			 /* how many were */
	uint64_t fates[FATE_COUNT], rows, attempted;
	struct text told; /* owned; of those that were refused */
	struct json list;
	struct progress_line progress;
};

/* 64 digits, in either case, with colons or without; as the store has it. */
static enum status read_fingerprint(const char *given, char ret[static HASH_TEXT_MAX], struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_TEXT struct text digits = text_make(2 * HASH_SIZE);
	for (const char *at = given; *at; at++)
		if (*at != ':')
			text_add_char(&digits, *at);
	if (digits.overflow || !slice_hex_bytes(text_slice(&digits), HASH_SIZE, digest))
		return fail(err, ERR_USAGE, "fleet add: --fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits, colons between "
					    "them or not");
	hash_text(digest, ret);
	return OK;
}

/* Each bundle is held against it where it is read; whether there is anything to hold it against is told once, also
 * where no bundle comes to that. */
static enum status check_ca(const char *path, struct error *err)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_CA_FILE_MAX), all = text_make(2 * CERTIFICATE_CA_FILE_MAX);
	enum status status = file_read(AT_FDCWD, path, CERTIFICATE_CA_FILE_MAX, &pem, err);
	if (!status && !certificate_add_all_pem(text_slice(&pem), &all))
		status = fail(err, ERR_NO_INPUT, "%s holds no certificate in PEM", path);
	return status ? fail_in(err, "--ca") : OK;
}

static enum status start(struct adding *a, size_t n, struct error *err)
{
	struct fleet_reader *r = &a->readers[n % AHEAD];
	fleet_reader_stop(r);
	return fleet_reader_start(a->files.paths[n], a->settings->ca, r, err);
}

/* This one and those behind it. */
static enum status start_ahead(struct adding *a, size_t n, struct error *err)
{
	enum status status = OK;
	while (!status && a->started < a->files.count && a->started < n + AHEAD)
		if (!(status = start(a, a->started, err)))
			a->started++;
	return status;
}

static void tell_refused(struct adding *a, const char *path, const struct intake_bundle *b, const char *kind, const char *why)
{
	a->fates[FATE_REFUSED]++;
	if (a->settings->common.json) {
		json_begin_object(&a->list, NULL);
		json_add_string(&a->list, "file", path);
		json_add_string(&a->list, "sha256", b->sha256);
		json_add_string(&a->list, "kind", kind);
		json_add_string(&a->list, "why", why);
		json_add_string(&a->list, "host", b->host[0] ? b->host : NULL);
		json_end_object(&a->list);
		return;
	}
	text_add_string(&a->told, "REFUSED  ");
	text_add_printable(&a->told, slice_of_string(path), PATH_SHOWN_MAX);
	text_addf(&a->told, ": %s\n", why);
}

/* Where nothing that holds tells of what it is, its name says of whom one was looked for. */
static enum status refuse(struct adding *a, size_t n, struct intake_bundle *b, const char *kind, const char *why, struct error *err)
{
	struct claim claim;
	if (!b->host[0] && claim_read(slice_of_string(b->path), &claim)) {
		snprintf(b->host, sizeof b->host, "%s", claim.host);
		b->began_ns = claim.began_ns;
		b->ended_ns = claim.ended_ns;
	}
	enum status status = intake_refuse(a->depot, b, kind, why, err);
	if (!status)
		tell_refused(a, a->files.paths[n], b, kind, why);
	return status;
}

/* The next record, which must be of that kind. One that tells how it ended ends with that. */
static enum status expect(struct fleet_reader *r, enum told_kind kind, struct intake_bundle *b, struct error *err)
{
	struct told record;
	char why[ERROR_TEXT_MAX];
	enum status status = fleet_reader_next(r, &record, err);
	if (status)
		return status;
	if (record.kind == TOLD_END && record.count == 2 && record.values[0].number > OK && record.values[0].number <= ERR_STORE &&
	    slice_to_string(record.values[1].text, why, sizeof why))
		return fail(err, (enum status)record.values[0].number, "%s", why);
	const char *wrong = record.kind == kind ? intake_take(b, &record) : "something else than was to come";
	return wrong ? fail(err, ERR_MALFORMED, "what reads it tells of %s", wrong) : OK;
}

/* All rows, and the bundle itself behind them. */
static enum status take_rows(struct adding *a, struct fleet_reader *r, struct intake *t, struct error *err)
{
	struct told record;
	char why[ERROR_TEXT_MAX];
	enum status status = OK;
	while (!(status = fleet_reader_next(r, &record, err)) && record.kind == TOLD_ROW)
		if ((status = intake_row(t, &record, err)))
			return status;
	if (status)
		return status;
	if (record.kind != TOLD_END || record.count != 2 || !slice_to_string(record.values[1].text, why, sizeof why))
		return fail(err, ERR_MALFORMED, "what reads it does not tell how it ended");
	if (record.values[0].number != OK)
		return fail(err, record.values[0].number == ERR_LIMIT ? ERR_LIMIT : ERR_MALFORMED, "%s", why);
	status = intake_commit(t, err);
	if (!status)
		a->rows += t->rows;
	return status;
}

/* What is wrong with a bundle is no failure of ours. */
static bool is_its_fault(const struct adding *a, enum status status)
{
	return (status == ERR_MALFORMED || status == ERR_LIMIT) && !depot_lost(a->depot);
}

static enum status take_in(struct adding *a, size_t n, struct fleet_reader *r, struct intake_bundle *b, struct error *err)
{
	enum intake_result result;
	struct intake t;
	struct error why = {0};
	enum status status = expect(r, TOLD_BUNDLE, b, &why);
	if (status)
		return is_its_fault(a, status) ? refuse(a, n, b, "database", why.text, err) : fail(err, status, "%s", why.text);
	status = intake_begin(&t, a->depot, b, &result, err);
	if (status)
		return status;
	if (result == INTAKE_REFUSED)
		return refuse(a, n, b, t.kind, t.why, err);
	if (result != INTAKE_READY) {
		a->fates[result == INTAKE_THERE ? FATE_THERE : FATE_BUNDLED]++;
		return OK;
	}
	status = take_rows(a, r, &t, &why);
	a->fates[FATE_ADDED] += !status;
	if (!status)
		return OK;
	bool lost = depot_lost(a->depot), its_fault = is_its_fault(a, status);
	if (!lost)
		intake_abandon(&t);
	return its_fault ? refuse(a, n, b, "database", why.text, err) : fail(err, status, "%s", why.text);
}

/* A bundle under the name of another one of its host: an older one in the place of what should
 * be there. Then it is told of where that would be. */
static bool is_misnamed(struct intake_bundle *b)
{
	struct claim claim;
	if (!claim_read(slice_of_string(b->path), &claim) ||
	    (claim.began_ns / CLOCK_SECOND == b->began_ns / CLOCK_SECOND && claim.ended_ns / CLOCK_SECOND == b->ended_ns / CLOCK_SECOND))
		return false;
	b->began_ns = claim.began_ns;
	b->ended_ns = claim.ended_ns;
	return true;
}

static enum status add_one(struct adding *a, size_t n, struct error *err)
{
	static const char other[] = "its name is that of another session: an older bundle in its place";
	struct fleet_reader *r = &a->readers[n % AHEAD];
	struct intake_bundle b = {.added_ns = clock_now().wall_ns, .vouched = a->vouched};
	const char *path = a->files.paths[n], *name = strrchr(path, '/');
	AUTO_TEXT struct text shown = text_make(INTAKE_TEXT_MAX - 1);
	bool known = false;
	text_add_printable(&shown, slice_of_string(name ? name + 1 : path), INTAKE_TEXT_MAX - 1);
	snprintf(b.path, sizeof b.path, "%s", text_string(&shown));
	enum status status = expect(r, TOLD_FILE, &b, err);
	if (!status)
		status = intake_known(a->depot, &b, &known, err);
	if (!status && known && is_misnamed(&b))
		return refuse(a, n, &b, "again", other, err);
	a->fates[FATE_THERE] += known;
	if (status || known)
		return status;
	status = expect(r, TOLD_CHECKED, &b, err);
	if (status)
		return status;
	if (b.outcome != INTAKE_GOOD)
		return refuse(a, n, &b, b.outcome == INTAKE_BAD ? "changed" : "untold", b.wrong, err);
	if (a->fingerprint[0] && strcmp(a->fingerprint, b.fingerprint) != 0)
		return refuse(a, n, &b, "key", "it was signed with another key than --fingerprint names", err);
	return is_misnamed(&b) ? refuse(a, n, &b, "again", other, err) : take_in(a, n, r, &b, err);
}

/* A store that went away is waited for; what was half there is not. */
static enum status open_again(struct adding *a, unsigned tries, struct error *err)
{
	enum status status = ERR_UNAVAILABLE;
	depot_free(TAKE(&a->depot));
	for (; status == ERR_UNAVAILABLE && tries < TRIES; tries++) {
		unsigned ms = tries < 6 ? 100u << tries : WAIT_MAX_MS;
		struct timespec pause = {ms / 1000, (long)(ms % 1000) * 1000000};
		nanosleep(&pause, NULL);
		status = fleet_store_open(a->settings, DEPOT_WRITE, &a->depot, err);
	}
	return status;
}

/* Once and whole, however often the store goes away meanwhile: the bundle's own row comes with
 * its others or not at all. */
static enum status add_surely(struct adding *a, size_t n, struct error *err)
{
	for (unsigned tries = 0;; tries++) {
		struct error why = {0};
		enum status status = add_one(a, n, &why);
		if (status == OK || !depot_lost(a->depot) || tries == TRIES)
			return status ? fail(err, status, "%s", why.text) : OK;
		if (!a->settings->common.quiet)
			fprintf(stderr, "airgap-verify: the store went away (%s): trying again\n", why.text);
		status = open_again(a, tries, err);
		if (!status)
			status = start(a, n, err);
		if (status)
			return status;
	}
}

/* A file that cannot be read does not keep the others out; it is an error all the same. */
static enum status add_all(struct adding *a, struct error *err)
{
	enum status status = OK;
	struct error first = {0};
	progress_next(&a->progress, "bundles", 0);
	for (size_t n = 0; n < a->files.count && !status; n++) {
		struct error why = {0};
		status = start_ahead(a, n, err);
		if (status)
			break;
		status = add_surely(a, n, &why);
		if (status && a->depot && (status == ERR_NO_INPUT || status == ERR_PERMISSION || status == ERR_MALFORMED)) {
			first = first.status ? first : why;
			fail_in(&first, "%s", a->files.paths[n]);
			status = OK;
		} else if (status) {
			fail(err, status, "%s: %s", a->files.paths[n], why.text);
		}
		a->attempted++;
	}
	progress_clear(&a->progress);
	if (!status && first.status) {
		*err = first;
		status = first.status;
	}
	return status;
}

static void tell(struct adding *a)
{
	static const char *const keys[FATE_COUNT] = {"added", "there", "bundled_again", "refused_count"};
	if (a->settings->common.json) {
		json_end_array(&a->list);
		for (size_t i = 0; i < FATE_COUNT; i++)
			json_add_u64(&a->list, keys[i], a->fates[i]);
		json_add_u64(&a->list, "rows", a->rows);
		json_end_object(&a->list);
		text_add_char(&a->told, '\n');
	} else {
		text_addf(&a->told, "%llu added with %llu rows, %llu there already, %llu refused\n", (unsigned long long)a->fates[FATE_ADDED],
			  (unsigned long long)a->rows, (unsigned long long)a->fates[FATE_THERE] + a->fates[FATE_BUNDLED],
			  (unsigned long long)a->fates[FATE_REFUSED]);
	}
	if (a->settings->common.json || !a->settings->common.quiet)
		fputs(text_string(&a->told), stdout);
}

int fleet_add(const struct fleet_settings *s, char *const names[], size_t count, struct error *err)
{
	struct adding a = {.settings = s, .told = text_make(OUTPUT_MAX), .progress = progress_start(s->common.quiet)};
	a.vouched = s->fingerprint ? "fingerprint" : s->ca ? "authority" : NULL;
	a.list = json_on(&a.told);
	if (s->common.json) {
		json_begin_object(&a.list, NULL);
		json_begin_array(&a.list, "refused");
	}
	enum status status = s->fingerprint ? read_fingerprint(s->fingerprint, a.fingerprint, err) : OK;
	if (!status && s->ca)
		status = check_ca(s->ca, err);
	if (!status)
		status = fleet_files_find(names, count, &a.files, err);
	if (!status)
		status = fleet_store_open(s, DEPOT_WRITE, &a.depot, err);
	if (!status)
		status = fleet_order(&a.files, a.depot, s->ca, err);
	if (!status)
		status = add_all(&a, err);
	if (!status && a.fates[FATE_ADDED])
		status = depot_settle(a.depot, err);
	if (a.attempted || !status)
		tell(&a);
	for (size_t i = 0; i < AHEAD; i++)
		fleet_reader_stop(&a.readers[i]);
	fleet_files_free(&a.files);
	depot_free(a.depot);
	text_free(&a.told);
	return !status && a.fates[FATE_REFUSED] ? 1 : 0;
}
