/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   scheme "://" [ user "@" ] host [ ":" port ] [ ("/" | "?" | "#") … ]   (RFC 3986, 3)
 *
 * Texts on which clients are known to disagree:
 *
 *   http://vendor.com\@localhost/   a '\' is a '/' for browsers, and part of a user for others
 *   http://vendor.com#@localhost/   so is what stands in front of an '@' anywhere
 *   http://a@vendor.com@localhost/  the first or the last '@' counts
 *   http://127.1/ http://0x7f.1/    numbers for inet_aton(3), names for others
 *   http://localhost%2evendor.com/  decoded by some
 */
#include "ingest/posture/place.h"

#include "core/error.h"

enum { SCHEME_MAX = 32, HOST_MAX = 255, PARTS_MAX = 4, PART_MAX = 12, PORT_MAX = 65535 };

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!is_letter(text.at[i]) && (i == 0 || (!is_digit(text.at[i]) && !memchr("+-.", text.at[i], 3))))
			return false;
	return text.size > 0 && text.size <= SCHEME_MAX;
}

/* One part of an IPv4 address as inet_aton(3) and browsers take it: also "0x7f", "0177". */
static bool read_part(struct slice text, uint64_t *ret)
{
	bool hex = slice_starts(text, "0x") || slice_starts(text, "0X");
	*ret = 0;
	if (text.size == 0 || text.size > PART_MAX)
		return false;
	if (hex)
		return text.size == 2 || slice_hex_u64(slice_part(text, 2, text.size), UINT32_MAX, ret);
	if (text.at[0] != '0')
		return slice_u64(text, UINT32_MAX, ret);
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] < '0' || text.at[i] > '7')
			return false;
		*ret = *ret * 8 + (uint64_t)(text.at[i] - '0');
	}
	return *ret <= UINT32_MAX;
}

/* "127.1", "2130706433": the last part fills what is left (the URL standard, 3.5). */
static bool read_odd_v4(struct slice host, struct address *ret)
{
	struct cursor c = cursor_over(host);
	uint64_t parts[PARTS_MAX], value;
	size_t count = 0;
	for (bool more = true; more; count++) {
		struct slice part;
		more = cursor_until(&c, '.', HOST_MAX, &part);
		if (!more)
			part = cursor_rest(&c);
		if (count > 0 && !more && part.size == 0)
			break; /* a dot at the end */
		if (count == PARTS_MAX || !read_part(part, &parts[count]))
			return false;
	}
	value = parts[count - 1];
	if (value >= UINT64_C(1) << 8 * (PARTS_MAX + 1 - count))
		return false;
	for (size_t i = 0; i + 1 < count; i++) {
		if (parts[i] > UINT8_MAX)
			return false;
		value |= parts[i] << 8 * (PARTS_MAX - 1 - i);
	}
	const unsigned char bytes[] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
				       (unsigned char)(value >> 8), (unsigned char)value};
	*ret = address_v4(bytes);
	return true;
}

/* Letters, digits and what names are made of besides; all else some clients decode, drop
 * or refuse. */
static bool is_plain(struct slice host)
{
	for (size_t i = 0; i < host.size; i++)
		if (!is_letter(host.at[i]) && !is_digit(host.at[i]) && !memchr("-._", host.at[i], 3))
			return false;
	return true;
}

/* What a tool prints may have a zone behind any address; in a URL (RFC 6874) browsers
 * refuse it. */
static bool read_address(struct place *p)
{
	size_t zone = slice_find(p->host, '%');
	bool v6 = slice_find(p->host, ':') < zone;
	p->doubtful = p->doubtful || (p->url && zone < p->host.size);
	return address_parse(p->url && !v6 ? p->host : slice_part(p->host, 0, zone), &p->address);
}

/* "localhost." goes to a name server for some, and an odd number that means this machine
 * is a name for others; only in a URL it is more than a number. */
static void judge_host(struct place *p)
{
	if (read_address(p))
		return;
	p->address.family = ADDRESS_NONE;
	if (!p->url || p->host.size == 0)
		return;
	if (read_odd_v4(p->host, &p->address)) {
		p->doubtful = p->doubtful || address_class(&p->address) == CLASS_LOOPBACK;
		return;
	}
	p->address.family = ADDRESS_NONE;
	p->doubtful = p->doubtful || !is_plain(p->host) || slice_ends(p->host, ".");
}

/* ":PORT" behind a host, or nothing. */
static bool is_port(struct slice text)
{
	uint64_t port;
	return text.size <= 1 ? text.size == 0 || text.at[0] == ':'
			      : text.at[0] == ':' && slice_u64(slice_part(text, 1, text.size), PORT_MAX, &port);
}

/* Takes the host out of what stands between slashes; the rest of it is a port or wrong. */
static bool split_port(struct slice text, struct place *p)
{
	size_t end = slice_find(text, ':');
	if (slice_starts(text, "[")) {
		end = slice_find(text, ']');
		p->host = slice_part(text, 1, end - 1);
		p->doubtful = p->doubtful || end == text.size || slice_find(p->host, ':') == p->host.size;
		return is_port(slice_part(text, end + 1, text.size));
	}
	struct slice behind = slice_part(text, end, text.size);
	if (!p->url && slice_find(slice_part(behind, 1, behind.size), ':') + 1 < behind.size) {
		p->host = text; /* an IPv6 address without brackets has no port */
		return true;
	}
	p->host = slice_part(text, 0, end);
	return is_port(behind);
}

static size_t find_any(struct slice text, const char *bytes)
{
	size_t at = 0;
	while (at < text.size && !memchr(bytes, text.at[at], strlen(bytes)))
		at++;
	return at;
}

/* Up to the first '/' all must agree; an '@' and a '\' there are what they do not agree on. */
static bool is_clear(struct slice scheme, struct slice text, size_t authority)
{
	size_t user = slice_find(text, '@'), again = slice_find(slice_part(text, user + 1, text.size), '@');
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] <= ' ' || text.at[i] == 0x7f || text.at[i] == '\\')
			return false;
	return is_scheme(scheme) && (user == text.size || (user < authority && user + 1 + again == text.size));
}

/* Where it is not clear, what a browser takes for the host. */
static void read_url(struct slice scheme, struct slice rest, struct place *p)
{
	struct slice authority = slice_part(rest, 0, find_any(rest, "/?#\\"));
	p->doubtful = !is_clear(scheme, slice_part(rest, 0, slice_find(rest, '/')), authority.size);
	for (size_t user = 0; (user = slice_find(authority, '@')) < authority.size;)
		authority = slice_part(authority, user + 1, authority.size);
	if (!split_port(authority, p))
		p->doubtful = true;
}

bool place_read(struct slice value, struct place *ret)
{
	size_t at = slice_search(value, SLICE("://"));
	*ret = (struct place){.url = at > 0 && at < value.size};
	if (ret->url)
		read_url(slice_part(value, 0, at), slice_part(value, at + 3, value.size), ret);
	else if (find_any(value, "/?#@\\") < value.size || !split_port(value, ret))
		return false;
	if (ret->host.size > HOST_MAX || (!ret->url && ret->doubtful))
		return false; /* text that has a bracket in it */
	judge_host(ret);
	return true;
}
