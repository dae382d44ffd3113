/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/watch_lines.h"

#include "cli/watch_page.h"
#include "core/clock.h"

#include <locale.h>
#include <wchar.h>

static const char SESSION[] =
	"{'kind':'witness','t':1000000000,'witness':'kernel','state':'on','detail':'all','remedy':''}\n"
	"{'kind':'process','t':1000000000,'pid':10,'ppid':1,'uid':7,'comm':'sh','exe':'/bin/sh','tree':true}\n"
	"{'kind':'process','t':1100000000,'pid':20,'ppid':1,'uid':7,'comm':'agent','exe':'/bin/agent','tree':true}\n"
	"{'kind':'fork','t':2000000000,'pid':10,'child':30,'comm':'reach','tree':true}\n"
	"{'kind':'attempt','t':3000000000,'call':'connect','proto':'tcp','dst':'192.0.2.2','dport':443,'cookie':5,"
	"'pid':30,'tid':30,'comm':'reach','tree':true,'value':-111}\n"
	"{'kind':'attempt','t':3100000000,'call':'connect','proto':'tcp','dst':'127.0.0.1','dport':8080,'cookie':6,"
	"'pid':20,'tid':20,'comm':'agent','tree':true,'value':0}\n"
	"{'kind':'attempt','t':3200000000,'call':'connect','proto':'tcp','dst':'127.0.0.1','dport':9090,'cookie':7,"
	"'pid':20,'tid':20,'comm':'agent','tree':true,'value':0}\n"
	"{'kind':'attempt','t':3300000000,'call':'connect','proto':'tcp','dst':'192.0.2.9','dport':25,'cookie':8,"
	"'pid':77,'tid':77,'comm':'mailer'}\n";

struct drawn {
	struct watched_model w;
	struct watch_view view;
	struct watch_page *page;
	struct watch_status status;
	int64_t now;
};

static int setup(void **state)
{
	struct drawn *d = calloc(1, sizeof *d);
	if (!d || !setlocale(LC_CTYPE, "C.UTF-8"))
		return -1;
	d->w.m = watch_model_new();
	d->page = watch_page_new();
	d->page->rows = 24;
	d->page->columns = 80;
	d->page->utf8 = true;
	d->status = (struct watch_status){.folder = "airgap-sessions/x"};
	watch_view_start(&d->view);
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct drawn *d = *state;
	watch_view_free(&d->view);
	watch_page_free(d->page);
	watch_model_free(d->w.m);
	free(d);
	return 0;
}

/* Columns of the screen that a line takes; fails where something of it could harm one. */
static size_t width(const struct text *line)
{
	struct cursor c = cursor_over(text_slice(line));
	size_t sum = 0;
	while (cursor_left(&c) > 0) {
		uint32_t code;
		size_t size = text_utf8(cursor_rest(&c), &code);
		assert_true(size > 0 && code >= ' ' && !(code >= 0x7f && code < 0xa0) && !(code >= 0x202a && code <= 0x202e) &&
			    !(code >= 0x2066 && code <= 0x2069));
		cursor_skip(&c, size);
		assert_true(wcwidth((wchar_t)code) >= 0);
		sum += (size_t)wcwidth((wchar_t)code);
	}
	return sum;
}

static void draw(struct drawn *d)
{
	d->now += CLOCK_SECOND;
	watch_view_refresh(&d->view, d->w.m, d->now);
	watch_page_draw(d->page, d->w.m, &d->view, &d->status);
	assert_int_equal(d->page->filled, d->page->rows);
	for (size_t i = 0; i < d->page->filled; i++)
		assert_true(width(&d->page->lines[i].text) <= d->page->columns);
}

static const char *line(const struct drawn *d, size_t number)
{
	return text_string(&d->page->lines[number].text);
}

static void keys(struct drawn *d, const char *typed)
{
	for (; *typed; typed++) {
		assert_int_equal(watch_view_key(&d->view, *typed == '\n' ? WATCH_KEY_ENTER : (unsigned char)*typed), WATCH_ACTION_NONE);
		draw(d);
	}
}

static void processes_stand_below_their_parents(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	draw(d);
	assert_contains(line(d, 0), "live  1970-01-01 00:00:03 UTC  airgap-sessions/x");
	assert_contains(line(d, 1), "1 EGRESS ATTEMPT  2 local  3 processes");
	assert_contains(line(d, 2), "[1 Processes] 2 Connections");
	assert_contains(line(d, 3), "PID");
	assert_contains(line(d, 4), "runs        sh ");
	assert_contains(line(d, 5), "1! runs         reach ");
	assert_contains(line(d, 6), "runs        agent ");
	assert_string_equal(line(d, 7), "");
	assert_contains(line(d, 23), "1 of 3");
	assert_int_equal(d->page->lines[5].style, WATCH_ALERT);
	keys(d, "a");
	assert_contains(line(d, 23), "1 of 4");
}

static void egress_is_marked_by_a_word(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3");
	assert_contains(line(d, 4), "127.0.0.1"); /* the latest first */
	assert_null(strstr(line(d, 4), "EGRESS"));
	assert_contains(line(d, 6), "EGRESS");
	assert_contains(line(d, 6), "refused        443 192.0.2.2");
	keys(d, "2"); /* what was refused is no connection */
	assert_contains(line(d, 23), "1 of 2");
	keys(d, "3a");
	assert_contains(line(d, 4), "egress"); /* another program's */
	assert_contains(line(d, 4), "192.0.2.9");
}

static void a_wide_screen_shows_more(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "2");
	assert_null(strstr(line(d, 3), "RECEIVED"));
	d->page->rows = 50;
	d->page->columns = 200;
	draw(d);
	assert_contains(line(d, 3), "RECEIVED");
	for (d->page->rows = WATCH_ROWS_LEAST; d->page->rows < 40; d->page->rows++)
		for (d->page->columns = WATCH_WIDTH_LEAST; d->page->columns < 130; d->page->columns += 7)
			draw(d);
}

static void a_filter_is_typed(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3/EGReSS");
	assert_contains(line(d, 23), "only what holds: EGReSS_");
	assert_contains(line(d, 4), "192.0.2.2");
	keys(d, "\n");
	assert_contains(line(d, 2), "only: EGReSS");
	assert_contains(line(d, 23), "1 of 1");
	watch_view_key(&d->view, WATCH_KEY_ESCAPE);
	draw(d);
	assert_contains(line(d, 23), "1 of 3");
	keys(d, "/q9090\n"); /* q is a letter here */
	assert_contains(line(d, 23), "0 of 0");
	watch_view_key(&d->view, '/');
	for (int i = 0; i < 5; i++)
		watch_view_key(&d->view, WATCH_KEY_BACKSPACE);
	keys(d, "9090\n");
	assert_contains(line(d, 23), "1 of 1");
}

static void lists_are_sorted(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3sss"); /* time, mark, pid */
	assert_contains(line(d, 3), "PID+");
	assert_contains(line(d, 4), "      20");
	assert_contains(line(d, 6), "      30");
	keys(d, "r");
	assert_contains(line(d, 3), "PID-");
	assert_contains(line(d, 4), "      30");
}

/* What is read is not pushed away by what comes. */
static void the_selection_stays_on_its_record(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3jj");
	assert_int_equal(d->view.of[WATCH_ATTEMPTS].selected, 2);
	watch_row(&d->w, QUERY_ATTEMPT_INSERT, "ittt-tit--------ii------i", 4 * CLOCK_SECOND, "connect", "tcp", "", "192.0.2.2",
		  INT64_C(443), "refused", INT64_C(1), INT64_C(0), INT64_C(50));
	draw(d);
	assert_int_equal(d->view.of[WATCH_ATTEMPTS].selected, 3);
	keys(d, "g");
	watch_row(&d->w, QUERY_ATTEMPT_INSERT, "ittt-tit--------ii------i", 5 * CLOCK_SECOND, "connect", "tcp", "", "192.0.2.3",
		  INT64_C(443), "refused", INT64_C(1), INT64_C(0), INT64_C(51));
	draw(d);
	assert_int_equal(d->view.of[WATCH_ATTEMPTS].selected, 0);
	assert_contains(line(d, 4), "192.0.2.3");
}

static void details_tell_everything(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3G\n");
	assert_contains(line(d, 3), "EGRESS: aimed at another machine");
	bool why = false;
	for (size_t i = 3; i < 23; i++)
		why = why || strstr(line(d, i), "Connection refused");
	assert_true(why);
	keys(d, "\n");
	assert_contains(line(d, 3), "TIME");
	keys(d, "?");
	assert_contains(line(d, 3), "tab, 1 to 5");
	keys(d, "x");
	assert_contains(line(d, 3), "TIME");
}

/* Names come from whoever is watched. */
static void nothing_foreign_harms_the_screen(void **state)
{
	struct drawn *d = *state;
	static const char *const names[] = {
		"\x1b[2J\x1b]0;title\x07", "right\xe2\x80\xaeotleft", "\xe2\x81\xa6isolated", "two\nlines\r", "\xff\xfe\x80",
		"wide \xe4\xb8\x96\xe7\x95\x8c\xe4\xb8\x96\xe7\x95\x8c", "\xcc\x81\xcc\x81\xcc\x81marks\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
		"\xe2\x80\x8bzero", "\xf0\x9f\x94\xa5", "\xc2\x9b[31m", "\x7f",
	};
	for (size_t i = 0; i < LENGTH(names); i++)
		watch_row(&d->w, QUERY_NAME_INSERT, "itti", (int64_t)i, names[i], "sni", CLOCK_SECOND);
	for (d->page->columns = 20; d->page->columns <= 200; d->page->columns++)
		keys(d, "4");
	keys(d, "G\n");
	d->page->utf8 = false;
	keys(d, "\n");
	for (size_t i = 0; i < d->page->filled; i++)
		for (const char *c = line(d, i); *c; c++)
			assert_true(*c >= ' ' && *c < 0x7f);
}

/* Not so often that it would take a core: putting in order waits for as long as it may. */
static void a_long_list_is_not_put_in_order_all_the_time(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, SESSION);
	keys(d, "3");
	d->view.order.cost_ns = CLOCK_SECOND / 10;
	uint64_t before = d->view.order.version;
	int64_t made = d->view.order.made_ns;
	watch_row(&d->w, QUERY_LOSS_INSERT, "iti", 4 * CLOCK_SECOND, "kernel", INT64_C(0));
	watch_view_refresh(&d->view, d->w.m, made + 3 * CLOCK_SECOND);
	assert_int_equal(d->view.order.version, before);
	watch_view_refresh(&d->view, d->w.m, made + 4 * CLOCK_SECOND);
	assert_int_equal(d->view.order.version, d->w.m->version);
	d->view.order.cost_ns = CLOCK_SECOND;
	keys(d, "s"); /* what was asked for is done at once */
	assert_contains(line(d, 3), "TIME+");
}

/* Two processes that are each other's parent, and one that is its own. */
static void a_ring_of_parents_ends(void **state)
{
	struct drawn *d = *state;
	watch_lines(&d->w, "{'kind':'process','t':1000000000,'pid':10,'ppid':20,'comm':'a','tree':true}\n"
			   "{'kind':'process','t':1000000000,'pid':20,'ppid':10,'comm':'b','tree':true}\n"
			   "{'kind':'process','t':1000000000,'pid':30,'ppid':30,'comm':'c','tree':true}\n");
	draw(d);
	assert_contains(line(d, 23), "1 of 3");
	assert_int_equal(d->view.order.count, 3);
}

static void what_the_command_writes_has_a_pane(void **state)
{
	struct drawn *d = *state;
	d->status.what = "agent";
	d->status.output = SLICE("one\ntwo\x1b[31m\nthree");
	draw(d);
	assert_contains(line(d, 17), "what it writes: agent");
	assert_string_equal(line(d, 18), "one");
	assert_string_equal(line(d, 19), "two\\x1b[31m");
	assert_string_equal(line(d, 20), "three");
	d->status.output = SLICE("1\n2\n3\n4\n5\n6\n7\n");
	draw(d);
	assert_string_equal(line(d, 18), "3");
	assert_string_equal(line(d, 22), "7");
}

#define DRAWN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRAWN(processes_stand_below_their_parents),
		DRAWN(egress_is_marked_by_a_word),
		DRAWN(a_wide_screen_shows_more),
		DRAWN(a_filter_is_typed),
		DRAWN(lists_are_sorted),
		DRAWN(the_selection_stays_on_its_record),
		DRAWN(details_tell_everything),
		DRAWN(nothing_foreign_harms_the_screen),
		DRAWN(a_long_list_is_not_put_in_order_all_the_time),
		DRAWN(a_ring_of_parents_ends),
		DRAWN(what_the_command_writes_has_a_pane),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
