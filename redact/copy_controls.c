/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A framework of the site's own: a table of twelve columns with a tab between, as
 * airgap-verify-formats(5) has it. Which evidence, how strong, which checks and what to examine
 * are words of ours, by which the copy is judged; the rest is the site's, and becomes what the
 * policy that names the framework becomes. Remarks are left out.
 */
#include "redact/copy_parts.h"

enum { COLUMNS = 12, FIELD_MAX = 1 << 16 };

static const bool is_ours[COLUMNS] = {[5] = true /* evidence */, [6] = true /* helps */, [7] = true /* strength */,
				      [8] = true /* checks */, [11] = true /* examine */};

static enum status copy_row(struct copy *c, struct slice line, struct sink *out)
{
	struct cursor fields = cursor_over(line);
	struct slice field;
	for (size_t i = 0; i < COLUMNS; i++) {
		size_t at = out->text.size;
		bool last = i + 1 == COLUMNS;
		if (!last && !cursor_until(&fields, '\t', FIELD_MAX, &field))
			return ERR_MALFORMED;
		field = last ? cursor_rest(&fields) : field;
		if (last && slice_find(field, '\t') < field.size)
			return ERR_MALFORMED;
		text_add(&out->text, field);
		if (!is_ours[i] && !out->text.overflow)
			mask_text(c->p, MASK_TEXT, (unsigned char *)out->text.at + at, field.size);
		text_add_char(&out->text, last ? '\n' : '\t');
	}
	return OK;
}

enum status copy_controls(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	struct cursor lines = cursor_over(whole);
	struct slice line;
	enum status status = OK;
	for (uint64_t number = 1; !status && cursor_line(&lines, &line, NULL); number++) {
		if (number > 1 && (!line.size || slice_starts(line, "#")))
			continue;
		if (number == 1) { /* the heading, which is checked when the copy is judged */
			text_add(&out->text, line);
			text_add_char(&out->text, '\n');
		} else if (copy_row(c, line, out)) {
			return fail(err, ERR_MALFORMED, "line %llu: not %d columns", (unsigned long long)number, COLUMNS);
		}
		status = sink_flush(out, false, err);
	}
	return status;
}
