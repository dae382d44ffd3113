/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sshsig.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned char digest[HASH_SIZE];
	struct sshsig found;
	if (!sshsig_read(slice_of(data, size), &found))
		(void)sshsig_holds(&found, digest);
	return 0;
}
