from heapq import heapify, heappop, heappush


class WaitingRoom:
    def __init__(self):
        self.heap = []  # (rank, number, name); those whose number is not that of `entries` are stale
        self.entries = {}  # name: (rank, number)
        self.number = 0

    def __len__(self):
        return len(self.entries)

    def __contains__(self, name):
        return name in self.entries

    def push(self, name, rank):
        self.number += 1
        self.entries[name] = (rank, self.number)
        heappush(self.heap, (rank, self.number, name))
        self.tidy()

    def tidy(self):
        if not self.entries:
            self.heap = [(rank, number, name) for name, (rank, number) in self.entries.items()]
            heapify(self.heap)

    def arrive(self, name, rank):
        if name in self.entries:
            raise KeyError(name)
        self.push(name, rank)

    def change(self, name, rank):
        if self.entries[name][0] != rank:
            self.push(name, rank)

    def leave(self, name):
        del self.entries[name]
        self.tidy()

    def peek(self):
        while self.heap:
            rank, number, name = self.heap[0]
            if self.entries.get(name) == (rank, number):
                return name
            heappop(self.heap)
        return None

    def call(self):
        name = self.peek()
        if name is not None:
            heappop(self.heap)
            del self.entries[name]
            self.tidy()
        return name
