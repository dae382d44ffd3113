/* SPDX-License-Identifier: Apache-2.0 */
#include "report/made.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What was read tells a form for each document, and can be told again. */
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct reviews none = {.count = 0};
	struct made m;
	struct reviews told;
	if (!made_read(slice_of(data, size), &m))
		return 0;
	for (size_t i = 0; i < m.count; i++) {
		struct report_form form = made_form(&m, m.at[i].file, &none, &told);
		if (!made_set(&m, m.at[i].file, &form))
			abort();
		if (!form.frameworks && !form.paper)
			i--; /* it said no more than its reviews, and is gone */
	}
	return 0;
}
