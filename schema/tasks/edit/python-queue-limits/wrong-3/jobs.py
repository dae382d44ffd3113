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
        self.number += 1
        if len(self.waiting) >= self.config.most_waiting:
            raise Full(self.config.most_waiting)
        if sum(o == owner for _, o, _ in self.waiting) >= self.config.most_per_owner:
            raise TooMany(self.config.most_per_owner)
        self.waiting.append((self.number, owner, name))
        return self.number

    def next(self):
        if not self.waiting:
            return None
        job = min(self.waiting, key=lambda job: (self.taken.get(job[1], 0), job[0]))
        self.waiting.remove(job)
        self.turn += 1
        self.taken[job[1]] = self.turn
        return job
