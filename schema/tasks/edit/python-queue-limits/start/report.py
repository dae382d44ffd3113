def summary(queue):
    return [f"waiting: {len(queue.waiting)}"]
