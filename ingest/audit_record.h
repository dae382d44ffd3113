/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_AUDIT_RECORD_H
#define INGEST_AUDIT_RECORD_H

/*
 * One record of Linux's audit, as auditd and its plugins, ausearch --raw, and the kernel
 * in syslog write it: whose event it is part of, and what of it matters to connections.
 */

#include "core/address.h"
#include "core/cursor.h"

enum {
	AUDIT_STAMP_MAX = 20,    /* digits of a number in audit(…) */
	AUDIT_TEXT_MAX = 4096,   /* PATH_MAX: the longest program */
};

enum audit_type { AUDIT_SYSCALL, AUDIT_SOCKADDR, AUDIT_OTHER };

enum audit_field {
	AUDIT_ARCH, AUDIT_NUMBER, AUDIT_SUCCESS, AUDIT_EXIT, AUDIT_A0, AUDIT_PID, AUDIT_COMM, AUDIT_EXE, AUDIT_SADDR,
	AUDIT_CALL_NAME,   /* SYSCALL=, of log_format = ENRICHED */
	AUDIT_SADDR_NAMED, /* SADDR={…}, likewise: without its braces */
	AUDIT_FIELDS
};

struct audit_record {
	enum audit_type type;
	struct slice node; /* the machine, where node= tells it */
	int64_t time_ns;
	uint64_t serial;   /* with time and node: the event */
	struct slice fields[AUDIT_FIELDS]; /* of SYSCALL and SOCKADDR; empty: not there */
	unsigned quoted;   /* a bit for each field that stood between quotation marks */
};

/* Reads a line. What is wrong with it (a constant), or NULL. */
const char *audit_record_read(struct slice line, struct audit_record *ret);

/* The text of a field: what stood in quotation marks, or the bytes that hexadecimal digits
 * without any tell, in `buffer`. Empty where it is "(null)" or too long. */
struct slice audit_text(const struct audit_record *r, enum audit_field field, char buffer[static AUDIT_TEXT_MAX]);

enum audit_call {
	AUDIT_CALL_NONE, /* about no connection */
	AUDIT_CALL_CONNECT,
	AUDIT_CALL_SEND,
	AUDIT_CALL_ACCEPT,
	AUDIT_CALL_BIND,
	AUDIT_CALL_URING,   /* io_uring_enter: of whichever request */
	AUDIT_CALL_UNKNOWN, /* of a machine whose numbers are not known here */
};

enum audit_call audit_call(const struct audit_record *r);

enum audit_family {
	AUDIT_FAMILY_INET,    /* IPv4 or IPv6 */
	AUDIT_FAMILY_UNSPEC,  /* AF_UNSPEC: a datagram goes to it as if it were of IPv4 */
	AUDIT_FAMILY_LOCAL,   /* never leaves the machine */
	AUDIT_FAMILY_FOREIGN, /* may leave it, but is no address of the Internet */
	AUDIT_FAMILY_BROKEN,
};

/* The address of a SOCKADDR record; address and port of the first two families. */
enum audit_family audit_address(const struct audit_record *r, struct address *ret, uint64_t *ret_port);

#endif
