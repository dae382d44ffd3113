/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of each built-in description, as what became of them. */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "ingest/described.h"
#include "ingest/descriptions.h"

static struct descriptions *all;
static struct start *start;
static struct app_line a;

static const struct description *find(const char *name)
{
	for (size_t i = 0; i < descriptions_count(all); i++)
		if (!strcmp(descriptions_at(all, i)->name, name))
			return descriptions_at(all, i);
	print_error("no description is called %s\n", name);
	assert_true(false);
	return NULL;
}

static void put(struct text *t, const char *name, struct slice value)
{
	if (value.size)
		text_addf(t, " %s=%.*s", name, (int)value.size, (const char *)value.at);
}

/* "time host dst port src sport proto process pid disposition direction", what is there. */
static const char *shown(enum app_kind kind)
{
	static struct text t;
	char time[CLOCK_TEXT_MAX];
	text_free(&t);
	t = text_make(4096);
	if (kind != APP_EVENT) {
		text_add_string(&t, kind == APP_OTHER ? "other" : a.problem);
		return text_string(&t);
	}
	clock_text(a.time_ns, 3, time);
	text_add_string(&t, time);
	put(&t, "host", a.host);
	if (!slice_equal(a.host, a.dst))
		put(&t, "dst", a.dst);
	text_addf(&t, " port=%llu", (unsigned long long)a.port);
	put(&t, "src", a.src);
	if (a.sport)
		text_addf(&t, " sport=%llu", (unsigned long long)a.sport);
	put(&t, "proto", a.proto);
	put(&t, "process", a.process);
	if (a.pid)
		text_addf(&t, " pid=%llu", (unsigned long long)a.pid);
	text_addf(&t, " %s", a.disposition);
	if (a.direction)
		text_addf(&t, " %s", a.direction);
	return text_string(&t);
}

static const struct sample {
	const char *log, *line, *wanted;
} lines[] = {
	{"netfilter",
	 "Nov 23 10:09:23 h kernel: [1.5] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=198.51.100.7 LEN=60 TOS=0x00 "
	 "TTL=64 ID=1 DF PROTO=TCP SPT=4000 DPT=443 WINDOW=1 RES=0x00 SYN URGP=0",
	 "2026-11-23T10:09:23.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=4000 proto=tcp blocked out"},
	{"netfilter",
	 "<4>Nov  3 10:09:23 h kernel: nft-accept: IN=eth0 OUT=eth1 MAC=aa SRC=2001:db8::1 DST=2001:db8::2 PROTO=ICMPv6 "
	 "TYPE=128 [SRC=192.0.2.9 DST=192.0.2.8 ]",
	 "2026-11-03T10:09:23.000Z host=2001:db8::2 port=0 src=2001:db8::1 proto=icmp6 allowed forward"},
	{"netfilter",
	 "<4>1 2026-11-23T10:09:23.5+01:00 h kernel - - - [7.1] [UFW ALLOW] IN=lo OUT= SRC=127.0.0.1 DST=127.0.0.1 "
	 "PROTO=UDP SPT=1 DPT=53",
	 "2026-11-23T09:09:23.500Z host=127.0.0.1 port=53 src=127.0.0.1 sport=1 proto=udp allowed in"},
	{"netfilter", "2026-11-23T10:09:23Z h kernel: MARK: IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=47",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=0 src=192.0.2.1 proto=47 logged out"},
	{"netfilter", "Nov 23 10:09:23 h sshd[17]: Connection closed", "other"},
	{"netfilter", "Nov 23 10:09:23 h kernel: [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=nonsense! PROTO=TCP DPT=1",
	 "a destination that is neither address nor name"},
	{"netfilter", "Nov 23 10:09:23 h kernel: IN= OUT=eth0 DST=192.0.2.1 PROTO=TCP DPT=70000",
	 "a port that is not 0 to 65535"},
	{"netfilter", "garbage", "no pattern of its description fits"},
	{"netfilter-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"[UFW BLOCK] IN= "
	 "OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80\"}",
	 "2026-11-23T12:03:05.123Z host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp blocked out"},
	{"netfilter-journal", "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"MESSAGE\":\"hello\"}", "other"},
	{"netfilter-journal", "{\"MESSAGE\":\"hello\"}", "no rule of its description holds"},
	{"netfilter-journal", "{\"MESSAGE\":", "nothing where a value should stand"},
	{"pfirewall", "2026-11-23 12:00:00 DROP TCP 192.0.2.1 198.51.100.7 50000 443 52 S 1 0 8192 - - - SEND 4711",
	 "2026-11-23T12:00:00.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=50000 proto=tcp pid=4711 blocked out"},
	{"pfirewall", "2026-11-23 12:00:00 ALLOW ICMP fe80::1%7 fe80::2 - - 0 - - - - 8 0 - RECEIVE",
	 "2026-11-23T12:00:00.000Z host=fe80::2 port=0 src=fe80::1 proto=icmp allowed in"},
	{"pfirewall", "2026-11-23 12:00:00 CLOSE TCP 192.0.2.1 192.0.2.2 1 2 - - - - - - - - -", "other"},
	{"pfirewall", "2026-11-23 12:00:00 INFO-EVENTS-LOST - - - - - - - - - - - - 59 -",
	 "no rule of its description holds"},
	{"pf-filterlog",
	 "Nov 23 10:38:09 fw filterlog: 53,,,100,em0,match,block,in,4,0x0,,64,420,0,none,6,tcp,460,192.0.2.2,192.0.2.15,"
	 "53742,22,420,PA,1:2,3,65535,,",
	 "2026-11-23T10:38:09.000Z host=192.0.2.15 port=22 src=192.0.2.2 sport=53742 proto=tcp blocked in"},
	{"pf-filterlog",
	 "<134>1 2026-11-23T11:42:14.27+00:00 fw.lan filterlog 92653 - - 621,,,16,vtnet0,match,pass,out,6,0x00,0x07c63,64,"
	 "ICMPv6,58,44,2001:db8::1,2001:db8::2,",
	 "2026-11-23T11:42:14.270Z host=2001:db8::2 port=0 src=2001:db8::1 proto=icmp6 allowed out"},
	{"mikrotik",
	 "2026-11-23T00:04:27+01:00 gw firewall,info drop input: in:WAN out:(unknown 0), src-mac e4:41, proto TCP (SYN), "
	 "[2001:db8::1]:40384->[2001:db8::2]:20461, len 24",
	 "2026-11-22T23:04:27.000Z host=2001:db8::2 port=20461 src=2001:db8::1 sport=40384 proto=tcp blocked in"},
	{"little-snitch", "2026-11-23 12:00:00,out,501,192.0.2.7,name.example,6,443,0,3,0,0,\"/Apps/A, B\",",
	 "2026-11-23T12:00:00.000Z host=name.example dst=192.0.2.7 port=443 proto=tcp process=/Apps/A, B blocked out"},
	{"opensnitch",
	 "{\"Rule\":\"x\",\"Action\":\"deny\",\"Type\":1,\"Event\":{\"time\":\"2026-11-23T12:00:00Z\",\"protocol\":\"tcp\","
	 "\"dst_ip\":\"192.0.2.7\",\"dst_host\":\"name.example\",\"dst_port\":\"443\",\"process_id\":17,\"process_path\":"
	 "\"/bin/a\\u0062\"}}",
	 "2026-11-23T12:00:00.000Z host=name.example dst=192.0.2.7 port=443 proto=tcp process=/bin/ab pid=17 blocked"},
	{"zeek-conn-json",
	 "{\"ts\":1795435385.25,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":4000,\"id.resp_h\":\"192.0.2.2\","
	 "\"id.resp_p\":443,\"proto\":\"tcp\",\"conn_state\":\"SF\"}",
	 "2026-11-23T12:03:05.250Z host=192.0.2.2 port=443 src=192.0.2.1 sport=4000 proto=tcp logged"},
	{"suricata",
	 "{\"timestamp\":\"2026-11-23T12:00:01.5+0000\",\"event_type\":\"flow\",\"src_ip\":\"192.0.2.1\",\"src_port\":1,"
	 "\"dest_ip\":\"192.0.2.2\",\"dest_port\":443,\"proto\":\"TCP\",\"flow\":{\"start\":\"2026-11-23T12:00:00+0000\"}}",
	 "2026-11-23T12:00:00.000Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 proto=tcp logged"},
	{"suricata",
	 "{\"timestamp\":\"2026-11-23T12:00:01Z\",\"event_type\":\"drop\",\"dest_ip\":\"192.0.2.2\",\"alert\":{\"action\":"
	 "\"blocked\"}}",
	 "2026-11-23T12:00:01.000Z host=192.0.2.2 port=0 blocked"},
	{"suricata", "{\"timestamp\":\"2026-11-23T12:00:01Z\",\"event_type\":\"stats\"}", "other"},
	{"tetragon",
	 "{\"process_kprobe\":{\"process\":{\"pid\":17,\"binary\":\"/bin/a\"},\"args\":[{\"sock_arg\":{\"saddr\":"
	 "\"192.0.2.1\",\"daddr\":\"192.0.2.2\",\"sport\":1,\"dport\":443}},{\"int_arg\":1}],\"action\":"
	 "\"KPROBE_ACTION_POST\"},\"time\":\"2026-11-23T12:00:00.5Z\"}",
	 "2026-11-23T12:00:00.500Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 process=/bin/a pid=17 logged"},
	{"tetragon", "{\"process_exec\":{},\"time\":\"2026-11-23T12:00:00.5Z\"}", "other"},
	{"falco",
	 "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"2026-11-23T12:00:00.5Z\",\"output_fields\":{\"fd.rip\":"
	 "\"192.0.2.2\",\"fd.rport\":443,\"fd.l4proto\":\"tcp\",\"proc.name\":\"a\",\"proc.pid\":17}}",
	 "2026-11-23T12:00:00.500Z host=192.0.2.2 port=443 proto=tcp process=a pid=17 logged"},
	{"docker-sandbox",
	 "{\"audit_event_id\":\"1\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"decision\":\"deny\",\"hostname\":"
	 "\"name.example\"}",
	 "2026-11-23T12:00:00.000Z host=name.example port=0 blocked"},
	{"docker-sandbox",
	 "{\"audit_event_id\":\"1\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"decision\":\"allow\",\"hostname\":"
	 "\"[2001:db8::1]:8443\"}",
	 "2026-11-23T12:00:00.000Z host=2001:db8::1 port=8443 allowed"},
	{"ollama", "[GIN] 2026/11/23 - 08:52:32 | 200 |    1.35s |       127.0.0.1 | POST     \"/api/chat\"",
	 "2026-11-23T08:52:32.000Z port=0 src=127.0.0.1 proto=tcp process=ollama allowed in"},
	{"ollama",
	 "time=2026-11-23T08:52:32.5+01:00 level=ERROR source=x.go:1 msg=\"no\" error=\"Get "
	 "\\\"https://registry.example/v2/\\\": dial tcp\"",
	 "2026-11-23T07:52:32.500Z host=registry.example port=443 proto=tcp process=ollama logged"},
	{"ollama",
	 "Nov 23 08:52:32 h ollama[17]: time=2026-11-23T08:52:32Z level=INFO source=routes.go:1 msg=\"Listening\"",
	 "other"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"_PID\":\"17\",\"MESSAGE\":"
	 "\"[GIN] 2026/11/23 - 13:03:05 | 200 |    1.35s |       127.0.0.1 | POST     \\\"/api/chat\\\"\"}",
	 "2026-11-23T12:03:05.123Z port=0 src=127.0.0.1 proto=tcp process=ollama pid=17 allowed in"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"_PID\":\"17\",\"MESSAGE\":"
	 "\"time=2026-11-23T12:03:04.5Z level=ERROR source=x.go:1 msg=\\\"no\\\" error=\\\"Post "
	 "\\\\\\\"https://registry.example/v2/\\\\\\\": dial tcp\\\"\"}",
	 "2026-11-23T12:03:04.500Z host=registry.example port=443 proto=tcp process=ollama pid=17 logged"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"MESSAGE\":\"hello\"}", "other"},
	{"ollama-export",
	 "__REALTIME_TIMESTAMP=1795435385123456\n_SYSTEMD_UNIT=ollama.service\n_PID=17\nMESSAGE=time=2026-11-23T12:03:04.5Z "
	 "level=ERROR source=x.go:1 msg=\"no\" error=\"Get \\\"https://registry.example/v2/\\\": dial tcp\"\n",
	 "2026-11-23T12:03:04.500Z host=registry.example port=443 proto=tcp process=ollama pid=17 logged"},
	{"ollama-export", "__REALTIME_TIMESTAMP=1795435385123456\n_SYSTEMD_UNIT=ssh.service\nMESSAGE=hello\n", "other"},
	{"lm-studio",
	 "[2026-11-23 08:52:32][INFO] [AppUpdater] Fetching version info from https://versions.example:8443/a?b",
	 "2026-11-23T08:52:32.000Z host=versions.example port=8443 process=LM Studio logged"},
	{"lm-studio", "[2026-11-23 08:52:32][INFO][LM STUDIO SERVER] running", "other"},
	{"llama-server", "srv  log_server_r: request: POST /v1/chat/completions 127.0.0.1 200", "other"},
	{"vllm", "INFO:     127.0.0.1:5000 - \"POST /v1/completions HTTP/1.1\" 200 OK", "other"},
	{"vllm", "(APIServer pid=1) INFO 11-23 12:00:00 [api_server.py:17] started", "other"},
	{"aider-analytics", "{\"event\":\"launched\",\"properties\":{},\"user_id\":\"x\",\"time\":1795435385}", "other"},
	{"continue-dev-data", "{\"eventName\":\"x\",\"schema\":\"0.2.0\"}", "other"},
};

static void each_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		struct described *s = described_new(find(lines[i].log), start);
		const char *got = shown(described_line(s, slice_of_string(lines[i].line), &a));
		if (strcmp(got, lines[i].wanted) != 0)
			print_error("%s\n", lines[i].line);
		assert_string_equal(got, lines[i].wanted);
		described_free(s);
	}
}

/* One line of it must do, where it is about a connection or the log's own. */
static void each_is_recognised_by_its_lines(void **state)
{
	(void)state;
	static const char *const names[] = {"netfilter-journal", "pf-filterlog", "zeek-conn-json", "suricata", "tetragon",
					    "falco", "docker-sandbox", "ollama", "ollama-journal", "ollama-export", "aider-analytics",
					    "continue-dev-data", "mikrotik", "vllm", "llama-server"};
	for (size_t n = 0; n < LENGTH(names); n++)
		for (size_t i = 0; i < LENGTH(lines); i++) {
			if (strcmp(lines[i].log, names[n]) != 0)
				continue;
			unsigned best = 0, second = 0;
			for (size_t d = 0; d < descriptions_count(all); d++) {
				const struct description *one = descriptions_at(all, d);
				unsigned sure = described_sniff(one, start, slice_of_string(lines[i].line));
				if (!strcmp(one->name, names[n]))
					best = sure;
				else if (sure > second)
					second = sure;
			}
			if (best <= second || best < 50)
				print_error("%s: %u and %u: %s\n", names[n], best, second, lines[i].line);
			assert_true(best > second && best >= 50);
			break;
		}
}

static void a_heading_names_the_columns(void **state)
{
	(void)state;
	static const char log[] = "#Version: 1.5\n#Time Format: UTC\n#Fields: date time action dst-ip dst-port protocol path\n"
				  "2026-11-23 12:00:00 ALLOW 192.0.2.2 443 TCP SEND\n";
	struct described *s = described_new(find("pfirewall"), start);
	struct cursor c = cursor_over(slice_of_string(log));
	struct slice line;
	enum app_kind kind = APP_UNREAD;
	while (cursor_line(&c, &line, NULL))
		kind = described_line(s, line, &a);
	assert_string_equal(shown(kind), "2026-11-23T12:00:00.000Z host=192.0.2.2 port=443 proto=tcp allowed out");
	described_free(s);
	assert_true(described_sniff(find("pfirewall"), start, slice_of_string(log)) > 60);

	s = described_new(find("zeek-conn"), start);
	static const char row[] = "1795435385.5\tC1\t192.0.2.1\t1\t192.0.2.2\t443\ttcp\t-\tSF";
	assert_string_equal(shown(described_line(s, slice_of_string(row), &a)),
			    "a row in front of the heading that names its columns");
	described_line(s, SLICE("#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tconn_state"), &a);
	assert_string_equal(shown(described_line(s, slice_of_string(row), &a)),
			    "2026-11-23T12:03:05.500Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 proto=tcp logged");
	described_free(s);
}

static int begin(void **state)
{
	(void)state;
	all = descriptions_new();
	start = must_alloc(1, sizeof *start);
	memset(start, 0, sizeof *start);
	zone_unknown(&start->zone);
	start->reference_ns = INT64_C(1795435385) * CLOCK_SECOND;
	return 0;
}

static int end(void **state)
{
	(void)state;
	(void)shown(APP_OTHER);
	descriptions_free(all);
	free(start);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line),
		cmocka_unit_test(each_is_recognised_by_its_lines),
		cmocka_unit_test(a_heading_names_the_columns),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
