/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_keep.h"

#include "cli/audit_keep_list.h"
#include "core/auto.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>

enum { LEAST_NEED = 32 << 20, MIB = 1 << 20 };

const char *const audit_fate_names[] = {
	"stays", "is held", "has a bundle that does not verify", "has no bundle", "is bundled, and newer ones are enough", "is past its retention",
};

enum audit_fate audit_keep_fate(const struct audit_kept *k, unsigned keep_folders)
{
	if (k->held)
		return AUDIT_HELD;
	if (k->newer == 0)
		return AUDIT_STAYS;
	if ((k->bundle || k->bundled) && !k->verified && (k->past || (!k->bundle && k->newer >= keep_folders)))
		return AUDIT_UNVERIFIED;
	if (k->past)
		return AUDIT_GOES_PAST;
	if (k->bundle || k->newer < keep_folders)
		return AUDIT_STAYS;
	return k->bundled ? AUDIT_GOES_SPARE : AUDIT_UNBUNDLED;
}

struct keeping {
	const struct state_folder *state;
	const struct policy *policy;
	int64_t now_ns;
	bool dry, quiet;
	struct audit_list folders, bundles;
	uint64_t freed; /* bytes; of what would be deleted */
	struct audit_room *room;
};

static bool is_held(const struct keeping *k, const struct audit_entry *e)
{
	const struct policy_audit *a = &k->policy->audit;
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_HOLD]; i++)
		if (fnmatch(a->lists[POLICY_AUDIT_HOLD][i], e->name, 0) == 0)
			return true;
	return e->hold;
}

/* By the policy as it is now, and by what was promised when it was sealed: the later of both counts.
 * Of a bundle the latter is known only once it verifies. */
static bool is_past(const struct keeping *k, const struct audit_entry *e)
{
	return audit_keep_list_until(e->from_ns, k->policy->retention_years) <= k->now_ns &&
	       (e->bundle || audit_keep_list_sealed_until(k->state->audits, e) <= k->now_ns);
}

/* A held folder holds its bundle too, and the other way round. */
static struct audit_kept kept_of(const struct keeping *k, const struct audit_list *list, size_t at)
{
	const struct audit_entry *e = &list->all[at];
	const struct audit_list *others = e->bundle ? &k->folders : &k->bundles;
	const struct audit_entry *other = audit_keep_list_find(others, e->id8);
	return (struct audit_kept){
		.bundle = e->bundle,
		.held = is_held(k, e) || (other && is_held(k, other)),
		.past = is_past(k, e),
		.bundled = !e->bundle && other,
		.newer = list->count - 1 - at,
	};
}

static void tell(const struct keeping *k, const struct audit_entry *e, enum audit_fate fate)
{
	AUTO_TEXT struct text line = text_make(8192);
	text_add_printable(&line, slice_of_string(e->name), 4096);
	if (!k->quiet)
		fprintf(stderr, "airgap-verify: %s%s: it %s\n", fate < AUDIT_GOES_SPARE ? "kept " : k->dry ? "would delete " : "deleted ",
			text_string(&line), audit_fate_names[fate]);
}

static enum status decide(struct keeping *k, const struct audit_list *list, size_t at, struct error *err)
{
	const struct audit_entry *e = &list->all[at];
	struct audit_kept kept = kept_of(k, list, at);
	/* verifying takes time: asked only where all else says that it may go */
	kept.verified = true;
	enum audit_fate fate = audit_keep_fate(&kept, k->policy->audit.keep);
	if (fate >= AUDIT_GOES_SPARE && (kept.bundle || kept.bundled)) {
		int64_t to_ns, until_ns;
		kept.verified = audit_keep_list_verifies(k->state->bundles, kept.bundle ? e : audit_keep_list_find(&k->bundles, e->id8), e->id8, &to_ns, &until_ns);
		kept.past = kept.past && audit_keep_list_until(to_ns, k->policy->retention_years) <= k->now_ns && until_ns <= k->now_ns;
		k->room->unverified += !kept.verified;
		fate = audit_keep_fate(&kept, k->policy->audit.keep);
	}
	if (fate == AUDIT_STAYS || fate == AUDIT_HELD)
		return OK;
	enum status status = OK;
	if (fate >= AUDIT_GOES_SPARE) {
		status = k->dry ? OK : audit_keep_list_remove(kept.bundle ? k->state->bundles : k->state->audits, e, err);
		k->room->used -= status ? 0 : e->bytes;
		k->freed += k->dry ? e->bytes : 0;
		k->room->gone++;
	}
	if (!status)
		tell(k, e, fate);
	return status;
}

/* As much as the largest that lie there, and half of that again. */
static uint64_t need_of(const struct keeping *k)
{
	const struct audit_list *lists[] = {&k->folders, &k->bundles};
	uint64_t need = 0;
	for (size_t l = 0; l < LENGTH(lists); l++) {
		uint64_t most = 0;
		for (size_t i = 0; i < lists[l]->count; i++)
			most = lists[l]->all[i].bytes > most ? lists[l]->all[i].bytes : most;
		need += most;
	}
	need += need / 2;
	return need > LEAST_NEED ? need : LEAST_NEED;
}

void audit_keep_weigh(struct audit_room *r)
{
	r->tight = r->used / 4 >= r->budget / 5; /* four fifths of it are used */
	r->nights = r->free / r->need;
	r->disk_tight = r->nights < AUDIT_NIGHTS_AHEAD;
}

static enum status measure(struct keeping *k, struct error *err)
{
	struct statvfs fs;
	if (fstatvfs(k->state->fd, &fs) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", k->state->path);
	k->room->free = (uint64_t)fs.f_bavail * fs.f_frsize + k->freed;
	audit_keep_weigh(k->room);
	return OK;
}

enum status audit_keep(const struct state_folder *s, const struct policy *policy, int64_t now_ns, bool dry, bool quiet,
		       struct audit_room *ret, struct error *err)
{
	struct keeping k = {.state = s, .policy = policy, .now_ns = now_ns, .dry = dry, .quiet = quiet, .room = ret};
	*ret = (struct audit_room){.budget = policy->audit.budget};
	enum status status = audit_keep_list(s->audits, false, &k.folders, err);
	if (!status)
		status = audit_keep_list(s->bundles, true, &k.bundles, err);
	ret->used = k.folders.bytes + k.bundles.bytes;
	ret->need = need_of(&k);
	ret->folders = (unsigned)k.folders.count;
	ret->bundles = (unsigned)k.bundles.count;
	for (size_t i = 0; i < k.folders.count && !status; i++)
		status = decide(&k, &k.folders, i, err);
	for (size_t i = 0; i < k.bundles.count && !status; i++)
		status = decide(&k, &k.bundles, i, err);
	if (!status)
		status = measure(&k, err);
	audit_keep_list_free(&k.folders);
	audit_keep_list_free(&k.bundles);
	return status;
}

enum status audit_keep_check(const struct audit_room *r, const char *path, struct error *err)
{
	uint64_t left = r->used < r->budget ? r->budget - r->used : 0;
	if (left < r->need)
		return fail(err, ERR_CREATE, "%s holds %llu MiB of the %llu that [audit] budget allows, and a night needs %llu: raise it, lower keep_folders, "
			    "or take bundles away", path, (unsigned long long)(r->used / MIB), (unsigned long long)(r->budget / MIB),
			    (unsigned long long)(r->need / MIB));
	if (r->free < r->need)
		return fail(err, ERR_CREATE, "the disk of %s has %llu MiB left, and a night needs %llu: make room there, or name another place with --state DIR",
			    path, (unsigned long long)(r->free / MIB), (unsigned long long)(r->need / MIB));
	return OK;
}
