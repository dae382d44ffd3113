class Grid:
    def __init__(self, text):
        self.rows = [list(line) for line in text.split("\n")]
        self.robots = {}
        for y, row in enumerate(self.rows):
            for x, c in enumerate(row):
                if c in "0123456789":
                    self.robots[c] = (x, y)

    def at(self, x, y):
        inside = 0 <= y < len(self.rows) and 0 <= x < len(self.rows[y])
        return self.rows[y][x] if inside else "#"

    def put(self, x, y, c):
        self.rows[y][x] = c

    def move(self, robot, x, y):
        old_x, old_y = self.robots[robot]
        self.put(old_x, old_y, ".")
        self.put(x, y, robot)
        self.robots[robot] = (x, y)

    def text(self):
        return "\n".join("".join(row) for row in self.rows)
