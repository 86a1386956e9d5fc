"""dashboard.py PORT [PICTURE.png [SECONDS]]: opens the page of a session in a headless Chromium and looks at what it shows.

Prints one line "name value" for each thing that was seen, for the test to compare. Exit 0 seen, 1 not, 77 Chromium or python3-websockets is not
installed. With a picture: takes it after some seconds."""
import asyncio
import http.client
import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "report"))
import browse  # noqa: E402

PORT = int(sys.argv[1])
HERE = "http://127.0.0.1:%d/" % PORT


def status(host, path="/state"):
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    line.request("GET", path, headers={"Host": host})
    return line.getresponse().status


def answers_elsewhere():
    """Whether another address of this machine answers: it must not. 127.0.0.2 is this machine's too."""
    try:
        socket.create_connection(("127.0.0.2", PORT), timeout=2).close()
        return True
    except OSError:
        return False


async def look(tab):
    await tab.call("Emulation.setDeviceMetricsOverride", width=1240, height=860, deviceScaleFactor=1, mobile=False)
    await tab.call("Page.navigate", url=HERE)
    for _ in range(300):
        if await tab.value("document.body && document.body.dataset.ready || ''"):
            break
        await asyncio.sleep(0.1)
    if len(sys.argv) > 2:
        for _ in range(int(5 * float(sys.argv[3])) if len(sys.argv) > 3 else 5):
            await tab.value("1")  # the page's events fill the line to the browser unless somebody reads it
            await asyncio.sleep(0.2)
        await tab.photograph(sys.argv[2])
    for name in ("title", "state", "reason", "notice", "ticks"):
        print(name, await tab.value("document.getElementById('%s').textContent" % name))
    print("force", await tab.value("document.querySelector('#forces td').textContent"))
    print("pressure", await tab.value("[...document.querySelectorAll('#levels tr')].map(r => r.cells[1].textContent).join(' ')"))
    print("limit", await tab.value("document.querySelectorAll('#limits tr')[2].cells[2].textContent"))
    ink = await tab.value("(() => { const c = document.getElementById('force'), p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let k = 3; k < p.length; k += 4) if (p[k]) ++n; return n; })()")
    print("drawn", ink > 500)
    before = await tab.value("past.force.length")
    await asyncio.sleep(1.0)
    print("fed", await tab.value("past.force.length") > before)
    print("silent", not tab.said)
    print("outside", sum(1 for u in tab.asked if not u.startswith((HERE, "data:"))))


print("foreign-host", status("evil.example:%d" % PORT))
print("own-host", status("localhost:%d" % PORT))
print("unknown", status("127.0.0.1:%d" % PORT, "/../etc/passwd"))
print("elsewhere", answers_elsewhere())
sys.stdout.flush()
browse.require_browser()
asyncio.run(browse.with_tab(look))
