/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of socket tables: states (RFC 9293, 3.3.2, as tools spell and translate
 * them), protocols, and the services that IANA's registry of ports names.
 */
#include "ingest/sockets/table.h"

/* '?' stands for a letter that is not ASCII, in whatever code page. */
static const struct {
	const char *word, *state;
} states[] = {
	{"ESTAB", "ESTAB"},
	{"ESTABLISHED", "ESTAB"},
	{"LISTEN", "LISTEN"},
	{"LISTENING", "LISTEN"},
	{"TIME-WAIT", "TIME-WAIT"},
	{"UNCONN", "UNCONN"},
	{"SYN-SENT", "SYN-SENT"},
	{"SYN-RECV", "SYN-RECV"},
	{"SYN-RCVD", "SYN-RECV"},
	{"SYN-RECEIVED", "SYN-RECV"},
	{"NEW-SYN-RECV", "SYN-RECV"},
	{"FIN-WAIT-1", "FIN-WAIT-1"},
	{"FIN-WAIT1", "FIN-WAIT-1"},
	{"FIN-WAIT-2", "FIN-WAIT-2"},
	{"FIN-WAIT2", "FIN-WAIT-2"},
	{"CLOSE-WAIT", "CLOSE-WAIT"},
	{"LAST-ACK", "LAST-ACK"},
	{"CLOSING", "CLOSING"},
	{"CLOSE", "UNCONN"},
	{"CLOSED", "UNCONN"},
	{"IDLE", "UNCONN"},
	{"BOUND", "BOUND"},
	{"SYN-SEND", "SYN-SENT"},
	{"DELETE-TCB", "UNCONN"},
	/* nettop, osquery */
	{"TIMEWAIT", "TIME-WAIT"},
	{"CLOSEWAIT", "CLOSE-WAIT"},
	{"SYNSENT", "SYN-SENT"},
	{"SYNRECEIVED", "SYN-RECV"},
	{"FINWAIT1", "FIN-WAIT-1"},
	{"FINWAIT2", "FIN-WAIT-2"},
	{"LASTACK", "LAST-ACK"},
	/* Windows translates them in German only, as far as tables are public: those in
	 * Spanish, French, Italian, Portuguese, Korean, Russian and Chinese hold the English
	 * words below translated headings. These stand in such tables, */
	{"ABH?REN", "LISTEN"},
	{"HERGESTELLT", "ESTAB"},
	{"WARTEND", "TIME-WAIT"},
	{"SCHLIESSEN-WARTEN", "CLOSE-WAIT"},
	{"SCHLIESSEND", "CLOSING"},
	{"SYN-GESENDET", "SYN-SENT"},
	{"FIN-WARTEN-2", "FIN-WAIT-2"},
	/* and these are formed as they are, and not confirmed. */
	{"SYN-EMPFANGEN", "SYN-RECV"},
	{"FIN-WARTEN-1", "FIN-WAIT-1"},
	{"LETZTE-ACK", "LAST-ACK"},
	{"GESCHLOSSEN", "UNCONN"},
	/* netstat of Linux, in German; in French and Spanish not confirmed */
	{"VERBUNDEN", "ESTAB"},
	{"?COUTE", "LISTEN"},
	{"?TABLIE", "ESTAB"},
	{"?TABLI", "ESTAB"},
	{"ESCUCHANDO", "LISTEN"},
	{"ESCUCHAR", "LISTEN"},
	{"ESTABLECIDO", "ESTAB"},
	{"ESTABLECIDA", "ESTAB"},
};

static bool same_letter(unsigned char a, unsigned char b)
{
	if (a >= 'a' && a <= 'z')
		a = (unsigned char)(a - ('a' - 'A'));
	if (b >= 'a' && b <= 'z')
		b = (unsigned char)(b - ('a' - 'A'));
	return a == b || (a == '_' && b == '-');
}

static bool is_state(struct slice word, const char *pattern)
{
	size_t at = 0;
	for (; *pattern; pattern++) {
		size_t from = at;
		if (*pattern == '?') {
			while (at < word.size && (word.at[at] >= 0x80 || word.at[at] == '?'))
				at++;
			if (at == from)
				return false;
		} else if (at == word.size || !same_letter(word.at[at++], (unsigned char)*pattern)) {
			return false;
		}
	}
	return at == word.size;
}

const char *socket_state(struct slice word)
{
	for (size_t i = 0; i < LENGTH(states); i++)
		if (is_state(word, states[i].word))
			return states[i].state;
	return NULL;
}

/* include/net/tcp_states.h; those of other protocols are the same. */
const char *socket_state_number(uint64_t number)
{
	static const char *const names[] = {NULL,	  "ESTAB",     "SYN-SENT",  "SYN-RECV",	  "FIN-WAIT-1",
					    "FIN-WAIT-2", "TIME-WAIT", "UNCONN",    "CLOSE-WAIT", "LAST-ACK",
					    "LISTEN",	  "CLOSING",   "SYN-RECV"};
	return number < LENGTH(names) ? names[number] : NULL;
}

const char *socket_proto(struct slice word, unsigned *ret_family)
{
	static const struct {
		const char *word, *proto;
		unsigned family;
	} protos[] = {
		{"tcp", "tcp", 0},	 {"tcp4", "tcp", 4},	     {"tcp6", "tcp", 6},
		{"tcp46", "tcp", 0},	 {"udp", "udp", 0},	     {"udp4", "udp", 4},
		{"udp6", "udp", 6},	 {"udp46", "udp", 0},	     {"raw", "raw", 0},
		{"raw6", "raw", 6},	 {"ip", "raw", 0},	     {"ip4", "raw", 4},
		{"ip6", "raw", 6},	 {"icmp", "icmp", 0},	     {"icm4", "icmp", 4},
		{"icmp6", "icmp6", 6},	 {"icm6", "icmp6", 6},	     {"sctp", "sctp", 0},
		{"sctp4", "sctp", 4},	 {"sctp6", "sctp", 6},	     {"sctp46", "sctp", 0},
		{"dccp", "dccp", 0},	 {"mptcp", "mptcp", 0},	     {"udplite", "udplite", 0},
		{"udpl", "udplite", 0},	 {"udpl6", "udplite", 6},    {"udplite6", "udplite", 6},
	};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (slice_is(word, protos[i].word)) {
			*ret_family = protos[i].family;
			return protos[i].proto;
		}
	return NULL;
}

bool socket_is_raw(const char *proto)
{
	return !strcmp(proto, "raw") || !strcmp(proto, "icmp") || !strcmp(proto, "icmp6");
}

struct service {
	const char *name;
	int32_t number;
};

/* IANA, Service Name and Transport Protocol Port Number Registry, and the names that
 * /etc/services of the great systems gives beside it. */
static const struct service services[] = {
	{"http", 80},	       {"https", 443},	      {"ssh", 22},	       {"domain", 53},
	{"smtp", 25},	       {"ftp", 21},	      {"ftp-data", 20},	       {"telnet", 23},
	{"time", 37},	       {"whois", 43},	      {"bootps", 67},	       {"bootpc", 68},
	{"tftp", 69},	       {"gopher", 70},	      {"finger", 79},	       {"kerberos", 88},
	{"pop3", 110},	       {"sunrpc", 111},	      {"rpcbind", 111},	       {"auth", 113},
	{"ntp", 123},	       {"epmap", 135},	      {"loc-srv", 135},	       {"netbios-ns", 137},
	{"netbios-dgm", 138},  {"netbios-ssn", 139},  {"imap", 143},	       {"imap2", 143},
	{"snmp", 161},	       {"snmp-trap", 162},    {"snmptrap", 162},       {"bgp", 179},
	{"ldap", 389},	       {"svrloc", 427},	      {"microsoft-ds", 445},   {"kpasswd", 464},
	{"submissions", 465},  {"urd", 465},	      {"isakmp", 500},	       {"syslog", 514},
	{"shell", 514},	       {"printer", 515},      {"dhcpv6-client", 546},  {"dhcpv6-server", 547},
	{"rtsp", 554},	       {"nntps", 563},	      {"submission", 587},     {"ipp", 631},
	{"ldaps", 636},	       {"domain-s", 853},     {"rsync", 873},	       {"ftps", 990},
	{"imaps", 993},	       {"pop3s", 995},	      {"socks", 1080},	       {"openvpn", 1194},
	{"ms-sql-s", 1433},    {"ms-sql-m", 1434},    {"l2tp", 1701},	       {"pptp", 1723},
	{"radius", 1812},      {"ssdp", 1900},	      {"mqtt", 1883},	       {"nfs", 2049},
	{"docker", 2375},      {"docker-s", 2376},    {"etcd-client", 2379},   {"mysql", 3306},
	{"ms-wbt-server", 3389}, {"stun", 3478},      {"svn", 3690},	       {"ipsec-nat-t", 4500},
	{"ipsec-msft", 4500},  {"commplex-main", 5000}, {"sip", 5060},	       {"sips", 5061},
	{"xmpp-client", 5222}, {"mdns", 5353},	      {"llmnr", 5355},	       {"postgresql", 5432},
	{"amqp", 5672},	       {"rfb", 5900},	      {"vnc-server", 5900},    {"wsman", 5985},
	{"wsmans", 5986},      {"x11", 6000},	      {"redis", 6379},	       {"ircd", 6667},
	{"http-alt", 8080},    {"webcache", 8080},    {"http-proxy", 8080},    {"https-alt", 8443},
	{"hpvirtgrp", 5223},   {"git", 9418},	      {"zabbix-agent", 10050}, {"sunproxyadmin", 8081},
};

/* IANA, Protocol Numbers: what stands as the port of a raw socket. */
static const struct service protocols[] = {
	{"ip", 0},	 {"icmp", 1},	   {"igmp", 2},	     {"ipencap", 4},   {"tcp", 6},    {"udp", 17},
	{"ipv6", 41},	 {"gre", 47},	   {"esp", 50},	     {"ah", 51},       {"ipv6-icmp", 58},
	{"icmp6", 58},	 {"ospf", 89},	   {"pim", 103},     {"vrrp", 112},    {"sctp", 132}, {"raw", 255},
};

int32_t socket_service(struct slice name, bool raw)
{
	const struct service *from = raw ? protocols : services;
	size_t count = raw ? LENGTH(protocols) : LENGTH(services);
	for (size_t i = 0; i < count; i++)
		if (slice_is(name, from[i].name))
			return from[i].number;
	return -1;
}
