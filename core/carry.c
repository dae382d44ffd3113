/* SPDX-License-Identifier: Apache-2.0 */
#include "core/carry.h"

#include <stdio.h>

enum status carry_parse(struct slice all, struct carry *ret, struct error *err)
{
	struct slice host = SLICE("127.0.0.1"), port = all;
	size_t colon = all.size;
	while (colon > 0 && all.at[colon - 1] != ':')
		colon--;
	if (colon > 0) {
		host = slice_part(all, 0, colon - 1);
		port = slice_part(all, colon, all.size);
	}
	if (slice_starts(host, "[") && slice_ends(host, "]"))
		host = slice_part(host, 1, host.size - 2);
	uint64_t number;
	if (!slice_u64(port, 65535, &number) || number == 0 || !address_parse(host, &ret->address))
		return fail(err, ERR_USAGE, "%.*s: not a server to carry, like 11434, 127.0.0.1:11434 or [::1]:11434",
			    (int)all.size, all.size ? (const char *)all.at : "");
	static const unsigned char nowhere[16];
	if (address_class(&ret->address) != CLASS_LOOPBACK || !memcmp(ret->address.bytes, nowhere, sizeof nowhere))
		return fail(err, ERR_USAGE, "%.*s: only what listens on the loopback can be carried into an isolated session",
			    (int)all.size, (const char *)all.at);
	ret->port = (unsigned)number;
	return OK;
}

void carry_text(const struct carry *c, char ret[static CARRY_TEXT_MAX])
{
	char text[ADDRESS_TEXT_MAX];
	address_text(&c->address, text);
	snprintf(ret, CARRY_TEXT_MAX, c->address.family == ADDRESS_V6 ? "[%s]:%u" : "%s:%u", text, c->port);
}
