/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options of Linux alone, most of them for the front that starts this program.
 */
#include "collectors/options.h"

#include "collectors/linux/isolate.h"
#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>

static enum status take_descriptor(const char *value, int *ret, const char *option, struct error *err)
{
	uint64_t fd = 0;
	enum status status = options_number(value, 65535, &fd, option, err);
	if (status)
		return status;
	*ret = (int)fd;
	if (fcntl(*ret, F_SETFD, FD_CLOEXEC) != 0)
		return fail(err, ERR_USAGE, "%s: descriptor %s is not open", option, value);
	return status;
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
	enum status status = options_number(value, UINT64_C(1) << 30, &c->o->ring_bytes, "--ring", err);
	uint64_t ring = c->o->ring_bytes;
	if (!status && (ring < 4096 || (ring & (ring - 1))))
		return fail(err, ERR_USAGE, "--ring takes a power of two from 4096 bytes on, not \"%s\"",
			    value);
	return status;
}

/* A descriptor, not a path: the one who asks has read it with rights of its own. */
static enum status take_policy(struct option_context *c, const char *value, struct error *err)
{
	AUTO_FD int fd = -1;
	char part[4096];
	ssize_t got = 0;
	enum status status = take_descriptor(value, &fd, "--policy-fd", err);
	text_clear(&c->storage->policy);
	while (!status && (got = read(fd, part, sizeof part)) > 0)
		text_add(&c->storage->policy, slice_of(part, (size_t)got));
	if (!status && got < 0)
		status = fail_errno(err, ERR_IO, errno, "--policy-fd");
	if (!status && c->storage->policy.overflow)
		status = fail(err, ERR_LIMIT, "--policy-fd: more than %d bytes", OPTIONS_POLICY_MAX);
	return status;
}

static struct isolate_options isolated;

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

static enum status take_carry(struct option_context *c, const char *value, struct error *err)
{
	enum status status = check_isolated(c, "--carry", err);
	if (status)
		return status;
	if (isolated.carry_count == ISOLATE_CARRY_MAX)
		return fail(err, ERR_USAGE, "--carry can be given %d times", ISOLATE_CARRY_MAX);
	return isolate_carry_parse(value, &isolated.carry[isolated.carry_count++], err);
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

static enum status take_to_stderr(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->command_to_stderr = true;
	return OK;
}

const struct option platform_options[] = {
	{"--policy-fd", "N", take_policy, "put the text read from it into session.json"},
	{"--ring", "BYTES", take_ring, "size of the kernel's ring buffer (8388608)"},
	{"--status-fd", "N", take_status_fd, "tell the course of it on this descriptor"},
	{"--control-fd", "N", take_control_fd, "take orders from it: t, i, e, or its end"},
	{"--isolate", NULL, take_isolate, "run the command where there is only the loopback"},
	{"--carry", "PORT", take_carry, "of a server on the loopback that it may reach; may be repeated"},
	{"--isolate-keep", "PATH", take_keep, "do not hide this socket or folder from it; may be repeated"},
	{"--stdout-to-stderr", NULL, take_to_stderr, "the command's output goes to standard error"},
	{NULL, NULL, NULL, NULL},
};
