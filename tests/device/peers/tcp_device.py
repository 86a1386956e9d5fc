"""A device that sends twenty frames by TCP in pieces of one to seven bytes, and ends."""
import socket
import struct
import sys
import time
import zlib

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
line, _ = listener.accept()
line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
stream = b""
for i in range(1, 21):
    body = struct.pack("<4sBBHIIQdI", b"FORA", 1, 1, 40, i, 1, 1000 * i, 10.0 * i, 0)
    stream += body + struct.pack("<I", zlib.crc32(body))
at, size = 0, 1
while at < len(stream):
    line.sendall(stream[at:at + size])
    at += size
    size = size % 7 + 1
    time.sleep(0.0005)
line.close()
