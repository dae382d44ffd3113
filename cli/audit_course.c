/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_course.h"

#include "cli/apps.h"
#include "cli/audit_folder.h"
#include "cli/audit_gather.h"
#include "cli/audit_keep.h"
#include "cli/audit_known.h"
#include "cli/audit_lock.h"
#include "cli/audit_logs.h"
#include "cli/bundle_make.h"
#include "cli/database.h"
#include "cli/signer.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/privilege.h"
#include "report/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 2 * (WATCH_ROOTS_MAX + 2 * POLICY_AUDIT_VALUES) + 64, APP_LOGS = 32, NUMBER_SIZE = 16 };

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
	/* words for the collector */
	const char *words[WORDS_MAX];
	size_t word_count;
	char (*numbers)[NUMBER_SIZE]; /* owned: process ids as text */
	char (*logs)[FILE_PATH_MAX];  /* owned: "NAME=PATH" of apps */
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
	if (!status && c->ready->before->known_sha256[0])
		status = audit_known_load(c->known, f->fd, c->ready->before->known_sha256, &c->forgotten, err);
	if (status)
		return status;
	audit_gather_extensions(NULL, &c->gathered);
	audit_gather_programs(c->ready->host ? NULL : &c->ready->roots, &c->gathered);
	signer_fingerprint(c->o->own->signing.certificate, c->fingerprint);
	return OK;
}

static void add_word(struct course *c, const char *word)
{
	c->words[c->word_count++] = word;
}

static void add_option(struct course *c, const char *name, const char *value)
{
	add_word(c, name);
	add_word(c, value);
}

static enum status add_logs(struct course *c, struct error *err)
{
	const struct policy_audit *a = audit_of(c);
	size_t count = 0;
	enum status status = OK;
	c->logs = must_alloc(APP_LOGS, sizeof *c->logs);
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_APP] && !status; i++)
		status = apps_logs(a->lists[POLICY_AUDIT_APP][i], c->logs, APP_LOGS, &count, err);
	for (size_t i = 0; i < count; i++)
		add_option(c, "--context-log", c->logs[i]);
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_APP_LOGS]; i++)
		add_option(c, "--app-log", a->lists[POLICY_AUDIT_APP_LOGS][i]);
	return status;
}

/* `duration`: as text, with its unit. */
static enum status make_words(struct course *c, char duration[static NUMBER_SIZE * 2], struct error *err)
{
	const struct watch_roots *roots = &c->ready->roots;
	snprintf(duration, NUMBER_SIZE * 2, "%lldms", (long long)(audit_of(c)->duration_ns / CLOCK_MILLISECOND));
	add_option(c, "--duration", duration);
	if (c->o->ring)
		add_option(c, "--ring", c->o->ring);
	c->numbers = must_alloc(WATCH_ROOTS_MAX, sizeof *c->numbers);
	for (size_t i = 0; !c->ready->host && i < roots->count; i++) {
		snprintf(c->numbers[i], NUMBER_SIZE, "%d", (int)roots->pids[i]);
		add_option(c, i ? "--also-pid" : "--pid", c->numbers[i]);
	}
	return add_logs(c, err);
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
	char duration[NUMBER_SIZE * 2];
	struct session_result result;
	enum status status = make_words(c, duration, err);
	if (!status)
		status = name_folder(c, err);
	const struct session_order order = {
		.folder = &c->session,
		.options = c->words,
		.option_count = c->word_count,
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
	c->after->there = true;
	enum status status = database_open(c->session.path, STORE_READ, &store, err);
	if (!status)
		status = audit_tell_read(store, c->told, err);
	if (!status)
		status = audit_known_add_store(c->known, store, c->told->ended_ns, err);
	if (status)
		return status;
	audit_known_forget(c->known, audit_of(c)->past);
	return audit_known_save(c->known, c->ready->folder.fd, c->after->known_sha256, err);
}

static enum status check_bundle(const char *path, const char *id, struct error *err)
{
	const struct verify_options of_session = {.session_id = id};
	struct verify_result *v = must_alloc(1, sizeof *v);
	AUTO_FD int fd = -1;
	enum status status = file_open(AT_FDCWD, path, &fd, err);
	if (!status)
		status = verify_archive(fd, &of_session, v, err);
	if (!status && v->outcome != VERIFY_GOOD)
		status = fail(err, ERR_IO, "%s was written, and does not verify: %s %s", path, v->problem_count ? v->problems[0].path : "",
			      v->problem_count ? v->problems[0].what : "");
	verify_result_free(v);
	free(v);
	return status;
}

static enum status bundle(struct course *c, struct error *err)
{
	char into[FILE_PATH_MAX + 16];
	struct bundle_made made;
	const struct policy_signing *s = &c->o->own->signing;
	const struct bundle_order order = {
		.folder = c->session.path,
		.into = into,
		.key = s->key,
		.certificate = s->certificate,
		.passphrase_file = c->o->passphrase_file,
	};
	snprintf(into, sizeof into, "%s/bundles", c->ready->folder.path);
	enum status status = bundle_make(&order, &made, err);
	if (!status)
		status = check_bundle(made.output, c->session.id, err);
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
	if (audit_state_save(c->ready->folder.fd, s, &second))
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
		status = audit_state_save(c->ready->folder.fd, c->after, err);
	if (!status)
		clean_up(c);
	return status;
}

static void begin_told(const struct audit_order *o, const struct audit_ready *ready, struct audit_told *ret)
{
	*ret = (struct audit_told){.began_ns = clock_now().wall_ns, .verdict = VERDICT_INCONCLUSIVE};
	gethostname(ret->host, sizeof ret->host - 1);
	(void)ready;
	snprintf(ret->scope, sizeof ret->scope, "%s", watch_roots_named(&o->own->audit) ? "apps" : "host");
}

enum status audit_course(const struct audit_order *o, struct audit_ready *ready, struct audit_told *ret, struct error *err)
{
	struct course *c = must_alloc(1, sizeof *c);
	*c = (struct course){.o = o, .ready = ready, .told = ret, .known = audit_known_new(), .gathered = text_make(AUDIT_GATHER_MAX)};
	c->after = must_alloc(1, sizeof *c->after);
	begin_told(o, ready, ret);
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
	free(c->numbers);
	free(c->logs);
	free(c);
	return status;
}
