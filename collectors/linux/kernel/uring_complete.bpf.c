/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Results of io_uring requests: io_uring_complete(ctx, request, cqe), as of kernel
 * 6.16. On older kernels the third argument is a number, and this does not load.
 */
#include "uring.h"

SEC("tp_btf/io_uring_complete")
int BPF_PROG(on_complete, void *ctx_, void *request, struct io_uring_cqe *cqe)
{
	return complete((__u64)request, cqe->res);
}
