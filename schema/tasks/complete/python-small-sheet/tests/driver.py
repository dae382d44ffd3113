import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from sheet import evaluate

say(evaluate, {})


def formula(text, cells={}):
    return evaluate({"Z1": "=" + text, **cells})["Z1"]


for text in ["1", "1+2*3", "(1+2)*3", "10-3-2", "100/7/2", "2*-3", "--4", "-7/2", "7/-2", "-7/-2", "1/3*3", "- - -5",
             " 1 + 2 ", "((((7))))", "007", "2-(-3)", "-(2+3)*4", "12345678901234567890*10", "6/4*2"]:
    say(formula, text)
for text in ["", " ", "1+", "+1", "1 2", "(1", "1)", "()", "1++2", "A", "a1", "A0", "A01", "A1B2", "A100000", "SUM(A1)",
             "SUM(A1:)", "SUM(B1:A1)", "SUM(A2:A1)", "sum(A1:A1)", "SUM(A1:A1", "A1:A2", "1.5", "=1", "2A1", "SUM"]:
    say(formula, text)
for content in ["5", "-5", "+5", "", " 5", "5 ", "five", "--5", " =5", "\u0665", "00"]:
    say(evaluate, {"A1": content})
say(formula, "A1+B2*2", {"A1": "5", "B2": "=A1+1"})
say(formula, "A1+Q9")
say(formula, "SUM(A1:B3)", {"A1": "1", "B1": "2", "A2": "3", "B3": "=A1*40", "C1": "1000"})
say(formula, "SUM( A1 : A1 ) * 2", {"A1": "21"})
say(evaluate, {"A1": "=B1", "B1": "=C1", "C1": "=A1", "D1": "=C1+1", "E1": "=D1", "F1": "=F1", "G1": "7"})
say(evaluate, {"A1": "=SUM(A1:A3)", "A2": "1", "A3": "=A2"})
say(evaluate, {"A1": "=1/0", "B1": "=A1", "C1": "=B1+D1", "D1": "oops", "E1": "=D1+A1", "F1": "=1/0+D1"})
say(evaluate, {"A1": "=B1+C1", "B1": "=1/0", "C1": "=C1"})
say(evaluate, {"A1": "=SUM(B1:C2)", "C1": "=1/0", "B2": "x", "D1": "=SUM(B2:C2)+C1"})
say(evaluate, {"A1": "=A1+", "B1": "=A1", "C1": "=1/(B1-B1)"})
say(evaluate, {"A1": "=0*(1/0)", "B1": "=1/C1"})
long = {"A1": "1", **{f"A{i}": f"=A{i - 1}+1" for i in range(2, 10001)}}
say(lambda: evaluate(long)["A10000"])
back = {f"B{i}": f"=B{i + 1}*2-B{i + 1}+1" for i in range(1, 10000)}
say(lambda: evaluate(back)["B1"])
diamond = {"C1": "1", **{f"C{i}": f"=C{i - 1}+C{i - 1}" for i in range(2, 80)}}
say(lambda: evaluate(diamond)["C79"])
say(formula, "(" * 50 + "1" + ")" * 50)
