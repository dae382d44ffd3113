/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scheme "://" authority …, also with the slashes escaped as JSON may have them
 * (RFC 8259, section 7): "https:\/\/vendor.com\/".
 */
#include "ingest/inventory/scan_text.h"

#include "core/error.h"

#include <string.h>

enum { SCHEME_MAX = 12, RIGHT_MAX = 384, NO_CHARACTER = -1 };

/* Those that reach another machine. */
static const char *const schemes[] = {
	"https", "http",  "wss",   "ws",   "ftp",   "ftps",	"sftp",	 "ssh",	  "git",     "grpc",  "grpcs",
	"tcp",	 "tls",	  "udp",   "quic", "mqtt",  "mqtts",	"amqp",	 "amqps", "redis",   "rediss", "nats",
	"ldap",	 "ldaps", "smtp",  "smtps", "socks", "socks4",	"socks5", "mysql", "mongodb", "postgres",
	"postgresql", "otlp", "unleash",
};

/* The character `k` places from the one at hand. Whichever half of a pair of bytes comes
 * first, a NUL stands behind it, but for the last one of all. */
static int character(const struct scan_text *t, ptrdiff_t k)
{
	ptrdiff_t at = (ptrdiff_t)t->at + k * (ptrdiff_t)t->step;
	if (at < 0 || (size_t)at >= t->bytes.size)
		return NO_CHARACTER;
	size_t other = (size_t)at + 1;
	return t->step == 2 && other < t->bytes.size && t->bytes.at[other] ? NO_CHARACTER : t->bytes.at[at];
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Steps over "//" or "\/\/" behind the colon; 0 where it is neither. */
static ptrdiff_t slashes(const struct scan_text *t)
{
	ptrdiff_t at = 1;
	for (int i = 0; i < 2; i++) {
		if (character(t, at) == '\\')
			at++;
		if (character(t, at++) != '/')
			return 0;
	}
	return at;
}

/* Texts may run into each other: of the two that are in nearly all URLs the end is enough. */
static bool read_scheme(const struct scan_text *t, char ret[static SCHEME_MAX + 1])
{
	char word[SCHEME_MAX + 1];
	size_t size = 0;
	while (size < SCHEME_MAX) {
		int c = character(t, -(ptrdiff_t)size - 1);
		if (!is_letter(c) && !(c >= '0' && c <= '9'))
			break;
		size++;
	}
	for (size_t i = 0; i < size; i++)
		word[i] = (char)character(t, (ptrdiff_t)i - (ptrdiff_t)size);
	struct slice text = slice_of(word, size);
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

/* What may stand in a URL or in a placeholder, without escapes. */
static size_t read_right(const struct scan_text *t, ptrdiff_t from, char ret[static RIGHT_MAX],
			 ptrdiff_t *ret_end)
{
	size_t size = 0;
	ptrdiff_t at = from;
	for (; size < RIGHT_MAX; at++) {
		int c = character(t, at);
		if (c == '\\' && character(t, at + 1) == '/')
			continue;
		if (c <= ' ' || c > '~' || c == '"' || c == '\'' || c == '`' || c == '\\')
			break;
		ret[size++] = (char)c;
	}
	*ret_end = at;
	return size;
}

/* Without the bracket or the full stop of a sentence around it. */
static struct slice trim(struct slice url)
{
	while (url.size > 0 && memchr(")],.;:!?>*|}", url.at[url.size - 1], 12))
		url.size--;
	return url;
}

static void make_example(const char *scheme, struct slice right, struct scan_url *ret)
{
	size_t at = strlen(scheme), most;
	memcpy(ret->example, scheme, at);
	memcpy(ret->example + at, "://", 3);
	at += 3;
	most = SCAN_EXAMPLE_MAX - at;
	right = ret->host.guessed ? slice_of_string(ret->host.text) : trim(slice_part(right, 0, most));
	right = slice_part(right, 0, most);
	memcpy(ret->example + at, right.at, right.size);
	ret->example[at + right.size] = 0;
}

enum hostname_kind scan_url_read(struct scan_text *text, struct scan_url *ret)
{
	char scheme[SCHEME_MAX + 1], right[RIGHT_MAX];
	ptrdiff_t end;
	/* all but these have nothing to do with a URL: */
	int behind = text->at + 1 < text->bytes.size ? text->bytes.at[text->at + 1] : NO_CHARACTER;
	if (behind != '/' && behind != '\\' && behind != 0)
		return HOSTNAME_NONE;
	text->step = behind == 0 ? 2 : 1;
	ptrdiff_t from = slashes(text);
	if (from == 0 || !read_scheme(text, scheme))
		return HOSTNAME_NONE;
	struct slice authority = slice_of(right, read_right(text, from, right, &end));
	enum hostname_kind kind = hostname_read(authority, &ret->host);
	ret->end = text->at + (size_t)end * text->step;
	if (kind != HOSTNAME_NAME && kind != HOSTNAME_ADDRESS)
		return kind;
	if (ret->host.guessed) /* what follows may be another name */
		ret->end = text->at + ((size_t)from + ret->host.size) * text->step;
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
