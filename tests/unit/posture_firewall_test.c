/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/posture_text.h"

static void rulesets_of_nft(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_nft,
		    "#!/usr/sbin/nft -f\nflush ruleset\n\n"
		    "table inet filter {\n"
		    "\tset local {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 10.0.0.0/8,\n\t\t\t\t 172.16.0.0/12 }\n\t}\n"
		    "\tchain output { # handle 3\n"
		    "\t\ttype filter hook output priority filter + 10; policy drop;\n"
		    "\t\toifname \"lo\" accept\n"
		    "\t\tmeta oif \"lo\" counter packets 1 bytes 60 accept comment \"# not a comment; {\"\n"
		    "\t\tip daddr 127.0.0.0/8 accept\n"
		    "\t\tct state { established, related } accept\n"
		    "\t\tct state vmap { established : accept, related : accept }\n"
		    "\t\tct state new jump own\n"
		    "\t\tip daddr @local tcp dport { 80, 443 } accept\n"
		    "\t\tmeta nfproto ipv6 drop\n"
		    "\t\ttcp dport vmap { 80 : accept }\n"
		    "\t\toifname != \"lo\" log prefix \"out \" reject with icmpx admin-prohibited\n"
		    "\t}\n"
		    "\tchain own {\n\t\tcounter packets 0 bytes 0 return\n\t}\n}\n"
		    "table ip6 six { chain o { type filter hook output priority -150; oif lo accept; drop; }; }\n"
		    "table bridge b {\n\tchain o {\n\t\ttype filter hook output priority 0; policy accept;\n\t}\n}\n"
		    "table ip nat {\n\tchain pre {\n\t\ttype nat hook prerouting priority dstnat; policy accept;\n"
		    "\t\ttcp dport 11434 dnat to 172.17.0.2:11434\n\t}\n}\n");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, CHAINS,
		    "46|inet filter output|output|10|drop;46|inet filter own|-|0|accept;"
		    "6|ip6 six o|output|-150|accept;4|ip nat pre|another|-100|accept;");
	assert_rows(r->store, RULES,
		    "46|accept|loopback;46|accept|loopback;4|accept|loopback;46|accept|established;"
		    "46|accept|established;46|jump|all;4|accept|narrow;6|drop|all;46|other|unsure;46|drop|all;"
		    "46|return|all;6|accept|loopback;6|drop|all;4|dnat|wide;");
	assert_rows(r->store, "SELECT target FROM posture_rule WHERE verdict IN ('jump', 'dnat') ORDER BY place",
		    "inet filter own;to;");
}

/* Where a packet is asked about besides the output; nat sees but the first of a connection. */
static void other_hooks_of_nft(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_nft,
		    "table inet f {\n chain p {\n type filter hook postrouting priority srcnat; policy drop;\n }\n"
		    " chain n {\n type nat hook output priority 0; policy drop;\n }\n"
		    " chain r {\n type route hook output priority mangle; policy accept;\n }\n"
		    " chain e {\n type filter hook egress device \"wlan0\" priority 0; policy drop;\n }\n}\n"
		    "table netdev d {\n chain i {\n type filter hook ingress device eth0 priority 0; policy drop;\n }\n"
		    " chain e {\n type filter hook egress devices = { eth0, \"eth1\" } priority 0; policy drop;\n"
		    "  meta protocol arp accept\n  meta protocol ip6 drop\n  ether type ip ip daddr 192.0.2.1 accept\n }\n}\n");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, CHAINS,
		    "46|inet f p|postrouting|100|drop;46|inet f n|another|0|drop;46|inet f r|output|-150|accept;"
		    "46|inet f e|egress:wlan0|0|drop;46|netdev d i|another|0|drop;46|netdev d e|egress:eth0|0|drop;"
		    "46|netdev d e|egress:eth1|0|drop;");
	assert_rows(r->store, RULES, "46|accept|link;6|drop|all;4|accept|narrow;");
	read_hostile(r, posture_nft, "table netdev d { chain e { type filter hook egress devices = { ", "a,");
}

static void how_wide_a_rule_is(void **state)
{
	static const char *const wide[] = {
		"tcp dport 443 accept", "udp dport 53 accept", "ip daddr 0.0.0.0/1 accept", "ip daddr != 10.0.0.0/8 accept",
		"ip daddr { 192.0.2.1, 128.0.0.0/1 } accept", "ip6 daddr 2000::/3 accept", "oifname \"eth0\" accept",
		"ip daddr 1.0.0.0-223.255.255.255 accept", "meta skuid 1000 accept", "ip daddr 17.0.0.0/8 accept",
	};
	static const char *const narrow[] = {
		"ip daddr 192.0.2.1 tcp dport 443 accept", "ip daddr 10.0.0.0/8 accept", "ip daddr @own accept",
		"ip6 daddr fc00::/7 accept", "oifname \"docker0\" accept", "icmp type echo-request accept",
		"meta l4proto { icmp, ipv6-icmp } accept", "ip daddr 10.0.0.0-10.255.255.255 accept", "ip daddr 224.0.0.0/4 accept",
	};
	struct rows *r = *state;
	AUTO_TEXT struct text all = text_make(1 << 16);
	text_add_string(&all, "table inet f {\n chain o {\n");
	for (size_t i = 0; i < LENGTH(wide); i++)
		text_addf(&all, "%s\n", wide[i]);
	for (size_t i = 0; i < LENGTH(narrow); i++)
		text_addf(&all, "%s\n", narrow[i]);
	text_add_string(&all, "}\n}\n");
	read_string(r, posture_nft, text_string(&all));
	assert_rows(r->store, "SELECT scope, count(*), min(place), max(place) FROM posture_rule GROUP BY scope",
		    "narrow|9|11|19;wide|10|1|10;");
	read_string(r, posture_iptables,
		    "*filter\n-A OUTPUT -p tcp --dport 443 -j ACCEPT\n-A OUTPUT -d 0.0.0.0/1 -j ACCEPT\n-A OUTPUT ! -d 192.0.2.1 -j ACCEPT\n"
		    "-A OUTPUT -o eth0 -j ACCEPT\n-A OUTPUT -d 192.0.2.1 -p tcp -j ACCEPT\n-A OUTPUT -m set --match-set own dst -j ACCEPT\n"
		    "-A OUTPUT -p icmp -j ACCEPT\n-A OUTPUT -o docker0 -j ACCEPT\n-A OUTPUT -m iprange --dst-range 10.0.0.1-10.0.0.9 -j ACCEPT\nCOMMIT\n");
	assert_rows(r->store, "SELECT group_concat(scope) FROM posture_rule",
		    "wide,wide,wide,wide,narrow,narrow,narrow,narrow,narrow;");
	read_string(r, posture_pf, "pass out proto tcp to port 443\npass out to 192.0.2.1\npass out to ! 192.0.2.1\npass out to <own>\n"
				   "pass out to 0.0.0.0/1\npass out proto icmp\n");
	assert_rows(r->store, "SELECT group_concat(scope) FROM posture_rule", "wide,narrow,wide,narrow,wide,narrow;");
	read_string(r, posture_ufw_rules,
		    "### tuple ### allow tcp 443 0.0.0.0/0 any 0.0.0.0/0 out\n### tuple ### allow tcp 443 192.0.2.1 any 0.0.0.0/0 out\n");
	assert_rows(r->store, "SELECT group_concat(scope) FROM posture_rule", "wide,narrow;");
	read_string(r, posture_ufw_status, "Status: active\nDefault: deny (incoming), deny (outgoing)\n"
		    "192.0.2.1 443/tcp          ALLOW OUT   Anywhere\n128.0.0.0/1  ALLOW OUT   Anywhere\nAnywhere on eth0   ALLOW OUT   Anywhere\n");
	assert_rows(r->store, "SELECT group_concat(scope) FROM posture_rule", "narrow,wide,wide;");
}

static void what_nft_files_may_do_besides(void **state)
{
	struct rows *r = *state;
	static const char *const odd[] = {
		"include \"/etc/x\"\n", "define lan = eth0\n", "add rule inet f o accept\n",
		"table inet f {\n", "}\n",
	};
	for (size_t i = 0; i < LENGTH(odd); i++) {
		read_string(r, posture_nft, odd[i]);
		assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	}
	read_hostile(r, posture_nft, "", "{");
	read_hostile(r, posture_nft, "table inet f { chain o {", "ct state {");
	read_hostile(r, posture_nft, "table inet f { chain o {", "drop;");
	read_hostile(r, posture_nft, "", "\"");
	read_hostile(r, posture_nft, "", "#");
	read_hostile(r, posture_nft, "table inet f { chain o { ", "accept ");
}

static void saved_by_iptables(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_iptables,
		    "# Generated by x\n*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT DROP [1:2]\n:own - [0:0]\n"
		    "-A OUTPUT -o lo -j ACCEPT\n-A OUTPUT -d 127.0.0.0/8 -j ACCEPT\n"
		    "[7:9] -A OUTPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n"
		    "-A OUTPUT -m state --state NEW,ESTABLISHED -j own\n"
		    "-A OUTPUT -p tcp -m tcp --dport 443 -m comment --comment \"a b\" -j ACCEPT\n"
		    "-A OUTPUT ! -o lo -m comment --comment all -j REJECT --reject-with icmp-port-unreachable\n"
		    "-A OUTPUT ! -d 192.0.2.0/24 -j DROP\n-A own -j LOG --log-prefix \"x \"\n-A own -g other\n"
		    "-A OUTPUT -j NFQUEUE\nCOMMIT\n"
		    "*nat\n:OUTPUT ACCEPT [0:0]\n-A DOCKER ! -i docker0 -p tcp -m tcp --dport 11434 -j DNAT --to-destination 172.17.0.2:11434\nCOMMIT\n");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, CHAINS,
		    "4|filter INPUT|another|0|accept;4|filter OUTPUT|output|0|drop;4|filter own|-|0|accept;"
		    "4|nat OUTPUT|another|-100|accept;");
	assert_rows(r->store, RULES,
		    "4|accept|loopback;4|accept|loopback;4|accept|established;4|jump|all;4|accept|wide;"
		    "4|drop|all;4|drop|wide;4|other|all;4|goto|all;4|unsure|all;4|dnat|wide;");
	read_string(r, posture_ip6tables, "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -d ::1/128 -j ACCEPT\nodd\nCOMMIT\n");
	assert_rows(r->store, RULES, "6|accept|loopback;");
	assert_rows(r->store, DOUBTS, "a line that is no rule;");
	read_string(r, posture_iptables, "-A OUTPUT -j DROP\n");
	assert_rows(r->store, DOUBTS, "a rule outside of a table;");
	read_hostile(r, posture_iptables, "*filter\n-A OUTPUT ", "! ");
	read_hostile(r, posture_iptables, "*filter\n", "-A OUTPUT -j DROP\n");
}

static void uncomplicated_ones(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_ufw_status,
		    "Status: active\nLogging: on (low)\nDefault: deny (incoming), deny (outgoing), disabled (routed)\n"
		    "New profiles: skip\n\nTo                         Action      From\n--                         ------      ----\n"
		    "22/tcp                     ALLOW IN    Anywhere\n"
		    "Anywhere on lo             ALLOW OUT   Anywhere\n127.0.0.0/8                ALLOW OUT   Anywhere\n"
		    "443/tcp                    ALLOW OUT   Anywhere\n"
		    "Anywhere (v6)              ALLOW OUT   Anywhere (v6)\n"
		    "Anywhere (v6) on lo        DENY OUT    Anywhere (v6)\n");
	assert_rows(r->store, CHAINS, "46|ufw|output|0|drop;");
	assert_rows(r->store, RULES,
		    "4|accept|loopback;4|accept|loopback;4|accept|wide;6|accept|all;6|drop|loopback;");
	read_string(r, posture_ufw_status, "Status: inactive\n");
	assert_rows(r->store, CHAINS, "46|ufw|output|0|accept;");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_ufw_status, "Status: active\n");
	assert_rows(r->store, DOUBTS, "no default is told: ufw status verbose does;");
	read_string(r, posture_ufw_rules,
		    "*filter\n### tuple ### allow any any 0.0.0.0/0 any 0.0.0.0/0 out_lo\n-A ufw-user-output -j x\n"
		    "### tuple ### deny any any 0.0.0.0/0 any 0.0.0.0/0 out\n"
		    "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n"
		    "### tuple ### allow any any 127.0.0.0/8 any 0.0.0.0/0 out\n"
		    "### tuple ### deny out from any to any except 127.0.0.1\n");
	assert_rows(r->store, RULES, "4|accept|loopback;4|drop|all;4|accept|loopback;");
	assert_rows(r->store, CHAINS, "4|ufw|output|0|default;");
	assert_rows(r->store, DOUBTS, "a line that is no rule of ufw, which it leaves out;");
	read_string(r, posture_ufw_rules6, "### tuple ### deny any any ::/0 any ::/0 out\n");
	assert_rows(r->store, RULES, "6|drop|all;");
	read_hostile(r, posture_ufw_status, "", "ALLOW OUT ");
	read_hostile(r, posture_ufw_rules, "### tuple ### ", "any ");
}

static void packet_filters(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_pf,
		    "# x\nset skip on lo0\nscrub-anchor \"c/*\" all fragment reassemble\nlan = \"en0\"\n"
		    "block drop out all\nblock return out quick on en0 inet6 all\npass in all\n"
		    "pass out quick on lo0 all flags S/SA keep state\npass out proto tcp from any to any port 443\n"
		    "pass out to $lan\nanchor \"com.apple/*\" all\nblock all\nwhat is this\n");
	assert_rows(r->store, RULES,
		    "46|block|all;6|block-quick|wide;46|pass-quick|loopback;46|pass|wide;46|pass|unsure;"
		    "46|unsure|unsure;46|block|all;");
	assert_rows(r->store, CHAINS, "46|pf|pf|0|accept;");
	assert_rows(r->store, DOUBTS, "a line that is no rule of pf;");
	read_string(r, posture_pf,
		    "block drop out all\nanchor \"com.apple/*\" all {\n  anchor \"200.AirDrop/*\" all {\n  }\n  pass out all\n}\n"
		    "anchor \"vpn\" out on utun0 all {\n  pass out all\n}\nanchor in on en0 {\n  pass quick all\n}\n"
		    "anchor \"last\" quick {\n  pass out all\n}\nblock drop out quick all\n");
	assert_rows(r->store, RULES, "46|block|all;46|pass|all;46|pass|wide;46|pass|unsure;46|block-quick|all;");
	assert_rows(r->store, DOUBTS, "");
	read_hostile(r, posture_pf, "", "anchor all {\n");
	read_hostile(r, posture_pf, "", "anchor \"a\" all {\n}\n}\n");
	read_hostile(r, posture_pf, "block ", "to ");
	read_hostile(r, posture_pf, "", "block all\n");
}

static void profiles_of_windows(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_netsh,
		    "\r\nDomain Profile Settings: \r\n-----\r\nState                                 ON\r\n"
		    "Firewall Policy                       BlockInbound,BlockOutbound\r\n\r\n"
		    "Public Profile Settings: \r\n-----\r\nState                                 OFF\r\n"
		    "Firewall Policy                       BlockInbound,BlockOutbound\r\n"
		    "Private Profile Settings: \r\nState   ON\r\nFirewall Policy  BlockInbound,AllowOutbound\r\nOk.\r\n");
	assert_rows(r->store, CHAINS,
		    "46|Domain|profile|0|drop;46|Public|profile|0|accept;46|Private|profile|0|accept;");
	assert_rows(r->store, DOUBTS, "");
	assert_rows(r->store, "SELECT chain, verdict, scope FROM posture_rule", "Domain|accept|unsure;"); /* its rules are not told */
	read_string(r, posture_netsh, "Einstellungen f\xc3\xbcr Profil\n");
	assert_rows(r->store, DOUBTS, "no profile is told, or not in English;");
	read_hostile(r, posture_netsh, "", "State ON\n");
}

#define WINDOWS_RULE(name, fields) "Rule Name:      " name "\r\n-----\r\n" fields "\r\n"
#define OUT "Enabled:   Yes\r\nDirection:  Out\r\nProfiles:  Domain,Public\r\nGrouping:  Some\r\nLocalIP:  Any\r\n"

static void rules_of_windows(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_netsh,
		    "Domain Profile Settings: \r\nState   ON\r\nFirewall Policy  BlockInbound,BlockOutbound\r\n"
		    "Public Profile Settings: \r\nState   OFF\r\nFirewall Policy  BlockInbound,BlockOutbound\r\nOk.\r\n\r\n"
		    WINDOWS_RULE("DNS", OUT "RemoteIP:  Any\r\nProtocol:  UDP\r\nLocalPort:  Any\r\nRemotePort:  53\r\nEdge traversal:  No\r\nAction:  Allow")
		    WINDOWS_RULE("Neighbours", OUT "RemoteIP:  Any\r\nProtocol:  ICMPv6\r\n    Type    Code\r\n    135     Any\r\n    136     Any\r\nAction:  Allow")
		    WINDOWS_RULE("Echo", OUT "RemoteIP:  Any\r\nProtocol:  ICMPv6\r\n    Type    Code\r\n    135     Any\r\n    128     Any\r\nAction:  Allow")
		    WINDOWS_RULE("Off", "Enabled:  No\r\nDirection:  Out\r\nProfiles:  Domain\r\nAction:  Allow")
		    WINDOWS_RULE("In", "Enabled:  Yes\r\nDirection:  In\r\nProfiles:  Domain\r\nAction:  Allow")
		    WINDOWS_RULE("Elsewhere", "Enabled:  Yes\r\nDirection:  Out\r\nProfiles:  Private\r\nAction:  Allow")
		    WINDOWS_RULE("Server", OUT "RemoteIP:  127.0.0.1/32\r\nProtocol:  TCP\r\nAction:  Allow")
		    WINDOWS_RULE("Program", OUT "RemoteIP:  Any\r\nProtocol:  Any\r\nProgram:  C:\\agent.exe\r\nAction:  Allow")
		    WINDOWS_RULE("Everything", OUT "RemoteIP:  Any\r\nProtocol:  Any\r\nProgram:  Any\r\nDescription:  all: of it\r\nAction:  Allow")
		    WINDOWS_RULE("Six", OUT "RemoteIP:  2001:db8::/32\r\nProtocol:  TCP\r\nAction:  Block") "Ok.\r\n");
	assert_rows(r->store, "SELECT family, chain, verdict, scope, text FROM posture_rule ORDER BY place",
		    "6|Domain|drop|narrow|Six;46|Domain|accept|wide|DNS;6|Domain|accept|link|Neighbours;6|Domain|accept|narrow|Echo;"
		    "4|Domain|accept|loopback|Server;46|Domain|accept|wide|Program;46|Domain|accept|all|Everything;");
	assert_rows(r->store, CHAINS, "46|Domain|profile|0|drop;46|Public|profile|0|accept;");
	read_hostile(r, posture_netsh, "Domain Profile Settings:\nState ON\n", "Rule Name: a\nEnabled: Yes\nDirection: Out\nProfiles: Domain\n");
	read_hostile(r, posture_netsh, "Domain Profile Settings:\nState ON\nRule Name: a\n", "Profiles: Domain,");
}

static void direct_rules_of_firewalld(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_direct,
		    "<?xml version=\"1.0\"?>\n<direct>\n"
		    "  <rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-o lo -j ACCEPT</rule>\n"
		    "  <rule ipv=\"ipv6\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule>\n"
		    "  <rule ipv=\"eb\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule>\n</direct>\n");
	assert_rows(r->store, RULES, "4|accept|loopback;6|drop|all;");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_direct, "<rule ipv=\"ipv4\" table=\"filter\">x</rule><rule ");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 2);
	read_string(r, posture_direct,
		    "<direct><!-- <rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule> -->\n"
		    "<passthrough ipv=\"ipv6\">-t filter -A OUTPUT -p tcp -j ACCEPT</passthrough>\n"
		    "<passthrough ipv=\"ipv4\">-A OUTPUT -m comment --comment &quot;a b&quot; -j DROP</passthrough>\n"
		    "<passthrough ipv=\"eb\">-A OUTPUT</passthrough></direct>");
	assert_rows(r->store, RULES, "6|accept|wide;4|drop|all;");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_direct, "<direct><passthrough ipv=\"ipv4\">-I OUTPUT -j DROP</passthrough>"
				       "<rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule>"
				       "<rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\" priority=\"1\">-j ACCEPT</rule></direct>");
	assert_rows(r->store, DOUBTS, "a direct rule that is not followed;rules of several priorities;");
	read_hostile(r, posture_direct, "", "<");
	read_hostile(r, posture_direct, "<rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\">", "&lt;");
	read_hostile(r, posture_direct, "", "<rule ");
}

#define POLICY(target, rest) "<?xml version=\"1.0\"?>\n<policy" target "><ingress-zone name=\"HOST\"/><egress-zone name=\"ANY\"/>" rest "</policy>"

static void policies_of_firewalld(void **state)
{
	struct rows *r = *state;
	read_string(r, posture_firewalld, POLICY(" target=\"REJECT\"", "<short>x</short>"));
	assert_rows(r->store, CHAINS, "46|firewalld|output|0|drop;");
	assert_rows(r->store, RULES, "");
	read_string(r, posture_firewalld, POLICY("", "<service name=\"dns\"/>"));
	assert_rows(r->store, CHAINS, "46|firewalld|output|0|accept;");
	read_string(r, posture_firewalld,
		    "<policy target=\"DROP\"><egress-zone name=\"ANY\"/><ingress-zone name=\"ANY\"/></policy>");
	assert_rows(r->store, CHAINS, "46|firewalld|forward|0|drop;");
	read_string(r, posture_firewalld,
		    "<policy target=\"DROP\"><egress-zone name=\"public\"/><ingress-zone name=\"HOST\"/></policy>");
	assert_rows(r->store, CHAINS, "46|firewalld|another|0|drop;");
	/* what denies stands in front of what lets through, wherever it is written */
	read_string(r, posture_firewalld,
		    POLICY(" target=\"DROP\"",
			   "<port port=\"443\" protocol=\"tcp\"/><protocol value=\"icmp\"/><!-- <service name=\"x\"/> -->"
			   "<rule family=\"ipv4\"><destination address=\"192.0.2.1\"/><log/><accept/></rule>"
			   "<rule><destination address=\"192.0.2.1\" invert=\"true\"/><accept/></rule>"
			   "<rule family=\"ipv6\"><reject type=\"x\"/></rule><rule><log/></rule>"));
	assert_rows(r->store, "SELECT family, verdict, scope, text FROM posture_rule ORDER BY place",
		    "6|drop|all|<reject type=\"x\"/>;46|accept|wide|port 443 tcp;46|accept|narrow|protocol icmp;"
		    "4|accept|narrow|<destination address=\"192.0.2.1\"/><log/><accept/>;"
		    "46|accept|wide|<destination address=\"192.0.2.1\" invert=\"true\"/><accept/>;46|other|all|<log/>;");
	assert_rows(r->store, DOUBTS, "");
	read_string(r, posture_firewalld, POLICY("", "<rule priority=\"-1\"><accept/></rule>"));
	assert_rows(r->store, DOUBTS, "a rule with a priority of its own;");
	read_string(r, posture_firewalld, "<policy target=\"DROP\"><ingress-zone name=\"HOST\"/>");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM posture_doubt"), 1);
	read_hostile(r, posture_firewalld, "<policy>", "<rule><drop/></rule>");
	read_hostile(r, posture_firewalld, "<policy>", "<port port=\"1\"/>");
	read_hostile(r, posture_firewalld, "<policy ", "a=\"b\" ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(rulesets_of_nft),	   rows_test(what_nft_files_may_do_besides),
		rows_test(saved_by_iptables),	   rows_test(uncomplicated_ones),
		rows_test(packet_filters),	   rows_test(profiles_of_windows),
		rows_test(rules_of_windows),	   rows_test(other_hooks_of_nft),
		rows_test(how_wide_a_rule_is),	   rows_test(policies_of_firewalld),
		rows_test(direct_rules_of_firewalld),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
