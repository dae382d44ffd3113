import re

INTEGER = re.compile(r"-?[0-9]+")
TOKEN = re.compile(r" *(?:([0-9]+)|(SUM *\()|([A-Z][1-9][0-9]{0,4})(?![0-9A-Za-z])|([-+*/():]))")
CELL = re.compile(r"[A-Z][1-9][0-9]{0,4}")


class Syntax(Exception):
    pass


class DivisionByZero(Exception):
    pass


def tokens_of(text):
    tokens, at, text = [], 0, text.rstrip(" ")
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Syntax
        number, total, cell, sign = match.groups()
        if number:
            tokens.append(("number", int(number)))
        elif total:
            tokens.append(("sum", None))
        elif cell:
            tokens.append(("cell", cell))
        else:
            tokens.append((sign, None))
        at = match.end()
    return tokens + [("end", None)]


class Parser:
    """Turns the text of a formula into instructions for a stack."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.at = 0
        self.code = []
        self.references = []
        self.expression()
        self.take("end")

    def peek(self):
        return self.tokens[self.at][0]

    def take(self, kind):
        found, value = self.tokens[self.at]
        if found != kind:
            raise Syntax
        self.at += 1
        return value

    def binary(self, operators, operand):
        operand()
        while self.peek() in operators:
            operator = self.peek()
            self.take(operator)
            operand()
            self.code.append((operator, None))

    def expression(self):
        self.binary("+-", self.term)

    def term(self):
        self.binary("*/", self.factor)

    def factor(self):
        negative = False
        while self.peek() == "-":
            self.take("-")
            negative = not negative
        kind = self.peek()
        if kind == "number":
            self.code.append(("push", self.take(kind)))
        elif kind == "cell":
            cell = self.take(kind)
            self.references.append(cell)
            self.code.append(("load", [cell]))
        elif kind == "sum":
            self.rectangle()
        else:
            self.take("(")
            self.expression()
            self.take(")")
        if negative:
            self.code.append(("negate", None))

    def rectangle(self):
        self.take("sum")
        first = self.take("cell")
        self.take(":")
        last = self.take("cell")
        self.take(")")
        top, bottom = int(first[1:]), int(last[1:])
        if first[0] > last[0] or top > bottom:
            raise Syntax
        columns = [chr(c) for c in range(ord(first[0]), ord(last[0]) + 1)]
        cells = [f"{c}{row}" for row in range(top, bottom + 1) for c in columns]
        self.references += cells
        self.code.append(("load", cells))


def run(code, values):
    stack = []
    for operation, operand in code:
        if operation == "push":
            stack.append(operand)
        elif operation == "load":
            stack.append(sum(values.get(cell, 0) for cell in operand))
        elif operation == "negate":
            stack.append(-stack.pop())
        else:
            right, left = stack.pop(), stack.pop()
            if operation == "+":
                stack.append(left + right)
            elif operation == "-":
                stack.append(left - right)
            elif operation == "*":
                stack.append(left * right)
            elif right == 0:
                raise DivisionByZero
            else:
                whole = abs(left) // abs(right)
                stack.append(whole if (left < 0) == (right < 0) else -whole)
    return stack.pop()


def value_of(parser, values):
    for cell in parser.references:
        if isinstance(values.get(cell), str):
            return values[cell]
    try:
        return run(parser.code, values)
    except DivisionByZero:
        return "#DIV"


def evaluate(cells):
    values, formulas = {}, {}
    for name, content in cells.items():
        try:
            if INTEGER.fullmatch(content):
                values[name] = int(content)
            elif content.startswith("="):
                formulas[name] = Parser(content[1:])
            else:
                raise Syntax
        except Syntax:
            values[name] = "#SYNTAX"
    waiting, users = {}, {}
    for name, parser in formulas.items():
        needs = {r for r in parser.references if r in formulas}
        waiting[name] = len(needs)
        for need in needs:
            users.setdefault(need, []).append(name)
    ready = [name for name, count in waiting.items() if not count]
    while ready:
        name = ready.pop()
        values[name] = value_of(formulas[name], values)
        for user in users.get(name, []):
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    return {name: values.get(name, "#CYCLE") for name in cells}
