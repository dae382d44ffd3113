from errors import NoKey, NoTransaction

MISSING = object()


class Store:
    def __init__(self):
        self.values = {}
        self.counts = {}
        self.undo = []  # for each open transaction what its keys were when it began

    def change(self, key, value):
        before = self.values.get(key, MISSING)
        if before is not MISSING:
            self.counts[before] -= 1
            if not self.counts[before]:
                del self.counts[before]
        if value is MISSING:
            self.values.pop(key, None)
        else:
            self.values[key] = value
            self.counts[value] = self.counts.get(value, 0) + 1
        return before

    def set(self, key, value):
        before = self.change(key, value)
        if self.undo:
            self.undo[-1][key] = before

    def get(self, key):
        if key not in self.values:
            raise NoKey(f"no key {key}")
        return self.values[key]

    def delete(self, key):
        self.get(key)
        self.set(key, MISSING)

    def keys(self):
        return sorted(self.values)

    def count(self, value):
        return self.counts.get(value, 0)

    @property
    def depth(self):
        return len(self.undo)

    def begin(self):
        self.undo.append({})

    def innermost(self):
        if not self.undo:
            raise NoTransaction("no transaction")
        return self.undo.pop()

    def commit(self):
        changed = self.innermost()
        if self.undo:
            for key, before in changed.items():
                self.undo[-1].setdefault(key, before)

    def rollback(self):
        for key, before in self.innermost().items():
            self.change(key, before)
