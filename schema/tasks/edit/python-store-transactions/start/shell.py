from commands import COMMANDS
from errors import StoreError
from store import Store


def answer(store, line):
    name, *arguments = line.split(" ")
    if name not in COMMANDS:
        return f"ERROR unknown command {name}"
    function, count = COMMANDS[name]
    if len(arguments) != count:
        return f"ERROR {name} takes {count} arguments"
    try:
        return function(store, *arguments)
    except StoreError as e:
        return f"ERROR {e}"


def run(lines):
    store = Store()
    return [answer(store, line) for line in lines]
