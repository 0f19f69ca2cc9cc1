"""split_feed.py FEED FOLDER: a file a VEVENT, as it stands in the feed."""
import sys

with open(sys.argv[1], "rb") as file:
    feed = file.read()
for part in feed.split(b"BEGIN:VEVENT\r\n")[1:]:
    event = b"BEGIN:VEVENT\r\n" + part.split(b"END:VEVENT\r\n")[0] + \
        b"END:VEVENT\r\n"
    uid = next(line for line in event.replace(b"\r\n ", b"").splitlines()
               if line.startswith(b"UID:"))[4:].decode()
    with open(f"{sys.argv[2]}/{uid}.ics", "wb") as out:
        out.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//ZH\r\n"
                  + event + b"END:VCALENDAR\r\n")
