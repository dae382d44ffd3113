from ledger import lowest, months
from parse import parse

entries = parse("# May\n03.05.2026;1.234,56;Wages\n\n04.05.2026;19,99-;Books; used\n01.06.2026;-0,29;Stamp\n")
assert entries == [("2026-05-03", 123456, "Wages"), ("2026-05-04", -1999, "Books; used"), ("2026-06-01", -29, "Stamp")], entries
assert months(entries) == [("2026-05", 121457), ("2026-06", -29)], months(entries)
assert lowest(entries, 100) == 100, lowest(entries, 100)
