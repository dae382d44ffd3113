#include "list.h"

#include "op.h"

void list(const uint8_t *code, size_t n, FILE *to)
{
	for (size_t at = 0; at < n;) {
		size_t start = at;
		uint8_t op = code[at++];

		if (op >= OPS) {
			fprintf(to, "%zu ?\n", start);
			continue;
		}
		if (ops[op].operand == OPERAND_NONE) {
			fprintf(to, "%zu %s\n", start, ops[op].name);
			continue;
		}
		if (n - at < (ops[op].operand == OPERAND_WIDE ? 2 : 1)) {
			fprintf(to, "%zu ?\n", start);
			return;
		}
		if (ops[op].operand == OPERAND_WIDE) {
			fprintf(to, "%zu %s %d\n", start, ops[op].name, code[at] + 256 * (int8_t)code[at + 1]);
			at += 2;
			continue;
		}
		if (ops[op].operand == OPERAND_JUMP)
			fprintf(to, "%zu %s %ld\n", start, ops[op].name, (long)(at + 1) + (int8_t)code[at]);
		else
			fprintf(to, "%zu %s %d\n", start, ops[op].name, (int8_t)code[at]);
		at++;
	}
}
