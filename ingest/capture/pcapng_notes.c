/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-ietf-opsawg-pcapng, sections 4.5 and 4.6:
 *
 *   names       4: records kind:2 size:2 value, padded: kind 1 address:4 names,
 *               2 address:16 names, each name ended by NUL; kind 0 ends them
 *   statistics  5: interface:4 time:4,4  options 5 dropped by the interface:8,
 *               7 dropped by the system:8, as they stood at that time
 *   process     80000001 (macOS): pid:4  option 2 name
 *
 * A comment of ptcpdump is lines "PID: 1234", "Cmd: /usr/bin/curl", "Args: …".
 */
#include "ingest/capture/pcapng.h"

enum {
	NAMES_END = 0,
	NAMES_V4 = 1,
	NAMES_V6 = 2,
	NAMES_RECORDS_MAX = 65536,
	NAMES_EACH_MAX = 16, /* names of one address */
	STATISTICS_DROPPED = 5,
	STATISTICS_SYSTEM = 7,
	PROCESS_NAME = 2,
};

/* What stands behind `label` at the beginning of the line. */
static bool value_of(struct slice line, struct slice label, struct slice *ret)
{
	if (!slice_equal(slice_part(line, 0, label.size), label))
		return false;
	*ret = slice_trim(slice_part(line, label.size, line.size));
	return true;
}

void pcapng_comment(struct pcapng *r, struct slice comment)
{
	struct cursor c = cursor_over(comment);
	struct slice line, value, process = slice_of(NULL, 0);
	uint64_t pid = 0;
	while (cursor_line(&c, &line, NULL)) {
		if (value_of(line, SLICE("PID: "), &value) && !slice_u64(value, INT32_MAX, &pid))
			return;
		if (value_of(line, SLICE("Cmd: "), &value))
			process = value;
	}
	if (pid == 0)
		return;
	r->frame.pid = (uint32_t)pid;
	r->frame.process = process;
}

static void read_record(struct pcapng *r, unsigned kind, struct cursor c)
{
	struct slice bytes = cursor_take(&c, kind == NAMES_V4 ? 4 : 16), name;
	if (c.short_read)
		return;
	struct address address = kind == NAMES_V4 ? address_v4(bytes.at) : address_v6(bytes.at);
	for (int i = 0; i < NAMES_EACH_MAX && cursor_until(&c, 0, cursor_left(&c), &name); i++)
		known_add(r->d->known, &address, name);
}

enum status pcapng_on_names(struct pcapng *r, struct cursor c, struct error *err)
{
	for (int i = 0; i < NAMES_RECORDS_MAX && cursor_left(&c) > 0; i++) {
		unsigned kind = pcapng_u16(r, &c);
		size_t size = pcapng_u16(r, &c), padding = (4 - size % 4) % 4;
		struct cursor value = cursor_child(&c, size);
		if (c.short_read)
			return ingest_skip(r->to, "names that are cut off", r->frame.number,
					   slice_of(NULL, 0), err);
		if (kind == NAMES_END)
			break;
		if (kind == NAMES_V4 || kind == NAMES_V6)
			read_record(r, kind, value);
		cursor_skip(&c, padding < cursor_left(&c) ? padding : cursor_left(&c));
	}
	return OK;
}

/* Packets and statistics may tell of the same losses: the larger number counts. */
enum status pcapng_lost(struct pcapng *r, struct pcapng_interface *i, struct error *err)
{
	uint64_t lost = i->dropped > i->dropped_told ? i->dropped : i->dropped_told;
	if (lost <= i->lost)
		return OK;
	uint64_t more = lost - i->lost;
	i->lost = lost;
	return ingest_skip_many(r->to, "packets that were dropped while capturing", more,
				r->frame.number, slice_of(NULL, 0), err);
}

enum status pcapng_on_statistics(struct pcapng *r, struct cursor c, struct error *err)
{
	uint16_t code;
	struct cursor value;
	uint64_t dropped = 0;
	size_t at = pcapng_u32(r, &c);
	cursor_skip(&c, 8);
	if (c.short_read || at >= r->interfaces)
		return ingest_skip(r->to, "statistics of an interface that was not described",
				   r->frame.number, slice_of(NULL, 0), err);
	for (int n = 0; n < PCAPNG_OPTIONS_MAX && pcapng_option(r, &c, &code, &value); n++)
		if (code == STATISTICS_DROPPED || code == STATISTICS_SYSTEM)
			dropped += pcapng_u64(r, &value);
	struct pcapng_interface *i = &r->list[at];
	if (dropped > i->dropped_told)
		i->dropped_told = dropped;
	return pcapng_lost(r, i, err);
}

void pcapng_on_process(struct pcapng *r, struct cursor c)
{
	uint16_t code;
	struct cursor value;
	if (r->processes == PCAPNG_PROCESSES_MAX)
		return;
	struct pcapng_process *p = &r->process[r->processes++];
	*p = (struct pcapng_process){.pid = pcapng_u32(r, &c), .name = ""};
	for (int n = 0; n < PCAPNG_OPTIONS_MAX && pcapng_option(r, &c, &code, &value); n++)
		if (code == PROCESS_NAME) {
			const char *name = pcapng_name(r, cursor_rest(&value));
			p->name = name ? name : "";
		}
}
