def share(cents, weights):
    total = sum(weights)
    if total <= 0 or any(w < 0 for w in weights):
        raise ValueError("weights are 0 or more, and one of them is more")
    parts = [cents * w // total for w in weights]
    by_cut = sorted(range(len(weights)), key=lambda i: -(cents * weights[i] % total))
    for i in by_cut[: cents - sum(parts)]:
        parts[i] += 1
    return parts
