#ifndef OP_H
#define OP_H

#include <stddef.h>
#include <stdint.h>

enum op { OP_HALT, OP_PUSH, OP_ADD, OP_SUB, OP_OUT, OP_JMP, OP_JZ, OP_DROP, OP_DUP, OP_CALL, OP_RET, OP_PUSHW, OPS };

enum operand { OPERAND_NONE, OPERAND_NUMBER, OPERAND_JUMP, OPERAND_WIDE };

struct op_info {
	const char *name;
	enum operand operand;
};

extern const struct op_info ops[OPS];

#endif
