#include "assemble.h"

#include "op.h"

#include <stdbool.h>
#include <string.h>

struct label {
	char name[ASSEMBLE_LABEL];
	size_t at;
};

struct assembly {
	struct label labels[ASSEMBLE_LABELS];
	size_t labels_count;
	uint8_t *code;
	size_t size, n;
	bool emitting; /* the second time over the source */
};

struct words {
	char at[2][ASSEMBLE_LABEL];
	int count;
};

/* The words of a line; -1: too many or too long. */
static int split(const char *line, size_t length, struct words *ret)
{
	ret->count = 0;
	for (size_t i = 0; i < length;) {
		size_t n = 0;

		if (line[i] == ' ' || line[i] == '\t') {
			i++;
			continue;
		}
		while (i + n < length && line[i + n] != ' ' && line[i + n] != '\t')
			n++;
		if (ret->count == 2 || n >= ASSEMBLE_LABEL)
			return -1;
		memcpy(ret->at[ret->count], line + i, n);
		ret->at[ret->count++][n] = '\0';
		i += n;
	}
	return 0;
}

static const struct label *find(const struct assembly *a, const char *name)
{
	for (size_t i = 0; i < a->labels_count; i++)
		if (!strcmp(a->labels[i].name, name))
			return &a->labels[i];
	return NULL;
}

static bool number(const char *text, long *ret)
{
	bool negative = *text == '-';
	long value = 0;

	text += negative;
	if (!*text || strlen(text) > 6 || text[strspn(text, "0123456789")])
		return false;
	while (*text)
		value = value * 10 + (*text++ - '0');
	*ret = negative ? -value : value;
	return true;
}

static enum assemble_result emit(struct assembly *a, uint8_t byte)
{
	if (a->n == a->size)
		return ASSEMBLE_FULL;
	if (a->emitting)
		a->code[a->n] = byte;
	a->n++;
	return ASSEMBLE_OK;
}

/* The operation with its number, in as few bytes as that needs. */
static enum assemble_result push(struct assembly *a, const char *text)
{
	enum assemble_result result;
	long value = 0;

	if (!number(text, &value) || value < -32768 || value > 32767) {
		result = emit(a, OP_PUSH);
		return result ? result : ASSEMBLE_NUMBER;
	}
	if (value >= -128 && value <= 127) {
		result = emit(a, OP_PUSH);
		return result ? result : emit(a, (uint8_t)value);
	}
	result = emit(a, OP_PUSHW);
	if (!result)
		result = emit(a, (uint8_t)(value & 0xff));
	return result ? result : emit(a, (uint8_t)((unsigned long)value >> 8 & 0xff));
}

static enum assemble_result jump(struct assembly *a, const char *text)
{
	long value = 0;

	if (a->emitting) {
		const struct label *l = find(a, text);

		if (!l)
			return ASSEMBLE_LABEL_UNKNOWN;
		value = (long)l->at - (long)(a->n + 1);
		if (value < -128 || value > 127)
			return ASSEMBLE_FAR;
	}
	return emit(a, (uint8_t)value);
}

static enum assemble_result line(struct assembly *a, const struct words *w)
{
	size_t length;

	if (w->count == 0)
		return ASSEMBLE_OK;
	length = strlen(w->at[0]);
	if (w->at[0][length - 1] == ':') {
		struct label *l = &a->labels[a->labels_count];

		if (w->count > 1 || length == 1)
			return ASSEMBLE_SYNTAX;
		if (a->emitting)
			return ASSEMBLE_OK;
		if (a->labels_count == ASSEMBLE_LABELS)
			return ASSEMBLE_FULL;
		memcpy(l->name, w->at[0], length - 1);
		l->name[length - 1] = '\0';
		if (find(a, l->name))
			return ASSEMBLE_LABEL_TWICE;
		l->at = a->n;
		a->labels_count++;
		return ASSEMBLE_OK;
	}
	for (int op = 0; op < OPS; op++) {
		enum assemble_result result;

		if (op == OP_PUSHW || strcmp(ops[op].name, w->at[0]))
			continue;
		if (w->count != (ops[op].operand == OPERAND_NONE ? 1 : 2))
			return ASSEMBLE_SYNTAX;
		if (op == OP_PUSH)
			return push(a, w->at[1]);
		result = emit(a, (uint8_t)op);
		if (result || ops[op].operand == OPERAND_NONE)
			return result;
		return jump(a, w->at[1]);
	}
	return ASSEMBLE_SYNTAX;
}

enum assemble_result assemble(const char *source, uint8_t *code, size_t size, size_t *ret_n, int *ret_line)
{
	struct assembly a = { .code = code, .size = size };

	for (int pass = 0; pass < 2; pass++) {
		const char *at = source;

		a.n = 0;
		a.emitting = pass == 1;
		for (int number = 1; *at; number++) {
			size_t length = strcspn(at, "\n");
			struct words w;
			enum assemble_result result = split(at, length, &w) ? ASSEMBLE_SYNTAX : line(&a, &w);

			if (result) {
				*ret_line = number;
				return result;
			}
			at += length;
			if (*at)
				at++;
		}
	}
	*ret_n = a.n;
	return ASSEMBLE_OK;
}
