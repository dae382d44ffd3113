/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What TraceEvent says of an event trace: the first events of each name with their
 * fields (values cut after 20 characters), and how many of each name there are. It
 * drops what it needs for itself (stacks, samples of an idle processor, names of files
 * and methods, what runs already).
 *
 *   event  is one of ours, at that time, on that processor and of that length
 *   count  as many of that name, where the name is in the table below, as are in the file
 *   network, process  its fields are those of ours, and there is a row that has them
 */
#include "tests/cases/cases.h"

#include "core/file.h"
#include "ingest/etl/buffer.h"
#include "ingest/etl/decode_event.h"
#include "ingest/etl/logfile.h"
#include "ingest/etl/provider.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MAX = 1 << 20, FILE_MAX = 64 << 20 };

struct seen {
	struct event e; /* its payload only of the kernel's network groups */
	char guid[GUID_TEXT_MAX];
	int64_t us;
	unsigned processor;
	size_t size;
};

struct all {
	struct seen *events;
	size_t count;
};

/* Names that stand for one kind of event: a kernel group and opcode. */
static const struct name {
	const char *name;
	unsigned group, opcode;
} names[] = {
	{"EventTrace", 0, 0}, {"EventTrace/Extension", 0, 5}, {"EventTrace/EndExtension", 0, 32}, {"EventTrace/RundownComplete", 0, 8},
	{"DiskIO/Read", 1, 10}, {"DiskIO/Write", 1, 11}, {"DiskIO/ReadInit", 1, 12}, {"DiskIO/WriteInit", 1, 13},
	{"DiskIO/FlushBuffers", 1, 14}, {"DiskIO/FlushInit", 1, 15}, {"Memory/HardFault", 2, 32},
	{"Process/Start", 3, 1}, {"Process/Stop", 3, 2}, {"Process/DCStart", 3, 3}, {"Process/DCStop", 3, 4},
	{"Process/PerfCtr", 3, 32}, {"Process/PerfCtrRundown", 3, 33}, {"Process/Defunct", 3, 39}, {"Image/Load", 3, 10},
	{"Image/Unload", 20, 2}, {"Image/DCStart", 20, 3}, {"Image/DCStop", 20, 4}, {"Thread/Start", 5, 1}, {"Thread/Stop", 5, 2},
	{"TcpIp/SendIPV6", 6, 26}, {"TcpIp/RecvIPV6", 6, 27}, {"UdpIp/Send", 8, 10}, {"UdpIp/Recv", 8, 11},
	{"UdpIp/SendIPV6", 8, 26}, {"UdpIp/RecvIPV6", 8, 27}, {"SystemConfig/CPU", 11, 10}, {"SystemConfig/PhyDisk", 11, 11},
	{"SystemConfig/LogDisk", 11, 12}, {"SystemConfig/NIC", 11, 13}, {"SystemConfig/Services", 11, 15},
	{"SystemConfig/Power", 11, 16}, {"SystemConfig/Network", 11, 17}, {"SystemConfig/PnP", 11, 22},
	{"SystemConfig/IDEChannel", 11, 23}, {"PerfInfo/CollectionStart", 15, 73}, {"PerfInfo/CollectionEnd", 15, 74},
	{"PerfInfo/Sample", 15, 46},
};

/* All events of a provider, but for two numbers that the peer leaves out. */
static const struct provider {
	const char *name, *guid;
	unsigned without[2];
} providers[] = {
	{"Microsoft-Windows-DotNETRuntime", "{e13c0d23-ccbc-4e12-931b-d9cc2eee27e4}", {82, 190}},
	{"Microsoft-Windows-DotNETRuntimePrivate", "{763fd754-7086-4dfe-95eb-c01a46faf4ca}", {0}},
	{"Microsoft-Windows-DotNETRuntimeRundown", "{a669021c-c450-4609-a035-5af59af4df18}", {144, 150}},
	{"Microsoft-Windows-Kernel-File", "{edd08927-9cc4-4e65-b970-c2560fb5c289}", {0}},
	{"Microsoft-Windows-Kernel-EventTracing", "{b675ec37-bdb6-4648-bc92-f3fdc74d3ca2}", {0}},
	{"Microsoft-Windows-Kernel-Process", "{22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716}", {0}},
	{"Microsoft-Windows-DNS-Client", "{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}", {0}},
	{"Microsoft-Windows-Immersive-Shell", "{315a8872-923e-4ea2-9889-33cd4754bf64}", {0}},
	{"System.Threading.Tasks.TplEventSource", "{2e5dba47-a3d2-4d16-8ee0-6671ffdcd7b5}", {0}},
	{"System.Diagnostics.Eventing.FrameworkEventSource", "{8e9f5090-2d75-4d03-8a81-e5afbf85daf1}", {0}},
	{"PerfView", "{a8a71ac1-040f-54a2-07ca-00a89b5ab761}", {0}},
	{"KernelTraceControl/ImageID", "{b3e675d7-2554-4f18-830b-2762732560de}", {0}},
	{"KernelTraceControl/MetaData", "{bbccf6c1-6cd1-48c4-80ff-839482e37671}", {0}},
	{"Windows Kernel/SysConfig", "{9b79ee91-b5fd-41c0-a243-4248e266e9d0}", {0}},
	{"solar_system", "{d3dd3dd4-aac2-4e2a-8dd4-a8fb61b77615}", {0}},
};

static void keep(struct peer_run *r, struct all *all, const struct event *e, unsigned processor, const struct logfile *log)
{
	struct seen *s = &all->events[all->count++];
	*s = (struct seen){.e = *e, .processor = processor, .size = e->payload.size};
	s->us = (logfile_time(log, e->stamp) - logfile_time(log, log->first_stamp) + 500) / 1000;
	guid_text(e->provider, s->guid);
	bool network = e->kind == EVENT_KERNEL && (e->group == GROUP_TCP || e->group == GROUP_UDP);
	unsigned char *copy = network ? arena_alloc(r->arena, e->payload.size + 1) : NULL;
	s->e.payload = slice_of(copy, copy ? e->payload.size : 0);
	if (copy)
		memcpy(copy, e->payload.at, e->payload.size);
}

static struct all read_all(struct peer_run *r)
{
	AUTO_TEXT struct text file = text_make(FILE_MAX);
	struct error err = {0};
	struct all all = {.events = must_alloc(EVENTS_MAX, sizeof(struct seen))};
	struct input in;
	struct buffers bs = {.in = &in};
	struct buffer b;
	struct logfile log = {.clock = LOGFILE_SYSTEM};
	if (file_read(AT_FDCWD, r->path, FILE_MAX, &file, &err))
		die("%s", err.text);
	input_over(text_slice(&file), r->path, &in);
	while (buffers_next(&bs, &b)) {
		struct cursor c = cursor_over(b.events);
		struct event e;
		while (all.count < EVENTS_MAX && event_next(&c, &e) == EVENT_READ) {
			if (all.count == 0)
				(void)logfile_read(&e, &log);
			keep(r, &all, &e, b.processor, &log);
		}
	}
	buffers_close(&bs);
	input_close(&in);
	return all;
}

/* "31.552" in microseconds. */
static int64_t us_of(struct slice number)
{
	size_t dot = slice_find(number, '.');
	struct slice fraction = slice_part(number, dot + 1, 3);
	uint64_t whole = 0, part = 0;
	if (!slice_u64(slice_part(number, 0, dot), UINT32_MAX, &whole))
		return -1;
	if (fraction.size > 0 && !slice_u64(fraction, 999, &part))
		return -1;
	for (size_t i = fraction.size; i < 3; i++)
		part *= 10;
	return (int64_t)(whole * 1000 + part);
}

/* "65,652" */
static int64_t plain_number(const char *text)
{
	int64_t n = 0;
	for (; text && *text; text++)
		if (*text >= '0' && *text <= '9')
			n = n * 10 + (*text - '0');
		else if (*text != ',')
			return -1;
	return text ? n : -1;
}

/* The peer's text may be cut, which three dots tell. */
static bool same_cut(const char *theirs, const char *ours)
{
	size_t size = strlen(theirs);
	if (size >= 3 && !strcmp(theirs + size - 3, "..."))
		return !strncmp(theirs, ours, size - 3);
	return !strcmp(theirs, ours);
}

enum { KIND, MSEC, EVENT, CPU, DATALEN, FIELDS, COUNT, MEMBERS };

struct told {
	struct json_member m[MEMBERS];
	const char *event;
};

static const char *field_of(struct peer_run *r, const struct told *l, const char *name)
{
	struct json_member m = {.key = name};
	if (json_read_object(l->m[FIELDS].value.raw, &m, 1, NULL) || m.value.type == JSON_ABSENT)
		return NULL;
	return member_text(r->arena, &m.value);
}

static bool same_place(const struct told *l, const struct seen *s)
{
	int64_t us = us_of(l->m[MSEC].value.raw), off = us - s->us;
	return off >= -1 && off <= 1 && member_number(&l->m[CPU].value) == s->processor &&
	       member_number(&l->m[DATALEN].value) == (int64_t)s->size;
}

static bool has_attempt(const struct ours *o, const char *proto, const struct connection_event *c)
{
	char src[ADDRESS_TEXT_MAX], dst[ADDRESS_TEXT_MAX];
	address_text(&c->local, src);
	address_text(&c->remote, dst);
	for (size_t i = 0; i < o->attempt_count; i++) {
		const struct our_attempt *a = &o->attempts[i];
		if (!strcmp(a->proto, proto) && !strcmp(a->src, src) && a->sport == c->lport && !strcmp(a->dst, dst) &&
		    a->dport == c->rport && a->pid == c->pid)
			return true;
	}
	return false;
}

/* Of UDP the peer tells who sent, of TCP who is on this side. */
static bool same_fields(struct peer_run *r, const struct told *l, const struct connection_event *c, bool udp)
{
	char src[ADDRESS_TEXT_MAX], dst[ADDRESS_TEXT_MAX];
	bool turned = udp && c->act == CONNECTION_RECEIVES;
	address_text(turned ? &c->remote : &c->local, src);
	address_text(turned ? &c->local : &c->remote, dst);
	const char *saddr = field_of(r, l, "saddr"), *daddr = field_of(r, l, "daddr");
	return plain_number(field_of(r, l, "size")) == (int64_t)c->bytes &&
	       plain_number(field_of(r, l, "sport")) == (turned ? c->rport : c->lport) &&
	       plain_number(field_of(r, l, "dport")) == (turned ? c->lport : c->rport) &&
	       (!saddr || same_cut(saddr, src)) && (!daddr || same_cut(daddr, dst));
}

static void claim_network(struct peer_run *r, const struct all *all, const struct told *l, bool udp)
{
	unsigned group = udp ? GROUP_UDP : GROUP_TCP;
	struct connection_event c;
	bool fields = false, row = false;
	for (size_t i = 0; i < all->count && !fields; i++) {
		const struct seen *s = &all->events[i];
		if (s->e.kind != EVENT_KERNEL || s->e.group != group || !same_place(l, s) || network_event(&s->e, &c) != USE_ROW)
			continue;
		fields = same_fields(r, l, &c, udp);
		row = fields && has_attempt(r->ours, udp ? "udp" : "tcp", &c);
	}
	tally_claim(r->tally, "network", fields && row ? AGREES : DIFFERS, "%s at %.*s ms: %s", l->event,
		    (int)l->m[MSEC].value.raw.size, (const char *)l->m[MSEC].value.raw.at, fields ? "no row" : "other fields");
}

static void claim_process(struct peer_run *r, const struct told *l)
{
	const char *parent = field_of(r, l, "ParentID"), *name = field_of(r, l, "ImageFileName");
	int64_t pid = plain_number(field_of(r, l, "ProcessID"));
	bool ends = strstr(l->event, "/Stop") != NULL, found = false;
	if (!parent)
		parent = field_of(r, l, "ParentProcessID");
	for (size_t i = 0; i < r->ours->process_count && !found; i++) {
		const struct our_process *p = &r->ours->processes[i];
		found = p->pid == pid && (!parent || p->ppid == plain_number(parent)) && (!name || same_cut(name, p->comm)) &&
			(!ends || p->ended);
	}
	tally_claim(r->tally, "process", found ? AGREES : DIFFERS, "%s of %lld %s", l->event, (long long)pid, name ? name : "");
}

static void claim_event(struct peer_run *r, const struct all *all, const struct told *l)
{
	bool found = false;
	for (size_t i = 0; i < all->count && !found; i++)
		found = same_place(l, &all->events[i]);
	tally_claim(r->tally, "event", found ? AGREES : DIFFERS, "%s at %.*s ms", l->event,
		    (int)l->m[MSEC].value.raw.size, (const char *)l->m[MSEC].value.raw.at);
	if (strstr(l->event, "Windows Kernel/TcpIp/") || strstr(l->event, "Windows Kernel/UdpIp/"))
		claim_network(r, all, l, strstr(l->event, "/UdpIp/") != NULL);
	if (strstr(l->event, "Windows Kernel/Process/") || strstr(l->event, "-Kernel-Process/Process"))
		claim_process(r, l);
}

static void claim_name(struct peer_run *r, const struct all *all, const char *event, int64_t wanted)
{
	static const char kernel[] = "Windows Kernel/";
	int64_t count = 0;
	size_t at = 0;
	if (strncmp(event, kernel, sizeof kernel - 1) || strstr(event, "/SysConfig/")) /* no group of it */
		return;
	while (at < LENGTH(names) && strcmp(names[at].name, event + sizeof kernel - 1))
		at++;
	if (at == LENGTH(names)) {
		tally_claim(r->tally, "count", NOT_COMPARABLE, "%s", event);
		return;
	}
	for (size_t i = 0; i < all->count; i++) {
		const struct event *e = &all->events[i].e;
		count += e->kind == EVENT_KERNEL && e->group == names[at].group && e->opcode == names[at].opcode;
	}
	tally_claim(r->tally, "count", count == wanted ? AGREES : DIFFERS, "%s %lld | %lld", event, (long long)wanted,
		    (long long)count);
}

static void claim_provider(struct peer_run *r, const struct all *all, const struct provider *p, int64_t wanted)
{
	int64_t count = 0;
	for (size_t i = 0; i < all->count; i++) {
		const struct seen *s = &all->events[i];
		bool manifest = s->e.kind == EVENT_MANIFEST;
		bool left_out = manifest && s->e.id != 0 && (s->e.id == p->without[0] || s->e.id == p->without[1]);
		count += s->e.kind != EVENT_KERNEL && !strcmp(s->guid, p->guid) && !left_out;
	}
	if (wanted > 0)
		tally_claim(r->tally, "count", count == wanted ? AGREES : DIFFERS, "%s %lld | %lld", p->name, (long long)wanted,
			    (long long)count);
}

static bool is_of(const char *event, const char *provider)
{
	size_t size = strlen(provider);
	return !strncmp(event, provider, size) && (event[size] == '/' || event[size] == 0);
}

void peer_etl(struct peer_run *r)
{
	struct all all = read_all(r);
	struct cursor c = cursor_over(r->answer);
	int64_t totals[LENGTH(providers)] = {0};
	struct slice bytes;
	while (cursor_line(&c, &bytes, NULL)) {
		struct told l = {.m = {{.key = "kind"}, {.key = "msec"}, {.key = "event"}, {.key = "cpu"}, {.key = "datalen"},
				       {.key = "fields"}, {.key = "count"}}};
		if (json_read_object(bytes, l.m, MEMBERS, NULL))
			continue;
		l.event = member_text(r->arena, &l.m[EVENT].value);
		int64_t count = member_number(&l.m[COUNT].value);
		if (slice_is(l.m[KIND].value.raw, "event"))
			claim_event(r, &all, &l);
		else
			claim_name(r, &all, l.event, count);
		for (size_t i = 0; i < LENGTH(providers) && count >= 0; i++)
			totals[i] += is_of(l.event, providers[i].name) ? count : 0;
	}
	for (size_t i = 0; i < LENGTH(providers); i++)
		claim_provider(r, &all, &providers[i], totals[i]);
	free(all.events);
}
