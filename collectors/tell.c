/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/tell.h"

#include "core/file.h"

#include <stdio.h>

enum { LINE_MAX_HERE = 4096 }; /* at most PIPE_BUF: written whole or not at all */

static void send_line(struct tell *s, struct text *line)
{
	text_add_char(line, '\n');
	if (!line->overflow)
		file_offer(s->fd, text_slice(line));
}

void tell_sums(struct tell *s, const struct tell_sums *sums)
{
	if (s->fd < 0)
		return;
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "say", "sums");
	json_add_i64(&j, "elapsed_ns", sums->elapsed_ns);
	json_add_u64(&j, "processes", sums->processes);
	json_add_u64(&j, "local", sums->local);
	json_add_u64(&j, "egress", sums->egress);
	json_add_u64(&j, "names", sums->names);
	json_add_u64(&j, "lost", sums->lost);
	json_end_object(&j);
	send_line(s, &line);
}

void tell_egress(struct tell *s, uint32_t pid, struct slice comm, const char *call,
		   const char *proto, const struct address *dst, unsigned dport)
{
	char address[ADDRESS_TEXT_MAX];
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	if (s->told++ >= (s->fd < 0 ? TELL_PLAIN_MAX : TELL_EGRESS_MAX))
		return;
	address_text(dst, address);
	if (s->fd < 0) {
		text_add_printable(&line, comm, 16);
		fprintf(stderr, "airgap-collect: egress: %s[%u] %s %s %s port %u\n",
			text_string(&line), pid, call, proto, address, dport);
		return;
	}
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "say", "egress");
	json_add_u64(&j, "pid", pid);
	json_add_slice(&j, "comm", comm);
	json_add_string(&j, "call", call);
	json_add_string(&j, "proto", proto);
	json_add_string(&j, "dst", address);
	json_add_u64(&j, "dport", dport);
	json_end_object(&j);
	send_line(s, &line);
}

void tell_phase(struct tell *s, const char *phase, int64_t value)
{
	if (s->fd < 0)
		return;
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "say", "phase");
	json_add_string(&j, "phase", phase);
	json_add_i64(&j, "value", value);
	json_end_object(&j);
	send_line(s, &line);
}

void tell_done(struct tell *s, const unsigned char digest[static HASH_SIZE], const int *command)
{
	if (s->fd < 0)
		return;
	file_set_waiting(s->fd);
	/* once more: a full pipe may have cost it */
	if (command)
		tell_phase(s, "ended", *command);
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "say", "done");
	json_add_hex(&j, "sha256", digest, HASH_SIZE);
	json_end_object(&j);
	send_line(s, &line);
}

void tell_say(struct tell *s, const char *text)
{
	AUTO_TEXT struct text line = text_make(LINE_MAX_HERE);
	if (s->fd < 0) {
		fprintf(stderr, "airgap-collect: %s\n", text);
		return;
	}
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, "say", "text");
	json_add_string(&j, "text", text);
	json_end_object(&j);
	send_line(s, &line);
}
