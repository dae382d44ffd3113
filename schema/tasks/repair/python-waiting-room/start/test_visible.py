from queue_room import WaitingRoom

room = WaitingRoom()
room.arrive("Zoe", 2)
room.arrive("Abe", 2)
room.arrive("Cy", 1)
room.change("Cy", 3)
assert len(room) == 3, len(room)
assert room.peek() == "Zoe", room.peek()
room.leave("Zoe")
assert room.peek() == "Abe", room.peek()
assert [room.call(), room.call(), room.call()] == ["Abe", "Cy", None]
