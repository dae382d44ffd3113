class Text:
    def __init__(self, limit):
        self.value = ""
        self.limit = limit
        self.done = []  # (at, removed, inserted)
        self.undone = []
        self.typing = False

    def check(self, at, count=0):
        if not 0 <= at <= len(self.value) or count < 0:
            raise ValueError("outside of the text")

    def put(self, at, removed, inserted):
        self.value = self.value[:at] + inserted + self.value[at + len(removed) :]

    def remember(self, change):
        self.done.append(change)
        if len(self.done) > self.limit:
            del self.done[0]
        self.undone.clear()

    def insert(self, at, words):
        self.check(at)
        if not words:
            return
        self.put(at, "", words)
        if self.typing and self.done:
            start, _, before = self.done[-1]
            if at == start + len(before):
                self.done[-1] = (start, "", before + words)
                return
        self.remember((at, "", words))
        self.typing = True

    def delete(self, at, count):
        self.check(at, count)
        removed = self.value[at : at + count]
        if not removed:
            return
        self.put(at, removed, "")
        self.remember((at, removed, ""))

    def undo(self):
        self.typing = False
        if not self.done:
            return False
        at, removed, inserted = self.done.pop()
        self.put(at, inserted, removed)
        self.undone.append((at, removed, inserted))
        return True

    def redo(self):
        self.typing = False
        if not self.undone:
            return False
        at, removed, inserted = self.undone.pop()
        self.put(at, removed, inserted)
        self.done.append((at, removed, inserted))
        return True
