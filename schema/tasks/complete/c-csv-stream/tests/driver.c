#define _POSIX_C_SOURCE 200809L
#include "csv.h"

#include <stdio.h>
#include <string.h>

static FILE *out;
static int calls_left;

static bool field(const char *text, size_t n, bool quoted, void *context)
{
	fputs(quoted ? "\"" : "'", out);
	for (size_t i = 0; i < n && i < 50; i++) {
		if (text[i] >= 0x20 && text[i] < 0x7f)
			fprintf(out, "%c", text[i]);
		else
			fprintf(out, "<%02x>", (unsigned char)text[i]);
	}
	fprintf(out, "%s%zu ", quoted ? "\"" : "'", n);
	return calls_left-- > (context ? 1 : -1000000);
}

static bool end(size_t fields, void *context)
{
	fprintf(out, "= %zu; ", fields);
	return calls_left-- > (context ? 1 : -1000000);
}

static const struct { const char *bytes; size_t n; } texts[] = {
#define T(s) { s, sizeof s - 1 }
	T("a,b,c\nd,e,f\n"),
	T("a,b\r\nc,d"),
	T("a\rb\r\rc"),
	T(""),
	T("\n"),
	T("\r\n"),
	T("\r"),
	T("\n\r"),
	T("\r\n\r\n\r"),
	T(","),
	T(",\n,"),
	T("a,\n"),
	T("\"a,b\",c\n"),
	T("\"a\"\"b\"\n\"\"\"\"\n\"\""),
	T("\"\",\"\"\r\n"),
	T("\"line\r\nbreak\",x\r\"\n\""),
	T(" a , \"b\n"),
	T("a\"b,c\n"),
	T("x,\"a\"b\n"),
	T("x,\"a\" ,b\n"),
	T("x,\"abc"),
	T("x,\"abc\"\""),
	T("x,\""),
	T("x,\"abc\""),
	T("\"a\"\r\n\"b\"\r\"c\"\n"),
	T("123456789012,123456789012\n\"12345678901\"\"\"\n"),
	T("ok,1234567890123,no\n"),
	T("ok,\"123456789012\"\"\",no\n"),
	T("ok\n\"1234567890123"),
	T("1234567890123\""),
	T("a\0b,\0\n"),
	T("\xff,\"\xfe\"\n"),
	T("a\n\"\r\n\r\n"),
};

static void parse(const char *bytes, size_t n, size_t size, void *context)
{
	struct csv c = { .field = field, .end = end, .context = context };

	/* twice, as two texts */
	for (int turn = 0; turn < 2; turn++) {
		for (size_t at = 0; at < n; at += size) {
			size_t length = n - at < size ? n - at : size;
			char piece[64];

			memcpy(piece, bytes + at, length);
			fprintf(out, "%s", csv_feed(&c, piece, length) ? "! " : "");
			memset(piece, '"', sizeof piece);
			csv_feed(&c, piece, 0);
		}
		fprintf(out, "finish %d ", (int)csv_finish(&c));
		if (context)
			break;
	}
	fprintf(out, "\n");
}

int main(void)
{
	static const size_t sizes[] = { 60, 1, 3 };
	int context = 0;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			fprintf(out, "%zu/%zu: ", i, sizes[s]);
			parse(texts[i].bytes, texts[i].n, sizes[s], NULL);
		}
	}
	for (int calls = 1; calls < 8; calls++) {
		fprintf(out, "stop %d: ", calls);
		calls_left = calls;
		parse("a,b\r\n\"c\",d", 10, 2, &context);
	}
	return fclose(out) != 0;
}
