/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of tables of sockets that name the process, as they do where no kernel witness is:
 * what a process of the session holds to another machine was an attempt. It becomes one
 * row for each pair of ends, unless the events of Windows tell of it anyway. Whose process
 * it is, and whether an address is this machine's own, shows at the end.
 */
#include "ingest/evidence_rows.h"

#include "ingest/etl/connection.h"
#include "ingest/etl/trace.h"

static const struct {
	const char *name; /* as ss(8) calls it */
	enum connection_act act;
} states[] = {
	{"SYN-SENT", CONNECTION_CONNECTS},	 {"ESTAB", CONNECTION_ESTABLISHED},
	{"FIN-WAIT-1", CONNECTION_ESTABLISHED}, {"FIN-WAIT-2", CONNECTION_ESTABLISHED},
	{"CLOSE-WAIT", CONNECTION_ESTABLISHED}, {"CLOSING", CONNECTION_ESTABLISHED},
	{"LAST-ACK", CONNECTION_ESTABLISHED},	 {"TIME-WAIT", CONNECTION_ESTABLISHED},
};

static bool find_act(const struct evidence_rows *r, enum connection_act *ret)
{
	for (size_t i = 0; i < LENGTH(states); i++)
		if (evidence_is(r->line, FIELD_STATE, states[i].name)) {
			*ret = states[i].act;
			return true;
		}
	return false;
}

/* Without its zone ("%12"). */
static bool read_end(const struct evidence_rows *r, enum evidence_field address, enum evidence_field port,
		     struct address *ret, uint16_t *ret_port)
{
	const struct json_value *v = &r->line->members[address].value;
	uint64_t number = 0;
	if (v->type != JSON_STRING || !evidence_u64(r->line, port, &number) || number > UINT16_MAX)
		return false;
	*ret_port = (uint16_t)number;
	return address_parse(slice_part(v->raw, 0, slice_find(v->raw, '%')), ret);
}

enum status evidence_table_row(struct evidence_rows *r, struct error *err)
{
	uint64_t pid = 0;
	struct connection_event e = {.origin = ORIGIN_TABLE, .time_ns = r->t, .number = r->record};
	if (!evidence_u64(r->line, FIELD_PID, &pid) || pid == 0 || pid >= EVENT_NOBODY || r->t < 0 ||
	    !evidence_is(r->line, FIELD_PROTO, "tcp") || !find_act(r, &e.act) ||
	    !read_end(r, FIELD_LOCAL, FIELD_LPORT, &e.local, &e.lport) ||
	    !read_end(r, FIELD_REMOTE, FIELD_RPORT, &e.remote, &e.rport))
		return OK;
	if (e.rport == 0 || address_class(&e.remote) == CLASS_LOOPBACK || address_equal(&e.remote, &e.local))
		return OK;
	if (e.local.family != e.remote.family)
		return ingest_skip(r->to, "a socket with addresses of two kinds", r->record, slice_of(NULL, 0), err);
	e.pid = (uint32_t)pid;
	return connections_note(evidence_trace(r)->connections, &e, err);
}
