/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scheme "://" authority …, with the colon, the slashes and the host plain or escaped
 * (scan_escaped()): "https:\/\/vendor.com\/", "https:\x2f\x2fvendor.com", and a URL
 * within another, "?to=https%3A%2F%2Fvendor.com%2F".
 */
#include "ingest/inventory/scan_text.h"

#include "core/error.h"
#include "core/idn.h"

#include <string.h>

enum {
	SCHEME_MAX = 12,
	RIGHT_MAX = 384,
	URL_MAX = 960, /* bytes that are looked at from the colon on; scan.c holds as many */
};

/* What stands behind the slashes, in UTF-8. */
struct right {
	char text[RIGHT_MAX];
	size_t size;
	size_t ends[RIGHT_MAX]; /* for each byte, where its character ends in the bytes */
	size_t end;
};

/* Those that reach another machine. */
static const char *const schemes[] = {
	"https", "http",  "wss",   "ws",   "ftp",   "ftps",	"sftp",	 "ssh",	  "git",     "grpc",  "grpcs",
	"tcp",	 "tls",	  "udp",   "quic", "mqtt",  "mqtts",	"amqp",	 "amqps", "redis",   "rediss", "nats",
	"ldap",	 "ldaps", "smtp",  "smtps", "socks", "socks4",	"socks5", "mysql", "mongodb", "postgres",
	"postgresql", "otlp", "unleash",
};

static bool is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Steps over ":" and "//", however they are written; 0 where it is neither. Browsers take
 * backslashes for slashes, and programs write two for one. */
static size_t behind_slashes(const struct scan_text *t, bool *ret_percent)
{
	size_t at = t->at, size;
	int32_t plain = scan_char(t, at, &size), c = 0;
	if (scan_escaped(t, at, true, &size) != ':')
		return 0;
	at += size;
	*ret_percent = plain == '%' || scan_char(t, at, &size) == '%';
	for (int i = 0; i < 2; i++, at += size) {
		c = scan_escaped(t, at, true, &size);
		if (c != '/' && c != '\\')
			return 0;
	}
	for (int i = 0; i < 2 && c == '\\' && scan_escaped(t, at, false, &size) == '\\'; i++)
		at += size;
	return at;
}

/* Texts may run into each other: of the two that are in nearly all URLs the end is enough. */
static bool read_scheme(const struct scan_text *t, char ret[static SCHEME_MAX + 1])
{
	char word[SCHEME_MAX + 1];
	size_t size = 0, at = t->at, step;
	for (; size < SCHEME_MAX; at -= step, size++) {
		int32_t c = scan_char_before(t, at, &step);
		if (!is_letter(c) && !(c >= '0' && c <= '9'))
			break;
		word[SCHEME_MAX - size - 1] = (char)c;
	}
	struct slice text = slice_of(word + SCHEME_MAX - size, size);
	for (size_t i = 0; i < LENGTH(schemes); i++) {
		size_t length = strlen(schemes[i]);
		struct slice tail = i < 2 && size > length ? slice_part(text, size - length, length) : text;
		if (slice_is_nocase(tail, schemes[i])) {
			memcpy(ret, schemes[i], length + 1);
			return true;
		}
	}
	return false;
}

/* Letters outside ASCII are for the host. */
static bool goes_on(int32_t c, bool host)
{
	if (c >= 0x80)
		return host && (idn_is_letter((uint32_t)c) || idn_fold((uint32_t)c) == '.');
	return c > ' ' && c <= '~' && c != '"' && c != '\'' && c != '`' && c != '\\';
}

/* What may stand in a URL or in a placeholder, without escapes: those with a percent sign
 * only in the host, or in a URL within another, which ends with an '&'. */
static void read_right(const struct scan_text *t, size_t from, bool percent, struct right *ret)
{
	unsigned char bytes[4];
	size_t at = from, size, step;
	bool host = true;
	for (ret->size = 0; at - t->at < URL_MAX; at += step) {
		int32_t c = scan_escaped(t, at, host || percent, &step);
		if (!goes_on(c, host) || (percent && scan_char(t, at, &size) == '&'))
			break;
		host = host && c != '/' && c != '?' && c != '#';
		size = text_put_utf8((uint32_t)c, bytes);
		if (ret->size + size > RIGHT_MAX)
			break;
		for (size_t i = 0; i < size; i++) {
			ret->ends[ret->size] = at + step;
			ret->text[ret->size++] = (char)bytes[i];
		}
	}
	ret->end = at;
}

/* Without the bracket or the full stop of a sentence around it. */
static struct slice trim(struct slice url)
{
	while (url.size > 0 && memchr(")],.;:!?>*|}", url.at[url.size - 1], 12))
		url.size--;
	return url;
}

/* As much of it as there is room for, and no half of a character. */
static struct slice cut(struct slice text, size_t most)
{
	size_t size = text.size < most ? text.size : most;
	while (size < text.size && size > 0 && (text.at[size] & 0xc0) == 0x80)
		size--;
	return slice_part(text, 0, size);
}

static void make_example(const char *scheme, struct slice right, struct scan_url *ret)
{
	size_t at = strlen(scheme);
	memcpy(ret->example, scheme, at);
	memcpy(ret->example + at, "://", 3);
	at += 3;
	right = cut(right, SCAN_EXAMPLE_MAX - at);
	right = ret->host.guessed ? cut(slice_of_string(ret->host.text), SCAN_EXAMPLE_MAX - at) : trim(right);
	memcpy(ret->example + at, right.at, right.size);
	ret->example[at + right.size] = 0;
}

static enum hostname_kind read_url(const struct scan_text *text, struct scan_url *ret)
{
	char scheme[SCHEME_MAX + 1];
	struct right right;
	bool percent;
	size_t from = behind_slashes(text, &percent);
	if (from == 0 || !read_scheme(text, scheme))
		return HOSTNAME_NONE;
	read_right(text, from, percent, &right);
	struct slice authority = slice_of(right.text, right.size);
	enum hostname_kind kind = hostname_read(authority, &ret->host);
	ret->end = right.end;
	if (kind != HOSTNAME_NAME && kind != HOSTNAME_ADDRESS)
		return kind;
	if (ret->host.guessed) /* what follows may be another name */
		ret->end = right.ends[ret->host.taken - 1];
	make_example(scheme, authority, ret);
	ret->hit = (struct scan_hit){
		.host = slice_of_string(ret->host.text),
		.example = slice_of_string(ret->example),
		.port = ret->host.port,
		.how = kind == HOSTNAME_ADDRESS ? SCAN_ADDRESS : SCAN_URL,
		.guessed = ret->host.guessed,
	};
	return kind;
}

/* ASCII stands the same in both orders of a unit's halves: the other one is tried where
 * the first gives no host, as Windows writes the lower half first. */
enum hostname_kind scan_url_read(struct scan_text *text, struct scan_url *ret)
{
	bool wide = text->at + 1 < text->bytes.size && text->bytes.at[text->at + 1] == 0;
	text->step = wide ? 2 : 1;
	text->big = false;
	enum hostname_kind kind = read_url(text, ret);
	if (!wide || kind == HOSTNAME_NAME || kind == HOSTNAME_ADDRESS)
		return kind;
	size_t end = ret->end;
	text->big = true;
	enum hostname_kind other = read_url(text, ret);
	if (other == HOSTNAME_NAME || other == HOSTNAME_ADDRESS || kind == HOSTNAME_NONE)
		return other;
	ret->end = end;
	return kind;
}
