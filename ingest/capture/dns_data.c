/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The data of records in words: addresses and names as they stand (RFC 1035, 3.3;
 * RFC 3596; RFC 2782; RFC 9460), anything else as RFC 3597, section 5, writes it.
 */
#include "ingest/capture/dns.h"

#include "core/address.h"

#include <stdio.h>

enum {
	TYPE_NS = 2,
	TYPE_CNAME = 5,
	TYPE_SOA = 6,
	TYPE_PTR = 12,
	TYPE_MX = 15,
	TYPE_TXT = 16,
	TYPE_SRV = 33,
	TYPE_DNAME = 39,
	TYPE_SVCB = 64,
	TYPE_HTTPS = 65,
	UNKNOWN_SHOWN = 64, /* bytes of what has no words */
};

static const struct {
	uint16_t type;
	const char *name;
} types[] = {
	{DNS_TYPE_A, "A"},     {TYPE_NS, "NS"},     {TYPE_CNAME, "CNAME"}, {TYPE_SOA, "SOA"},
	{10, "NULL"},      {TYPE_PTR, "PTR"},   {13, "HINFO"},         {TYPE_MX, "MX"},
	{TYPE_TXT, "TXT"}, {17, "RP"},          {18, "AFSDB"},         {24, "SIG"},
	{25, "KEY"},       {DNS_TYPE_AAAA, "AAAA"}, {29, "LOC"},           {TYPE_SRV, "SRV"},
	{35, "NAPTR"},     {37, "CERT"},        {TYPE_DNAME, "DNAME"}, {DNS_TYPE_OPT, "OPT"},
	{42, "APL"},       {43, "DS"},          {44, "SSHFP"},         {45, "IPSECKEY"},
	{46, "RRSIG"},     {47, "NSEC"},        {48, "DNSKEY"},        {49, "DHCID"},
	{50, "NSEC3"},     {51, "NSEC3PARAM"},  {52, "TLSA"},          {53, "SMIMEA"},
	{55, "HIP"},       {59, "CDS"},         {60, "CDNSKEY"},       {61, "OPENPGPKEY"},
	{62, "CSYNC"},     {63, "ZONEMD"},      {TYPE_SVCB, "SVCB"},   {TYPE_HTTPS, "HTTPS"},
	{99, "SPF"},       {108, "EUI48"},      {109, "EUI64"},        {249, "TKEY"},
	{250, "TSIG"},     {251, "IXFR"},       {252, "AXFR"},         {255, "ANY"},
	{256, "URI"},      {257, "CAA"},
};

const char *dns_type_text(uint16_t type, char buffer[static DNS_TYPE_TEXT_MAX])
{
	for (size_t i = 0; i < LENGTH(types); i++)
		if (types[i].type == type)
			return types[i].name;
	snprintf(buffer, DNS_TYPE_TEXT_MAX, "TYPE%u", type);
	return buffer;
}

bool dns_type_known(uint16_t type)
{
	for (size_t i = 0; i < LENGTH(types); i++)
		if (types[i].type == type)
			return true;
	return false;
}

const char *dns_rcode_text(unsigned rcode, char buffer[static DNS_TYPE_TEXT_MAX])
{
	static const char *const names[] = {
		"NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",  "REFUSED",
		"YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE",
	};
	if (rcode == 16) /* with the upper bits of EDNS */
		return "BADVERS";
	if (rcode == 23)
		return "BADCOOKIE";
	if (rcode < LENGTH(names))
		return names[rcode];
	snprintf(buffer, DNS_TYPE_TEXT_MAX, "RCODE%u", rcode);
	return buffer;
}

static void add_address(struct slice bytes, struct json *out)
{
	char text[ADDRESS_TEXT_MAX];
	struct address a = bytes.size == 4 ? address_v4(bytes.at) : address_v6(bytes.at);
	address_text(&a, text);
	json_add_string(out, NULL, text);
}

static void add_unknown(struct slice data, struct json *out)
{
	char text[2 * UNKNOWN_SHOWN + 32];
	int used = snprintf(text, sizeof text, "\\# %zu ", data.size);
	for (size_t i = 0; i < data.size && i < UNKNOWN_SHOWN; i++)
		used += snprintf(text + used, sizeof text - (size_t)used, "%02x", data.at[i]);
	if (data.size > UNKNOWN_SHOWN)
		snprintf(text + used, sizeof text - (size_t)used, "...");
	json_add_string(out, NULL, text);
}

/* `numbers` numbers of 16 bits, then a name. */
static bool add_numbers_and_name(const struct dns_message *m, struct cursor c, unsigned numbers,
				 struct dns_name *scratch, struct json *out)
{
	char text[DNS_NAME_MAX + 32];
	int used = 0;
	for (unsigned i = 0; i < numbers; i++)
		used += snprintf(text + used, sizeof text - (size_t)used, "%u ", cursor_be16(&c));
	if (c.short_read || !dns_read_name(m->bytes, &c, scratch))
		return false;
	snprintf(text + used, sizeof text - (size_t)used, "%s", scratch->text);
	json_add_string(out, NULL, text);
	return true;
}

/* priority:16 target, then parameters (RFC 9460, 2.2). */
static bool add_service(const struct dns_message *m, struct cursor c, struct dns_name *scratch,
			struct json *out)
{
	AUTO_TEXT struct text text = text_make(2 * DNS_NAME_MAX);
	unsigned priority = cursor_be16(&c);
	if (c.short_read || !dns_read_name(m->bytes, &c, scratch))
		return false;
	text_addf(&text, "%u %s", priority, scratch->text);
	dns_service_parameters(c, &text);
	json_add_slice(out, NULL, text_slice(&text));
	return true;
}

/* Strings of size:8 and bytes, put together as they would be read. */
static bool add_strings(struct cursor c, struct dns_name *scratch, struct json *out)
{
	unsigned char all[DNS_NAME_MAX];
	size_t used = 0;
	while (cursor_left(&c) > 0) {
		struct slice part = cursor_take(&c, cursor_u8(&c));
		if (c.short_read)
			return false;
		for (size_t i = 0; i < part.size && used < sizeof all; i++)
			all[used++] = part.at[i];
	}
	dns_escape(slice_of(all, used), scratch);
	json_add_slice(out, NULL, slice_of(scratch->text, scratch->size));
	return true;
}

void dns_data(const struct dns_message *m, const struct dns_record *r, struct dns_name *scratch,
	      struct json *out)
{
	struct slice data = cursor_rest(&r->data);
	bool done = false;
	switch (r->type) {
	case DNS_TYPE_A:
	case DNS_TYPE_AAAA:
		done = data.size == (r->type == DNS_TYPE_A ? 4 : 16);
		if (done)
			add_address(data, out);
		break;
	case TYPE_NS:
	case TYPE_CNAME:
	case TYPE_SOA: /* the name of the zone's first server is enough */
	case TYPE_PTR:
	case TYPE_DNAME:
		done = add_numbers_and_name(m, r->data, 0, scratch, out);
		break;
	case TYPE_SVCB:
	case TYPE_HTTPS:
		done = add_service(m, r->data, scratch, out);
		break;
	case TYPE_MX:
		done = add_numbers_and_name(m, r->data, 1, scratch, out);
		break;
	case TYPE_SRV:
		done = add_numbers_and_name(m, r->data, 3, scratch, out);
		break;
	case TYPE_TXT:
		done = add_strings(r->data, scratch, out);
		break;
	default:
		break;
	}
	if (!done)
		add_unknown(data, out);
}
