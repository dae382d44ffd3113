/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page_table.h"
#include "report/pdf.h"
#include "report/pdf_words.h"

#include <string.h>

enum { VALUE_MAX = 400 };

static void draw_witness_table(struct page *p)
{
	static const struct page_column columns[] = {
		PAGE_COLUMN("Witness", 0.15, PAGE_CELL_BOLD),
		PAGE_COLUMN("What it sees", 0.43, PAGE_CELL),
		PAGE_COLUMN("What it cannot see", 0.42, PAGE_CELL)};
	static const char *const rows[][3] = {
		{"kernel",
		 "each attempt to connect or send at the system call, with process, outcome and "
		 "bytes, and the first packet of each socket on its way out",
		 "what was inside; what a service outside the scope does on behalf of the session"},
		{"seccomp",
		 "without rights: each call by which a process of the session could reach another machine is "
		 "done for it, and recorded with process and outcome",
		 "packets; what other programs of this machine do, also where the session asks them; what is "
		 "sent over connections that it accepts"},
		{"packets",
		 "every packet on the interfaces of this machine, independent of any process",
		 "which process sent it; the inside of encrypted traffic; interfaces of other "
		 "machines"},
		{"sock_diag", "the sockets that the kernel lists, before, during and after",
		 "a socket that lived between two looks"},
		{"etw", "the events of Windows about connections, datagrams, names asked for and processes, "
			"each with its process, as they happen",
		 "other protocols than TCP and UDP; what was inside; what a service does on behalf of the session"},
		{"socket_tables", "the sockets that Windows or macOS lists, with their processes",
		 "a socket that lived between two looks"},
		{"tools", "what ss, lsof, netstat and the firewall of the system print",
		 "anything between two runs"},
		{"log of the application", "what the application says of itself",
		 "what it does not say; it is checked against the others, never trusted alone"},
	};
	struct page_table t;
	page_table_begin(&t, p, columns, LENGTH(columns));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (size_t k = 0; k < LENGTH(rows[i]); k++)
			text_add_string(page_table_cell(&t), rows[i][k]);
		page_table_row(&t);
	}
	page_table_end(&t);
}

static void add_milliseconds(struct text *t, int64_t ns)
{
	text_addf(t, "%s%lld.%03lld ms", ns < 0 ? "-" : "", llabs(ns) / 1000000,
		  llabs(ns) / 1000 % 1000);
}

static void draw_clock(struct pdf *d)
{
	const struct facts *f = d->facts;
	const char *synchronised = f->value[FACT_CLOCK_SYNCHRONISED];
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 32);
	page_subheading(&d->page, "The clock");
	if (!strcmp(synchronised, "true"))
		text_add_string(&t, "The kernel held this machine's clock for synchronised");
	else if (!strcmp(synchronised, "false"))
		text_add_string(&t,
				"The kernel did not hold this machine's clock for synchronised");
	else
		text_add_string(&t, "Nothing is known of the state of this machine's clock");
	if (f->value[FACT_CLOCK_SOURCE][0]) {
		text_add_string(&t, " (source: ");
		text_add_printable(&t, slice_of_string(f->value[FACT_CLOCK_SOURCE]), VALUE_MAX);
		text_add_char(&t, ')');
	}
	/* of a clock that nothing disciplines the kernel says 0 */
	if (f->value[FACT_CLOCK_OFFSET][0] && !strcmp(synchronised, "true")) {
		text_add_string(&t, "; offset ");
		add_milliseconds(&t, facts_number(f, FACT_CLOCK_OFFSET, 0));
	}
	if (f->value[FACT_CLOCK_MAXIMUM_ERROR][0]) {
		text_add_string(&t, "; largest error ");
		add_milliseconds(&t, facts_number(f, FACT_CLOCK_MAXIMUM_ERROR, 0));
	}
	text_add_string(&t, ". All times are of this clock; no time server was asked. Spans are "
			    "measured with a clock that nobody sets.");
	page_text(&d->page, PAGE_BODY, text_string(&t));
}

static void draw_policy(struct pdf *d)
{
	const struct facts *f = d->facts;
	page_subheading(&d->page, "The policy");
	if (!f->value[FACT_POLICY][0]) {
		page_text(&d->page, PAGE_BODY,
			  "No policy was given: what is built in applies, no destination allowed.");
		return;
	}
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 8);
	text_add_string(&t, "SHA-256 ");
	text_add_printable(&t, slice_of_string(f->value[FACT_POLICY_SHA256]), VALUE_MAX);
	page_text(&d->page, PAGE_CELL_MONO, text_string(&t));
	page_space(&d->page, 3);
	page_foreign(&d->page, PAGE_CELL_MONO, slice_of_string(f->value[FACT_POLICY]),
		     PDF_POLICY_MAX, 0);
}

enum status pdf_method(struct pdf *d, struct error *err)
{
	static const char *const verdicts[] = {
		"PASS: nothing of the session left this machine, no name lookup left it, every "
		"required witness saw all of it without loss, every packet that went out is "
		"explained, and the application's log agrees where one is required.",
		"FAIL: something left this machine that the policy does not allow, or the evidence "
		"contradicts the application's log.",
		"INCONCLUSIVE: neither can be said, because the watching had a gap, a loss, "
		"a missing witness, packets without an owner or a log that could not be read.",
		"PASS does not mean that the program cannot reach out, that it would not "
		"on another day, or that any rule or standard is kept as a whole.",
	};
	(void)err;
	page_heading(&d->page, "Limits and method");
	for (size_t i = 0; facts_limits[i]; i++)
		page_item(&d->page, "–", PAGE_BODY, facts_limits[i]);
	page_subheading(&d->page, "What the verdicts mean");
	for (size_t i = 0; i < LENGTH(verdicts); i++)
		page_item(&d->page, "–", PAGE_BODY, verdicts[i]);
	page_subheading(&d->page, "The witnesses");
	page_textf(
		&d->page, PAGE_BODY,
		"%lld harmless connections and datagrams of this tool to this machine itself, at "
		"times and ports that nothing could foresee, showed which witness was seeing when. "
		"They are in no other count of this report.",
		(long long)d->facts->count[COUNT_CANARIES]);
	page_space(&d->page, 4);
	draw_witness_table(&d->page);
	draw_clock(d);
	draw_policy(d);
	return OK;
}
