/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SEAL_STEPS_H
#define REPORT_SEAL_STEPS_H

/*
 * Inside of seal_folder(): what is done to the folder of the seal around its writing.
 */

#include "report/seal.h"

/* Makes the folder where it is not there. */
enum status seal_open(int folder, int *ret_fd, struct error *err) MUST_CHECK;

/* From here on until the end the folder says of itself that its seal is not whole:
 * one that is killed in between must not look like one that was tampered with. */
enum status seal_begin(int folder, int seal, struct error *err) MUST_CHECK;
enum status seal_finish(int folder, int seal, struct error *err) MUST_CHECK;

/* What a seal that was cut short may have left. */
enum status seal_remove_parts(int folder, struct error *err) MUST_CHECK;

/* Adds our entry to the custody log that is there, if one is; the old signatures go before
 * it, since they cover it. */
enum status seal_add_custody(int folder, const struct seal_facts *facts, struct error *err) MUST_CHECK;

#endif
