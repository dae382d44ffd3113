from program import read
from grid import Grid

MOVES = {"N": (0, -1), "E": (1, 0), "S": (0, 1), "W": (-1, 0)}


def go(grid, robot, name):
    dx, dy = MOVES[name]
    x, y = grid.robots[robot]
    robot_can = grid.at(x + dx, y + dy) == "."
    if grid.at(x + dx, y + dy) == "b":
        grid.put(x + dx, y + dy, ".")
        grid.put(x + 2 * dx, y + 2 * dy, "b")
        robot_can = True
    if robot_can:
        grid.move(robot, x + dx, y + dy)
    return robot_can


def simulate(text, programs):
    grid = Grid(text)
    programs = {robot: read(program) for robot, program in programs.items()}
    log = []
    step = 0
    while any(programs.values()):
        step += 1
        for robot, program in programs.items():
            if not program:
                continue
            name = program.pop(0)
            if name in MOVES and not go(grid, robot, name):
                log.append(f"step {step}: robot {robot} cannot {name}")
    return {"yard": grid.text(), "steps": step, "log": log}
