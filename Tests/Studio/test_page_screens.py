"""What the page shows on screens of several sizes, to screen readers, and before it has the model."""

import pytest
from axe_core_python.selenium import Axe
from conftest import Studio
from pages import Page, browser, fill_all
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


@pytest.mark.parametrize("width, height", [(1280, 860), (520, 760)])
def test_nothing_serious_for_screen_readers(studio, tmp_path, width, height):
    driver = browser(tmp_path, width, height)
    try:
        Page(driver, studio, tmp_path)
        found = Axe().run(driver)["violations"]
        assert not [rule for rule in found if rule["impact"] in ("serious", "critical")], found
    finally:
        driver.quit()


def test_the_page_says_that_it_loads_until_it_has_the_model(tmp_path):
    server = Studio("--threads", "1")
    driver = browser(tmp_path)
    shown = "return ['loading', 'map-pane'].map((id) => Boolean(document.getElementById(id)?.offsetParent))"
    try:
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/api/v1/model"]})
        driver.get(server.url)
        WebDriverWait(driver, 20).until(lambda _: "does not answer" in driver.find_element(By.ID, "status").text)
        assert driver.execute_script(shown) == [True, False]
        assert driver.find_element(By.ID, "loading").text.startswith("Loading")
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
        WebDriverWait(driver, 20).until(lambda _: driver.execute_script(shown) == [False, True])
    finally:
        driver.quit()
        server.stop()


@pytest.mark.parametrize("width, height, touch", [(390, 844, True), (700, 900, False)])
def test_classes_that_do_not_fit_are_seen_to_go_on(studio, tmp_path, width, height, touch):
    driver = browser(tmp_path)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": touch},
        )
        if touch:
            driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
        page = Page(driver, studio, tmp_path)
        # How much of each class is above the edge of the list.
        script = (
            "const list = document.getElementById('palette'), end = list.getBoundingClientRect().bottom;"
            "if (arguments[0]) list.scrollTop = list.scrollHeight;"
            "return [...list.querySelectorAll('button')].map((each) => {"
            " const {top, height} = each.getBoundingClientRect(); return (end - top) / height; })"
        )
        shares = driver.execute_script(script, False)
        assert any(0.25 < share < 0.75 for share in shares), shares
        # At its end the last row is above what fades.
        assert driver.execute_script(script, True)[-1] > 1.4
        assert "gradient" in page.element("palette").value_of_css_property("mask-image")
    finally:
        driver.quit()


def test_a_phone_shows_everything_without_sideways_scrolling(studio, tmp_path):
    driver = browser(tmp_path)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
        )
        page = Page(driver, studio, tmp_path)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
        box = page.element("map").rect
        assert box["width"] >= 330 and box["height"] >= 200
        fill_all(page, "sky")
        page.choose("water")
        page.drag((60, 100), (180, 100), interaction.POINTER_TOUCH)
        assert (page.ids()[100, 70:170] == 11).all()
    finally:
        driver.quit()


def test_the_first_screen_of_a_phone_has_map_classes_and_tools(studio, tmp_path):
    driver = browser(tmp_path)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 664, "deviceScaleFactor": 2, "mobile": True}
        )
        page = Page(driver, studio, tmp_path)
        stage, recent, tools = (page.element(name).rect for name in ("stage", "recent", "tools"))
        assert stage["y"] + stage["height"] <= recent["y"] < recent["y"] + recent["height"] <= tools["y"]
        assert tools["y"] + tools["height"] <= 664
        swatches = page.element("recent").find_elements(By.TAG_NAME, "button")
        assert len(swatches) == 9 and min(each.rect["width"] for each in swatches) >= 32
        chosen = swatches[4].get_attribute("aria-label")
        swatches[4].click()
        pressed = page.element("recent").find_elements(By.CSS_SELECTOR, "[aria-pressed=true]")
        assert [each.get_attribute("aria-label") for each in pressed] == [chosen]
    finally:
        driver.quit()
