/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of Linux's audit (auditd.conf(5), ausearch(8); linux/audit.h):
 *
 *   [node=NAME ]type=SYSCALL msg=audit(1795435385.123:456): arch=c000003e syscall=42 …
 *   … kernel: [12.3] audit: type=1300 audit(1795435385.123:456): arch=c000003e syscall=42 …
 *
 *   audit(…)    seconds since 1970 '.' milliseconds ':' serial number
 *   key="text"  or, where the text holds blanks, quotes or control characters,
 *   key=68...   its bytes in hexadecimal digits
 *
 * log_format = ENRICHED adds names behind a group separator (1D), which copies have lost:
 *
 *   … key=(null)<1D>ARCH=x86_64 SYSCALL=connect …
 *   … saddr=02000050…<1D>SADDR={ saddr_fam=inet laddr=192.0.2.1 lport=80 }
 */
#include "ingest/audit_record.h"

#include "core/clock.h"
#include "core/error.h"

enum { GROUP = 0x1d, SECONDS_MAX = 1 << 30, NUMBER_SYSCALL = 1300, NUMBER_SOCKADDR = 1306 };

static bool is_between(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == GROUP;
}

static void skip_between(struct cursor *c)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && is_between(rest.at[n]))
		n++;
	cursor_skip(c, n);
}

/* Up to a blank or a '='. */
static struct slice take_key(struct cursor *c)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && !is_between(rest.at[n]) && rest.at[n] != '=')
		n++;
	return cursor_take(c, n);
}

/* Up to what ends it, or up to a blank. */
static struct slice take_value(struct cursor *c, bool *ret_quoted)
{
	static const char open[] = "\"'({", close[] = "\"')}";
	struct slice rest = cursor_rest(c), value;
	const char *kind = rest.size > 0 && rest.at[0] ? strchr(open, rest.at[0]) : NULL;
	*ret_quoted = kind && (*kind == '"' || *kind == '\'');
	if (kind) {
		cursor_skip(c, 1);
		if (!cursor_until(c, (unsigned char)close[kind - open], rest.size, &value))
			value = cursor_take(c, cursor_left(c));
		return value;
	}
	size_t n = 0;
	while (n < rest.size && !is_between(rest.at[n]))
		n++;
	return cursor_take(c, n);
}

/* The next key with its value; words that are none are passed over. */
static bool next_field(struct cursor *c, struct slice *ret_key, struct slice *ret_value, bool *ret_quoted)
{
	while (cursor_left(c) > 0) {
		skip_between(c);
		*ret_key = take_key(c);
		if (!slice_starts(cursor_rest(c), "="))
			continue;
		cursor_skip(c, 1);
		*ret_value = take_value(c, ret_quoted);
		return true;
	}
	return false;
}

static void read_fields(struct cursor *c, struct audit_record *ret)
{
	static const char *const keys[AUDIT_FIELDS] = {
		[AUDIT_ARCH] = "arch",	     [AUDIT_NUMBER] = "syscall", [AUDIT_SUCCESS] = "success",
		[AUDIT_EXIT] = "exit",	     [AUDIT_A0] = "a0",		 [AUDIT_PID] = "pid",
		[AUDIT_COMM] = "comm",	     [AUDIT_EXE] = "exe",	 [AUDIT_SADDR] = "saddr",
		[AUDIT_CALL_NAME] = "SYSCALL", [AUDIT_SADDR_NAMED] = "SADDR",
	};
	struct slice key, value;
	bool quoted;
	while (next_field(c, &key, &value, &quoted))
		for (size_t i = 0; i < AUDIT_FIELDS; i++)
			if (!ret->fields[i].size && slice_is(key, keys[i])) {
				ret->fields[i] = value;
				ret->quoted |= quoted ? 1u << i : 0;
				break;
			}
}

/* Behind "audit(": the stamp, up to the "):" behind it. */
static bool read_stamp(struct cursor *c, struct audit_record *ret)
{
	struct slice part;
	uint64_t seconds, fraction;
	if (!cursor_until(c, '.', AUDIT_STAMP_MAX, &part) || !slice_u64(part, SECONDS_MAX * UINT64_C(8), &seconds) ||
	    !cursor_until(c, ':', AUDIT_STAMP_MAX, &part) || part.size != 3 || !slice_u64(part, 999, &fraction) ||
	    !cursor_until(c, ')', AUDIT_STAMP_MAX, &part) || !slice_u64(part, UINT64_MAX, &ret->serial) ||
	    cursor_u8(c) != ':')
		return false;
	ret->time_ns = (int64_t)seconds * CLOCK_SECOND + (int64_t)fraction * CLOCK_MILLISECOND;
	return true;
}

static enum audit_type type_of(struct slice word)
{
	uint64_t number = 0;
	bool is_number = slice_u64(word, UINT16_MAX, &number);
	if (slice_is(word, "SYSCALL") || (is_number && number == NUMBER_SYSCALL))
		return AUDIT_SYSCALL;
	if (slice_is(word, "SOCKADDR") || (is_number && number == NUMBER_SOCKADDR))
		return AUDIT_SOCKADDR;
	return AUDIT_OTHER;
}

/* What the kernel says where it could not tell all. */
static bool tells_of_loss(struct slice line)
{
	static const char *const words[] = {"audit: audit_lost=", "audit: backlog limit exceeded",
					    "audit: rate limit exceeded", "kauditd_printk_skb: "};
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_search(line, slice_of_string(words[i])) < line.size)
			return true;
	return false;
}

/* Where "type=" begins: at the front, or behind what syslog put there; between them the
 * node may stand. */
static bool find_type(struct slice line, struct audit_record *ret, struct cursor *ret_at)
{
	static const char mark[] = " audit: type=", node[] = ": node=";
	size_t at = 0, named = slice_search(line, slice_of_string(node));
	if (!slice_starts(line, "type=") && !slice_starts(line, "node=")) {
		at = slice_search(line, slice_of_string(mark));
		if (at < line.size)
			at += 8;
		else
			at = (named < line.size ? named : slice_search(line, SLICE(": type="))) + 2;
		line = slice_part(line, at, line.size);
		at = 0;
	}
	if (slice_starts(line, "node=")) {
		at = slice_find(line, ' ');
		ret->node = slice_part(line, 5, at - 5);
		at++;
	}
	*ret_at = cursor_over(slice_part(line, at, line.size));
	return slice_starts(cursor_rest(ret_at), "type=");
}

const char *audit_record_read(struct slice line, struct audit_record *ret)
{
	struct cursor c;
	struct slice word;
	memset(ret, 0, sizeof *ret);
	if (!find_type(line, ret, &c))
		return tells_of_loss(line) ? "the kernel says that it lost records of the audit" : "no record of the audit";
	cursor_skip(&c, 5);
	if (!cursor_until(&c, ' ', AUDIT_TEXT_MAX, &word))
		return "no record of the audit";
	ret->type = type_of(word);
	if (slice_starts(cursor_rest(&c), "msg="))
		cursor_skip(&c, 4);
	if (!slice_starts(cursor_rest(&c), "audit("))
		return "no record of the audit";
	cursor_skip(&c, 6);
	if (!read_stamp(&c, ret))
		return "a record of the audit without time and number that can be read";
	if (ret->type != AUDIT_OTHER)
		read_fields(&c, ret);
	return NULL;
}

struct slice audit_text(const struct audit_record *r, enum audit_field field, char buffer[static AUDIT_TEXT_MAX])
{
	struct slice value = r->fields[field];
	if (r->quoted & 1u << field)
		return slice_part(value, 0, AUDIT_TEXT_MAX);
	size_t size = value.size / 2;
	if (size == 0 || value.size % 2 || size > AUDIT_TEXT_MAX ||
	    !slice_hex_bytes(value, size, (unsigned char *)buffer))
		return slice_of(NULL, 0);
	return slice_of(buffer, size);
}

static bool named_address(struct slice named, enum audit_family *ret_family, struct address *ret, uint64_t *ret_port)
{
	struct cursor c = cursor_over(named);
	struct slice key, value, family = {0}, host = {0};
	bool quoted;
	*ret_port = 0;
	while (next_field(&c, &key, &value, &quoted)) {
		if (slice_is(key, "saddr_fam"))
			family = value;
		else if (slice_is(key, "laddr"))
			host = value;
		else if (slice_is(key, "lport") && !slice_u64(value, UINT16_MAX, ret_port))
			return false;
	}
	bool local = slice_is(family, "local") || slice_is(family, "netlink") || slice_is(family, "unspecified");
	bool inet = slice_is(family, "inet") || slice_is(family, "inet6");
	*ret_family = local ? AUDIT_FAMILY_LOCAL : inet ? AUDIT_FAMILY_INET : AUDIT_FAMILY_FOREIGN;
	return family.size && (!inet || address_parse(host, ret));
}

/* A struct sockaddr as it lay in memory: the family in the byte order of the machine, all
 * else of the Internet in the network's. */
static enum audit_family read_sockaddr(struct cursor c, struct address *ret, uint64_t *ret_port)
{
	enum { UNSPEC = 0, UNIX = 1, INET = 2, INET6 = 10, KEY = 15, NETLINK = 16, ALG = 38 };
	unsigned family = cursor_le16(&c);
	if (family > UINT8_MAX)
		family >>= 8;
	switch (family) {
	case UNIX:
	case KEY:
	case NETLINK:
	case ALG:
		return c.short_read ? AUDIT_FAMILY_BROKEN : AUDIT_FAMILY_LOCAL;
	case UNSPEC:
	case INET:
	case INET6:
		break;
	default:
		return AUDIT_FAMILY_FOREIGN;
	}
	*ret_port = cursor_be16(&c);
	cursor_skip(&c, family == INET6 ? 4 : 0);
	struct slice bytes = cursor_take(&c, family == INET6 ? 16 : 4);
	if (c.short_read) /* of no family it may be a family and nothing else */
		return family == UNSPEC ? AUDIT_FAMILY_LOCAL : AUDIT_FAMILY_BROKEN;
	*ret = family == INET6 ? address_v6(bytes.at) : address_v4(bytes.at);
	return family == UNSPEC ? AUDIT_FAMILY_UNSPEC : AUDIT_FAMILY_INET;
}

static bool is_hex(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'F') || (byte >= 'a' && byte <= 'f');
}

enum audit_family audit_address(const struct audit_record *r, struct address *ret, uint64_t *ret_port)
{
	enum { SOCKADDR_IN6 = 28 };
	unsigned char bytes[SOCKADDR_IN6];
	enum audit_family family;
	struct slice hex = r->fields[AUDIT_SADDR];
	size_t digits = 0;
	/* what a copy has glued to it is none: the 'S' of SADDR is no digit */
	while (digits < hex.size && digits < 2 * sizeof bytes && is_hex(hex.at[digits]))
		digits++;
	if (digits >= 4 && slice_hex_bytes(slice_part(hex, 0, digits & ~(size_t)1), digits / 2, bytes))
		return read_sockaddr(cursor_over(slice_of(bytes, digits / 2)), ret, ret_port);
	if (named_address(r->fields[AUDIT_SADDR_NAMED], &family, ret, ret_port))
		return family;
	return AUDIT_FAMILY_BROKEN;
}
