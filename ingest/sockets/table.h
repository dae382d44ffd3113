/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_SOCKETS_TABLE_H
#define INGEST_SOCKETS_TABLE_H

/*
 * Tables of sockets as the tools of many systems print them: what their readers have
 * in common. One row a socket and process.
 *
 * A listener has the state LISTEN and no remote end; whoever is connected has one.
 * A remote end that is but a wildcard ("*:*", "0.0.0.0:0") is none.
 */

#include "core/address.h"
#include "ingest/lines.h"
#include "ingest/reader.h"

enum {
	SOCKET_WORD_MAX = 1024, /* of any column */
	SOCKET_LEAD_MAX = 4,    /* lines in front of a heading: a prompt, a warning */
};

struct socket_end {
	struct slice host;    /* an address, a name, or "*" */
	int32_t port;         /* -1: none, or not known */
	struct slice service; /* a name for which no number is known; else empty */
	bool cut;             /* the tool may have cut the host off */
};

struct socket_row {
	const char *proto; /* "tcp", "udp", "raw", … */
	unsigned family;   /* 4 or 6 where the table says so: what "*" stands for */
	struct socket_end local, remote;
	const char *state; /* a word of socket_state(); NULL: none was told */
	bool timed;        /* time_ns was told */
	int64_t time_ns;
	int64_t pid, uid;  /* -1: not told */
	struct slice process;
};

#define SOCKET_ROW_NONE ((struct socket_row){.local = {.port = -1}, .remote = {.port = -1}, .pid = -1, .uid = -1})

/* The one word for a state, whatever a tool calls it; NULL where it is unknown. They
 * are those of ss(8), as the collector writes them. */
const char *socket_state(struct slice word);
const char *socket_state_number(uint64_t number); /* of the Linux kernel */

/* The protocol that a table calls so ("tcp6", "udp4", "icm6"), and its family (0:
 * not told); NULL where it is none of the Internet. */
const char *socket_proto(struct slice word, unsigned *ret_family);

/* Are its ports the numbers of protocols? */
bool socket_is_raw(const char *proto);

/* The number of a service, or of a protocol for raw sockets; -1: not known. */
int32_t socket_service(struct slice name, bool raw);

/* "192.0.2.1:443", "[fe80::1]%eth0:*", "host:https"; with '.' for ':' as BSD writes
 * it. False where it is no such thing. */
bool socket_end_parse(struct slice word, unsigned char mark, bool raw, struct socket_end *ret);

/* "0100007F:0277", as the Linux kernel writes it: words of 32 bits in the byte order of
 * the machine, little-endian taken. The address becomes text, to which `ret` points. */
bool socket_end_hex(struct slice word, char text[static ADDRESS_TEXT_MAX], struct socket_end *ret);

/* "root" and numbers; -1 for other names. */
int64_t socket_user(struct slice word);

/* Is there another side? */
bool socket_has_peer(const struct socket_row *row);

/* Writes the row; what of it is not known is counted. `text` is the line, for that. */
enum status socket_write(struct ingest *to, const struct socket_row *row, uint64_t line,
			 struct slice text, struct error *err) MUST_CHECK;

/* Hands every line to `on_line`, but those that are too long, which it counts. */
typedef enum status socket_line_fn(void *self, struct slice line, uint64_t number, struct error *err);
enum status socket_lines(struct ingest *to, struct input *in, socket_line_fn *on_line, void *self,
			 uint64_t *ret_records, struct error *err) MUST_CHECK;

/* Is `line` one of a list that ends with NULL: does one of those stand in it? */
bool socket_mentions(struct slice line, const char *const words[]);

#endif
