/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/trace.h"

#include "ingest/etl/census.h"
#include "ingest/etl/dns_client.h"

#include <stdlib.h>

static struct trace *make(struct ingest *to, const struct live *live)
{
	struct trace *t = must_alloc(1, sizeof *t);
	t->to = to;
	t->live = live;
	t->census = census_new();
	t->packets = packets_new(to);
	t->dns_client = dns_client_new(to, t->packets);
	return t;
}

struct trace *trace_new(struct ingest *to)
{
	struct trace *t = make(to, NULL);
	t->next_attempt = to->start->attempt;
	t->next_process = to->start->process;
	t->processes = process_table_new(&t->next_process);
	t->connections = connections_new(to, t->processes, &t->next_attempt, NULL);
	return t;
}

struct trace *trace_new_live(struct ingest *to, const struct live *live, int64_t *next_attempt,
			     int64_t *next_process)
{
	struct trace *t = make(to, live);
	t->processes = process_table_new(next_process);
	t->connections = connections_new(to, t->processes, next_attempt, live);
	return t;
}

void trace_free(struct trace *t)
{
	if (!t)
		return;
	census_free(t->census);
	connections_free(t->connections);
	process_table_free(t->processes);
	dns_client_free(t->dns_client);
	packets_free(t->packets);
	free(t);
}

static enum status on_connection(struct trace *t, enum use use, struct connection_event *c, struct error *err)
{
	if (use != USE_ROW)
		return OK;
	c->time_ns = t->time_ns;
	c->number = t->number;
	if (t->live) /* it has both providers, and each connection is one row */
		c->origin = ORIGIN_KERNEL_NETWORK;
	return connections_note(t->connections, c, err);
}

static enum use on_network(struct trace *t, const struct event *e, enum status *ret_status, struct error *err)
{
	struct connection_event c;
	enum use use = network_event(e, &c);
	if (use == USE_ROW && c.act == CONNECTION_FAILS && t->live && t->live->failures_told)
		return USE_NONE;
	*ret_status = on_connection(t, use, &c, err);
	return use;
}

static enum use on_tcpip(struct trace *t, const struct event *e, enum status *ret_status, struct error *err)
{
	struct connection_event c;
	enum use use = tcpip_event(e, &c);
	*ret_status = on_connection(t, use, &c, err);
	return use;
}

static enum use on_wfp(struct trace *t, const struct event *e, enum status *ret_status, struct error *err)
{
	struct wfp_event w;
	enum use use = wfp_event(e, &w);
	*ret_status = on_connection(t, use, &w.connection, err);
	return use;
}

static enum use on_process(struct trace *t, const struct event *e)
{
	struct process_event *p = &t->process;
	enum use use = process_event(e, p);
	if (use != USE_ROW)
		return use;
	if (p->image) {
		process_table_image(t->processes, p->told.pid, t->time_ns, p->name);
		return use;
	}
	p->told.time_ns = t->time_ns;
	if (p->told.moment == PROCESS_STARTS && e->pid != EVENT_NOBODY)
		p->told.creator = e->pid;
	process_table_note(t->processes, &p->told);
	return use;
}

/* Whoever asks the resolver of Windows asks in a process of its own. */
static enum status note_asker(struct trace *t, const struct event *e, int64_t row, struct error *err)
{
	struct process_row process = {.member = false};
	bool suite = t->live->suite && e->pid == t->live->suite;
	bool member = process_table_find(t->processes, e->pid, t->time_ns, &process) && process.member;
	struct row_stream *q = row_begin(t->to->rows, QUERY_DNS_PROCESS);
	row_i64(q, 1, row);
	row_i64(q, 2, e->pid);
	row_i64(q, 3, !suite && (t->live->host || member));
	return row_end(q, err);
}

static enum use on_dns(struct trace *t, const struct event *e, enum status *ret_status, struct error *err)
{
	int64_t row = 0;
	enum use use = dns_event(e, &t->dns);
	if (use == USE_ROW)
		*ret_status = dns_client_note(t->dns_client, &t->dns, t->time_ns, t->number, &row, err);
	if (!*ret_status && row && t->live && e->pid != EVENT_NOBODY)
		*ret_status = note_asker(t, e, row, err);
	return use;
}

static enum use on_packet(struct trace *t, const struct event *e, bool pktmon, enum status *ret_status,
			  struct error *err)
{
	struct packet_event p;
	if (t->live)
		return USE_OTHER;
	enum use use = pktmon ? pktmon_event(e, &p) : ndis_event(e, &p);
	if (use == USE_ROW)
		*ret_status = packets_note(t->packets, &p, t->processor, t->time_ns, t->number, err);
	return use;
}

static enum use on_kernel(struct trace *t, const struct event *e, enum status *ret_status, struct error *err)
{
	switch (e->group) {
	case GROUP_LOG: /* what logfile.c read, or the like */
		return USE_NONE;
	case GROUP_TCP:
	case GROUP_UDP:
		return on_network(t, e, ret_status, err);
	case GROUP_PROCESS:
	case GROUP_IMAGE:
		return on_process(t, e);
	default:
		return USE_OTHER;
	}
}

enum status trace_event(struct trace *t, struct event *e, struct error *err)
{
	enum status status = OK;
	enum use use = USE_OTHER;
	switch (provider_of(e)) {
	case PROVIDER_KERNEL:
		use = on_kernel(t, e, &status, err);
		break;
	case PROVIDER_KERNEL_NETWORK:
		use = on_network(t, e, &status, err);
		if (use == USE_OTHER && t->live) /* whatever that is, it may be a way out */
			use = USE_MALFORMED;
		break;
	case PROVIDER_KERNEL_PROCESS:
		use = on_process(t, e);
		break;
	case PROVIDER_TCPIP:
		use = on_tcpip(t, e, &status, err);
		break;
	case PROVIDER_WFP:
		use = on_wfp(t, e, &status, err);
		break;
	case PROVIDER_DNS_CLIENT:
		use = on_dns(t, e, &status, err);
		break;
	case PROVIDER_NDIS_CAPTURE:
	case PROVIDER_PKTMON:
		use = on_packet(t, e, provider_of(e) == PROVIDER_PKTMON, &status, err);
		break;
	case PROVIDER_OTHER:
		break;
	}
	if (use == USE_OTHER || use == USE_MALFORMED)
		census_add(t->census, e, use == USE_MALFORMED, t->number);
	return status;
}

enum status trace_end(struct trace *t, struct error *err)
{
	enum status status = packets_end(t->packets, err);
	if (!status)
		status = process_table_write(t->processes, t->to, err);
	if (!status)
		status = connections_write(t->connections, err);
	return status ? status : census_write(t->census, t->to, err);
}
