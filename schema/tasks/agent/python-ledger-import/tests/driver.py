import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from ledger import balance, lowest, months
from parse import parse


def ask(text):
    try:
        return parse(text)
    except ValueError as e:
        return str(e).split(":")[0]


say(ask, "# May\n03.05.2026;1.234,56;Wages\n\n04.05.2026;19,99-;Books; used\n01.06.2026;-0,29;Stamp\n")
for amount in ["0,00", "1,10", "0,29", "1,15", "4,35", "1234,00", "1.234,00", "1.234.567,89", "-1.000,00", "1.000,00-", "0,07-", "-0,00", "99999999999999999,99", "1", "1,0", "1,000", ",50", "1.23,00", "1234.567,00", "1.2345,00", ".123,00", "-1,00-", "+1,00", "1,00 ", " 1,00", "", "1.234", "--1,00", "1_0,00", "\u0661,00"]:
    say(ask, f"01.01.2026;{amount};x")
for date in ["29.02.2024", "29.02.2023", "31.04.2026", "1.1.2026", "01.13.2026", "00.01.2026", "2026-01-01", "01.01.26", "31.12.2026 ", "", "01.01.0000"]:
    say(ask, f"{date};1,00;x")
for line in ["01.01.2026;1,00", "01.01.2026", ";;", "01.01.2026;1,00;", "01.01.2026;1,00;  a b  ", "01.01.2026;1,00;;a;", "01.01.2026;1,00; # x", "#;", "x\n\n", "\n# a\n\nx", "01.01.2026;1,00;a\n\n#\nbad\nworse"]:
    say(ask, line)
entries = [("2026-06-01", 500, "b"), ("2026-05-30", -300, "a"), ("2025-12-31", 100, "c"), ("2026-06-01", -900, "a"), ("2026-05-01", 50, "z")]
for start in [0, 100, -50, 1000]:
    say(lambda: [balance(entries, start), lowest(entries, start)])
say(months, entries)
say(lambda: entries)
say(lambda: [balance([]), lowest([]), lowest([], 7), months([])])
say(lowest, [("2026-01-02", -5, "x"), ("2026-01-01", 9, "y")])
say(lowest, [("2026-01-01", -5, "z"), ("2026-01-01", 9, "a")])
say(lowest, [("2026-01-01", 9, "z"), ("2026-01-01", -5, "a")])
