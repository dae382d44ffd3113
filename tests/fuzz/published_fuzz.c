/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A site's published figures: what is read is whole, and a number of JSON.
 */
#include "benchmark/published.h"
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct published p;
	struct error err = {0};
	enum status status = published_read(slice_of(data, size), &p, &err);
	if (p.count > PUBLISHED_MAX || (status && (!err.text[0] || (status != ERR_CONFIG && status != ERR_LIMIT))))
		abort();
	for (size_t i = 0; i < p.count && !status; i++) {
		const struct published_figure *f = &p.at[i];
		struct json_value v;
		if (!f->model[0] || !f->benchmark[0] || !f->variant[0] || !f->title[0] || !memchr(f->title, 0, sizeof f->title))
			abort();
		if (f->percent[0] && (json_read(slice_of_string(f->percent), &v, NULL) || v.type != JSON_NUMBER))
			abort();
	}
	return 0;
}
