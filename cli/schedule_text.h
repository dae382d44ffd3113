/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_TEXT_H
#define CLI_SCHEDULE_TEXT_H

/*
 * The files that tell a scheduler of the audit: templates of schema/schedule, with what is
 * different from machine to machine put in as each format wants it quoted.
 */

#include "cli/schedule_plan.h"
#include "core/text.h"

enum { SCHEDULE_TEXT_MAX = 64 << 10 };

/* How a scheduler writes things down. Each adds to `ret`; a path that its format cannot hold
 * (a line break anywhere; '%' and '"' on Windows) is ERR_USAGE. */
struct schedule_format {
	enum status (*program)(const char *path, struct text *ret, struct error *err);
	enum status (*policy)(const char *path, struct text *ret, struct error *err); /* with its option */
	void (*every)(unsigned hours, struct text *ret);				      /* the same */
	void (*calendar)(const struct schedule_times *t, struct text *ret);
	bool utf16; /* little-endian, behind a byte order mark */
};

extern const struct schedule_format schedule_format_systemd, schedule_format_launchd, schedule_format_task,
	schedule_format_cron;

/* Fills in one template; `ret` gets the text, in UTF-8. */
enum status schedule_text(const struct schedule_format *f, struct slice template, const struct schedule_plan *plan,
			  struct text *ret, struct error *err) MUST_CHECK;

/* The bytes of the file with this text. */
void schedule_text_bytes(const struct schedule_format *f, struct slice text, struct text *ret);

#endif
