#ifndef LOG_H
#define LOG_H

#include "wire.h"

/* "DEVICE NAME VALUE" of the message, or "bad: REASON" ("short", "malformed", …); as snprintf. */
int log_line(const uint8_t *bytes, size_t n, char *buf, size_t size);

#endif
