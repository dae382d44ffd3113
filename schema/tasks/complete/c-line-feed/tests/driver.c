#define _POSIX_C_SOURCE 200809L
#include "lines.h"

#include <stdio.h>
#include <string.h>

static FILE *out;

static void line(const char *text, size_t n, bool cut, void *context)
{
	fprintf(out, "%s[", (const char *)context);
	for (size_t i = 0; i < n && i < 100; i++) {
		if (text[i] >= 0x20 && text[i] < 0x7f)
			fprintf(out, "%c", text[i]);
		else
			fprintf(out, "<%02x>", (unsigned char)text[i]);
	}
	fprintf(out, "]%zu%s ", n, cut ? " cut" : "");
}

static const struct { const char *bytes; size_t n; } texts[] = {
#define T(s) { s, sizeof s - 1 }
	T("one\ntwo\r\nthree"),
	T(""),
	T("\n"),
	T("\r\n"),
	T("\r"),
	T("\r\r\n"),
	T("\r\r"),
	T("a\rb\nc\r\rd\r\r\n"),
	T("\n\n\r\n\nx\n"),
	T("0123456789abcdef\n"),
	T("0123456789abcdef\r\n"),
	T("0123456789abcdef"),
	T("0123456789abcdef\r"),
	T("0123456789abcdef\r\r\n"),
	T("0123456789abcdefg\nnext\n"),
	T("0123456789abcdefg\r\nnext"),
	T("0123456789abcde\r\n!"),
	T("0123456789abcde\r!\r\n"),
	T("0123456789abcde\r!!\r\n"),
	T("0123456789abcdef\rx\nok\n"),
	T("0123456789abcdefghijklmnopqrstuvwxyz\r0123456789abcdefghi\r\nshort\r\n"),
	T("0123456789abcdefghijklmnopqrstuvwxyz"),
	T("a\0b\n\0\n"),
	T("\xff\xfe\n\x80"),
};

int main(void)
{
	static char name[] = "";
	static const size_t pieces[] = { 1000, 1, 2, 3, 7 };

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct lines l = { .line = line, .context = name };

		for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
			fprintf(out, "%zu/%zu: ", i, pieces[p]);
			for (size_t at = 0; at < texts[i].n; at += pieces[p]) {
				size_t left = texts[i].n - at;
				char piece[1000];
				size_t n = left < pieces[p] ? left : pieces[p];

				memcpy(piece, texts[i].bytes + at, n);
				lines_feed(&l, piece, n);
				memset(piece, '!', sizeof piece);
				lines_feed(&l, piece, 0);
			}
			lines_end(&l);
			lines_end(&l);
			fprintf(out, "\n");
		}
	}
	return fclose(out) != 0;
}
