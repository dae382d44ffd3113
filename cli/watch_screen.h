/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_SCREEN_H
#define CLI_WATCH_SCREEN_H

/*
 * The terminal: a page goes onto it (only what changed is sent), keys come from it. There is
 * one.
 */

#include "cli/watch_page.h"

/* Fails, with the remedy, where standard input and output are no terminal that can show it. */
enum status watch_screen_check(struct error *err) MUST_CHECK;

/* The same, and takes the terminal. */
enum status watch_screen_open(struct error *err) MUST_CHECK;

/* Gives the terminal back as it was. Idempotent. */
void watch_screen_close(void);

/* How large it is now, and whether it takes UTF-8. */
void watch_screen_size(struct watch_page *p);

void watch_screen_put(const struct watch_page *p);

/* The next key, waited for at most so long; WATCH_KEY_NONE where there was none, or the size
 * changed; WATCH_KEY_GONE where the terminal went away. */
unsigned watch_screen_key(int timeout_ms);

#endif
