/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session_course.h"

#include "cli/collect.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/policy_file.h"
#include "cli/rights.h"
#include "cli/session_watch.h"
#include "cli/signer.h"
#include "cli/tier.h"
#include "cli/tsa.h"
#include "core/auto.h"
#include "ingest/kept.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

void session_site_free(struct session_site *s)
{
	logs_free(&s->formats);
	endpoints_free(s->rules);
	s->rules = NULL;
	frameworks_clear(&s->controls);
}

/* What would keep the seal from being made is told now, and not after hours of watching. The
 * key is not kept: what is watched may be able to look into this process. */
static enum status check_seal(const struct session_order *o, const struct policy *policy, struct error *err)
{
	AUTO_TSA struct tsa tsa = {.named = false};
	const struct signer_named named = {policy, o->key, o->certificate, o->passphrase_file};
	enum status status = tsa_of_policy(policy, &tsa, err);
	return status ? status : signer_check(&named, err);
}

enum { RULES_MAX = 1 << 18 };

/* What an isolated session may reach, what is not refused where others are, and who hears of
 * the head of the chain. */
static void add_rules(const struct policy *p, struct text *ret)
{
	for (size_t i = 0; i < p->carry_count; i++) {
		char text[CARRY_TEXT_MAX];
		carry_text(&p->carry[i], text);
		text_addf(ret, "carry %s\n", text);
	}
	for (size_t i = 0; i < p->allow_count; i++) {
		const struct policy_allow *a = &p->allow[i];
		char text[ADDRESS_TEXT_MAX];
		address_text(&a->range.from, text);
		text_addf(ret, "allow %s/%u %u %s\n", text, a->range.bits, a->port, a->proto[0] ? a->proto : "any");
	}
	text_addf(ret, "rotate %llu %lld\n", (unsigned long long)p->rotate_bytes, (long long)p->rotate_ns);
	for (size_t i = 0; i < p->seal.head_count; i++)
		text_addf(ret, "head %s\n", p->seal.head[i]);
}

/* The part that may still fail before anything was watched. */
static enum status begin(const struct session_order *o, struct collect *c, struct policy *policy, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	umask(077); /* what a session leaves is for its owner to show */
	enum watch_tier tier;
	enum status status = rights_give_up(err);
	if (!status)
		status = policy_file_load(o->policy, &text, policy, err);
	if (!status && policy->frameworks[0] && frameworks_know(o->site->controls, policy->frameworks, err))
		status = fail_in(err, "frameworks of the policy");
	if (!status)
		status = check_seal(o, policy, err);
	if (!status)
		status = tier_choose(o->tier, policy->tier, &tier, err);
	if (!status)
		status = folder_make(o->folder, err);
	if (status)
		return status;
	AUTO_TEXT struct text rules = text_make(RULES_MAX);
	add_rules(policy, &rules);
	struct collect_order order = {o->host || policy->host, o->payload || policy->payload, tier};
	return collect_go(c, &order, text_slice(&text), text_slice(&rules), err);
}

/* The collector's own failures come through with its exit status and the message
 * it printed; what it left is kept, and judged where there is enough of it. */
static int end_status(int wait_status, int verdict)
{
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) != 0)
		return WEXITSTATUS(wait_status);
	return verdict;
}

/* The command may have the right to write here: what is judged must be what the
 * collector wrote. */
static enum status check_evidence(int folder, const struct watched *watched, struct error *err)
{
	unsigned char digest[HASH_SIZE] = {0};
	AUTO_FD int fd = -1;
	if (!watched->evidence_known)
		return OK; /* it died: finish_all() takes no PASS of a log that it did not end */
	enum status status = file_open(folder, "evidence.ndjson", &fd, err);
	if (!status)
		status = hash_fd(fd, digest, NULL, err);
	if (status || !memcmp(digest, watched->evidence, sizeof digest))
		return status;
	return fail(err, ERR_MALFORMED, "evidence.ndjson is not what the collector wrote: it was changed "
		    "while the session ran, and no verdict holds");
}

/* Where earlier sessions lie: beside this one, if the policy names no other place. NULL: it
 * wants none. */
static const char *place_of_past(const char *path, const struct policy *policy, char beside[static FILE_PATH_MAX])
{
	size_t size = strlen(path);
	if (policy->past[0])
		return strcmp(policy->past, "none") != 0 ? policy->past : NULL;
	while (size > 1 && path[size - 1] == '/')
		size--;
	while (size > 0 && path[size - 1] != '/')
		size--;
	snprintf(beside, FILE_PATH_MAX, "%.*s", (int)(size ? size : 1), size ? path : ".");
	return beside;
}

/* What was watched is there, whatever kept it from being judged: a full disk, a key that cannot be used. */
static enum status fail_unjudged(const char *path, struct error *err)
{
	const struct error why = *err;
	if (why.status == ERR_MALFORMED)
		return why.status; /* the evidence itself is in doubt */
	return fail(err, why.status, "%s; what was watched is kept in %s, and airgap-verify crosscheck %s judges it", why.text, path, path);
}

static enum status finish(const struct session_order *o, int fd, const struct watched *watched,
			  const struct policy *policy, struct session_result *ret, struct error *err)
{
	char beside[FILE_PATH_MAX];
	AUTO_ENDPOINTS struct endpoints *kept = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	struct finish_request request = {
		.path = o->folder->path,
		.folder = fd,
		.policy = policy,
		.logs = &o->site->formats.logs,
		.key = o->key,
		.certificate = o->certificate,
		.passphrase_file = o->passphrase_file,
		.quiet = o->quiet,
		.json = o->json,
		.verbose = o->verbose,
		.past = place_of_past(o->folder->path, policy, beside),
		.action = "sealed",
		.broken_off = !watched->evidence_known,
		.untold = o->untold,
		.command_status = watched->command_known ? &watched->command : NULL,
	};
	enum status status = check_evidence(fd, watched, err);
	if (!status && o->beside)
		status = o->beside(o->to, fd, err);
	if (!status && o->keep_formats)
		status = kept_write(fd, o->site->formats.known, err);
	if (!status)
		status = endpoint_files_keep(fd, o->site->rules, 0, &kept, err);
	if (!status)
		status = control_files_keep(fd, o->site->controls, 0, &controls, err);
	request.rules = kept;
	request.rules_kept = endpoints_files(kept)->count;
	request.controls = controls;
	request.controls_kept = frameworks_files(controls)->count;
	if (!status && finish_all(&request, &ret->verdict, err))
		status = fail_unjudged(o->folder->path, err);
	/* and again: something that the command left running may have come between */
	if (!status)
		status = check_evidence(fd, watched, err);
	if (status)
		return status;
	ret->judged = true;
	ret->status = end_status(watched->collector, (int)ret->verdict);
	return OK;
}

static enum status watch_and_finish(const struct session_order *o, struct collect *c, const struct policy *policy,
				    struct session_result *ret, struct error *err)
{
	struct watched watched = session_watch(c, !o->command, o->quiet);
	AUTO_FD int fd = -1;
	ret->command_known = watched.command_known;
	ret->command = watched.command;
	enum status status = file_open_folder(AT_FDCWD, o->folder->path, &fd, err);
	if (status)
		return status;
	if (faccessat(fd, "evidence.ndjson", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return finish(o, fd, &watched, policy, ret, err);
	rmdir(o->folder->path); /* goes only when it is empty */
	if (!WIFEXITED(watched.collector) || WEXITSTATUS(watched.collector) == 0)
		return fail(err, ERR_UNAVAILABLE, "the collector ended before it could write anything");
	ret->status = WEXITSTATUS(watched.collector); /* it has said why */
	return OK;
}

enum status session_course(const struct session_order *o, struct session_result *ret, struct error *err)
{
	struct collect_request request = {o->folder->path, o->folder->id, o->options, o->option_count, o->command};
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct collect c;
	*ret = (struct session_result){.verdict = VERDICT_INCONCLUSIVE};
	enum status status = collect_hold(&request, &c, err);
	if (!status)
		status = begin(o, &c, policy, err);
	if (!status)
		status = watch_and_finish(o, &c, policy, ret, err);
	collect_wait(&c);
	free(policy);
	return status;
}
