/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of Linux alone, most of them for the front that starts this program.
 */
#include "collectors/options.h"

#include "collectors/linux/enforce.h"
#include "collectors/linux/head_tell.h"
#include "collectors/linux/isolate.h"
#include "core/auto.h"
#include "core/named.h"
#include "core/ring.h"

#include <errno.h>
#include <fcntl.h>

enum { RULES_MAX = 1 << 18 };

static enum status take_descriptor(const char *value, int *ret, const char *option, struct error *err)
{
	uint64_t fd = 0;
	enum status status = options_number(value, 65535, &fd, option, err);
	if (status)
		return status;
	*ret = (int)fd;
	if (fcntl(*ret, F_SETFD, FD_CLOEXEC) != 0)
		return fail(err, ERR_USAGE, "%s: descriptor %s is not open", option, value);
	return OK;
}

static enum status take_status_fd(struct option_context *c, const char *value, struct error *err)
{
	enum status status = take_descriptor(value, &c->o->status_fd, "--status-fd", err);
	if (!status)
		fcntl(c->o->status_fd, F_SETFL, O_NONBLOCK | O_WRONLY);
	return status;
}

static enum status take_control_fd(struct option_context *c, const char *value, struct error *err)
{
	return take_descriptor(value, &c->o->control_fd, "--control-fd", err);
}

static enum status take_ring(struct option_context *c, const char *value, struct error *err)
{
	return ring_parse(value, &c->o->ring_bytes, err);
}

/* All that can be read from a descriptor. */
static enum status take_text(const char *option, const char *value, struct text *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	char part[4096];
	ssize_t got = 0;
	enum status status = take_descriptor(value, &fd, option, err);
	text_clear(ret);
	while (!status && (got = read(fd, part, sizeof part)) > 0)
		text_add(ret, slice_of(part, (size_t)got));
	if (!status && got < 0)
		status = fail_errno(err, ERR_IO, errno, "%s", option);
	if (!status && ret->overflow)
		status = fail(err, ERR_LIMIT, "%s: more than %zu bytes", option, ret->max);
	return status;
}

/* A descriptor, not a path: the one who asks has read it with rights of its own. */
static enum status take_policy(struct option_context *c, const char *value, struct error *err)
{
	return take_text("--policy-fd", value, &c->storage->policy, err);
}

static struct isolate_options isolated;
static struct enforce enforced;

static enum status take_isolate(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->isolate = &isolated;
	return OK;
}

static enum status check_isolated(const struct option_context *c, const char *option, struct error *err)
{
	return c->o->isolate ? OK : fail(err, ERR_USAGE, "%s goes with --isolate, which stands before it", option);
}

static enum status take_enforce(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	enforced.on = true;
	c->o->enforce = &enforced;
	return OK;
}

static enum status take_fail_closed(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	enforced.fail_closed = true;
	c->o->enforce = &enforced;
	return OK;
}

static enum status take_allowed(struct option_context *c, struct slice text, struct error *err)
{
	(void)c;
	if (enforced.allow_count == ENFORCE_ALLOW_MAX)
		return fail(err, ERR_USAGE, "--rules-fd: more than %d destinations", ENFORCE_ALLOW_MAX);
	return enforce_allow_parse(text, &enforced.allow[enforced.allow_count++], err);
}

/* Twice the same is once: the command line and the policy may both name it. */
static enum status add_carry(struct slice text, struct error *err)
{
	struct carry c;
	enum status status = carry_parse(text, &c, err);
	for (size_t i = 0; i < isolated.carry_count && !status; i++)
		if (isolated.carry[i].port == c.port && address_equal(&isolated.carry[i].address, &c.address))
			return OK;
	if (!status && isolated.carry_count == CARRY_MAX)
		status = fail(err, ERR_USAGE, "more than %d servers to carry", CARRY_MAX);
	if (!status)
		isolated.carry[isolated.carry_count++] = c;
	return status;
}

static struct head_places told;

static enum status take_head(struct option_context *c, struct slice place, struct error *err)
{
	(void)c;
	enum status status = head_place_check(place, err);
	if (status)
		return status;
	if (told.count == HEAD_PLACES_MAX || !slice_to_string(place, told.at[told.count++], HEAD_PLACE_MAX))
		return fail(err, ERR_USAGE, "--rules-fd: more than %d second places", HEAD_PLACES_MAX);
	return OK;
}

static enum status take_carry(struct option_context *c, const char *value, struct error *err)
{
	enum status status = check_isolated(c, "--carry", err);
	if (status)
		return status;
	return add_carry(slice_of_string(value), err);
}

static enum status take_keep(struct option_context *c, const char *value, struct error *err)
{
	enum status status = check_isolated(c, "--isolate-keep", err);
	if (status)
		return status;
	if (isolated.keep_count == ISOLATE_KEEP_MAX)
		return fail(err, ERR_USAGE, "--isolate-keep can be given %d times", ISOLATE_KEEP_MAX);
	if (value[0] != '/')
		return fail(err, ERR_USAGE, "--isolate-keep takes a path from the root on, not \"%s\"", value);
	isolated.keep[isolated.keep_count++] = value;
	return OK;
}

/* "SIZE NANOSECONDS" */
static enum status take_rotation(struct option_context *c, struct slice text, struct error *err)
{
	uint64_t ns;
	size_t blank = slice_find(text, ' ');
	if (!slice_u64(slice_part(text, 0, blank), INT64_MAX, &c->o->rotate_bytes) ||
	    !slice_u64(slice_part(text, blank + 1, text.size), INT64_MAX, &ns))
		return fail(err, ERR_USAGE, "--rules-fd: rotate takes a size and a time in nanoseconds");
	c->o->rotate_ns = (int64_t)ns;
	return OK;
}

/* A line each, of what the one who asks has read in a policy. Those for a session that is
 * not isolated, or of which nothing is refused, say nothing here. */
static enum status take_carried(struct option_context *c, struct slice text, struct error *err)
{
	(void)c;
	return add_carry(text, err);
}

/* What of a policy is obeyed here: lines of a word and what it says. */
static const struct {
	const char *word;
	enum status (*take)(struct option_context *c, struct slice text, struct error *err);
} rules[] = {
	{"carry ", take_carried},
	{"allow ", take_allowed},
	{"rotate ", take_rotation},
	{"head ", take_head},
};

static enum status take_rule(struct option_context *c, struct slice line, struct error *err)
{
	for (size_t i = 0; i < LENGTH(rules); i++)
		if (slice_starts(line, rules[i].word))
			return rules[i].take(c, slice_part(line, strlen(rules[i].word), line.size), err);
	return fail(err, ERR_USAGE, "--rules-fd: an unknown rule");
}

static enum status take_rules(struct option_context *c, const char *value, struct error *err)
{
	AUTO_TEXT struct text text = text_make(RULES_MAX);
	enum status status = take_text("--rules-fd", value, &text, err);
	struct cursor lines = cursor_over(text_slice(&text));
	struct slice line;
	while (!status && cursor_line(&lines, &line, NULL))
		status = take_rule(c, line, err);
	c->o->heads = told.count ? &told : NULL;
	return status;
}

static enum status take_tier(struct option_context *c, const char *value, struct error *err)
{
	if (tier_parse(slice_of_string(value), &c->o->tier))
		return OK;
	return fail(err, ERR_USAGE, "--tier is " TIER_WORDS ", not \"%s\"", value);
}

static enum status take_also(struct option_context *c, const char *value, struct error *err)
{
	uint64_t pid = 0;
	enum status status = options_number(value, INT32_MAX, &pid, "--also-pid", err);
	if (!status && c->o->also_count == WATCH_PIDS_MAX)
		return fail(err, ERR_USAGE, "--also-pid can be given %d times", WATCH_PIDS_MAX);
	if (!status)
		c->o->also[c->o->also_count++] = (pid_t)pid;
	return status;
}

static struct named named;

static enum status take_later(struct option_context *c, const char *option, const char *value, const char *list[static NAMED_MAX], size_t *count,
			      struct error *err)
{
	c->o->later = &named;
	if (*count == NAMED_MAX)
		return fail(err, ERR_USAGE, "%s can be given %d times", option, NAMED_MAX);
	list[(*count)++] = value;
	return OK;
}

static enum status take_later_exe(struct option_context *c, const char *value, struct error *err)
{
	enum status status = take_later(c, "--later-exe", value, named.exes, &named.exe_count, err);
	named_resolve(&named); /* rights go soon */
	return status;
}

static enum status take_later_unit(struct option_context *c, const char *value, struct error *err)
{
	return take_later(c, "--later-unit", value, named.units, &named.unit_count, err);
}

static enum status take_later_group(struct option_context *c, const char *value, struct error *err)
{
	return take_later(c, "--later-cgroup", value, named.groups, &named.group_count, err);
}

static enum status take_later_user(struct option_context *c, const char *value, struct error *err)
{
	uint64_t uid = 0;
	enum status status = options_number(value, UINT32_MAX - 1, &uid, "--later-user", err);
	c->o->later = &named;
	if (!status && named.user_count == NAMED_MAX)
		return fail(err, ERR_USAGE, "--later-user can be given %d times", NAMED_MAX);
	if (!status)
		named.users[named.user_count++] = (uid_t)uid;
	return status;
}

static enum status take_to_stderr(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->command_to_stderr = true;
	return OK;
}

const struct option platform_options[] = {
	{"--policy-fd", "N", take_policy, "put the text read from it into session.json"},
	{"--tier", "TIER", take_tier, TIER_WORDS " (auto)"},
	{"--rules-fd", "N", take_rules, "what of a policy is obeyed here, read from it"},
	{"--ring", "BYTES", take_ring, "size of the kernel's ring buffer (8388608)"},
	{"--status-fd", "N", take_status_fd, "tell the course of it on this descriptor"},
	{"--control-fd", "N", take_control_fd, "take orders from it: t, i, e, or its end"},
	{"--also-pid", "PID", take_also, "beside --pid: a further process, with its descendants; may be repeated"},
	{"--later-exe", "PATH", take_later_exe, "beside --pid: what starts of this program; may be repeated"},
	{"--later-unit", "NAME", take_later_unit, "the same of a unit of systemd; may be repeated"},
	{"--later-user", "UID", take_later_user, "the same of a user; may be repeated"},
	{"--later-cgroup", "PATH", take_later_group, "the same of a control group; may be repeated"},
	{"--enforce", NULL, take_enforce, "refuse what is aimed at other machines"},
	{"--fail-closed", NULL, take_fail_closed, "refuse what no record can be made of"},
	{"--isolate", NULL, take_isolate, "run the command where there is only the loopback"},
	{"--carry", "PORT", take_carry, "of a server on the loopback that it may reach; may be repeated"},
	{"--isolate-keep", "PATH", take_keep, "do not hide this socket or folder from it; may be repeated"},
	{"--stdout-to-stderr", NULL, take_to_stderr, "the command's output goes to standard error"},
	{NULL, NULL, NULL, NULL},
};
