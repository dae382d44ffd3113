/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_DNS_H
#define INGEST_CAPTURE_DNS_H

/*
 * DNS messages (RFC 1035), and what shares their format: mDNS, LLMNR, NetBIOS
 * names. The reader allocates nothing and points into the message.
 */

#include "core/json.h"

enum {
	DNS_NAME_MAX = 1016, /* of 255 bytes, each up to four characters */
	DNS_QUESTIONS_MAX = 32,
	DNS_ANSWERS_MAX = 256,
	DNS_TYPE_TEXT_MAX = 16,
};

struct dns_name {
	size_t size;
	char text[DNS_NAME_MAX + 1]; /* NUL-terminated; other than printable: \DDD */
};

struct dns_message {
	struct slice bytes;
	struct cursor rest;
	uint16_t id;
	bool response;
	unsigned rcode;
	unsigned questions, answers; /* still to be read */
	unsigned further;            /* records of the other two sections, likewise */
};

/* The header. False where it is not all there. */
bool dns_head(struct slice message, struct dns_message *ret);

/* The next question. False at the end, and where what is there cannot be read:
 * then `rest.short_read` is set. */
bool dns_question(struct dns_message *m, struct dns_name *ret, uint16_t *ret_type);

/* The next record of the answer section, likewise; behind the last one, the next of
 * the authority and additional sections. */
struct dns_record {
	struct dns_name owner;
	uint16_t type;
	uint32_t ttl;
	struct cursor data; /* ends with the record */
};

/* The next record of the answer section, and once that is through, of those behind it. False
 * behind the last one, or where the message is cut off. */
bool dns_answer(struct dns_message *m, struct dns_record *ret);
bool dns_further(struct dns_message *m, struct dns_record *ret);

enum { DNS_TYPE_A = 1, DNS_TYPE_AAAA = 28, DNS_TYPE_NB = 32, DNS_TYPE_OPT = 41 };

/* Is this, wherever it was found, a DNS message to its last byte? Stricter than the
 * readers: other protocols must not pass for it. */
bool dns_looks_right(struct slice message);

/* Its data in words, as an element of an array. `scratch` is overwritten. */
void dns_data(const struct dns_message *m, const struct dns_record *r, struct dns_name *scratch,
	      struct json *out);

/* Likewise for a service binding (RFC 9460), behind its target's name. */
void dns_service_parameters(struct cursor c, struct text *out);

/* Likewise for what NetBIOS puts into an answer: addresses (RFC 1002, 4.2.13) or, to
 * a question for the status of a node, its names (4.2.18). */
void dns_netbios_data(const struct dns_record *r, struct dns_name *scratch, struct json *out);

/* A name at the cursor, which runs over a part of the message; the name may point
 * back to anywhere in it (RFC 1035, 4.1.4). */
bool dns_read_name(struct slice message, struct cursor *c, struct dns_name *ret);

/* Undoes the encoding of NetBIOS names (RFC 1001, 14.1): "NAME<20>", with ".scope"
 * behind it where there is one. False, and nothing changed, where it is none. */
bool dns_netbios_name(struct dns_name *name);

/* Printable text of any bytes, in the same way; cut at the maximum. */
void dns_escape(struct slice bytes, struct dns_name *ret);

/* "AAAA", or "TYPE65400" (RFC 3597, section 5). */
const char *dns_type_text(uint16_t type, char buffer[static DNS_TYPE_TEXT_MAX]);
bool dns_type_known(uint16_t type);
const char *dns_rcode_text(unsigned rcode, char buffer[static DNS_TYPE_TEXT_MAX]);

#endif
