from heapq import heappop, heappush


class WaitingRoom:
    def __init__(self):
        self.heap = []  # (rank, name)
        self.entries = {}  # name: rank

    def __len__(self):
        return len(self.heap)

    def __contains__(self, name):
        return name in self.entries

    def arrive(self, name, rank):
        self.entries[name] = rank
        heappush(self.heap, (rank, name))

    def change(self, name, rank):
        self.entries[name] = rank
        heappush(self.heap, (rank, name))

    def leave(self, name):
        del self.entries[name]

    def peek(self):
        return self.heap[0][1] if self.heap else None

    def call(self):
        while self.heap:
            rank, name = heappop(self.heap)
            if name in self.entries:
                del self.entries[name]
                return name
        return None
