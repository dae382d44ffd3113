import os

from actions import act
from rules import read


def make(folder, rules, target, made):
    if target in made or target not in rules:
        return
    sources, actions = rules[target]
    data = b""
    for source in sources:
        make(folder, rules, source, made)
        with open(os.path.join(folder, source), "rb") as f:
            data += f.read()
    for action in actions:
        data = act(action, data)
    with open(os.path.join(folder, target), "wb") as f:
        f.write(data)
    made.append(target)


def run(folder, goals=None):
    with open(os.path.join(folder, "BUILD")) as f:
        rules = read(f.read())
    made = []
    for goal in goals or rules:
        make(folder, rules, goal, made)
    return made
