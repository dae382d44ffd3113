# SPDX-License-Identifier: Apache-2.0
"""schedule_check.py plist FILE PROGRAM POLICY TIMES | task FILE PROGRAM POLICY: does such a file
say what it is to say, in the form of launchd.plist(5), or for a task beyond what task.xsd can
ask? TIMES is "HH:MM,…". Prints what is wrong; nothing, and status 0, where nothing is."""
import plistlib
import sys
import xml.etree.ElementTree as tree

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def check_task(path, program, policy):
    data = open(path, "rb").read()
    problems = []
    if not data.startswith(b"\xff\xfe") or b"\r\0\n\0" not in data:
        problems.append("not UTF-16LE behind a byte order mark, with the line ends of Windows")
    root = tree.fromstring(data)
    if root.findtext(f".//{TASK}Command") != program:
        problems.append(f"runs {root.findtext(f'.//{TASK}Command')!r}")
    # "PT6H"; once a day has no repetition, and the audit is told of what was given all the same
    every = root.findtext(f".//{TASK}Repetition/{TASK}Interval")
    if root.findtext(f".//{TASK}Arguments") != f'audit --policy "{policy}"' + (f" --every {every[2:].lower()}" if every else " --every 24h"):
        problems.append(f"with {root.findtext(f'.//{TASK}Arguments')!r}")
    return problems


def check_plist(path, program, policy, times):
    told = plistlib.load(open(path, "rb"))
    wanted = [{"Hour": int(t[:2]), "Minute": int(t[3:])} for t in times.split(",")]
    problems = []
    if told["ProgramArguments"] != [program, "audit", "--policy", policy, "--every", "6h"]:
        problems.append(f"runs {told['ProgramArguments']!r}")
    if told["StartCalendarInterval"] != wanted:
        problems.append(f"at {told['StartCalendarInterval']}")
    if path.rsplit("/", 1)[1] != told["Label"] + ".plist":
        problems.append(f"{told['Label']} is not the name of the file")
    if told["Umask"] != 0o77:
        problems.append(f"umask {told['Umask']:o}")
    return problems


found = {"task": check_task, "plist": check_plist}[sys.argv[1]](*sys.argv[2:])
print("\n".join(found), end="")
sys.exit(bool(found))
