#include "status.h"

const char *status_text(enum status s)
{
	static const char *const texts[] = { "ok", "full", "missing", "too long", "malformed", "malformed", "malformed" };

	return texts[s];
}
