from collections import Counter


def tally(lines):
    last = {}
    for line in lines:
        voter, colon, choice = line.rpartition(":")
        voter, choice = voter.strip().lower(), choice.strip()
        if not colon or not voter:
            continue
        last[voter] = choice
    counts = Counter(choice for choice in last.values() if choice)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
