from heapq import heapify, heappop, heappush


class Cycle(ValueError):
    def __init__(self, members):
        super().__init__("steps that need themselves: " + ", ".join(members))
        self.members = members


def rings(needs):
    """Names in a strongly connected part of several, or that need themselves (Tarjan, without recursion)."""
    index, low, on_stack, stack, members = {}, {}, set(), [], []
    for root in needs:
        if root in index:
            continue
        work = [(root, iter(needs[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            for need in rest:
                if need not in index:
                    index[need] = low[need] = len(index)
                    stack.append(need)
                    on_stack.add(need)
                    work.append((need, iter(needs[need])))
                    break
                if need in on_stack:
                    low[name] = min(low[name], index[need])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[name])
                if low[name] == index[name]:
                    part = []
                    while not part or part[-1] != name:
                        part.append(stack.pop())
                        on_stack.discard(part[-1])
                    if len(part) > 1 or name in needs[name]:
                        members += part
    return sorted(members)


def order(steps):
    needs = {name: list(wanted) for name, (_, wanted) in steps.items()}
    users = {name: [] for name in steps}
    for name, wanted in needs.items():
        for need in set(wanted):
            users[need].append(name)
    waiting = {name: len(wanted) for name, wanted in needs.items()}
    ready = [(-steps[name][0], name) for name, count in waiting.items() if not count]
    heapify(ready)
    done = []
    while ready:
        _, name = heappop(ready)
        done.append(name)
        for user in users[name]:
            waiting[user] -= 1
            if not waiting[user]:
                heappush(ready, (-steps[user][0], user))
    if len(done) < len(steps):
        raise Cycle(rings(needs))
    return done
