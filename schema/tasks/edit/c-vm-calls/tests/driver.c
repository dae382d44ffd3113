#define _POSIX_C_SOURCE 200809L
#include "assemble.h"
#include "list.h"
#include "run.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static FILE *out;

static void print(int32_t number, void *context)
{
	fprintf(out, "%s%" PRId32 " ", (const char *)context, number);
}

static void code(const uint8_t *bytes, size_t n, long steps)
{
	static char nothing[] = "";

	for (size_t i = 0; i < n; i++)
		fprintf(out, "%02x", bytes[i]);
	fprintf(out, "\n");
	list(bytes, n, out);
	fprintf(out, "= %d\n", (int)run(bytes, n, steps, print, nothing));
}

static void source(const char *text, size_t size)
{
	uint8_t area[300];
	size_t n = 4711;
	int line = 0, result;

	memset(area, 0xee, sizeof area);
	result = (int)assemble(text, area + 4, size, &n, &line);
	fprintf(out, "-- %d line %d, %d\n", result, line, area[4 + size]);
	if (result == 0)
		code(area + 4, n, 10000);
}

/* A jump of some operation over so many numbers of two and three bytes. */
static void far(const char *op, int narrow, int wide, int back)
{
	char text[4000] = "";

	sprintf(text, back ? "halt\nthere:\n" : "%s there\n", op);
	for (int i = 0; i < narrow; i++)
		strcat(text, "push 1\n");
	for (int i = 0; i < wide; i++)
		strcat(text, "push 300\n");
	if (back)
		sprintf(text + strlen(text), "%s there\n", op);
	else
		strcat(text, "there:\nhalt\n");
	{
		uint8_t area[300];
		size_t n = 4711;
		int line = 0, result = (int)assemble(text, area, sizeof area, &n, &line);

		fprintf(out, "%s %d %d %d: %d line %d, %zu\n", op, narrow, wide, back, result, line, n);
	}
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	source("push 1\npush -128\nadd\nout\nhalt\n", 290);
	source("push 127\npush 128\npush -129\npush 32767\npush -32768\npush 255\npush 256\npush -256\nout\nout\nout\nout\nout\nout\nout\nout\nhalt", 290);
	source("push 3\nloop:\ndup\nout\npush 1\nsub\ndup\njz end\njmp loop\nend:\nhalt\n", 290);
	source("call double\nhalt\ndouble:\npush 1000\ndup\nadd\nout\ncall inner\nret\ninner:\npush -7\nout\nret\n", 290);
	source("push 400\ncall f\nout\nhalt\nf:\ndup\njz done\npush 100\nsub\ndup\nout\ncall f\ndone:\nret\n", 290);
	source("f:\ncall f\n", 290);
	source("push 15\ncall f\nhalt\nf:\ndup\njz done\npush 1\nsub\ncall f\ndone:\nret", 290);
	source("push 16\ncall f\nhalt\nf:\ndup\njz done\npush 1\nsub\ncall f\ndone:\nret", 290);
	source("ret", 290);
	source("call f\nret\nf:\nret", 290);
	source("dup", 290);
	source("push 1\nf:\ndup\njmp f", 290);
	source("push 1\nf:\npush 1000\njmp f", 290);
	source("call end\nhalt\nend:", 290);
	source("call back\nback:\n", 290);
	source("push 32768", 290);
	source("push -32769", 290);
	source("push 99999999", 290);
	source("push x", 290);
	source("push", 290);
	source("pushw 1000", 290);
	source("pushw", 290);
	source("ret 1", 290);
	source("dup 1", 290);
	source("call", 290);
	source("call nowhere", 290);
	source("halt\n\ncall 1", 290);
	source("push 1000\npush 1000", 6);
	source("push 1000\npush 1000", 5);
	source("push 1000\npush 1000", 4);
	source("push 1000\npush 100", 5);
	source("pushw:\ncall pushw", 290);
	far("jmp", 62, 1, 0);
	far("jmp", 61, 2, 0);
	far("jmp", 63, 0, 0);
	far("jmp", 64, 0, 0);
	far("call", 62, 1, 0);
	far("call", 0, 42, 0);
	far("call", 0, 43, 0);
	far("jz", 0, 42, 1);
	far("jz", 1, 42, 1);
	far("call", 63, 0, 1);
	far("call", 60, 2, 1);
	far("call", 60, 3, 1);
	code((const uint8_t *)"\x0b\x34\x12\x04\x0b\xff\xff\x04\x0b\x01", 10, 100);
	code((const uint8_t *)"\x0b", 1, 100);
	code((const uint8_t *)"\x0b\x00\x80\x04\x09", 5, 100);
	code((const uint8_t *)"\x09\x7f\x0c\x0a\xff\x01", 6, 100);
	code((const uint8_t *)"\x09\xfd\x00", 3, 100);
	code((const uint8_t *)"\x08\x0a\x00", 3, 100);
	code((const uint8_t *)"\x01\x05\x09\x00\x0a", 5, 3);
	return fclose(out) != 0;
}
