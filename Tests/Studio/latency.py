#!/usr/bin/env python3
"""How long after the pointer is up the picture of the stroke is on screen, in Chromium, with the landscape model.

    Tests/Studio/latency.py [--strokes 200] [--threads N]      the program is SPADE, as for the tests
"""

import argparse
import random
import statistics
import tempfile
from pathlib import Path

from conftest import Studio
from pages import Page, browser
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput

# A picture is on screen when the task after the next animation frame runs.
WATCH = """
const picture = document.getElementById('picture'), map = document.getElementById('map');
const channel = new MessageChannel();
window.strokes = [];
let up = null, shown = 0, paint = 0;
const times = document.getElementById('times');
channel.port1.onmessage = () => {
  shown = performance.now();
  paint = parseFloat(/painted in ([0-9.]+)/.exec(times.textContent)[1]);
};
new MutationObserver(() => requestAnimationFrame(() => channel.port2.postMessage(0))).observe(
  picture, {attributes: true, attributeFilter: ['data-frame']});
map.addEventListener('pointerup', () => { up = performance.now(); });
map.addEventListener('pointerdown', () => {
  if (up !== null) window.strokes.push([Math.max(0, shown - up), paint]);
  up = null;
});
"""


def strokes(page, count, generator):
    """Paints in the middle of the map: a stroke of a third of a second, then a rest."""
    actions = ActionBuilder(page.driver, mouse=PointerInput(interaction.POINTER_MOUSE, "pointer"), duration=30)
    pointer = actions.pointer_action
    for _ in range(count):
        x, y = generator.uniform(30, 200), generator.uniform(30, 226)
        pointer.move_to(page.element("map"), *page.at(x, y)).pointer_down()
        for step in range(1, 9):
            pointer.move_to(page.element("map"), *page.at(x + 3 * step, y + generator.uniform(-6, 6)))
        pointer.pointer_up().pause(0.25)
    actions.perform()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strokes", type=int, default=200)
    parser.add_argument("--threads", default=None)
    options = parser.parse_args()
    server = Studio(*(["--threads", options.threads] if options.threads else []))
    with tempfile.TemporaryDirectory() as folder:
        driver = browser(Path(folder))
        try:
            page, generator = Page(driver, server, Path(folder)), random.Random(4)
            driver.execute_script(WATCH)
            found = []
            while len(found) < options.strokes:
                page.choose(generator.choice(["sky", "grass", "water", "mountain", "trees"]))
                strokes(page, 10, generator)
                found = driver.execute_script("return window.strokes")
        finally:
            driver.quit()
            server.stop()
    latencies = sorted(latency for latency, _ in found)
    frame = statistics.median(paint for _, paint in found)
    print(f"{len(found)} strokes; a frame takes {frame:.0f} ms (median)")
    middle, most = statistics.median(latencies), latencies[int(0.95 * len(latencies))]
    print(f"pointer up to picture: {middle:.0f} ms median, {most:.0f} ms of 95 %")


if __name__ == "__main__":
    main()
