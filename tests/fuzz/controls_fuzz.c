/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a table of controls, and lists of frameworks. */
#include "analysis/control.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check(const struct control *c)
{
	require(c->framework.size && c->control.size && c->title.size && c->limit.size && c->person.size && c->examine.size);
	require(c->evidence < 1u << CONTROL_EVIDENCE_MAX && c->helps < 1u << CONTROL_EVIDENCE_MAX);
	require(c->strength < CONTROL_STRENGTHS && control_strength(c->strength)[0]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static char text[TEXT_MAX];
	struct cursor c = cursor_over(slice_of(data, size));
	struct slice line;
	struct control row;
	struct error err = {0};
	while (cursor_line(&c, &line, NULL))
		if (control_read(line, &row))
			check(&row);
	if (size >= sizeof text)
		return 0;
	memcpy(text, data, size);
	text[size] = 0;
	enum status status = control_frameworks(text, &err);
	require(status == OK || (status == ERR_CONFIG && err.text[0]));
	return 0;
}
