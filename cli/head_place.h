/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_HEAD_PLACE_H
#define CLI_HEAD_PLACE_H

/*
 * A second place (core/head.h), as whoever verifies names it: a file with what it was told, or the
 * place itself, "dir:/FOLDER" or "tpm:/FOLDER[:DEVICE[:REGISTER]]". Of a register it is
 * asked what it holds, once, while no session tells it anything.
 */

#include "core/file.h"
#include "report/verify.h"

struct head_place {
	char path[FILE_PATH_MAX]; /* of the file */
	bool is_register;
	struct verify_register at; /* of a register */
	char why[ERROR_TEXT_MAX];  /* at.unknown points to it */
};

/* Fails where there is no such place or no file of it; a TPM that cannot be asked is no failure.
 * `ret` is not to be moved. */
enum status head_place_find(const char *text, struct head_place *ret, struct error *err) MUST_CHECK;

/* What a register holds now, and how often its TPM was started. */
enum status head_place_ask(const struct head_tpm *place, struct head_register *ret, struct error *err) MUST_CHECK;

#endif
