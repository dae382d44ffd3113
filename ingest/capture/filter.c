/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/filter.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>

enum { SNAPLEN = 262144, PROBLEM_MAX = 160 };

struct program {
	bool good;
	struct bpf_program code;
	char problem[PROBLEM_MAX]; /* where it is not */
};

struct filter {
	const char *expression; /* not owned */
	size_t count;
	struct program programs[]; /* in the order of link_number() */
};

/* libpcap's own number of a link type, where it is not the one of the files. */
static int number_here(unsigned linktype)
{
	static const struct {
		unsigned linktype;
		int here;
	} others[] = {{100, DLT_ATM_RFC1483}, {LINK_TYPE_RAW, DLT_RAW}};
	for (size_t i = 0; i < LENGTH(others); i++)
		if (others[i].linktype == linktype)
			return others[i].here;
	return (int)linktype;
}

static void compile(struct program *p, unsigned linktype, const char *expression)
{
	pcap_t *none = pcap_open_dead(number_here(linktype), SNAPLEN);
	if (!none)
		die("out of memory");
	p->good = pcap_compile(none, &p->code, expression, 1, PCAP_NETMASK_UNKNOWN) == 0;
	if (!p->good)
		snprintf(p->problem, sizeof p->problem, "%s", pcap_geterr(none));
	pcap_close(none);
}

enum status filter_new(const char *expression, struct filter **ret, struct error *err)
{
	size_t count = link_count();
	struct filter *f = must_alloc(1, sizeof *f + count * sizeof f->programs[0]);
	*f = (struct filter){.expression = expression, .count = count};
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		compile(&f->programs[i], link_number(i), expression);
		any = any || f->programs[i].good;
	}
	*ret = f;
	if (any)
		return OK;
	fail(err, ERR_USAGE, "--filter \"%s\": %s (names of hosts are not looked up: give addresses)",
	     expression, f->programs[0].problem);
	filter_free(f);
	*ret = NULL;
	return ERR_USAGE;
}

void filter_free(struct filter *f)
{
	for (size_t i = 0; f && i < f->count; i++)
		if (f->programs[i].good)
			pcap_freecode(&f->programs[i].code);
	free(f);
}

enum status filter_passes(const struct filter *f, const struct frame *frame, bool *ret,
			  struct error *err)
{
	size_t at = 0;
	*ret = true; /* of a link type that nobody knows the reader tells */
	while (at < f->count && link_number(at) != frame->linktype)
		at++;
	if (at == f->count)
		return OK;
	const struct program *p = &f->programs[at];
	if (!p->good)
		return fail(err, ERR_USAGE, "--filter \"%s\" has no meaning for link type %u: %s",
			    f->expression, frame->linktype, p->problem);
	const struct pcap_pkthdr head = {.caplen = (bpf_u_int32)frame->bytes.size,
					 .len = (bpf_u_int32)frame->original};
	*ret = pcap_offline_filter(&p->code, &head, frame->bytes.at) != 0;
	return OK;
}

const char *filter_expression(const struct filter *f)
{
	return f->expression;
}
