/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_course.h"

#include "cli/audit_folder.h"
#include "cli/audit_gather.h"
#include "cli/audit_keep.h"
#include "cli/audit_known.h"
#include "cli/audit_lock.h"
#include "cli/audit_logs.h"
#include "cli/audit_words.h"
#include "cli/bundle_make.h"
#include "cli/database.h"
#include "cli/signer.h"
#include "core/auto.h"
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All that one audit holds while it runs. */
struct course {
	const struct audit_order *o;
	struct audit_ready *ready;
	struct audit_told *told;
	struct audit_state *after;   /* owned; what the next one is to know */
	struct audit_known *known;   /* owned */
	const char *forgotten;       /* why nothing is known; NULL: it is */
	struct text gathered;        /* owned; lines of audit.ndjson */
	char fingerprint[HASH_TEXT_MAX];
	struct folder session;
	struct audit_words words;    /* for the collector */
};

enum status audit_ready_make(const struct audit_order *o, struct audit_ready *ret, struct error *err)
{
	*ret = (struct audit_ready){.folder = {.fd = -1, .audits = -1, .bundles = -1}, .lock = -1};
	ret->before = must_alloc(1, sizeof *ret->before);
	enum status status = state_folder_open(o->state, &ret->folder, err);
	if (!status)
		status = audit_lock(ret->folder.fd, ret->folder.path, &ret->lock, err);
	return status ? status : audit_state_load(ret->folder.fd, ret->folder.path, ret->before, err);
}

void audit_ready_free(struct audit_ready *r)
{
	state_folder_close(&r->folder);
	auto_close(&r->lock);
	r->lock = -1;
	free(r->before);
	r->before = NULL;
}

static const struct policy_audit *audit_of(const struct course *c)
{
	return &c->o->own->audit;
}

/* The room, the roots, and what can be looked at only with the rights that go soon. */
static enum status look_around(struct course *c, struct error *err)
{
	struct audit_room room;
	const struct state_folder *f = &c->ready->folder;
	enum status status = audit_keep(f, c->o->own, c->told->began_ns, false, c->o->quiet, &room, err);
	c->told->deleted = room.gone;
	c->told->unverified = room.unverified;
	if (!status)
		status = audit_keep_check(&room, f->path, err);
	c->ready->host = !watch_roots_named(audit_of(c));
	if (!status && !c->ready->host)
		status = watch_roots_find(audit_of(c), "/proc", &c->ready->roots, err);
	if (!status && !c->ready->host && c->ready->roots.count == 0)
		status = fail(err, ERR_UNAVAILABLE, "nothing runs of what is to be watched: start it, or watch the whole machine");
	if (!c->ready->before->known_sha256[0])
		c->forgotten = c->ready->before->there ? "nothing of them was kept" : NULL;
	else if (!status)
		status = audit_known_load(c->known, f->fd, c->ready->before->known_sha256, &c->forgotten, err);
	if (status)
		return status;
	audit_gather_extensions(NULL, &c->gathered);
	audit_gather_programs(c->ready->host ? NULL : &c->ready->roots, &c->gathered);
	signer_fingerprint(c->o->own->signing.certificate, c->fingerprint);
	return OK;
}

static enum status name_folder(struct course *c, struct error *err)
{
	char path[FILE_PATH_MAX], time[CLOCK_TEXT_MAX];
	enum status status = folder_name(c->ready->folder.path, &c->session, err);
	clock_compact(c->told->began_ns, time);
	int size = snprintf(path, sizeof path, "%s/audits/%s-%.8s", c->ready->folder.path, time, c->session.id);
	if (!status && size >= (int)sizeof path)
		status = fail(err, ERR_USAGE, "the path of the state folder is too long");
	if (status)
		return status;
	snprintf(c->session.path, sizeof c->session.path, "%s", path);
	snprintf(c->told->folder, sizeof c->told->folder, "%s", path);
	snprintf(c->told->id, sizeof c->told->id, "%s", c->session.id);
	return OK;
}

/* Between the watch and the judging: the logs since the last audit, and what it is held against. */
static enum status put_beside(void *to, int folder, struct error *err)
{
	struct course *c = to;
	enum status status = audit_logs_keep(audit_of(c), c->ready->before, folder, c->after, &c->gathered, err);
	const struct audit_folder_facts facts = {
		.audit = audit_of(c),
		.before = c->ready->before,
		.known = c->known,
		.forgotten = c->forgotten,
		.fingerprint = c->fingerprint,
		.scope = c->ready->host ? "host" : "apps",
		.began_ns = c->told->began_ns,
		.gathered = text_slice(&c->gathered),
	};
	if (!status && c->gathered.overflow)
		status = fail(err, ERR_LIMIT, "more was found beside the watch than can be kept");
	return status ? status : audit_folder_write(folder, &facts, err);
}

static enum status watch(struct course *c, struct error *err)
{
	struct session_result result;
	enum status status = audit_words_make(audit_of(c), c->ready->host ? NULL : &c->ready->roots, c->o->ring, &c->words, err);
	if (!status)
		status = name_folder(c, err);
	const struct session_order order = {
		.folder = &c->session,
		.options = c->words.at,
		.option_count = c->words.count,
		.policy = c->o->policy,
		.passphrase_file = c->o->passphrase_file,
		.tier = c->o->tier,
		.site = c->o->site,
		.host = c->ready->host,
		.keep_formats = audit_of(c)->counts[POLICY_AUDIT_APP_LOGS] + audit_of(c)->counts[POLICY_AUDIT_LOGS] > 0,
		.quiet = c->o->quiet,
		.verbose = c->o->verbose,
		.untold = true,
		.beside = put_beside,
		.to = c,
	};
	if (!status)
		status = session_course(&order, &result, err);
	if (status)
		return status;
	c->told->judged = result.judged;
	c->told->verdict = result.verdict;
	c->told->exit_status = result.status;
	return result.judged ? OK : fail(err, ERR_UNAVAILABLE, "the collector failed with exit status %d", result.status);
}

/* What the next audit is compared with, and what this one tells. */
static enum status learn(struct course *c, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	struct audit_last *last = &c->after->last;
	c->told->ended_ns = clock_now().wall_ns;
	*last = (struct audit_last){.began_ns = c->told->began_ns, .ended_ns = c->told->ended_ns};
	snprintf(last->id, sizeof last->id, "%s", c->session.id);
	snprintf(last->folder, sizeof last->folder, "audits/%s", strrchr(c->session.path, '/') + 1);
	snprintf(last->verdict, sizeof last->verdict, "%s", verdict_name(c->told->verdict));
	audit_folder_boot(last->boot_id);
	signer_fingerprint(c->o->own->signing.certificate, last->fingerprint);
	enum status status = database_open(c->session.path, STORE_READ, &store, err);
	if (!status)
		status = audit_tell_read(store, c->told, err);
	if (!status)
		status = audit_known_add_store(c->known, store, c->told->ended_ns, err);
	if (status)
		return status;
	audit_known_forget(c->known, audit_of(c)->past);
	c->after->there = true;
	return OK;
}

/* Both together, as late as can be: one of them without the other is told as changed. */
static enum status keep_state(struct course *c, struct error *err)
{
	enum status status = audit_known_save(c->known, c->ready->folder.fd, c->after->known_sha256, err);
	return status ? status : audit_state_save(c->ready->folder.fd, c->after, err);
}

static enum status bundle(struct course *c, struct error *err)
{
	char into[FILE_PATH_MAX + 16];
	struct bundle_made made;
	const struct bundle_order order = {
		.folder = c->session.path,
		.into = into,
		.policy = c->o->own,
		.passphrase_file = c->o->passphrase_file,
	};
	snprintf(into, sizeof into, "%s/bundles", c->ready->folder.path);
	enum status status = bundle_make(&order, &made, err);
	if (!status)
		status = bundle_make_check(made.output, c->session.id, err);
	if (status)
		return status;
	snprintf(c->told->bundle, sizeof c->told->bundle, "%s", made.output);
	const char *name = strrchr(made.output, '/');
	snprintf(c->after->last.bundle, sizeof c->after->last.bundle, "bundles%s", name ? name : made.output);
	return OK;
}

/* After a bundle was made what it stands for may go. */
static void clean_up(struct course *c)
{
	struct audit_room room;
	struct error why = {0};
	if (audit_keep(&c->ready->folder, c->o->own, c->told->ended_ns, false, c->o->quiet, &room, &why)) {
		fprintf(stderr, "airgap-verify: %s\n", why.text);
		return;
	}
	c->told->deleted += room.gone;
	c->told->unverified = room.unverified > c->told->unverified ? room.unverified : c->told->unverified;
	c->told->tight = room.tight;
}

/* One that could not be made is to be told by the next. */
static void note_trouble(struct course *c, const struct error *err)
{
	struct error second = {0};
	struct audit_state *s = c->after->there ? c->after : c->ready->before;
	s->trouble_ns = clock_now().wall_ns;
	slice_to_string(slice_part(slice_of_string(err->text), 0, sizeof s->trouble - 1), s->trouble, sizeof s->trouble);
	if (c->after->there ? keep_state(c, &second) : audit_state_save(c->ready->folder.fd, s, &second))
		fprintf(stderr, "airgap-verify: %s; the next audit will not know of it\n", second.text);
}

static enum status run_all(struct course *c, struct error *err)
{
	enum status status = look_around(c, err);
	if (!status)
		status = watch(c, err);
	if (!status)
		status = learn(c, err);
	if (!status)
		status = bundle(c, err);
	if (!status)
		status = keep_state(c, err);
	if (!status)
		clean_up(c);
	return status;
}

static void begin_told(const struct audit_order *o, struct audit_told *ret)
{
	*ret = (struct audit_told){.began_ns = clock_now().wall_ns, .verdict = VERDICT_INCONCLUSIVE};
	gethostname(ret->host, sizeof ret->host - 1);
	snprintf(ret->scope, sizeof ret->scope, "%s", watch_roots_named(&o->own->audit) ? "apps" : "host");
}

enum status audit_course(const struct audit_order *o, struct audit_ready *ready, struct audit_told *ret, struct error *err)
{
	struct course *c = must_alloc(1, sizeof *c);
	*c = (struct course){.o = o, .ready = ready, .told = ret, .known = audit_known_new(), .gathered = text_make(AUDIT_GATHER_MAX)};
	c->after = must_alloc(1, sizeof *c->after);
	begin_told(o, ret);
	enum status status = run_all(c, err);
	if (status) {
		note_trouble(c, err);
		ret->judged = false;
		ret->exit_status = error_exit(status);
		snprintf(ret->trouble, sizeof ret->trouble, "%.1000s", err->text);
		ret->ended_ns = clock_now().wall_ns;
	}
	audit_known_free(c->known);
	text_free(&c->gathered);
	free(c->after);
	audit_words_free(&c->words);
	free(c);
	return status;
}
