/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_screen.h"

#include "cli/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ESCAPE_MS = 50, ALERT_PAIR = 1 };

static SCREEN *screen;
static bool colour, utf8;

/* Without a locale that says so a terminal may show anything for what is not ASCII. */
static void set_locale(void)
{
	utf8 = setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static void set_colour(void)
{
	colour = terminal_colours(1) && has_colors() && start_color() == OK && use_default_colors() == OK &&
		 init_pair(ALERT_PAIR, COLOR_RED, -1) == OK;
}

static const char remedy[] = "watch --plain prints lines instead, watch --json for programs";

enum status watch_screen_check(struct error *err)
{
	const char *term = getenv("TERM");
	if (!isatty(0) || !isatty(1))
		return fail(err, ERR_UNAVAILABLE, "standard input and output are not a terminal; %s", remedy);
	if (!terminal_draws(1))
		return fail(err, ERR_UNAVAILABLE, "this terminal (TERM is \"%s\") shows no screen; %s", term ? term : "", remedy);
	return OK;
}

enum status watch_screen_open(struct error *err)
{
	enum status status = watch_screen_check(err);
	if (status)
		return status;
	set_locale();
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return fail(err, ERR_UNAVAILABLE, "nothing is known of a terminal called \"%s\"; %s", getenv("TERM"), remedy);
	atexit(watch_screen_close);
	set_colour();
	set_escdelay(ESCAPE_MS);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	curs_set(0);
	return OK;
}

void watch_screen_close(void)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen);
	screen = NULL;
}

static size_t at_most(int size, size_t max)
{
	return size < 0 ? 0 : (size_t)size < max ? (size_t)size : max;
}

void watch_screen_size(struct watch_page *p)
{
	p->rows = at_most(getmaxy(stdscr), WATCH_ROWS_MAX);
	p->columns = at_most(getmaxx(stdscr), WATCH_WIDTH_MAX);
	p->utf8 = utf8;
}

static int attributes(enum watch_style style)
{
	switch (style) {
	case WATCH_TITLE:
		return (int)(A_REVERSE | A_BOLD);
	case WATCH_HEADING:
		return (int)(A_BOLD | A_UNDERLINE);
	case WATCH_SELECTED:
		return (int)(A_REVERSE);
	case WATCH_ALERT:
		return (int)(A_BOLD | (colour ? (attr_t)COLOR_PAIR(ALERT_PAIR) : 0));
	case WATCH_FAINT:
		return (int)(A_DIM);
	case WATCH_PLAIN:
		break;
	}
	return (int)A_NORMAL;
}

void watch_screen_put(const struct watch_page *p)
{
	for (size_t i = 0; i < p->filled; i++) {
		const struct text *t = &p->lines[i].text;
		int look = attributes(p->lines[i].style);
		attrset((int)A_NORMAL);
		move((int)i, 0);
		clrtoeol();
		attrset(look);
		addnstr(text_string(t), (int)t->size);
		if (p->lines[i].style == WATCH_TITLE || p->lines[i].style == WATCH_SELECTED)
			mvchgat((int)i, 0, -1, (attr_t)look, 0, NULL);
	}
	refresh();
}

static unsigned key_of(int key)
{
	static const struct {
		int from;
		unsigned to;
	} keys[] = {
		{KEY_UP, WATCH_KEY_UP},	      {KEY_DOWN, WATCH_KEY_DOWN},   {KEY_LEFT, WATCH_KEY_LEFT},
		{KEY_RIGHT, WATCH_KEY_RIGHT}, {KEY_PPAGE, WATCH_KEY_PAGE_UP}, {KEY_NPAGE, WATCH_KEY_PAGE_DOWN},
		{KEY_HOME, WATCH_KEY_HOME},   {KEY_END, WATCH_KEY_END},	    {KEY_BTAB, WATCH_KEY_BACK_TAB},
		{KEY_BACKSPACE, WATCH_KEY_BACKSPACE}, {0x7f, WATCH_KEY_BACKSPACE}, {'\b', WATCH_KEY_BACKSPACE},
		{0x1b, WATCH_KEY_ESCAPE},     {'\r', WATCH_KEY_ENTER},	    {'\n', WATCH_KEY_ENTER},
		{KEY_ENTER, WATCH_KEY_ENTER},
	};
	for (size_t i = 0; i < LENGTH(keys); i++)
		if (keys[i].from == key)
			return keys[i].to;
	return key >= 0 && key < 0x80 ? (unsigned)key : WATCH_KEY_NONE;
}

unsigned watch_screen_key(int timeout_ms)
{
	struct pollfd input = {.fd = 0, .events = POLLIN};
	timeout(0);
	int key = getch(); /* one may wait in there */
	if (key == ERR) {
		/* without another side it would be told at once, and for ever, that there is none */
		if (poll(&input, 1, timeout_ms) > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL)))
			return WATCH_KEY_GONE;
		key = getch();
	}
	return key_of(key);
}
