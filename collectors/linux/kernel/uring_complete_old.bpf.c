/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Results of io_uring requests: io_uring_complete(ctx, request, user_data, result,
 * …), as of kernel 5.17 up to 6.15. On newer kernels there are fewer arguments,
 * and this does not load.
 */
#include "uring.h"

SEC("tp_btf/io_uring_complete")
int BPF_PROG(on_complete, void *ctx_, void *request, __u64 user_data, int result)
{
	return complete((__u64)request, result);
}
