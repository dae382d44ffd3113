# SPDX-License-Identifier: Apache-2.0
# check.py KIND ENTRY: the side of the tests. Runs test.py against functions that run in
# another process, and tells by its exit status what came of it: 0 where every test held.
# No object of the answer ever comes here: a test compares plain values, made here from
# what was told, or a stand-in that equals nothing but itself.
import ast
import builtins
import sys

FAILED, RAISED, GONE, SYNTAX, CANNOT = 11, 12, 13, 14, 15
SHOWN = 200

# Descriptor 0 is what the answer tells, 3 what it is asked.
replies, requests = os.dup(0), os.dup(3)
nothing = os.open("/dev/null", os.O_RDWR)
verdict = os.dup(1)
for taken in (0, 1, 2, 3):
    os.dup2(nothing, taken)


# Not an Exception: no test that expects one takes it for that; and remembered, as a test
# may take whatever it gets.
class Over(BaseException):
    happened = []

    def __init__(self, *arguments):
        super().__init__(*arguments)
        Over.happened.append(self)


class Raised(Exception):
    pass


def tell(status, text):
    line = " ".join(str(text).split())[:SHOWN]
    os.write(verdict, (line + "\n").encode("utf-8", "backslashreplace"))
    os._exit(status)


def stand_in(tag, rest):
    if tag == "R" and isinstance(rest[0], int):
        return Remote(["R", rest[0]])
    raise Malformed("an unknown kind of value")


def tell_of(value):
    if isinstance(value, Remote):
        return object.__getattribute__(value, "_told")
    raise Over(CANNOT, "a test gives the answer a %s" % type(value).__name__)


def give(value):
    return encode(value, tell_of)


# What was asked for and what came: an exception of the answer becomes the same one here
# where it is one of Python's own.
def hear():
    try:
        reply = receive(replies)
        if "value" in reply:
            return decode(reply["value"], stand_in)
        kind = getattr(builtins, reply["raised"], None)
        text = "%s: %s" % (reply["named"], reply["text"])
    except EOFError:
        raise Over(GONE, "the answer ended itself")
    except Exception as error:
        raise Over(FAILED, "what the answer gave is no value: %s" % type(error).__name__)
    problem = None
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            problem = kind(reply["text"])
        except Exception:
            pass
    problem = problem or Raised(text)
    problem.of_answer = text
    raise problem


def ask(what, of, **more):
    request = {"do": what, "of": of}
    request.update(more)
    try:
        send(requests, request)
    except BrokenPipeError:
        raise Over(GONE, "the answer ended itself")
    return hear()


# What only the answer has. It has no equality but its own, so that an object that claims
# to equal everything equals nothing here.
class Remote:
    def __init__(self, told):
        object.__setattr__(self, "_told", told)

    def _ask(self, what, **more):
        return ask(what, object.__getattribute__(self, "_told"), **more)

    def __call__(self, *arguments, **keywords):
        return self._ask("call", arguments=[give(v) for v in arguments],
                         keywords=[[k, give(v)] for k, v in keywords.items()])

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("get", name=name)

    def __setattr__(self, name, value):
        self._ask("set", name=name, value=give(value))

    def __getitem__(self, key):
        return self._ask("item", value=give(key))

    def __len__(self):
        return self._ask("len")

    def __bool__(self):
        return self._ask("bool")

    def __str__(self):
        return self._ask("text")

    def __iter__(self):
        return iter(self._ask("items"))


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read()


def run(path, names):
    exec(compile(read(path), path, "exec"), names)


# A prompt ends where the answer is to begin: one without a description is no whole function.
def run_prompt(names):
    try:
        code = compile(read("prompt.py"), "prompt.py", "exec")
    except SyntaxError:
        code = compile(read("prompt.py") + "\n    pass\n", "prompt.py", "exec")
    exec(code, names)


# What the published answer defines is the answer's; what it imports is Python's, and the
# tests may use it too.
def published(names):
    for node in ast.parse(read("solution.py")).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            try:
                exec(compile(ast.Module([node], []), "solution.py", "exec"), names)
            except ImportError:
                pass
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[node.name] = Remote(["N", node.name])
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names[target.id] = Remote(["N", target.id])


def test(kind, entry):
    names = {"__name__": "test"}
    if kind == "continue":
        run_prompt(names)
        names[entry] = Remote(["N", entry])
        run("test.py", names)
        names["check"](names[entry])
        return
    published(names)
    run("setup.py", names)
    run("test.py", names)


def begin():
    try:
        hear()
    except SyntaxError as error:
        tell(SYNTAX, error.of_answer)
    except Exception as error:
        tell(RAISED, error.of_answer)


def where(error):
    line = 0
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "test.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = read("test.py").splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def main(kind, entry):
    begin()
    try:
        test(kind, entry)
    except BaseException as error:
        if Over.happened:
            tell(*Over.happened[0].args)
        if hasattr(error, "of_answer"):
            tell(RAISED, error.of_answer)
        tell(FAILED, "%s: %s" % (type(error).__name__, where(error)))
    if Over.happened:
        tell(*Over.happened[0].args)
    tell(0, "")


try:
    main(sys.argv[1], sys.argv[2])
except Over as over:
    tell(*over.args)
