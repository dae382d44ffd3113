/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/options.h"

#include "core/byte_size.h"
#include "core/capture_name.h"
#include "core/duration.h"
#include "core/random.h"

#include <stdio.h>
#include <string.h>

enum { ID_BYTES = (OPTIONS_ID_MAX - 1) / 2 };

enum status options_number(const char *value, uint64_t max, uint64_t *ret, const char *option,
			       struct error *err)
{
	if (!slice_u64(slice_of_string(value), max, ret))
		return fail(err, ERR_USAGE, "%s takes a whole number up to %llu, not \"%s\"", option,
			    (unsigned long long)max, value);
	return OK;
}

static enum status take_folder(struct option_context *c, const char *value, struct error *err)
{
	(void)err;
	c->o->folder = value;
	return OK;
}

static enum status take_pid(struct option_context *c, const char *value, struct error *err)
{
	uint64_t pid = 0;
	enum status status = options_number(value, INT32_MAX, &pid, "--pid", err);
	c->o->pid = (pid_t)pid;
	return status;
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

static enum status take_rotate_size(struct option_context *c, const char *value, struct error *err)
{
	return byte_size_parse(value, "--rotate-size", &c->o->rotate_bytes, err);
}

static enum status take_rotate_after(struct option_context *c, const char *value, struct error *err)
{
	return duration_parse_or_0(value, "--rotate-after", &c->o->rotate_ns, err);
}

static const struct option table[] = {
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
	{"--rotate-size", "SIZE", take_rotate_size, "begin another file of the capture from this size on (1GiB; 0: never)"},
	{"--rotate-after", "TIME", take_rotate_after, "and after this time (6h; 0: never)"},
	{"--id", "HEX", take_id, "32 hexadecimal digits for the session"},
	{NULL, NULL, NULL, NULL},
};

static const struct option *const tables[] = {table, platform_options};

void options_help(void)
{
	printf("usage: airgap-collect session -o DIR [options] -- COMMAND [ARG…]\n"
	       "Watches COMMAND and leaves raw evidence in DIR. Options:\n");
	for (size_t t = 0; t < LENGTH(tables); t++)
		for (const struct option *o = tables[t]; o->name; o++)
			printf("  %-18s %-12s %s\n", o->name, o->value ? o->value : "", o->about);
}

static const struct option *find_option(const char *name)
{
	for (size_t t = 0; t < LENGTH(tables); t++)
		for (const struct option *o = tables[t]; o->name; o++)
			if (!strcmp(o->name, name))
				return o;
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
	if (o->tier == TIER_UNPRIVILEGED && (!o->command || o->host))
		return fail(err, ERR_USAGE, "--tier unprivileged watches a command that it starts, and that alone");
	if (o->isolate && (!o->command || o->host))
		return fail(err, ERR_USAGE, "--isolate is for a command, not for processes that run already");
	if (o->enforce && (!o->command || o->host))
		return fail(err, ERR_USAGE, "--enforce and --fail-closed are for a command, not for processes that run already");
	if (o->interval_ns < 100 * CLOCK_MILLISECOND)
		return fail(err, ERR_USAGE, "--interval is at least 100ms");
	return OK;
}

static void random_id(struct option_storage *storage)
{
	unsigned char bytes[ID_BYTES];
	random_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(storage->id + 2 * i, 3, "%02x", bytes[i]);
}

enum status options_parse(int argc, char *argv[], struct watch_options *ret, struct error *err)
{
	static struct option_storage storage;
	text_free(&storage.policy);
	storage.policy = text_make(OPTIONS_POLICY_MAX);
	*ret = (struct watch_options){
		.linger_ns = 5 * CLOCK_SECOND,
		.interval_ns = 5 * CLOCK_SECOND,
		.ring_bytes = 8 << 20,
		.rotate_bytes = CAPTURE_ROTATE_BYTES,
		.rotate_ns = CAPTURE_ROTATE_NS,
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
