def share(cents, weights):
    total = sum(weights)
    if total <= 0 or any(w < 0 for w in weights):
        raise ValueError("weights are 0 or more, and one of them is more")
    if cents < 0:
        return [-part for part in share(-cents, weights)]
    exact = [cents * w / total for w in weights]
    parts = [int(e) for e in exact]
    by_cut = sorted(range(len(weights)), key=lambda i: parts[i] - exact[i])
    for i in by_cut[: cents - sum(parts)]:
        parts[i] += 1
    return parts
