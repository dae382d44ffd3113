/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/reviews.h"

#include "core/auto.h"
#include "core/file.h"

#include <string.h>

enum status reviews_of(int folder, const struct verify_result *from, struct reviews *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	unsigned char database[HASH_SIZE];
	ret->count = 0;
	if (!from->review_count)
		return OK;
	enum status status = file_open(folder, "audit.db", &fd, err);
	if (!status)
		status = hash_fd(fd, database, NULL, err);
	for (size_t i = 0; i < from->review_count && !status; i++) {
		const struct review *r = from->reviews[i];
		if (r->judged && !memcmp(r->database, database, HASH_SIZE) && ret->count < REVIEWS_MAX)
			ret->at[ret->count++] = r;
	}
	return status;
}
