from program import read
from grid import Grid

MOVES = {"N": (0, -1), "E": (1, 0), "S": (0, 1), "W": (-1, 0)}


class Yard:
    def __init__(self, text):
        self.grid = Grid(text)
        self.facing = {robot: "S" for robot in self.grid.robots}
        self.carries = set()

    def ahead(self, robot, steps=1):
        dx, dy = MOVES[self.facing[robot]]
        x, y = self.grid.robots[robot]
        return x + steps * dx, y + steps * dy

    def push(self, robot):
        """Pushes the box in front of the robot, if it can."""
        box = self.grid.at(*self.ahead(robot))
        if robot in self.carries or self.grid.at(*self.ahead(robot, 2)) != ".":
            return False
        if box == "B" and self.grid.at(*self.ahead(robot, -1)) not in self.grid.robots:
            return False
        self.grid.put(*self.ahead(robot, 2), box)
        self.grid.put(*self.ahead(robot), ".")
        return True

    def go(self, robot, name):
        before, self.facing[robot] = self.facing[robot], name
        there = self.grid.at(*self.ahead(robot))
        if there != "." and not (there in ("b", "B") and self.push(robot)):
            self.facing[robot] = before
            return False
        self.grid.move(robot, *self.ahead(robot))
        return True

    def take(self, robot):
        if robot in self.carries or self.grid.at(*self.ahead(robot)) != "b":
            return False
        self.carries.add(robot)
        self.grid.put(*self.ahead(robot), ".")
        return True

    def drop(self, robot):
        if robot not in self.carries or self.grid.at(*self.ahead(robot)) != ".":
            return False
        self.carries.remove(robot)
        self.grid.put(*self.ahead(robot), "b")
        return True

    def act(self, robot, name):
        if name == "wait":
            return True
        if name == "take":
            return self.take(robot)
        return self.drop(robot) if name == "drop" else self.go(robot, name)


def simulate(text, programs):
    yard = Yard(text)
    for robot in programs:
        if robot not in yard.grid.robots:
            raise ValueError(f"no robot {robot}")
    rest = {robot: read(programs[robot]) for robot in sorted(programs)}
    log = []
    step = 0
    while any(rest.values()):
        step += 1
        for robot, program in rest.items():
            if not program:
                continue
            name = program.pop(0)
            if not yard.act(robot, name):
                log.append(f"step {step}: robot {robot} cannot {name}")
    return {"yard": yard.grid.text(), "steps": step, "log": log}
