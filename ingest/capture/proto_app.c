/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks at the front of a message, each from the specification of its protocol: SSH
 * RFC 4253, 4.2; SMTP RFC 5321; POP3 RFC 1939; IMAP RFC 9051; FTP RFC 959; XMPP RFC
 * 6120; LDAP RFC 4511; NTP RFC 5905, 7.3; STUN and TURN RFC 8489, 5 and RFC 8656;
 * DHCP RFC 2131; DHCPv6 RFC 9915; SSDP (UPnP 2.0, 1.2); SNMP RFC 3411 ff. (a BER
 * sequence with the version); syslog RFC 5424; TFTP RFC 1350; SIP RFC 3261; RTSP RFC
 * 7826; BitTorrent BEP 3, 5 and 29; MQTT 3.1.2; RDP in TPKT (RFC 2126); SMB 2.
 */
#include "ingest/capture/proto_app.h"

#include "core/error.h"

struct mark {
	const char *app;
	uint16_t port; /* one of the two; 0: any */
	uint8_t offset, size;
	const char *bytes;
};

#define MARK(app, port, offset, bytes)                                                             \
	{                                                                                          \
		app, port, offset, sizeof(bytes) - 1, bytes                                        \
	}

/* The first that fits tells: marks on any port stand before those of a port. */
static const struct mark tcp_marks[] = {
	MARK("tls", 0, 0, "\x16\x03"),
	MARK("http", 0, 0, "HTTP/1."),
	MARK("ssh", 0, 0, "SSH-"),
	MARK("bittorrent", 0, 0, "\x13" "BitTorrent protocol"),
	MARK("rtsp", 0, 0, "RTSP/1."),
	MARK("sip", 0, 0, "SIP/2.0"),
	MARK("smb", 0, 4, "\xfe" "SMB"),
	MARK("smb", 0, 4, "\xff" "SMB"),
	MARK("mqtt", 0, 2, "\0\4MQTT"),
	MARK("mqtt", 0, 2, "\0\6MQIsdp"),
	MARK("amqp", 0, 0, "AMQP"),
	MARK("vnc", 0, 0, "RFB 00"),
	MARK("xmpp", 0, 0, "<stream:"),
	MARK("xmpp", 5222, 0, "<?xml"),
	MARK("xmpp", 5269, 0, "<?xml"),
	MARK("rdp", 3389, 0, "\3\0"),
	MARK("smtp", 25, 0, "220"),
	MARK("smtp", 587, 0, "220"),
	MARK("smtp", 25, 0, "EHLO"),
	MARK("smtp", 25, 0, "HELO"),
	MARK("smtp", 587, 0, "EHLO"),
	MARK("smtp", 0, 0, "EHLO "),
	MARK("smtp", 0, 0, "HELO "),
	MARK("ftp", 21, 0, "220"),
	MARK("ftp", 21, 0, "USER"),
	MARK("ftp", 21, 0, "AUTH"),
	MARK("pop3", 110, 0, "+OK"),
	MARK("pop3", 0, 0, "+OK POP3"),
	MARK("imap", 143, 0, "* "),
	MARK("imap", 0, 0, "* OK [CAPABILITY"),
	MARK("imap", 0, 0, "* OK IMAP"),
	MARK("irc", 0, 0, "NICK "),
	MARK("irc", 6667, 0, "USER "),
	MARK("ldap", 389, 0, "\x30"),
	MARK("tls", 443, 0, "\x17\x03"),
	MARK("tls", 443, 0, "\x14\x03"),
	MARK("tls", 443, 0, "\x15\x03"),
	MARK("tls", 853, 0, "\x17\x03"),
	MARK("telnet", 23, 0, "\xff"),
	MARK("mysql", 3306, 4, "\x0a"),
	MARK("redis", 6379, 0, "*"),
	MARK("kerberos", 88, 4, "\x6a"),
	MARK("kerberos", 88, 4, "\x6c"),
	MARK("rsync", 873, 0, "@RSYNCD:"),
	MARK("git", 9418, 4, "git-"),
	MARK("whois", 43, 0, ""),
	MARK("syslog", 514, 0, "<"),
	MARK("bgp", 179, 0, "\xff\xff\xff\xff"),
	MARK("pptp", 1723, 4, "\x1a\x2b\x3c\x4d"),
};

static const struct mark udp_marks[] = {
	MARK("stun", 0, 4, "\x21\x12\xa4\x42"),
	MARK("dhcp", 67, 236, "\x63\x82\x53\x63"),
	MARK("dhcp", 68, 236, "\x63\x82\x53\x63"),
	MARK("bootp", 67, 0, "\1"),
	MARK("bootp", 68, 0, "\2"),
	MARK("dhcpv6", 546, 0, ""),
	MARK("dhcpv6", 547, 0, ""),
	MARK("ssdp", 1900, 0, ""),
	MARK("bittorrent", 0, 0, "d1:ad2:id20:"),
	MARK("bittorrent", 0, 0, "d1:rd2:id20:"),
	MARK("bittorrent", 0, 0, "BT-SEARCH * HTTP/1.1"),
	MARK("sip", 0, 0, "SIP/2.0"),
	MARK("sip", 5060, 0, "REGISTER "),
	MARK("sip", 5060, 0, "INVITE "),
	MARK("sip", 5060, 0, "OPTIONS "),
	MARK("snmp", 161, 0, "\x30"),
	MARK("snmp", 162, 0, "\x30"),
	MARK("syslog", 514, 0, "<"),
	MARK("tftp", 69, 0, "\0"),
	MARK("radius", 1812, 0, ""),
	MARK("radius", 1813, 0, ""),
	MARK("kerberos", 88, 0, "\x6a"),
	MARK("kerberos", 88, 0, "\x6c"),
	MARK("netbios-dgm", 138, 0, ""),
	MARK("isakmp", 500, 0, ""),
	MARK("isakmp", 4500, 0, "\0\0\0\0"),
	MARK("wireguard", 51820, 0, "\1\0\0\0"),
	MARK("wireguard", 51820, 0, "\4\0\0\0"),
	MARK("ws-discovery", 3702, 0, "<?xml"),
	MARK("vxlan", 4789, 0, "\x08"),
	MARK("geneve", 6081, 0, "\0"),
	MARK("gtp-u", 2152, 0, "\x30\xff"),
	MARK("gtp-u", 2152, 0, "\x32\xff"),
	MARK("teredo", 3544, 0, ""),
	MARK("ayiya", 5072, 0, ""),
	MARK("rip", 520, 0, ""),
	MARK("natpmp", 5351, 0, ""),
	MARK("coap", 5683, 0, ""),
	MARK("ipfix", 4739, 0, "\0\x0a"),
	MARK("netflow", 2055, 0, "\0"),
	MARK("memcached", 11211, 0, ""),
};

static const char *find(const struct mark *all, size_t count, const struct packet *p,
			struct slice bytes)
{
	for (size_t i = 0; i < count; i++) {
		const struct mark *m = &all[i];
		if (m->port != 0 && m->port != p->sport && m->port != p->dport)
			continue;
		if (slice_equal(slice_part(bytes, m->offset, m->size), slice_of(m->bytes, m->size)))
			return m->app;
	}
	return NULL;
}

const char *proto_app_tcp(const struct packet *p, struct slice bytes)
{
	return find(tcp_marks, LENGTH(tcp_marks), p, bytes);
}

/* leap:2 version:3 mode:3; at least 48 bytes, or the 12 of a control message. */
static bool is_ntp(const struct packet *p, struct slice bytes)
{
	if ((p->sport != 123 && p->dport != 123) || p->payload_size < 8 || bytes.size == 0)
		return false;
	unsigned version = bytes.at[0] >> 3 & 7, mode = bytes.at[0] & 7;
	return version >= 1 && version <= 4 && mode >= 1 && (p->payload_size >= 48 || mode >= 6);
}

/* 00:2 class and method:14 length:16 cookie:32 transaction:96; the methods 3 to 9
 * are those of TURN, and so are messages that begin with a channel number. */
static bool is_turn(const struct packet *p, struct slice bytes)
{
	struct cursor c = cursor_over(bytes);
	unsigned type = cursor_be16(&c), size = cursor_be16(&c);
	unsigned method = (type & 15) | (type >> 1 & 0x70);
	if (type >= 0x4000 && type < 0x5000)
		return (p->sport == 3478 || p->dport == 3478) && size + 4 <= p->payload_size;
	return cursor_be32(&c) == 0x2112a442 && method >= 3 && method <= 9;
}

const char *proto_app_udp(const struct packet *p, struct slice bytes)
{
	if (is_ntp(p, bytes))
		return "ntp";
	if (is_turn(p, bytes))
		return "turn";
	return find(udp_marks, LENGTH(udp_marks), p, bytes);
}
