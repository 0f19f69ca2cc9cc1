"""raw.py PORT BYTES [SECONDS SIZE COUNT]: a client without manners.

Sends BYTES (with escapes like \\r\\n), then every SECONDS so many bytes more,
COUNT times, and prints the answer's status, or "closed" if there is none.
"""
import socket
import sys

port, text = int(sys.argv[1]), sys.argv[2]
pause, size, count = 0.0, 0, 0
if len(sys.argv) > 3:
    pause, size, count = float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
server = socket.create_connection(("127.0.0.1", port), 20)
sent = 0
answer = b""
try:
    server.sendall(text.encode().decode("unicode_escape").encode("latin-1"))
    server.settimeout(pause or 20)
    while sent < count:
        server.sendall(b"x" * size)
        sent += 1
        try:
            answer = server.recv(65536)
            break
        except socket.timeout:
            pass
    else:
        server.settimeout(20)
        answer = server.recv(65536)
except (BrokenPipeError, ConnectionResetError):
    pass
print(answer.split(b" ")[1].decode() if answer else "closed")
