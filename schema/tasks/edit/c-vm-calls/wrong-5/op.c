#include "op.h"

const struct op_info ops[OPS] = {
	[OP_HALT] = { "halt", OPERAND_NONE }, [OP_PUSH] = { "push", OPERAND_NUMBER }, [OP_ADD] = { "add", OPERAND_NONE },
	[OP_SUB] = { "sub", OPERAND_NONE },   [OP_OUT] = { "out", OPERAND_NONE },	[OP_JMP] = { "jmp", OPERAND_JUMP },
	[OP_JZ] = { "jz", OPERAND_JUMP },     [OP_DROP] = { "drop", OPERAND_NONE },
	[OP_DUP] = { "dup", OPERAND_NONE },   [OP_CALL] = { "call", OPERAND_JUMP }, [OP_RET] = { "ret", OPERAND_NONE },
	[OP_PUSHW] = { "pushw", OPERAND_WIDE },
};
