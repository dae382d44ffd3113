/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lsof -F: fields, each a letter and its value, one a line; with the field 0 (-F0)
 * they end with NUL, and a line holds those of one process or of one file.
 *
 *   p4711     a process begins        f20        a file of it begins
 *   cssh      its command             tIPv4      its type
 *   u1000     its user, by number     PTCP       its protocol
 *   Lme       its user, by name       n192.0.2.1:5->192.0.2.2:6
 *                                     TST=ESTABLISHED
 *
 * Fields of a file are in no certain order; all others are passed over. A file ends
 * where the next one or the next process begins. Those that were not asked for are
 * not there: where "f" is not, a file begins with the first of its fields, and the
 * next one with one that was there already; where the type is not, the protocol tells
 * that it is a socket.
 */
#include "ingest/registry.h"
#include "ingest/sockets/lsof.h"

#include <stdlib.h>

enum {
	FIELD_MAX = 1024, /* bytes of a value that are kept */
	SNIFF_FIELDS = 12,
};

struct field {
	size_t size;
	unsigned char text[FIELD_MAX];
};

struct fields {
	struct ingest *to;
	uint64_t line; /* where the file began; 0: none did */
	bool descriptors; /* "f" is there: each file begins with it */
	int64_t pid, uid;
	struct field command, type, proto, name, state;
};

static void keep(struct field *f, struct slice value)
{
	value = slice_part(value, 0, FIELD_MAX);
	if (value.size > 0)
		memcpy(f->text, value.at, value.size);
	f->size = value.size;
}

static struct slice kept(const struct field *f)
{
	return slice_of(f->text, f->size);
}

static enum status end_file(struct fields *f, struct error *err)
{
	struct socket_row row = SOCKET_ROW_NONE;
	struct lsof_texts texts;
	enum status status = OK;
	if (f->line) {
		enum lsof_kind kind = lsof_file(kept(&f->type), kept(&f->proto), kept(&f->name), &texts, &row);
		row.pid = f->pid;
		row.uid = f->uid;
		row.process = kept(&f->command);
		if (f->state.size > 0)
			row.state = socket_state(kept(&f->state));
		status = lsof_write(f->to, kind, &row, f->line, kept(&f->name), err);
	}
	f->line = 0;
	f->type.size = f->proto.size = f->name.size = f->state.size = 0;
	return status;
}

static void begin_process(struct fields *f, struct slice value)
{
	uint64_t pid;
	f->pid = slice_u64(value, INT32_MAX, &pid) ? (int64_t)pid : -1;
	f->uid = -1;
	f->command.size = 0;
}

/* A field of a file, which may have to begin with it. */
static enum status keep_of_file(struct fields *f, struct field *field, struct slice value, uint64_t number,
				struct error *err)
{
	enum status status = OK;
	if (!f->descriptors && field->size > 0)
		status = end_file(f, err);
	if (f->line == 0)
		f->line = number;
	keep(field, value);
	return status;
}

static enum status on_field(struct fields *f, struct slice field, uint64_t number, struct error *err)
{
	struct slice value = slice_part(field, 1, field.size);
	enum status status = OK;
	switch (field.at[0]) {
	case 'p':
		status = end_file(f, err);
		begin_process(f, value);
		break;
	case 'f':
		status = end_file(f, err);
		f->line = number;
		f->descriptors = true;
		if (!status && slice_is(value, "NOFD"))
			status = lsof_write(f->to, LSOF_REFUSED, NULL, number, field, err);
		break;
	case 'c':
		keep(&f->command, value);
		break;
	case 'u':
		f->uid = socket_user(value);
		break;
	case 'L':
		f->uid = f->uid < 0 ? socket_user(value) : f->uid;
		break;
	case 't':
		status = keep_of_file(f, &f->type, value, number, err);
		break;
	case 'P':
		status = keep_of_file(f, &f->proto, value, number, err);
		break;
	case 'n':
		status = keep_of_file(f, &f->name, value, number, err);
		break;
	case 'T':
		if (slice_starts(value, "ST="))
			keep(&f->state, slice_part(value, 3, value.size));
		break;
	default:
		break;
	}
	return status;
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct fields *f = self;
	enum status status = OK;
	while (line.size > 0 && !status) {
		size_t end = slice_find(line, 0);
		if (end > 0)
			status = on_field(f, slice_part(line, 0, end), number, err);
		line = slice_part(line, end + 1, line.size);
	}
	return status;
}

static enum status read_fields(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct fields *f = must_alloc(1, sizeof *f);
	*f = (struct fields){.to = to, .pid = -1, .uid = -1};
	enum status status = socket_lines(to, in, on_line, f, ret_records, err);
	if (!status)
		status = end_file(f, err);
	free(f);
	return status;
}

/* It begins with a process; every field has a letter of lsof's, and a file comes: its
 * descriptor, or its protocol. */
static unsigned sniff_fields(struct slice first)
{
	struct cursor c = cursor_over(first);
	struct slice line, letters = SLICE("acCdDfFgGiKklLMnNopPrRsSTtuzZ");
	uint64_t pid;
	bool file = false;
	for (unsigned n = 0; n < SNIFF_FIELDS && cursor_line(&c, &line, NULL); n++) {
		size_t end = slice_find(line, 0);
		struct slice field = slice_part(line, 0, end);
		if (n == 0 && !(field.size > 1 && field.at[0] == 'p' &&
				slice_u64(slice_part(field, 1, field.size), INT32_MAX, &pid)))
			return 0;
		if (field.size == 0 || slice_find(letters, field.at[0]) == letters.size)
			return 0;
		file |= field.at[0] == 'f' || field.at[0] == 'P' || slice_search(line, SLICE("\0P")) < line.size;
	}
	return file ? 90 : 0;
}

const struct reader reader_lsof_fields = {
	.name = "lsof-fields",
	.reads = "the files that lsof -F lists, as fields: the sockets among them",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_fields,
	.read = read_fields,
};
