import hashlib
import json
import os

from actions import act
from build_error import BuildError
from rules import read


def contents(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as f:
            return f.read()
    except OSError:
        return None


def digest(data):
    return None if data is None else hashlib.sha256(data).hexdigest()


class Memory:
    """What was made last, by target: the digest of it, the names and digests of its sources, its actions."""

    def __init__(self, folder):
        self.path = os.path.join(folder, ".build.json")
        try:
            with open(self.path, encoding="utf-8") as f:
                self.made = json.load(f)
        except (OSError, ValueError, RecursionError):
            self.made = {}
        if not isinstance(self.made, dict):
            self.made = {}

    def keep(self, target, entry):
        self.made[target] = entry
        with open(self.path + ".new", "w", encoding="utf-8") as f:
            json.dump(self.made, f)
        os.replace(self.path + ".new", self.path)


def plan(folder, rules, target, order, open_targets):
    """Adds the target behind all that it needs."""
    if target in order:
        return
    if target in open_targets:
        raise BuildError(f"{target} needs itself")
    for source in rules[target][0]:
        if source in rules:
            plan(folder, rules, source, order, open_targets | {target})
        elif not os.path.isfile(os.path.join(folder, source)):
            raise BuildError(f"{target}: no {source}")
    order[target] = True


def bring_up(folder, target, sources, actions, memory):
    parts = [contents(folder, source) for source in sources]
    entry = [[[source, digest(part)] for source, part in zip(sources, parts)], actions]
    known = memory.made.get(target)
    current = digest(contents(folder, target))
    if current is not None and known is not None and known[1:] == entry:
        return False
    data = b"".join(parts)
    for action in actions:
        data = act(action, data)
    with open(os.path.join(folder, target), "wb") as f:
        f.write(data)
    memory.keep(target, [digest(data), *entry])
    return True


def run(folder, goals=None):
    with open(os.path.join(folder, "BUILD"), encoding="utf-8", newline="") as f:
        rules = read(f.read())
    order = {}
    for goal in rules if goals is None else goals:
        if goal not in rules:
            raise BuildError(f"no rule for {goal}")
        plan(folder, rules, goal, order, frozenset())
    memory = Memory(folder)
    return [target for target in order if bring_up(folder, target, *rules[target], memory)]
