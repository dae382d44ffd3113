# SPDX-License-Identifier: Apache-2.0
"""guide_steps.py GUIDE.md: what a guide tells its reader to do, as calls of shell functions.

    step STATUS PLACE COMMAND     a command of a block of sh; the last one of a block after
                                  <!-- exits N --> ends with N, all others with 0
    file NAME TEXT                a block of ini, for the file whose name stood last before it
"""
import re
import shlex
import sys


def steps(path):
    name, fence, block, start, status = None, None, [], 0, 0
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        opened = re.match(r"```(\w*)\s*$", line)
        if fence is None and opened:
            fence, block, start = opened.group(1), [], number
        elif fence is not None and line.startswith("```"):
            yield fence, block, start, status, name
            fence, status = None, 0
        elif fence is not None:
            block.append(line)
        else:
            told = re.match(r"<!-- exits (\d+) -->", line)
            if told:
                status = int(told.group(1))
            for word in re.findall(r"`([\w.-]+\.ini)`", line):
                name = word
    if fence is not None:
        sys.exit(f"{path}: line {start}: a block that does not end")


def commands(block, start):
    """Each with the number of its line; a backslash at the end joins two."""
    at, text = start, ""
    for number, line in enumerate(block, start + 1):
        if not text:
            at = number
        text += line.rstrip("\n")
        if text.endswith("\\"):
            text = text[:-1]
        elif text:
            yield at, text
            text = ""
    if text:
        sys.exit(f"line {at}: a command that does not end")


for kind, block, start, status, name in steps(sys.argv[1]):
    if kind == "ini":
        print("file", shlex.quote(name), shlex.quote("".join(block)))
    if kind == "sh":
        all_of_it = list(commands(block, start))
        for i, (line, text) in enumerate(all_of_it):
            wanted = status if i == len(all_of_it) - 1 else 0
            print("step", wanted, line, shlex.quote(text))
