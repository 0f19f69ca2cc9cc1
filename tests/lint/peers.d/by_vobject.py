"""A line for each file that python3-vobject finds fault with."""
import sys

import vobject

for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
        calendars = list(vobject.readComponents(text))
        if not calendars:
            raise ValueError("no calendar")
        for calendar in calendars:
            calendar.validate(raiseException=True)
    except Exception:
        print(path)
