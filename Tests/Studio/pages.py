"""The page in Chromium, as tests use it."""

import shutil
import time

import numpy
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


def browser(folder, width=1280, height=860, dark=False):
    options = webdriver.ChromeOptions()
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--force-device-scale-factor=1",
        "--disable-dev-shm-usage",
    ]:
        options.add_argument(argument)
    if dark:
        options.add_argument("--force-dark-mode")
        options.add_argument("--blink-settings=preferredColorScheme=0")
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder), "download.prompt_for_download": False}
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.set_window_size(width, height)
    driver.set_script_timeout(60)
    return driver


class Page:
    def __init__(self, driver, studio, folder):
        self.driver, self.studio, self.folder = driver, studio, folder
        driver.get(studio.url)
        self.ready()

    def ready(self):
        WebDriverWait(self.driver, 60).until(
            lambda driver: driver.find_element(By.TAG_NAME, "body").get_attribute("data-ready") == "true"
        )

    def element(self, name):
        return self.driver.find_element(By.ID, name)

    def click(self, name):
        self.element(name).click()

    def choose(self, name):
        """Chooses a class by its name."""
        button = next(
            each for each in self.driver.find_elements(By.CSS_SELECTOR, "#palette button") if each.text == name
        )
        button.click()

    def at(self, x, y):
        """Where a map point is, as an offset from the middle of the canvas."""
        box = self.element("map").rect
        scale = min(box["width"], box["height"]) / 256
        return round((x - 128) * scale), round((y - 128) * scale)

    def drag(self, start, end, kind=interaction.POINTER_MOUSE, steps=4):
        pointer = PointerInput(kind, "pointer")
        actions = ActionBuilder(self.driver, mouse=pointer)
        canvas = self.element("map")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
        for index in range(steps + 1):
            x, y = (start[axis] + (end[axis] - start[axis]) * index / steps for axis in (0, 1))
            actions.pointer_action.move_to(canvas, *self.at(x, y))
            if index == 0:
                actions.pointer_action.pointer_down()
        actions.pointer_action.pointer_up()
        actions.perform()

    def saved(self, pattern, button):
        """The file that a button saves, which has a name of this pattern."""
        for old in self.folder.glob(pattern):
            old.unlink()
        self.click(button)
        WebDriverWait(self.driver, 90).until(
            lambda _: list(self.folder.glob(pattern)) and not list(self.folder.glob("*.crdownload"))
        )
        time.sleep(0.2)
        return next(self.folder.glob(pattern))

    def saved_map(self):
        """The map as the page saves it, under a shorter name."""
        self.saved("*-map-*.png", "save-map").rename(self.folder / "map.png")
        return Image.open(self.folder / "map.png")

    def opened(self, name):
        """Opens a file of the folder as a map."""
        self.element("map-file").send_keys(str(self.folder / name))

    def says(self, words):
        WebDriverWait(self.driver, 20).until(lambda _: words in self.element("status").text)

    def seed(self, text):
        self.element("seed").send_keys(Keys.CONTROL, "a")
        self.element("seed").send_keys(text, Keys.ENTER)

    def ids(self):
        return numpy.asarray(self.saved_map())

    def settled(self):
        """Waits until the picture on screen is that of the map."""
        frame = None
        while frame != (frame := self.element("picture").get_attribute("data-frame")) or frame is None:
            time.sleep(0.4)

    def picture(self):
        self.settled()
        text = self.driver.execute_script(
            "const c = document.getElementById('picture');"
            "return Array.from(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)"
        )
        return numpy.array(text, numpy.uint8).reshape(256, 256, 4)[..., :3]


def fill_all(page, name):
    page.choose(name)
    page.click("clear")
