#include "status.h"

const char *status_text(enum status s)
{
	switch (s) {
	case STATUS_OK:
		return "ok";
	case STATUS_FULL:
		return "full";
	case STATUS_MISSING:
		return "missing";
	case STATUS_TOO_LONG:
		return "too long";
	case STATUS_MALFORMED:
		return "malformed";
	}
	return "unknown";
}
