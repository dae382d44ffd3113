/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Microsoft-Windows-WFP 1001 (its manifest): the filtering platform dropped a packet.
 * Little-endian:
 *
 *   time:8  local, remote: SOCKADDR (event.h)  scope:4  program (UTF-16, NUL)  user (a SID)
 *   why:4  profile:4  profile:4  way:4, and what is not needed
 *
 * The protocol is not told. Whatever is not said to come in counts as going out.
 */
#include "ingest/etl/decode_event.h"

#include "ingest/etl/utf16.h"

enum {
	DROPPED = 1001,
	WAY_INBOUND = 1,
	WAY_INBOUND_AUDITED = 0x3900,
};

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '\\');
	return slash ? slash + 1 : path;
}

enum use wfp_event(const struct event *e, struct wfp_event *ret)
{
	char program[PROCESS_EXE_MAX];
	struct cursor c = cursor_over(e->payload);
	struct connection_event *n = &ret->connection;
	if (e->id != DROPPED)
		return USE_OTHER;
	*n = (struct connection_event){.origin = ORIGIN_WFP, .other = true, .pid = EVENT_NOBODY};
	cursor_skip(&c, 8);
	n->local = event_sockaddr(&c, &n->lport);
	n->remote = event_sockaddr(&c, &n->rport);
	cursor_skip(&c, 4);
	(void)utf16_read(&c, program, sizeof program);
	event_skip_sid(&c);
	cursor_skip(&c, 12);
	unsigned way = cursor_le32(&c);
	n->act = way == WAY_INBOUND || way == WAY_INBOUND_AUDITED ? CONNECTION_DENIED_IN : CONNECTION_DENIED_OUT;
	size_t size = strlen(base_of(program));
	size = size < sizeof ret->program ? size : 0; /* a name that long is none */
	memcpy(ret->program, base_of(program), size);
	ret->program[size] = 0;
	n->program = ret->program;
	return c.short_read ? USE_MALFORMED : USE_ROW;
}
