/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_PAGE_H
#define CLI_WATCH_PAGE_H

/*
 * The screen of a watch as lines of text, each as wide as the screen at most and fit for
 * any terminal: no control character, nothing that turns the direction of writing, and
 * where the terminal takes no UTF-8, ASCII alone.
 */

#include "cli/watch_view.h"

enum watch_style { WATCH_PLAIN, WATCH_TITLE, WATCH_HEADING, WATCH_SELECTED, WATCH_ALERT, WATCH_FAINT };

struct watch_line {
	enum watch_style style;
	struct text text; /* owned by the page */
};

enum { WATCH_ROWS_MAX = 512, WATCH_WIDTH_MAX = 1024, WATCH_ROWS_LEAST = 6, WATCH_WIDTH_LEAST = 20 };

struct watch_page {
	size_t rows, columns; /* as the caller set them, at most the above */
	bool utf8;
	size_t filled; /* lines so far */
	struct watch_line lines[WATCH_ROWS_MAX];
};

/* What is told besides the model. */
struct watch_status {
	const char *folder;  /* foreign */
	bool replay, paused, ended;
	unsigned speed;      /* of a replay; 0: as fast as it goes */
	int64_t at_ns;       /* where a replay is */
	int64_t silent_ns;   /* how long nothing has come, of a session that runs */
	const char *message; /* foreign; NULL: none */
	const char *what;    /* of whom `output` is; NULL: no such pane */
	struct slice output; /* its last bytes, foreign */
};

struct watch_page *watch_page_new(void);
void watch_page_free(struct watch_page *p); /* NULL-safe */

/* Draws anew, and tells the view how many lines its list has. */
void watch_page_draw(struct watch_page *p, const struct watch_model *m, struct watch_view *v,
		     const struct watch_status *status);

/* The next line to be filled; NULL where the screen is full (watch_detail.c). */
struct text *watch_page_line(struct watch_page *p, enum watch_style style);

/* Adds foreign text in a field of that width, in columns of the screen. */
void watch_page_field(const struct watch_page *p, struct text *line, struct slice text, size_t width, bool right);

/* As much of a text that is printable already (text_add_printable()) as fits into the width,
 * from where the cursor stands, which is moved over it; how many columns it took. */
size_t watch_page_take(const struct watch_page *p, struct text *line, struct cursor *plain, size_t width);

/* A whole line of one printable text. */
void watch_page_put(struct watch_page *p, enum watch_style style, const struct text *text);

/* The first three lines (watch_head.c). */
void watch_page_head(struct watch_page *p, const struct watch_model *m, const struct watch_view *v,
		     const struct watch_status *status);

/* The selected record with all that is known of it, or the keys, up to `until` lines. */
void watch_page_details(struct watch_page *p, const struct watch_model *m, const struct watch_view *v, size_t until);
void watch_page_help(struct watch_page *p, size_t until);

#endif
