/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linux's audit as a log of connections: a system call (SYSCALL) and the address that it
 * was given (SOCKADDR) are records of one event, in this order, with those of other
 * events in between. An event is told by the line that makes it whole.
 *
 * Of sendmmsg the kernel keeps the address of the last message only.
 */
#include "ingest/app_event.h"
#include "ingest/audit_record.h"
#include "ingest/registry.h"

#include <stdlib.h>

enum {
	OPEN = 256, /* events that wait for what belongs to them */
	EXAMPLE_MAX = 160,
};

/* Errors of a call by their numbers on all machines that are read (asm-generic). */
enum { E_PERM = 1, E_BADF = 9, E_ACCES = 13, E_FAULT = 14, E_INVAL = 22, E_NOTSOCK = 88, E_INPROGRESS = 115 };

enum wait {
	WAIT_NOTHING,
	WAIT_ADDRESS, /* its call came */
	WAIT_CALL,    /* its address came */
	WAIT_OVER,    /* all that matters came; what still comes is of no matter */
};

struct event {
	enum wait wait;
	uint64_t serial;
	int64_t time_ns;
	uint32_t node; /* a hash of its name */
	/* of the call */
	enum audit_call call;
	bool failed;
	int64_t result;
	uint64_t pid;
	size_t process_size;
	char process[AUDIT_TEXT_MAX];
	/* of the address */
	enum audit_family family;
	struct address address;
	uint64_t port;
	/* of the line that came first */
	uint64_t line;
	size_t example_size;
	unsigned char example[EXAMPLE_MAX];
};

struct auditd {
	struct event open[OPEN]; /* by the serial number */
	struct event lost;       /* one that had to make room; wait tells whether there is one */
	size_t left;             /* at the end: how many were looked at */
	char text[AUDIT_TEXT_MAX];
};

static uint32_t hash_node(struct slice node)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < node.size; i++)
		hash = (hash ^ node.at[i]) * 16777619u;
	return hash;
}

/* Without its address a call to connect is not whole, but where it failed before the
 * kernel took one. */
static bool is_missed(const struct event *e)
{
	if (e->wait == WAIT_CALL)
		return e->family != AUDIT_FAMILY_LOCAL;
	bool early = e->failed && (e->result == -E_FAULT || e->result == -E_INVAL || e->result == -E_BADF ||
				   e->result == -E_NOTSOCK);
	return e->wait == WAIT_ADDRESS && e->call == AUDIT_CALL_CONNECT && !early;
}

/* The event of a record. One that lies where it is to lie makes room. */
static struct event *event_of(struct auditd *a, const struct audit_record *r)
{
	uint32_t node = hash_node(r->node);
	struct event *e = &a->open[(r->serial + node) % OPEN];
	if (e->wait != WAIT_NOTHING && e->serial == r->serial && e->time_ns == r->time_ns && e->node == node)
		return e;
	if (is_missed(e))
		a->lost = *e;
	memset(e, 0, offsetof(struct event, process));
	e->serial = r->serial;
	e->time_ns = r->time_ns;
	e->node = node;
	return e;
}

static void keep_line(struct event *e, struct slice line, uint64_t number)
{
	struct slice example = slice_part(line, 0, EXAMPLE_MAX);
	e->line = number;
	e->example_size = example.size;
	if (example.size)
		memcpy(e->example, example.at, example.size);
}

static void take_call(struct auditd *a, struct event *e, const struct audit_record *r)
{
	struct slice process = audit_text(r, AUDIT_EXE, a->text);
	if (!process.size)
		process = audit_text(r, AUDIT_COMM, a->text);
	e->call = audit_call(r);
	e->failed = !slice_is(r->fields[AUDIT_SUCCESS], "yes");
	if (!slice_i64(r->fields[AUDIT_EXIT], INT64_MAX, &e->result))
		e->result = 0;
	if (!slice_u64(r->fields[AUDIT_PID], INT32_MAX, &e->pid))
		e->pid = 0;
	e->process_size = process.size;
	if (process.size)
		memcpy(e->process, process.at, process.size);
}

/* Some failures tell who stopped it, and some that it goes on. Of others nothing tells
 * whether packets left: a filter of this machine may refuse a connection just as well. */
static const char *disposition_of(const struct event *e)
{
	if (!e->failed || e->result == -E_INPROGRESS)
		return "allowed";
	return e->result == -E_PERM || e->result == -E_ACCES ? "blocked" : "logged";
}

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

static enum app_kind as_entry(const struct event *e, struct app_line *ret)
{
	bool in = e->call == AUDIT_CALL_ACCEPT;
	struct slice peer;
	address_text(&e->address, ret->buffers[0]);
	peer = slice_of_string(ret->buffers[0]);
	ret->host = in ? slice_of(NULL, 0) : peer;
	ret->src = in ? peer : slice_of(NULL, 0);
	ret->port = in ? 0 : e->port;
	ret->sport = in ? e->port : 0;
	ret->direction = in ? "in" : "out";
	ret->process = slice_of(e->process, e->process_size);
	ret->pid = e->pid;
	ret->proto = slice_of(NULL, 0); /* nothing tells it */
	ret->disposition = disposition_of(e);
	ret->time_ns = e->time_ns;
	ret->time_flags = LOG_TIME_STATED;
	return APP_EVENT;
}

/* Both records of an event are there. */
static enum app_kind finish(struct event *e, struct app_line *ret)
{
	e->wait = WAIT_OVER;
	if (e->call == AUDIT_CALL_NONE || e->call == AUDIT_CALL_BIND || e->family == AUDIT_FAMILY_LOCAL)
		return APP_OTHER;
	if (e->call == AUDIT_CALL_ACCEPT && e->failed)
		return APP_OTHER;
	if (e->family == AUDIT_FAMILY_UNSPEC && e->call != AUDIT_CALL_SEND)
		return APP_OTHER; /* takes back what a socket was connected to */
	if (e->call == AUDIT_CALL_URING)
		return unread(ret, "an address of a request through io_uring, of which nothing tells what it was");
	if (e->call == AUDIT_CALL_UNKNOWN)
		return unread(ret, "an address of a system call of a machine that is not known");
	if (e->family == AUDIT_FAMILY_FOREIGN)
		return unread(ret, "an address that is not of the Internet");
	return as_entry(e, ret);
}

static enum app_kind on_call(struct auditd *a, const struct audit_record *r, struct slice line, struct app_line *ret)
{
	struct event *e = event_of(a, r);
	bool whole = e->wait == WAIT_CALL;
	take_call(a, e, r);
	if (whole)
		return finish(e, ret);
	e->wait = WAIT_ADDRESS;
	keep_line(e, line, ret->line);
	return APP_OTHER;
}

static enum app_kind on_address(struct auditd *a, const struct audit_record *r, struct slice line, struct app_line *ret)
{
	struct event *e = event_of(a, r);
	bool whole = e->wait == WAIT_ADDRESS;
	if (e->wait == WAIT_OVER)
		return APP_OTHER;
	e->family = audit_address(r, &e->address, &e->port);
	if (e->family == AUDIT_FAMILY_BROKEN) {
		e->wait = WAIT_OVER;
		return unread(ret, "an address that cannot be read");
	}
	if (whole)
		return finish(e, ret);
	e->wait = WAIT_CALL;
	keep_line(e, line, ret->line);
	return APP_OTHER;
}

/* Between events, of ausearch: "----", "time->Mon Nov 23 12:03:05 2026". */
static bool is_separator(struct slice line)
{
	return slice_trim(line).size == 0 || slice_is(line, "----") || slice_starts(line, "time->");
}

static enum app_kind read_line(void *with, struct slice line, struct app_line *ret)
{
	struct audit_record r;
	if (is_separator(line))
		return APP_OTHER;
	const char *problem = audit_record_read(line, &r);
	if (problem)
		return unread(ret, problem);
	switch (r.type) {
	case AUDIT_SYSCALL:
		return on_call(with, &r, line, ret);
	case AUDIT_SOCKADDR:
		return on_address(with, &r, line, ret);
	case AUDIT_OTHER:
		break;
	}
	return APP_OTHER;
}

static bool next_missed(void *with, bool at_end, struct app_late *ret)
{
	struct auditd *a = with;
	while (at_end && a->lost.wait == WAIT_NOTHING && a->left < OPEN) {
		const struct event *e = &a->open[a->left++];
		if (is_missed(e))
			a->lost = *e;
	}
	if (a->lost.wait == WAIT_NOTHING)
		return false;
	ret->line = a->lost.line;
	ret->text = slice_of(a->lost.example, a->lost.example_size);
	ret->problem = a->lost.wait == WAIT_CALL ? "an address without its system call" : "a connect without its address";
	a->lost.wait = WAIT_NOTHING;
	return true;
}

static enum status read_auditd(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct auditd *a = must_alloc(1, sizeof *a);
	enum status status = app_read(to, in,
				      &(struct app_parser){.line = read_line, .late = next_missed, .with = a,
							   .needs_all = true, .app = "auditd"},
				      ret_records, err);
	free(a);
	return status;
}

/* The share of lines that are records; one that is cut off by what is looked at is none. */
static unsigned sniff_auditd(struct slice first)
{
	enum { SURE = 95 };
	struct cursor c = cursor_over(first);
	struct audit_record r;
	struct slice line;
	bool whole;
	unsigned lines = 0, records = 0;
	while (cursor_line(&c, &line, &whole)) {
		if (is_separator(line) || (!whole && lines > 0 && first.size >= INPUT_SNIFF))
			continue;
		lines++;
		records += !audit_record_read(line, &r);
	}
	return lines ? SURE * records / lines : 0;
}

const struct reader reader_auditd = {
	.name = "auditd",
	.reads = "connections in Linux's audit log (auditd, ausearch but for -i, or the kernel in syslog)",
	.writes = ROW_WRITES_LOG,
	.sniff = sniff_auditd,
	.read = read_auditd,
};
