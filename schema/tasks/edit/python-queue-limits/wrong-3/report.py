from collections import Counter


def summary(queue):
    counts = Counter(owner for _, owner, _ in queue.waiting)
    lines = [f"{owner}: {count}" for owner, count in sorted(counts.items())]
    return lines + [f"waiting: {len(queue.waiting)} of {queue.config.most_waiting}"]
