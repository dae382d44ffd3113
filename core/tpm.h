/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_TPM_H
#define CORE_TPM_H

/*
 * Three commands of a TPM 2.0, and what it answers (TCG, Trusted Platform Module Library, Part 2:
 * Structures, Part 3: Commands): to extend a register (TPM2_PCR_Extend), to read it (TPM2_PCR_Read),
 * and to tell how often the TPM was started (TPM2_ReadClock). Only registers of SHA-256 are spoken of.
 */

#include "core/hash.h"

enum {
	TPM_COMMAND_MAX = 96,
	TPM_ANSWER_MAX = 4096, /* as TPMs have it: TPM_PT_MAX_RESPONSE_SIZE */
	TPM_HEADER_SIZE = 10,
	TPM_REGISTERS = 24,
};

/* Response codes that we do something about, or tell more of than the number (Part 2, 6.6.3). */
enum {
	TPM_SUCCESS = 0,
	TPM_INITIALIZE = 0x100, /* nobody has started it up */
	TPM_FAILURE = 0x101,
	TPM_LOCALITY = 0x907,
	TPM_YIELDED = 0x908,
	TPM_TESTING = 0x90a,
	TPM_RETRY = 0x922,
};

/* TPMS_TIME_INFO */
struct tpm_clock {
	uint64_t on_ms;    /* since it had power */
	uint64_t resets;   /* TPM Reset: the machine was started; registers began anew */
	uint64_t restarts; /* TPM Restart or Resume since then: it slept; registers may have begun anew */
};

/* Each puts a command and returns its size. */
size_t tpm_put_extend(unsigned number, const unsigned char digest[static HASH_SIZE], unsigned char ret[static TPM_COMMAND_MAX]);
size_t tpm_put_read(unsigned number, unsigned char ret[static TPM_COMMAND_MAX]);
size_t tpm_put_clock(unsigned char ret[static TPM_COMMAND_MAX]);

/* How large the answer is that begins so: TPM_HEADER_SIZE to TPM_ANSWER_MAX bytes; 0 where that
 * cannot be, or where less than a header is there. */
size_t tpm_answer_size(struct slice begin);

/* Each takes one whole answer. NULL, or what is wrong with it (a constant). `ret_code` is what the TPM
 * said; where that is not TPM_SUCCESS, nothing else was. */
const char *tpm_take_extended(struct slice answer, uint32_t *ret_code);
const char *tpm_take_clock(struct slice answer, uint32_t *ret_code, struct tpm_clock *ret);

/* `ret_there` is false where this TPM keeps no SHA-256 in that register. */
const char *tpm_take_value(struct slice answer, unsigned number, uint32_t *ret_code, bool *ret_there,
			   unsigned char ret[static HASH_SIZE]);

#endif
