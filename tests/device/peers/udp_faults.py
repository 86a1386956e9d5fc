"""udp_faults.py PORT: a device on a bad network. Sends 400 frames by UDP, sequence n with force n/4 N; of each hundred some are lost,
sent twice, overtaken by the next one, or damaged by one bit. Then 20 good ones. Prints how many of each."""
import collections
import random
import socket
import struct
import sys
import time
import zlib

line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
chance = random.Random(7)
done = collections.Counter()
held = None
for n in range(1, 421):
    body = struct.pack("<4sBBHIIQdI", b"FORA", 1, 1, 40, n, 1, 10000 * n, n / 4, 0)
    frame = bytearray(body + struct.pack("<I", zlib.crc32(body)))
    fate = chance.choices(("good", "dropped", "twice", "overtaken", "damaged"), (60, 10, 10, 10, 10))[0] if n <= 400 and held is None else "good"
    done[fate] += 1
    if fate == "damaged":
        frame[chance.randrange(40)] ^= 1 << chance.randrange(8)
    if fate == "overtaken":
        held = frame
        continue
    if fate != "dropped":
        for _ in range(2 if fate == "twice" else 1):
            line.sendto(frame, ("127.0.0.1", int(sys.argv[1])))
    if held is not None:
        line.sendto(held, ("127.0.0.1", int(sys.argv[1])))
        held = None
    time.sleep(0.001)
print(*(done[k] for k in ("dropped", "twice", "overtaken", "damaged")))
