#include "lines.h"

static void keep(struct lines *l, char c)
{
	if (l->length == LINE_BYTES) {
		l->line(l->kept, l->length, true, l->context);
		l->length = 0;
	}
	l->kept[l->length++] = c;
}

static void hand_over(struct lines *l)
{
	l->line(l->kept, l->length, false, l->context);
	l->length = 0;
	l->cr = false;
}

void lines_feed(struct lines *l, const char *piece, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (piece[i] == '\n') {
			hand_over(l);
			continue;
		}
		/* a CR waits until it is known what follows */
		if (l->cr)
			keep(l, '\r');
		l->cr = piece[i] == '\r';
		if (!l->cr)
			keep(l, piece[i]);
	}
}

void lines_end(struct lines *l)
{
	if (l->cr)
		keep(l, '\r');
	if (l->length)
		hand_over(l);
}
