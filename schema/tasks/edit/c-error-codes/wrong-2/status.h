#ifndef STATUS_H
#define STATUS_H

enum status { STATUS_OK, STATUS_FULL, STATUS_MISSING, STATUS_TOO_LONG, STATUS_MALFORMED };

const char *status_text(enum status s);

#endif
