"""watch_result.py FILE.h5: opens the result of a running session again and again with h5py, until it says that it is over (at most two
minutes). Prints how many different lengths it saw, whether none was shorter than one before, and whether every row that counts was whole."""
import os
import sys
import time

import h5py

lengths, whole, end = [], True, time.monotonic() + 120
while time.monotonic() < end:
    time.sleep(0.1)
    if not os.path.exists(sys.argv[1]):
        continue
    try:
        with h5py.File(sys.argv[1], "r", locking=False) as file:
            history = file["history"]
            rows = int(history.attrs["committed_rows"])
            whole = whole and len(history["time"]) >= rows and len(history["loop_force"]) >= rows and len(history["idp"]) >= rows
            if rows > 1:
                times = history["time"][:rows]
                whole = whole and bool((times[1:] > times[:-1]).all()) and bool((history["idp"][:rows] != 0).all())
            lengths.append(rows)
            status = file.attrs["status"]
            if (status.decode() if isinstance(status, bytes) else status).strip("\0 ") != "running":
                break
    except OSError:
        continue
print(len(set(lengths)), lengths == sorted(lengths), whole)
