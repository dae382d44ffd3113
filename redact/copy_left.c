/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/copy_left.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>

enum { FILE_MAX = 256 << 20 };

const char *const copy_left_reasons[LEFT_COUNT] = {
	[LEFT_NOTHING] = "",
	[LEFT_AUDIT] = "what the audit compared this machine with: names of programs, settings and hosts",
	[LEFT_BENCH] = "the benchmark of models: what they were asked and said is free text",
	[LEFT_DESCRIPTION] = "a description of a log's format: the logs of the copy are in one of their own",
	[LEFT_ENDPOINTS] = "rules of the site's own: they name hosts; connections they told the purpose of have none in the copy",
	[LEFT_TRACE] = ("an event trace of Windows: names and paths stand in records of many forms, of which few are known; "
			"what was seen in it is in evidence.ndjson"),
	[LEFT_UNKNOWN] = "no form of it is known",
	[LEFT_UNREADABLE] = "it is not what its name says",
	[LEFT_PACKETS] = "packets of a kind that is not known",
	[LEFT_PAYLOAD] = "packets in which what was not understood is blank",
	[LEFT_MEMBERS] = "members of records, and blocks, that are not known",
	[LEFT_LINES] = "lines of logs that were not understood",
};

/* A reason of ours; what is wrong with a file in particular may quote it. */
static const char *reason_of(struct slice text)
{
	for (size_t i = 1; i < LEFT_COUNT; i++)
		if (slice_is(text, copy_left_reasons[i]))
			return copy_left_reasons[i];
	return copy_left_reasons[LEFT_UNREADABLE];
}

static void add_file(struct copy *c, struct slice path, const char *reason, struct text *out)
{
	AUTO_TEXT struct text masked = text_make(FILE_PATH_MAX);
	text_add(&masked, slice_part(path, 0, FILE_PATH_MAX - 1));
	if (masked.size)
		mask_text(c->p, MASK_PATH, (unsigned char *)masked.at, masked.size);
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", "file");
	json_add_slice(&j, "path", text_slice(&masked));
	json_add_string(&j, "reason", reason);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void add_number(const char *kind, uint64_t number, enum copy_left why, struct text *out)
{
	if (number == 0)
		return;
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "kind", kind);
	json_add_u64(&j, "number", number);
	json_add_string(&j, "reason", copy_left_reasons[why]);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static const struct {
	const char *kind;
	enum copy_left why;
} counted[] = {
	{"packets", LEFT_PACKETS},
	{"payload", LEFT_PAYLOAD},
	{"members", LEFT_MEMBERS},
	{"lines", LEFT_LINES},
};

static const char *copy_line(struct copy *c, struct slice line, struct text *out)
{
	struct json_member m[] = {{.key = "kind"}, {.key = "path"}, {.key = "reason"}, {.key = "number"}};
	AUTO_TEXT struct text path = text_make(FILE_MAX), reason = text_make(FILE_MAX);
	uint64_t number = 0;
	const char *wrong = json_read_object(line, m, LENGTH(m), NULL);
	if (wrong)
		return wrong;
	members_string(&m[2].value, &reason);
	if (members_string(&m[1].value, &path)) {
		add_file(c, text_slice(&path), reason_of(text_slice(&reason)), out);
		return NULL;
	}
	for (size_t i = 0; i < LENGTH(counted); i++)
		if (m[0].value.type == JSON_STRING && slice_is(m[0].value.raw, counted[i].kind) && json_u64(&m[3].value, UINT64_MAX, &number))
			add_number(counted[i].kind, number, counted[i].why, out);
	return NULL;
}

enum status copy_left(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	struct cursor lines = cursor_over(whole);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&lines, &line, NULL)) {
		const char *wrong = copy_line(c, line, &out->text);
		status = wrong ? fail(err, ERR_MALFORMED, "%s", wrong) : sink_flush(out, false, err);
	}
	return status;
}

/* Behind what a copy that this one is made of left out. */
static enum status append(int to, struct slice text, struct error *err)
{
	AUTO_FD int fd = openat(to, COPY_LEFT, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot write %s", COPY_LEFT);
	enum status status = file_write_fd(fd, text, COPY_LEFT, err);
	return status ? status : file_close(&fd, COPY_LEFT, err);
}

enum status copy_left_add(struct copy *c, struct error *err)
{
	AUTO_TEXT struct text out = text_make(FILE_MAX);
	const uint64_t numbers[] = {c->packets_dropped, c->payload_blanked, c->left_out, c->lines_unread};
	for (size_t i = 0; i < c->count; i++)
		if (c->files[i].reason[0])
			add_file(c, slice_of_string(c->files[i].path), reason_of(slice_of_string(c->files[i].reason)), &out);
	for (size_t i = 0; i < LENGTH(counted); i++)
		add_number(counted[i].kind, numbers[i], counted[i].why, &out);
	if (out.overflow)
		return fail(err, ERR_LIMIT, COPY_LEFT " would be longer than %d bytes", FILE_MAX);
	return c->to < 0 || out.size == 0 ? OK : append(c->to, text_slice(&out), err);
}
