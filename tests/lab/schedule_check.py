# SPDX-License-Identifier: Apache-2.0
"""schedule_check.py plist FILE PROGRAM POLICY TIMES | task FILE PROGRAM POLICY: is it what
launchd.plist(5), or [MS-TSCH] 2.5, says that such a file is? The schema of the latter cannot
be had here, so its rules are written down below, as far as a task of ours can break them:
which elements there are, which come in a fixed order, and what stands in them. TIMES is
"HH:MM,…". Prints what is wrong; nothing, and status 0, where nothing is."""
import plistlib
import re
import sys
import xml.etree.ElementTree as tree

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
BOOLEAN, DURATION = r"true|false", r"P(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?"
ANY, NUMBER = r"(?s).+", r"\d+"

# An element: is the order of what is in it fixed, and what that is. A pattern: its text.
RULES = {
    "Task": (False, ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]),
    "RegistrationInfo": (False, ["URI", "Author", "Description"]),
    "Triggers": (False, ["CalendarTrigger"]),
    "CalendarTrigger": (True, ["Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit",
                               "RandomDelay", "ScheduleByDay"]),
    "Repetition": (False, ["Interval", "Duration", "StopAtDurationEnd"]),
    "ScheduleByDay": (True, ["DaysInterval"]),
    "Principals": (False, ["Principal"]),
    "Principal": (False, ["UserId", "LogonType", "RunLevel"]),
    "Settings": (False, ["MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries",
                         "AllowHardTerminate", "StartWhenAvailable", "AllowStartOnDemand", "Enabled",
                         "ExecutionTimeLimit", "Priority"]),
    "Actions": (True, ["Exec"]),
    "Exec": (False, ["Command", "Arguments", "WorkingDirectory"]),
    "Enabled": BOOLEAN, "AllowHardTerminate": BOOLEAN, "StartWhenAvailable": BOOLEAN, "AllowStartOnDemand": BOOLEAN,
    "DisallowStartIfOnBatteries": BOOLEAN, "StopIfGoingOnBatteries": BOOLEAN, "StopAtDurationEnd": BOOLEAN,
    "Interval": DURATION, "Duration": DURATION, "RandomDelay": DURATION, "ExecutionTimeLimit": DURATION,
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "DaysInterval": NUMBER, "Priority": r"[0-9]|10",
    "LogonType": "InteractiveToken|S4U|Password|Group", "RunLevel": "LeastPrivilege|HighestAvailable",
    "MultipleInstancesPolicy": "Parallel|Queue|IgnoreNew|StopExisting", "UserId": r"S-1-5-18|[^\\]+(\\.+)?",
    "URI": ANY, "Author": ANY, "Description": ANY, "Command": ANY, "Arguments": ANY, "WorkingDirectory": ANY,
}


def check_element(element, problems):
    name = element.tag.removeprefix(TASK)
    rule = RULES.get(name) if element.tag.startswith(TASK) else None
    if rule is None:
        problems.append(f"{element.tag}: no such element")
    elif isinstance(rule, str):
        if len(element) or not re.fullmatch(rule, element.text or ""):
            problems.append(f"{name}: {element.text!r}")
    else:
        fixed, allowed = rule
        names = [child.tag.removeprefix(TASK) for child in element]
        if len(set(names)) != len(names) or not set(names) <= set(allowed):
            problems.append(f"{name}: holds {names}")
        elif fixed and names != sorted(names, key=allowed.index):
            problems.append(f"{name}: {names} is not their order")
        for child in element:
            check_element(child, problems)


def check_task(path, program, policy):
    data = open(path, "rb").read()
    problems = []
    if not data.startswith(b"\xff\xfe") or b"\r\0\n\0" not in data:
        problems.append("not UTF-16LE behind a byte order mark, with the line ends of Windows")
    root = tree.fromstring(data)
    check_element(root, problems)
    if root.tag != TASK + "Task" or root.get("version") not in ("1.1", "1.2", "1.3", "1.4"):
        problems.append(f"{root.tag} of version {root.get('version')}")
    if root.find(f"{TASK}Actions").get("Context") != root.find(f".//{TASK}Principal").get("id"):
        problems.append("the context of its actions is no principal")
    if root.findtext(f".//{TASK}Command") != program:
        problems.append(f"runs {root.findtext(f'.//{TASK}Command')!r}")
    # "PT6H": more often than once a day the audit is told of it
    every = root.findtext(f".//{TASK}Repetition/{TASK}Interval")
    if root.findtext(f".//{TASK}Arguments") != f'audit --policy "{policy}"' + (f" --every {every[2:].lower()}" if every else ""):
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
