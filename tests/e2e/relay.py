"""Stands between a client and a server of HTTP and passes every byte on.

relay.py PORT-FILE LOG TARGET-PORT [CUT-FILE]

Writes its own port to PORT-FILE, and to LOG a line "METHOD path" for each
request and "= status" for each answer.  While CUT-FILE holds a number n > 0,
the answer to every PUT counts it down; at 0 that answer is thrown away and the
connection is closed: the server has done it, the client does not know.
"""
import os
import re
import socket
import sys
import threading

REQUEST = re.compile(rb"(PUT|GET|HEAD|DELETE|POST|OPTIONS|REPORT|PROPFIND"
                     rb"|MKCALENDAR|MKCOL|MOVE) (\S+) HTTP/1")
STATUS = re.compile(rb"HTTP/1\.\d (\d+)")
port_file, log_file, target = sys.argv[1:4]
cut_file = sys.argv[4] if len(sys.argv) > 4 else None
lock = threading.Lock()


def log(line):
    with lock, open(log_file, "a") as out:
        out.write(line + "\n")


def is_cut():
    with lock:
        try:
            with open(cut_file) as file:
                left = int(file.read())
        except (OSError, TypeError, ValueError):
            return False
        if left <= 0:
            return False
        with open(cut_file, "w") as file:
            file.write(str(left - 1))
        return left == 1


def end(*sockets):
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def forth(client, server, state):
    try:
        while data := client.recv(65536):
            if found := REQUEST.match(data):
                state["method"] = found[1]
                log(found[1].decode() + " " + found[2].decode())
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        end(client, server)


def back(client, server, state):
    try:
        while data := server.recv(65536):
            if found := STATUS.match(data):
                log("= " + found[1].decode())
                if state.get("method") == b"PUT" and is_cut():
                    break
            client.sendall(data)
    except OSError:
        pass
    end(client, server)
    client.close()
    server.close()


listener = socket.create_server(("127.0.0.1", 0), backlog=64)
with open(port_file + ".new", "w") as file:
    file.write(str(listener.getsockname()[1]))
os.rename(port_file + ".new", port_file)
while True:
    client, _ = listener.accept()
    try:
        server = socket.create_connection(("127.0.0.1", int(target)))
    except OSError:
        client.close()
        continue
    for one in (client, server):
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    state = {}
    for pump in (forth, back):
        threading.Thread(target=pump, args=(client, server, state),
                         daemon=True).start()
