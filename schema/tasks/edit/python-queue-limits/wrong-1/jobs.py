from config import Config
from errors import Full, TooMany


class Queue:
    def __init__(self, config=None):
        self.config = config or Config()
        self.waiting = []
        self.number = 0
        self.taken = {}  # owner: when his last job was taken
        self.turn = 0

    def submit(self, owner, name):
        if len(self.waiting) >= self.config.most_waiting:
            raise Full(self.config.most_waiting)
        if sum(o == owner for _, o, _ in self.waiting) >= self.config.most_per_owner:
            raise TooMany(self.config.most_per_owner)
        self.number += 1
        self.waiting.append((self.number, owner, name))
        return self.number

    def next(self):
        if not self.waiting:
            return None
        job = self.waiting.pop(0)
        self.turn += 1
        self.taken[job[1]] = self.turn
        return job
