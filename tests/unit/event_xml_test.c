/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/log_rows.h"

#include "core/text.h"
#include "ingest/event_split.h"

#define XMLNS " xmlns='http://schemas.microsoft.com/win/2004/08/events/event'"
#define SYSTEM(provider, id) \
	"<System><Provider Name='" provider "' Guid='{5770385F-C22A-43E0-BF4C-06F5698FFBD9}'/><EventID>" id "</EventID>" \
	"<Version>1</Version><TimeCreated SystemTime='2026-11-23T12:03:06.123456700Z'/><EventRecordID>1</EventRecordID>" \
	"<Execution ProcessID='4' ThreadID='8'/><Computer>pc.example</Computer><Security/></System>"
#define SYSMON "Microsoft-Windows-Sysmon"
#define AUDIT "Microsoft-Windows-Security-Auditing"
#define DATA(name, value) "<Data Name='" name "'>" value "</Data>"
#define EVENT(provider, id, data) "<Event" XMLNS ">" SYSTEM(provider, id) "<EventData>" data "</EventData></Event>"

#define CONNECT(initiated) \
	EVENT(SYSMON, "3", DATA("RuleName", "-") DATA("UtcTime", "2026-11-23 12:03:05.500") DATA("ProcessId", "4711") \
	      DATA("Image", "C:\\Program Files\\a &amp; b\\agent.exe") DATA("Protocol", "tcp") DATA("Initiated", initiated) \
	      DATA("SourceIsIpv6", "false") DATA("SourceIp", "192.0.2.1") DATA("SourceHostname", "pc") DATA("SourcePort", "50000") \
	      DATA("DestinationIp", "198.51.100.7") DATA("DestinationHostname", "edge.example") DATA("DestinationPort", "443") \
	      DATA("DestinationPortName", "https"))
#define LOOKUP \
	EVENT(SYSMON, "22", DATA("UtcTime", "2026-11-23 12:03:05.250") DATA("ProcessId", "17") DATA("QueryName", "api.example.") \
	      DATA("QueryStatus", "0") DATA("QueryResults", "type:  5 edge.example;::ffff:198.51.100.7;") DATA("Image", "C:\\a.exe"))
#define FILTER(id, direction, layer, protocol) \
	EVENT(AUDIT, id, DATA("ProcessID", "0x11") DATA("Application", "\\device\\harddiskvolume3\\a.exe") \
	      DATA("Direction", direction) DATA("SourceAddress", "192.0.2.1") DATA("SourcePort", "50000") \
	      DATA("DestAddress", "2001:db8::1") DATA("DestPort", "443") DATA("Protocol", protocol) DATA("FilterRTID", "7") \
	      DATA("LayerName", "%%14611") DATA("LayerRTID", layer))

#define FIRST "1|1795435385500|C:\\Program Files\\a & b\\agent.exe|4711|-|198.51.100.7|443|tcp|logged|192.0.2.1|50000|out;"
#define SECOND "2|1795435385250|C:\\a.exe|17|api.example|-|-|dns|logged|-|-|out;"

static void events_become_entries(void **state)
{
	struct rows *r = *state;
	read_log_text(r, &reader_event_xml,
		      "<Events>" CONNECT("true") LOOKUP CONNECT("false") FILTER("5156", "%%14593", "48", "6")
		      FILTER("5157", "Outbound", "50", "17") FILTER("5156", "%%14592", "44", "6") FILTER("5157", "%%14592", "48", "6")
		      FILTER("5152", "%%14592", "13", "58") FILTER("5153", "%%14594", "13", "47") FILTER("5158", "", "36", "6")
		      EVENT(AUDIT, "4625", DATA("IpAddress", "192.0.2.9")) EVENT("Other", "3", DATA("DestinationIp", "192.0.2.9"))
		      "</Events>");
#define WFP "1795435386123|\\device\\harddiskvolume3\\a.exe|17|-|"
	assert_rows(r->store, ENTRIES,
		    FIRST SECOND
		    "3|1795435385500|C:\\Program Files\\a & b\\agent.exe|4711|-|198.51.100.7|443|tcp|logged|192.0.2.1|50000|in;"
		    "4|" WFP "2001:db8::1|443|tcp|allowed|192.0.2.1|50000|out;"
		    "5|" WFP "2001:db8::1|443|udp|blocked|192.0.2.1|50000|out;"
		    /* this machine is the source, whoever began */
		    "6|" WFP "192.0.2.1|50000|tcp|allowed|2001:db8::1|443|in;"
		    /* the layer is believed: a connect is no arrival */
		    "7|" WFP "2001:db8::1|443|tcp|blocked|192.0.2.1|50000|out;"
		    "8|" WFP "2001:db8::1|443|icmp6|blocked|192.0.2.1|50000|in;"
		    "9|" WFP "2001:db8::1|443|47|blocked|192.0.2.1|50000|forward;");
	assert_rows(r->store, COUNTS, "12|9|3|0;");
	assert_rows(r->store, "SELECT zone, time_slack_ns FROM app_log", "as stated|0;");
}

static void without_a_root_and_pretty(void **state)
{
	struct rows *r = *state;
	static const char pretty[] = "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>\r\n"
		"<!-- </Event> -->\r\n"
		"  <e:Event xmlns:e=\"http://schemas.microsoft.com/win/2004/08/events/event\">\r\n    <e:System>\r\n"
		"      <e:Provider Name = \"Microsoft-Windows-Sysmon\" />\r\n      <e:EventID Qualifiers=\"0\">\r\n        3\r\n      </e:EventID>\r\n"
		"      <e:TimeCreated SystemTime=\"2026-11-23T12:03:05Z\" />\r\n    </e:System>\r\n    <e:EventData>\r\n"
		"      <e:Data Name=\"RuleName\" />\r\n      <e:Data Name=\"Image\"><![CDATA[C:\\</Event>\\a&b.exe]]></e:Data>\r\n"
		"      <e:Data Name=\"DestinationIp\">\r\n198.51.100.7\r\n</e:Data>\r\n      <e:Data Name=\"DestinationPort\">443</e:Data>\r\n"
		"      <e:Data Name=\"DestinationIp\">198.51.100.8</e:Data>\r\n    </e:EventData>\r\n"
		"    <e:RenderingInfo Culture=\"de-DE\"><e:Message>Netzwerkverbindung: &lt;/Event&gt; DestinationIp: 192.0.2.99</e:Message>"
		"<e:Data Name=\"DestinationIp\">192.0.2.99</e:Data></e:RenderingInfo>\r\n"
		"  </e:Event>\r\n</Events>\r\n";
	read_log_text(r, &reader_event_xml, pretty);
	assert_rows(r->store, ENTRIES, "1|1795435385000|C:\\</Event>\\a&b.exe|-|-|198.51.100.7|443|-|logged|-|-|-;");
	read_log_text(r, &reader_event_xml, CONNECT("true") "\n" LOOKUP "\n");
	assert_rows(r->store, ENTRIES, FIRST SECOND);
	read_log_text(r, &reader_event_xml, CONNECT("true") LOOKUP);
	assert_rows(r->store, ENTRIES, FIRST SECOND);
	/* copied from the view of the Event Viewer */
	read_log_text(r, &reader_event_xml, "- " CONNECT("true") "\n- " LOOKUP);
	assert_rows(r->store, ENTRIES, FIRST SECOND);
	assert_rows(r->store, COUNTS, "2|2|0|0;");
}

/* As UTF-16. */
static void widen(const char *from, bool little, struct text *ret)
{
	for (; *from; from++) {
		if (little)
			text_add_char(ret, *from);
		text_add_char(ret, 0);
		if (!little)
			text_add_char(ret, *from);
	}
}

static void in_sixteen_bits(void **state)
{
	struct rows *r = *state;
	for (int little = 0; little < 2; little++) {
		AUTO_TEXT struct text wide = text_make(1 << 20);
		text_add(&wide, little ? SLICE("\xff\xfe") : SLICE("\xfe\xff"));
		widen("<Events>\r\n" CONNECT("true") "\r\n" LOOKUP, little, &wide);
		/* U+1F600, which takes two units, at places around the end of what is looked at */
		widen("<Event><EventData><Data Name='x'>", little, &wide);
		for (size_t i = 0; i < 3000; i++)
			text_add(&wide, little ? SLICE("\x3d\xd8\x00\xde") : SLICE("\xd8\x3d\xde\x00"));
		widen("</Data></EventData></Event></Events>\r\n", little, &wide);
		read_log_bytes(r, &reader_event_xml, text_slice(&wide));
		assert_rows(r->store, ENTRIES, FIRST SECOND);
		assert_rows(r->store, COUNTS, "3|2|1|0;");
		assert_log_taken(text_slice(&wide), "windows-event-xml");
		/* half a unit at the end */
		wide.size = 2 * sizeof "<Events>" + 1;
		read_log_bytes(r, &reader_event_xml, text_slice(&wide));
		assert_rows(r->store, COUNTS, "1|0|0|1;");
	}
}

static void what_cannot_be_read_is_counted(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *text, *counts, *why;
	} cases[] = {
		{"<Events>garbage</Events>", "1|0|0|1;", "text outside of any event|1;"},
		{"<Events><![CDATA[x]]></Events>", "1|0|0|1;", "text outside of any event|1;"},
		{"<Events>" LOOKUP "garbage" LOOKUP, "3|2|0|1;", "text outside of any event|2;"},
		{"<Events><Event><System>", "1|0|0|1;", "an element without its end|1;"},
		{"<Events><Event><System></Event>" LOOKUP, "1|0|0|1;", "the end of an element that is not open|1;"},
		{"<!DOCTYPE a [<!ENTITY b 'bb'>]>" LOOKUP, "1|0|0|1;", "a document type declaration, which is refused|1;"},
		{"<!-- " LOOKUP, "1|0|0|1;", "a comment without its end|1;"},
		{EVENT(SYSMON, "3", DATA("Image", "&b;")), "1|0|0|1;", "a reference that is none of the five, nor a number|1;"},
		{EVENT(SYSMON, "3", ""), "1|0|0|1;", "a connection without a destination that can be read|1;"},
		{EVENT(SYSMON, "3", DATA("DestinationIp", "-")), "1|0|0|1;", "a connection without a destination that can be read|1;"},
		{EVENT(SYSMON, "3", DATA("DestinationIp", "192.0.2.1") DATA("DestinationPort", "65536")), "1|0|0|1;",
		 "a port that is not 0 to 65535|1;"},
		{EVENT(SYSMON, "3", DATA("DestinationIp", "192.0.2.1") DATA("ProcessId", "x")), "1|0|0|1;", "a pid that is no number|1;"},
		{EVENT(SYSMON, "3", DATA("DestinationIp", "192.0.2.1") DATA("Initiated", "x")), "1|0|0|1;", "a direction that is not known|1;"},
		{EVENT(AUDIT, "5157", DATA("DestAddress", "192.0.2.1") DATA("Direction", "%%1")), "1|0|0|1;", "a direction that is not known|1;"},
		{EVENT(SYSMON, "22", DATA("QueryName", "a b")), "1|0|0|1;", "a lookup without a name that can be read|1;"},
		{"<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>3</EventID></System></Event>", "1|0|0|1;",
		 "an event without a time that can be read|1;"},
		{"<Event/>", "1|0|1|0;", ""},
		{"<Events/>", "0|0|0|0;", ""},
		{"", "0|0|0|0;", ""},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		read_log_text(r, &reader_event_xml, cases[i].text);
		if (strcmp(rows_get(r->store, COUNTS), cases[i].counts) != 0)
			print_error("%s\n", cases[i].text);
		assert_rows(r->store, COUNTS, cases[i].counts);
		assert_rows(r->store, "SELECT reason, first_record FROM skipped", cases[i].why);
	}
}

static void an_event_that_is_too_long(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text log = text_make(1 << 20);
	text_add_string(&log, "<Events><Event><EventData><Data>");
	while (log.size < 2 * APP_LINE_MAX)
		text_add_char(&log, 'x');
	text_add_string(&log, "</Data></EventData></Event><!--");
	while (log.size < 4 * APP_LINE_MAX)
		text_add_char(&log, 'x');
	text_add_string(&log, "-->" LOOKUP "</Events>");
	read_log_bytes(r, &reader_event_xml, text_slice(&log));
	assert_rows(r->store, COUNTS, "2|1|0|1;");
	assert_rows(r->store, "SELECT reason, first_record FROM skipped", "longer than any line of a log|1;");
}

static void only_what_the_session_wrote_counts(void **state)
{
	struct rows *r = *state;
	static const char before[] = "<Events>" LOOKUP, all[] = "<Events>" LOOKUP CONNECT("true") LOOKUP;
	read_log_part(r, &reader_event_xml, slice_of_string(all), sizeof before - 1, sizeof before + sizeof CONNECT("true") - 2);
	assert_rows(r->store, COUNTS, "1|1|0|0;");
	assert_rows(r->store, "SELECT line, dport FROM app_event", "2|443;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_log_taken(SLICE("<Events>" LOOKUP), "windows-event-xml");
	assert_log_taken(SLICE("\n\n" LOOKUP), "windows-event-xml");
	assert_log_taken(SLICE("- " LOOKUP), "windows-event-xml");
	assert_log_taken(SLICE("<?xml version='1.0'?>\n<Events>\n<Event><System></System></Event>"), "windows-event-xml");
	assert_int_equal(reader_event_xml.sniff(SLICE("<html><body>")), 0);
	assert_int_equal(reader_event_xml.sniff(SLICE("<Event/>")), 0);
	assert_int_equal(reader_event_xml.sniff(SLICE("see " LOOKUP)), 0);
	assert_int_equal(reader_event_xml.sniff(SLICE("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(events_become_entries),
		rows_test(without_a_root_and_pretty),
		rows_test(in_sixteen_bits),
		rows_test(what_cannot_be_read_is_counted),
		rows_test(an_event_that_is_too_long),
		rows_test(only_what_the_session_wrote_counts),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
