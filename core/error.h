/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

/*
 * Failures, and what the process says of them.
 *
 * A function that can fail returns an `enum status` and takes a caller-owned
 * `struct error` last. The message is written once, where it breaks, and each
 * caller that knows more (the file, the line) puts its part in front with
 * fail_in(). Library code never prints; main() prints the one message, with
 * control characters escaped, and exits with error_exit().
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
/* By MinGW "printf" is that of Windows' C library, which is not the one it links. */
#ifdef __MINGW32__
#define PRINTF_LIKE(text, args) __attribute__((format(gnu_printf, text, args)))
#else
#define PRINTF_LIKE(text, args) __attribute__((format(printf, text, args)))
#endif
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum status {
	OK = 0,
	ERR_USAGE,       /* the command line is wrong */
	ERR_MALFORMED,   /* input that breaks its own format */
	ERR_LIMIT,       /* input past a stated maximum */
	ERR_NO_INPUT,    /* a file or program that is not there */
	ERR_UNAVAILABLE, /* something this machine lacks */
	ERR_INTERNAL,    /* a promise of ours that does not hold */
	ERR_CREATE,      /* an output file that cannot be made */
	ERR_IO,          /* a read, write, sync or close that failed */
	ERR_PERMISSION,  /* a right that is missing */
	ERR_CONFIG,      /* a policy or configuration file that is wrong */
	ERR_STORE,       /* SQLite refused */
	ERR_BUSY,        /* somebody else is at it; later it may work */
};

enum { ERROR_TEXT_MAX = 1024 };

struct error {
	enum status status;
	char text[ERROR_TEXT_MAX]; /* NUL-terminated; cut, never overrun */
};

/* Sets the message and returns `status`, so that a caller can
 * `return fail(err, …)`. `err` may be NULL: then only the status tells. */
enum status fail(struct error *err, enum status status, const char *format, ...) PRINTF_LIKE(3, 4);

/* As fail(), with ": " and the text of `code` (an errno value) behind it. The
 * status follows from the code: EACCES and EPERM are ERR_PERMISSION, ENOENT is
 * ERR_NO_INPUT, everything else `status`. */
enum status fail_errno(struct error *err, enum status status, int code, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Puts "…: " in front of the message that is there and returns its status; not where it begins
 * with that place, or one below it, already. */
enum status fail_in(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* The exit status (sysexits, 64–78; 0 for OK) that belongs to `status`. */
int error_exit(enum status status);

/* Ends the process with a message on standard error. Only for what has no other
 * answer: memory that is not there, a broken promise of our own. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);

/* malloc, realloc and strdup that never return NULL: out of memory ends the
 * process, after the evidence written so far (which stays). */
void *must_alloc(size_t count, size_t size) MUST_CHECK;
void *must_realloc(void *block, size_t count, size_t size) MUST_CHECK;
char *must_strdup(const char *text) MUST_CHECK;

#endif
