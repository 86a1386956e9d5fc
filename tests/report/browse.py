"""browse.py PAGE.html FOLDER: opens a report in a headless Chromium as a reader would and looks at what it does.

Asks: no error and no warning on the console, no request to a network; the canvas is not blank, by pixels; the slider moves the mesh and the
picture; Play moves the time; the cut shows the discs' pressure; curves are there and follow the slider; at the width of a phone nothing
is wider than the screen. Screenshots go into FOLDER. Prints what it saw. Exit 0 right, 1 wrong, 77 Chromium or python3-websockets is not
installed."""
import asyncio
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

try:
    import websockets
except ImportError:
    print("python3-websockets is not installed")
    sys.exit(77)

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Counts the canvas' pixels that are not paper, and a number that changes with the picture.
LOOK = """(() => { const c = document.querySelector('#spine canvas'), d = document.createElement('canvas'); d.width = c.width; d.height = c.height;
const x = d.getContext('2d'); x.drawImage(c, 0, 0); const p = x.getImageData(0, 0, d.width, d.height).data; let ink = 0, sum = 0, blue = 0;
for (let k = 0; k < p.length; k += 4) { if (p[k] < 245 || p[k + 1] < 245 || p[k + 2] < 245) ++ink; sum = (sum * 31 + p[k] + 2 * p[k + 1] + 3 * p[k + 2]) % 1000003;
if (p[k + 2] > p[k] + 25 && p[k] < 110) ++blue; } return {ink: ink / (p.length / 4), sum, blue: blue / (p.length / 4)}; })()"""
SEEK = "(() => { const s = document.getElementById('time'); s.value = %s * s.max; s.dispatchEvent(new Event('input')); return foramen.view.fingerprint(); })()"


class Tab:
    """The commands of the browser's debugging protocol that are needed here."""

    def __init__(self, socket):
        self.socket, self.number, self.said, self.asked = socket, 0, [], []

    async def call(self, method, **parameters):
        self.number += 1
        await self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await asyncio.wait_for(self.socket.recv(), 120))
            self.note(answer)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]

    def note(self, event):
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            self.said.append("exception: " + json.dumps(parameters["exceptionDetails"])[:400])
        elif event.get("method") == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.said.append(parameters["type"] + ": " + " ".join(str(a.get("value")) for a in parameters["args"])[:300])
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.said.append("log: " + parameters["entry"]["text"])
        elif event.get("method") == "Network.requestWillBeSent":
            self.asked.append(parameters["request"]["url"][:100])

    async def value(self, script):
        result = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:400])
        return result["result"].get("value")

    async def photograph(self, path):
        shot = await self.call("Page.captureScreenshot", format="png")
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))


async def open_page(tab, url, width, height, phone=False):
    await tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
    for _ in range(4):
        await tab.call("Page.navigate", url=url)
        for _ in range(600):
            if await tab.value("document.body && document.body.dataset.ready || ''"):
                break
            await asyncio.sleep(0.1)
        if await tab.value("document.querySelector('#spine canvas') !== null"):
            return
        if await tab.value("document.createElement('canvas').getContext('webgl2') !== null"):
            raise RuntimeError("the page has no canvas although there is WebGL: " + await tab.value("document.getElementById('spine').textContent"))
        del tab.said[:]
        await asyncio.sleep(3)  # a browser on a loaded machine may still be starting its graphics
    print("this Chromium has no WebGL")
    sys.exit(77)


async def look(tab, url, folder):
    wrong = []

    def ask(claim, text):
        print(("right  " if claim else "WRONG  ") + text)
        if not claim:
            wrong.append(text)

    await open_page(tab, url, 1500, 1000)
    start = await tab.value(LOOK)
    ask(start["ink"] > 0.03, "the canvas is not blank: %.1f %% of its pixels are drawn" % (100 * start["ink"]))
    await tab.photograph(folder + "/desktop.png")
    first = await tab.value("foramen.view.fingerprint()")
    moved = await tab.value(SEEK % "0.5")
    later = await tab.value(LOOK)
    ask(abs(moved - first) > 0.05 and later["sum"] != start["sum"], "the slider moves the mesh (%.3f to %.3f) and the picture" % (first, moved))
    back = await tab.value(SEEK % "0")
    ask(abs(back - first) < 1e-6 and (await tab.value(LOOK))["sum"] == start["sum"], "back at the start the picture is that of the start")
    await tab.value("document.getElementById('play').click()")
    await asyncio.sleep(1.5)
    await tab.value("document.getElementById('play').click()")
    ask(await tab.value("foramen.time") > 1.0, "Play moves the time")
    await tab.value("document.getElementById('cut').click()")
    await tab.value(SEEK % "0.5")
    cut = await tab.value(LOOK)
    ask(cut["blue"] > 0.003, "the cut shows the discs' pressure: %.1f %% of the pixels" % (100 * cut["blue"]))
    await tab.photograph(folder + "/cut.png")
    charts = await tab.value("document.querySelectorAll('#plots canvas').length")
    ask(charts >= 5, "%d charts" % charts)
    rows = await tab.value("document.querySelectorAll('#figures tbody tr').length")
    ask(rows >= 2, "%d rows of key figures" % rows)
    await open_page(tab, url + "?phone#t=1", 390, 844, phone=True)
    wide = await tab.value("document.documentElement.scrollWidth")
    ask(abs(await tab.value("foramen.time") - 60) < 1e-6, "the link #t=1 opens at one minute")
    ask(wide <= 390, "at the width of a phone (390) the page is %d wide" % wide)
    phone = await tab.value(LOOK)
    ask(phone["ink"] > 0.03, "and the spine is drawn: %.1f %%" % (100 * phone["ink"]))
    await tab.photograph(folder + "/phone.png")
    ask(not tab.said, "the console is silent" + "".join("\n       " + s for s in tab.said[:5]))
    outside = [u for u in tab.asked if not u.startswith(("file:", "data:", "blob:"))]
    ask(not outside, "nothing is asked of a network" + "".join("\n       " + u for u in outside[:5]))
    return wrong


def start_browser(profile):
    browser = subprocess.Popen([BROWSER, "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--remote-debugging-port=0",
                                "--disable-background-networking", "--disable-component-update", "--no-first-run", "--user-data-dir=" + profile, "about:blank"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in browser.stderr:
        if "DevTools listening on" in line:
            return browser, line.split("//")[1].split("/")[0]
    raise RuntimeError("Chromium did not start")


async def with_tab(use):
    """Starts the browser, opens a tab and returns what use(tab) does."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser, host = start_browser(profile)
        try:
            targets = json.load(urllib.request.urlopen("http://%s/json" % host))
            address = next(t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
            async with websockets.connect(address, max_size=None) as socket:
                tab = Tab(socket)
                for domain in ("Page", "Runtime", "Log", "Network"):
                    await tab.call(domain + ".enable")
                return await use(tab)
        finally:
            browser.terminate()
            browser.wait()


async def main(page, folder):
    os.makedirs(folder, exist_ok=True)
    return await with_tab(lambda tab: look(tab, pathlib.Path(page).resolve().as_uri(), folder))


def require_browser():
    if BROWSER is None:
        print("chromium is not installed")
        sys.exit(77)


if __name__ == "__main__":
    require_browser()
    sys.exit(1 if asyncio.run(main(sys.argv[1], sys.argv[2])) else 0)
