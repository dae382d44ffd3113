/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/options.h"

#include "core/auto.h"
#include "core/duration.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { POLICY_MAX = 1 << 20, ID_BYTES = 16 };

/* Where the text of --policy-fd and a random id live until the process ends. */
struct option_storage {
	struct text policy;
	char id[2 * ID_BYTES + 1];
};

struct option_context {
	struct watch_options *o;
	struct option_storage *storage;
};

typedef enum status take_fn(struct option_context *c, const char *value, struct error *err);

static enum status take_folder(struct option_context *c, const char *value, struct error *err)
{
	(void)err;
	c->o->folder = value;
	return OK;
}

static enum status take_number(const char *value, uint64_t max, uint64_t *ret, const char *option,
			       struct error *err)
{
	if (!slice_u64(slice_of_string(value), max, ret))
		return fail(err, ERR_USAGE, "%s takes a whole number up to %llu, not \"%s\"", option,
			    (unsigned long long)max, value);
	return OK;
}

static enum status take_pid(struct option_context *c, const char *value, struct error *err)
{
	uint64_t pid = 0;
	enum status status = take_number(value, INT32_MAX, &pid, "--pid", err);
	c->o->pid = (pid_t)pid;
	return status;
}

static enum status take_descriptor(const char *value, int *ret, const char *option, struct error *err)
{
	uint64_t fd = 0;
	enum status status = take_number(value, 65535, &fd, option, err);
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

static enum status take_duration(struct option_context *c, const char *value, struct error *err)
{
	return duration_parse(value, "--duration", &c->o->duration_ns, err);
}

static enum status take_linger(struct option_context *c, const char *value, struct error *err)
{
	return duration_parse(value, "--linger", &c->o->linger_ns, err);
}

static enum status take_interval(struct option_context *c, const char *value, struct error *err)
{
	return duration_parse(value, "--interval", &c->o->interval_ns, err);
}

static enum status take_ring(struct option_context *c, const char *value, struct error *err)
{
	enum status status = take_number(value, UINT64_C(1) << 30, &c->o->ring_bytes, "--ring", err);
	uint64_t ring = c->o->ring_bytes;
	if (!status && (ring < 4096 || (ring & (ring - 1))))
		return fail(err, ERR_USAGE, "--ring takes a power of two from 4096 bytes on, not \"%s\"",
			    value);
	return status;
}

static enum status take_log(struct option_context *c, const char *value, struct error *err)
{
	if (c->o->log_count == WATCH_LOGS_MAX)
		return fail(err, ERR_USAGE, "--app-log can be given %d times", WATCH_LOGS_MAX);
	c->o->logs[c->o->log_count++] = value;
	return OK;
}

static enum status take_context(struct option_context *c, const char *value, struct error *err)
{
	if (c->o->context_count == WATCH_LOGS_MAX)
		return fail(err, ERR_USAGE, "--context-log can be given %d times", WATCH_LOGS_MAX);
	c->o->contexts[c->o->context_count++] = value;
	return OK;
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
		status = fail(err, ERR_LIMIT, "--policy-fd: more than %d bytes", POLICY_MAX);
	return status;
}

static enum status take_id(struct option_context *c, const char *value, struct error *err)
{
	unsigned char bytes[ID_BYTES];
	if (!slice_hex_bytes(slice_of_string(value), ID_BYTES, bytes))
		return fail(err, ERR_USAGE, "--id takes %d hexadecimal digits", 2 * ID_BYTES);
	c->o->id = value;
	return OK;
}

/* By which formats of the site the logs may be read: their texts are kept elsewhere. */
static enum status take_descriptions(struct option_context *c, const char *value, struct error *err)
{
	enum { NAME_MAX_SIZE = 31, SUM_BYTES = 32 };
	struct cursor list = cursor_over(slice_of_string(value));
	struct slice one, name;
	unsigned char sum[SUM_BYTES];
	for (bool more = true; more;) {
		more = cursor_until(&list, ',', cursor_left(&list), &one);
		if (!more)
			one = cursor_rest(&list);
		struct cursor parts = cursor_over(one);
		if (!cursor_until(&parts, '=', NAME_MAX_SIZE, &name) || name.size == 0 ||
		    !slice_hex_bytes(cursor_rest(&parts), SUM_BYTES, sum))
			return fail(err, ERR_USAGE, "--log-descriptions takes NAME=SHA256[,NAME=SHA256…]");
	}
	c->o->log_descriptions = value;
	return OK;
}

static enum status take_timezone(struct option_context *c, const char *value, struct error *err)
{
	enum { NAME_MAX_SIZE = 63 };
	if (!value[0] || strlen(value) > NAME_MAX_SIZE)
		return fail(err, ERR_USAGE, "--log-timezone takes the name of a zone");
	c->o->log_timezone = value;
	return OK;
}

static enum status take_host(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->host = true;
	return OK;
}

static enum status take_payload(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->payload = true;
	return OK;
}

static enum status take_to_stderr(struct option_context *c, const char *value, struct error *err)
{
	(void)value, (void)err;
	c->o->command_to_stderr = true;
	return OK;
}

static const struct option {
	const char *name, *value; /* value: NULL where it takes none */
	take_fn *take;
	const char *about;
} table[] = {
	{"-o", "DIR", take_folder, "an empty folder for the evidence (required)"},
	{"--pid", "PID", take_pid, "watch a process that runs already, and its descendants"},
	{"--host", NULL, take_host, "every process of this machine counts as the session's"},
	{"--duration", "TIME", take_duration, "end the watch after this time (10s, 5m, 1h)"},
	{"--linger", "TIME", take_linger, "wait so long for what the command leaves running (5s)"},
	{"--interval", "TIME", take_interval, "canaries and tools about so often (5s)"},
	{"--app-log", "[NAME=]FILE", take_log, "keep this log of the application; may be repeated"},
	{"--context-log", "[NAME=]FILE", take_context, "keep this log, hold it against nobody"},
	{"--log-descriptions", "LIST", take_descriptions, "NAME=SHA256,… of formats of logs, for session.json"},
	{"--log-timezone", "ZONE", take_timezone, "of times in logs that tell none, for session.json"},
	{"--payload", NULL, take_payload, "keep whole packets (may hold secrets)"},
	{"--policy-fd", "N", take_policy, "put the text read from it into session.json"},
	{"--id", "HEX", take_id, "32 hexadecimal digits for the session"},
	{"--ring", "BYTES", take_ring, "size of the kernel's ring buffer (8388608)"},
	{"--status-fd", "N", take_status_fd, "tell the course of it on this descriptor"},
	{"--control-fd", "N", take_control_fd, "take orders from it: t, i, e, or its end"},
	{"--stdout-to-stderr", NULL, take_to_stderr, "the command's output goes to standard error"},
};

void options_help(void)
{
	printf("usage: airgap-collect session -o DIR [options] -- COMMAND [ARG…]\n"
	       "Watches COMMAND and leaves raw evidence in DIR. Options:\n");
	for (size_t i = 0; i < LENGTH(table); i++)
		printf("  %-18s %-12s %s\n", table[i].name, table[i].value ? table[i].value : "",
		       table[i].about);
}

static const struct option *find_option(const char *name)
{
	for (size_t i = 0; i < LENGTH(table); i++)
		if (!strcmp(table[i].name, name))
			return &table[i];
	return NULL;
}

static enum status check(const struct watch_options *o, struct error *err)
{
	if (!o->folder)
		return fail(err, ERR_USAGE, "-o DIR is missing");
	if (o->command && o->pid)
		return fail(err, ERR_USAGE, "either --pid or a command, not both");
	if (!o->command && !o->pid && !o->duration_ns)
		return fail(err, ERR_USAGE, "a command is missing (behind --), or --pid, or --duration");
	if (o->interval_ns < 100 * CLOCK_MILLISECOND)
		return fail(err, ERR_USAGE, "--interval is at least 100ms");
	return OK;
}

static void random_id(struct option_storage *storage)
{
	unsigned char bytes[ID_BYTES];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		die("no random numbers");
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(storage->id + 2 * i, 3, "%02x", bytes[i]);
}

enum status options_parse(int argc, char *argv[], struct watch_options *ret, struct error *err)
{
	static struct option_storage storage;
	text_free(&storage.policy);
	storage.policy = text_make(POLICY_MAX);
	*ret = (struct watch_options){
		.linger_ns = 5 * CLOCK_SECOND,
		.interval_ns = 5 * CLOCK_SECOND,
		.ring_bytes = 8 << 20,
		.status_fd = -1,
		.control_fd = -1,
	};
	struct option_context c = {ret, &storage};
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--")) {
			ret->command = i + 1 < argc ? argv + i + 1 : NULL;
			break;
		}
		const struct option *option = find_option(argv[i]);
		if (!option)
			return fail(err, ERR_USAGE, "unknown option %s", argv[i]);
		if (option->value && i + 1 == argc)
			return fail(err, ERR_USAGE, "%s needs %s", option->name, option->value);
		enum status status = option->take(&c, option->value ? argv[++i] : NULL, err);
		if (status)
			return status;
	}
	if (!ret->id) {
		random_id(&storage);
		ret->id = storage.id;
	}
	ret->host = ret->host || (!ret->command && !ret->pid);
	ret->policy = text_string(&storage.policy);
	return check(ret, err);
}
