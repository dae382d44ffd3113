/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_TPM_DEVICE_H
#define CORE_TPM_DEVICE_H

/*
 * Asking a TPM 2.0 (core/tpm.h): the kernel's device, or a Unix socket behind which one is
 * emulated. A TPM that does not answer is an error after ten seconds; one that is busy is asked again
 * until then. Each failure names the device and, where there is one, a remedy.
 */

#include "core/tpm.h"

/* The caller closes it. ERR_NO_INPUT where there is none, ERR_PERMISSION where there is no right. */
enum status tpm_device_open(const char *path, int *ret_fd, struct error *err) MUST_CHECK;

/* ERR_UNAVAILABLE or ERR_IO where it refuses or does not answer, ERR_MALFORMED where what it answers
 * cannot be. `path` is for the message. */
enum status tpm_device_extend(int fd, const char *path, unsigned number, const unsigned char digest[static HASH_SIZE],
			      struct error *err) MUST_CHECK;
enum status tpm_device_read(int fd, const char *path, unsigned number, unsigned char ret[static HASH_SIZE],
			    struct error *err) MUST_CHECK;
enum status tpm_device_clock(int fd, const char *path, struct tpm_clock *ret, struct error *err) MUST_CHECK;

#endif
