"""What people say of a reading: corrections, how they are checked, found again and put into effect.

``communique.store.corrections`` is the door to this room.
"""
