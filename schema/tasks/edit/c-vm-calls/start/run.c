#include "run.h"

#include "op.h"

enum run_result run(const uint8_t *code, size_t n, long steps, void (*print)(int32_t number, void *context), void *context)
{
	int32_t stack[RUN_STACK];
	size_t depth = 0;
	long at = 0;

	for (; steps > 0; steps--) {
		enum op op;
		int operand = 0;

		if (at < 0 || at >= (long)n || code[at] >= OPS)
			return RUN_CODE;
		op = (enum op)code[at++];
		if (ops[op].operand != OPERAND_NONE) {
			if (at >= (long)n)
				return RUN_CODE;
			operand = (int8_t)code[at++];
		}
		switch (op) {
		case OP_HALT:
			return RUN_HALTED;
		case OP_PUSH:
			if (depth == RUN_STACK)
				return RUN_OVERFLOW;
			stack[depth++] = operand;
			break;
		case OP_ADD:
		case OP_SUB:
			if (depth < 2)
				return RUN_UNDERFLOW;
			depth--;
			if (op == OP_ADD)
				stack[depth - 1] = (int32_t)((uint32_t)stack[depth - 1] + (uint32_t)stack[depth]);
			else
				stack[depth - 1] = (int32_t)((uint32_t)stack[depth - 1] - (uint32_t)stack[depth]);
			break;
		case OP_OUT:
			if (depth < 1)
				return RUN_UNDERFLOW;
			print(stack[--depth], context);
			break;
		case OP_DROP:
			if (depth < 1)
				return RUN_UNDERFLOW;
			depth--;
			break;
		case OP_JMP:
			at += operand;
			break;
		case OP_JZ:
			if (depth < 1)
				return RUN_UNDERFLOW;
			if (stack[--depth] == 0)
				at += operand;
			break;
		default:
			return RUN_CODE;
		}
	}
	return RUN_STEPS;
}
