/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client that asks for TLS on a connection which began without:
 *
 *   SMTP RFC 3207   "STARTTLS"         IMAP RFC 9051, 6.2.1  "tag STARTTLS"
 *   POP3 RFC 2595   "STLS"             FTP  RFC 4217         "AUTH TLS", "AUTH SSL"
 *   XMPP RFC 6120, 5.4.2.1  <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>
 *   LDAP RFC 4511, 4.14.1   an extended request for 1.3.6.1.4.1.1466.20037
 *   PostgreSQL, "SSLRequest"           size:32 = 8  80877103:32
 *
 * Mostly the client waits for an answer; where it does not, the hello stands right
 * behind.
 */
#include "ingest/capture/starttls.h"

#include "core/error.h"

enum { LINE_MAX_HERE = 512, LINES_MAX = 64, TAG_MAX = 32 };

static const struct {
	const char *line, *app;
} lines[] = {
	{"STARTTLS", NULL}, /* SMTP, NNTP, ManageSieve */
	{"STLS", "pop3"},
	{"AUTH TLS", "ftp"},
	{"AUTH SSL", "ftp"},
	{"AUTH TLS-C", "ftp"},
};

static bool is_request(struct slice line, const char **ret_app)
{
	struct cursor c = cursor_over(line);
	struct slice tag;
	for (size_t i = 0; i < LENGTH(lines); i++)
		if (slice_is_nocase(line, lines[i].line)) {
			*ret_app = lines[i].app ? lines[i].app : *ret_app;
			return true;
		}
	if (!cursor_until(&c, ' ', TAG_MAX, &tag) || !slice_is_nocase(cursor_rest(&c), "STARTTLS"))
		return false;
	*ret_app = "imap";
	return true;
}

static size_t in_lines(struct slice stream, const char **ret_app)
{
	struct cursor c = cursor_over(stream);
	struct slice line;
	for (int i = 0; i < LINES_MAX && cursor_until(&c, '\n', LINE_MAX_HERE, &line); i++)
		if (is_request(slice_trim(line), ret_app))
			return stream.size - cursor_left(&c);
	return 0;
}

static size_t in_xml(struct slice stream, const char **ret_app)
{
	size_t at = slice_search(stream, SLICE("<starttls"));
	if (at == stream.size)
		return 0;
	*ret_app = "xmpp";
	struct slice rest = slice_part(stream, at, stream.size);
	size_t end = slice_find(rest, '>');
	return end == rest.size ? stream.size : at + end + 1;
}

size_t starttls_request(struct slice stream, const char **ret_app)
{
	static const unsigned char postgres[] = {0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f};
	if (stream.size < 5)
		return 0;
	if (slice_equal(slice_part(stream, 0, sizeof postgres),
			slice_of(postgres, sizeof postgres))) {
		*ret_app = "postgresql";
		return sizeof postgres;
	}
	if (stream.at[0] == '<')
		return in_xml(stream, ret_app);
	if (stream.at[0] == 0x30 &&
	    slice_search(stream, SLICE("1.3.6.1.4.1.1466.20037")) < stream.size) {
		*ret_app = "ldap";
		return stream.size;
	}
	return in_lines(stream, ret_app);
}
