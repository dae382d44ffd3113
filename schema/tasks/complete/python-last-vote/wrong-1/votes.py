from collections import Counter


def tally(lines):
    counts = Counter()
    for line in lines:
        voter, colon, choice = line.partition(":")
        voter, choice = voter.strip().lower(), choice.strip()
        if not colon or not voter:
            continue
        if choice:
            counts[choice] += 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
