/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_REVIEWS_H
#define CLI_REVIEWS_H

/*
 * Which of the reviews that verifying found hold of a database.
 */

#include "report/verify.h"

/* Those over exactly that audit.db in the folder: a word on another judgement is none on
 * this one. `ret` lives as long as `from`. */
enum status reviews_of(int folder, const struct verify_result *from, struct reviews *ret, struct error *err) MUST_CHECK;

#endif
