class Queue:
    def __init__(self):
        self.waiting = []
        self.number = 0

    def submit(self, owner, name):
        self.number += 1
        self.waiting.append((self.number, owner, name))
        return self.number

    def next(self):
        return self.waiting.pop(0) if self.waiting else None
