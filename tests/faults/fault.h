/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FAULTS_FAULT_H
#define TESTS_FAULTS_FAULT_H

#include <errno.h>

/* Counts a call of the kind `of`; is it the one that is to fail? */
int fault_is_due(const char *of, const char *function);

/* A function that fails with `code` in errno and `result` when it is due. */
#define WRAP(of, type, name, parameters, arguments, code, result)                                  \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		if (!fault_is_due(of, #name))                                                      \
			return __real_##name arguments;                                            \
		errno = code;                                                                      \
		return result;                                                                     \
	}

#endif
