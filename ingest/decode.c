/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/decode.h"

#include "core/sandbox.h"
#include "core/text.h"
#include "ingest/capture/filter.h"
#include "ingest/described.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
	SURE = 50,
	NEAR = 10,          /* less is nothing that would help to choose */
	CANDIDATES_MAX = 4, /* that a question names */
};

struct candidate {
	size_t number;
	unsigned sure;
};

/* Address space: what the parent had mapped counts too. Readers stay far below. */
#define MEMORY_MAX (UINT64_C(3) << 30)

bool decode_choice(const struct decode *d, size_t number, struct choice *ret)
{
	size_t count = 0;
	while (readers[count])
		count++;
	*ret = (struct choice){0};
	if (number < count)
		ret->reader = readers[number];
	else if (number - count < descriptions_count(d->logs))
		ret->described = descriptions_at(d->logs, number - count);
	return ret->reader || ret->described;
}

const char *decode_name(const struct choice *c)
{
	return c->reader ? c->reader->name : c->described->name;
}

unsigned decode_writes(const struct choice *c)
{
	return c->reader ? c->reader->writes : ROW_WRITES_LOG;
}

static bool find_reader(const struct decode *d, size_t *ret)
{
	struct choice c;
	for (*ret = 0; decode_choice(d, *ret, &c); ++*ret)
		if (decode_may(d, &c) && !strcmp(decode_name(&c), d->as))
			return true;
	return false;
}

static void list_readers(const struct decode *d, struct text *ret)
{
	struct choice c;
	for (size_t i = 0; decode_choice(d, i, &c); i++)
		if (decode_may(d, &c))
			text_addf(ret, "%s%s", ret->size ? ", " : "", decode_name(&c));
}

static unsigned sniff(const struct choice *c, const struct start *start, struct slice first)
{
	return c->reader ? c->reader->sniff(first) : described_sniff(c->described, start, first);
}

/* The surest ones first, as they are numbered where they are as sure; 0 where none is. */
static void surest(const struct decode *d, const struct start *start, struct slice first,
		   struct candidate ret[static CANDIDATES_MAX])
{
	struct choice c;
	memset(ret, 0, CANDIDATES_MAX * sizeof *ret);
	for (size_t i = 0; decode_choice(d, i, &c); i++) {
		struct candidate one = {i, decode_may(d, &c) ? sniff(&c, start, first) : 0};
		for (size_t at = 0; at < CANDIDATES_MAX; at++)
			if (one.sure > ret[at].sure) {
				struct candidate less = ret[at];
				ret[at] = one;
				one = less;
			}
	}
}

static const char *name_of(const struct decode *d, size_t number)
{
	struct choice c;
	return decode_choice(d, number, &c) ? decode_name(&c) : "";
}

/* "ss 90 %, lsof 40 %": those that are at least so sure. */
static void name_candidates(const struct decode *d, const struct candidate of[static CANDIDATES_MAX],
			    unsigned least, struct text *ret)
{
	for (size_t i = 0; i < CANDIDATES_MAX && of[i].sure >= least; i++)
		text_addf(ret, "%s%s %u %%", i ? ", " : "", name_of(d, of[i].number), of[i].sure);
}

static enum status no_such_reader(const struct decode *d, struct error *err)
{
	AUTO_TEXT struct text names = text_make(8192);
	list_readers(d, &names);
	return fail(err, ERR_USAGE, "no reader is called %s; there are %s", d->as, text_string(&names));
}

/* The number of the reader for a file: the one of that name, or the surest one. */
static enum status choose(const struct decode *d, struct input *in, const struct start *start,
			  size_t *ret, struct error *err)
{
	struct candidate best[CANDIDATES_MAX];
	AUTO_TEXT struct text names = text_make(512);
	if (d->as)
		return find_reader(d, ret) ? OK : no_such_reader(d, err);
	struct slice first = input_peek(in);
	if (first.size == 0)
		return fail(err, ERR_MALFORMED,
			    "is empty, so nothing tells what it is; choose a reader with --as (airgap-verify list readers)");
	surest(d, start, first, best);
	*ret = best[0].number;
	bool none = best[0].sure < SURE, two = best[1].sure == best[0].sure;
	name_candidates(d, best, none ? NEAR : best[0].sure, &names);
	if (none)
		return fail(err, ERR_MALFORMED, "no reader recognises it%s%s%s; choose one with --as (airgap-verify list readers)",
			    names.size ? " (surest: " : "", text_string(&names), names.size ? ")" : "");
	if (two)
		return fail(err, ERR_MALFORMED, "several readers are as sure of it (%s); choose one with --as",
			    text_string(&names));
	return OK;
}

static void put(unsigned char *at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

/* A pipe that nobody reads any more ends the process: nothing is left to do. */
static void write_all(int fd, struct slice bytes)
{
	while (bytes.size > 0) {
		ssize_t wrote = write(fd, bytes.at, bytes.size);
		if (wrote < 0 && errno != EINTR)
			_exit(1);
		if (wrote > 0)
			bytes = slice_part(bytes, (size_t)wrote, bytes.size);
	}
}

static void send_message(int fd, enum decode_message type, struct slice bytes)
{
	unsigned char head[DECODE_HEAD];
	put(head, (uint64_t)type, 4);
	put(head + 4, bytes.size, 4);
	write_all(fd, slice_of(head, sizeof head));
	write_all(fd, bytes);
}

static enum status send_rows(void *to, struct slice batch, struct error *err)
{
	(void)err;
	send_message(*(const int *)to, DECODE_ROWS, batch);
	return OK;
}

static void send_reader(int fd, size_t at)
{
	unsigned char number[4];
	put(number, at, sizeof number);
	send_message(fd, DECODE_READER, slice_of(number, sizeof number));
}

static void send_done(int fd, enum status status, uint64_t records, const struct error *why)
{
	unsigned char bytes[DECODE_DONE_HEAD + ERROR_TEXT_MAX];
	size_t size = status ? strlen(why->text) : 0;
	put(bytes, (uint64_t)status, 4);
	put(bytes + 4, records, 8);
	memcpy(bytes + DECODE_DONE_HEAD, why->text, size);
	send_message(fd, DECODE_DONE, slice_of(bytes, DECODE_DONE_HEAD + size));
}

static void flush(void *rows)
{
	struct error ignored; /* the sink ends this process where it fails */
	if (row_flush(rows, &ignored))
		return;
}

static enum status decode(const struct decode *d, struct ingest *to, uint64_t *ret_records,
			  struct error *err)
{
	struct ring_reader ring = {.ring = &d->ring, .socket = d->input, .to = to->rows, .before_wait = d->at_once ? flush : NULL};
	struct input in;
	size_t number = 0;
	struct choice c = {0};
	input_over_ring(&ring, to->path, &in);
	if (d->at_once)
		input_not_packed(&in);
	enum status status = choose(d, &in, to->start, &number, err);
	if (status)
		return status;
	send_reader(d->output, number);
	decode_choice(d, number, &c);
	status = c.reader ? c.reader->read(to, &in, ret_records, err)
			  : described_read(c.described, to, &in, ret_records, err);
	if (!status && input_problem(&in))
		status = ingest_skip(to, input_problem(&in), *ret_records, slice_of(NULL, 0), err);
	if (!status)
		status = ingest_skip_finish(to, err);
	return status ? status : row_flush(to->rows, err);
}

/* Needs the names of services from files, and must ask no network for those of hosts. */
static enum status compile_filter(const char *expression, struct ingest *to, struct error *err)
{
	enum status status = sandbox_no_network(err);
	return status ? status : filter_new(expression, &to->filter, err);
}

_Noreturn void decode_run(const struct decode *d, struct ingest *to)
{
	const int fds[] = {d->input, d->output};
	uint64_t records = 0;
	struct error err = {0};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_IGN); /* the other side decides */
	to->rows = row_stream_new(send_rows, (void *)&d->output);
	enum status status = ring_protect(&d->ring, &err);
	if (!status && d->filter)
		status = compile_filter(d->filter, to, &err);
	if (!status)
		status = sandbox_enter(fds, LENGTH(fds), MEMORY_MAX, &err);
	if (!status)
		status = decode(d, to, &records, &err);
	send_done(d->output, status, records, &err);
	_exit(0); /* what it holds goes with it */
}
