/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_PCAPNG_H
#define INGEST_CAPTURE_PCAPNG_H

/*
 * The state of reading one capture, a pcapng file or several that follow one another, shared by the files that read its blocks:
 * pcapng.c (sections and interfaces), pcapng_packet.c, pcapng_notes.c (what is said
 * about packets, addresses and losses).
 */

#include "ingest/capture/dissect.h"
#include "ingest/capture/pcapng_time.h"

#include "core/arena.h"

enum {
	PCAPNG_INTERFACES_MAX = 4096, /* of one section */
	PCAPNG_PROCESSES_MAX = 4096,  /* of one section */
	PCAPNG_OPTIONS_MAX = 1024,    /* of one block */
	PCAPNG_NAMES_MAX = 1 << 20,   /* bytes, of all interfaces and processes */
	PCAPNG_NAME_MAX = 256,
};

enum pcapng_block {
	BLOCK_INTERFACE = 1,
	BLOCK_OLD_PACKET = 2,
	BLOCK_SIMPLE = 3,
	BLOCK_NAMES = 4,
	BLOCK_STATISTICS = 5,
	BLOCK_PACKET = 6,
	BLOCK_JOURNAL = 9,
	BLOCK_SECRETS = 10,
	BLOCK_CUSTOM = 0x0BAD,
	BLOCK_CUSTOM_PRIVATE = 0x40000BAD,
	BLOCK_SECTION = 0x0A0D0D0A,
};
#define BLOCK_DARWIN_PROCESS UINT32_C(0x80000001)

struct pcapng_interface {
	unsigned linktype;
	uint32_t snaplen;
	uint32_t number; /* over the whole capture */
	size_t check;    /* bytes of frame check sequence behind each packet */
	const char *name;
	struct pcapng_time time;
	uint64_t dropped;      /* as its packets told */
	uint64_t dropped_told; /* as its statistics told */
	uint64_t lost;         /* counted so far */
};

/* macOS names processes in blocks of their own; packets refer to them by index. */
struct pcapng_process {
	uint32_t pid;
	const char *name;
};

struct pcapng {
	struct dissect *d;
	struct ingest *to;
	struct arena *names;
	struct frame frame;
	bool big, section; /* byte order; whether one was begun */
	bool end;
	size_t interfaces, processes;
	size_t known; /* interfaces of the file before, which those of this one may be */
	unsigned file;          /* of those that follow one another, from 0 */
	uint64_t before;        /* packets of the files before */
	uint32_t all_interfaces;
	struct pcapng_interface list[PCAPNG_INTERFACES_MAX];
	struct pcapng_process process[PCAPNG_PROCESSES_MAX];
};

uint16_t pcapng_u16(const struct pcapng *r, struct cursor *c);
uint32_t pcapng_u32(const struct pcapng *r, struct cursor *c);
uint64_t pcapng_u64(const struct pcapng *r, struct cursor *c);

/* The next option; false at their end, and where they break off. */
bool pcapng_option(const struct pcapng *r, struct cursor *c, uint16_t *ret_code,
		   struct cursor *ret_value);

/* A copy fit to be shown; NULL where there are too many. */
const char *pcapng_name(struct pcapng *r, struct slice name);

/* The blocks that hold a packet. */
enum status pcapng_on_packet(struct pcapng *r, uint32_t type, struct cursor c,
			  struct error *err) MUST_CHECK;

/* Reads a comment as ptcpdump writes it into r->frame. */
void pcapng_comment(struct pcapng *r, struct slice comment);

enum status pcapng_on_names(struct pcapng *r, struct cursor c, struct error *err) MUST_CHECK;
enum status pcapng_on_statistics(struct pcapng *r, struct cursor c, struct error *err) MUST_CHECK;
void pcapng_on_process(struct pcapng *r, struct cursor c);

/* Packets that the capture of that interface dropped, once each. */
enum status pcapng_lost(struct pcapng *r, struct pcapng_interface *i, struct error *err) MUST_CHECK;

#endif
