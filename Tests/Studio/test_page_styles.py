"""Styles in the page: kept, saved, mixed, and never asked for again when the server refuses them."""

import base64
import json
import time

import numpy
from conftest import MODEL, synthesize
from pages import Page, browser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

LAYOUT = MODEL.parent / "layouts/mountain-lake.png"
SHIPPED = len(list((MODEL.parent / "styles").iterdir()))


def names(page):
    return page.element("styles").text.split("\n")


def picture(path):
    return numpy.asarray(Image.open(path).convert("RGB"))


def test_the_first_picture_is_a_lake_in_summer(page):
    synthesize(LAYOUT, page.folder / "expected.png", "--style", str(MODEL.parent / "styles/summer.png"))
    assert (page.picture() == picture(page.folder / "expected.png")).all()
    assert page.driver.find_element(By.CSS_SELECTOR, "#styles [aria-checked=true]").text == "summer"
    box = page.element("layouts").rect
    assert box["y"] + box["height"] < 120 and box["height"] > 25


def test_styles_are_there_after_a_reload(page):
    Image.open(MODEL.parent / "styles/night.png").convert("RGB").resize((200, 200)).save(page.folder / "dusk.jpg")
    page.element("photo-file").send_keys(str(page.folder / "dusk.jpg"))
    page.says("dusk.jpg is taken as a style.")
    page.click("dice")
    rolled = page.element("seed").get_attribute("value")
    page.seed("18446744073709551615")
    page.driver.find_element(By.CSS_SELECTOR, "#styles button[title='dusk.jpg']").click()
    before = page.picture()
    WebDriverWait(page.driver, 60).until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, "#styles .waiting"))
    time.sleep(1)
    page.driver.refresh()
    page.ready()
    assert names(page)[SHIPPED:] == ["dusk.jpg", f"seed {rolled}", "seed 18446744073709551615"]
    # Their thumbnails too, before the server has painted any.
    WebDriverWait(page.driver, 2).until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, "#styles .waiting"))
    assert page.driver.find_element(By.CSS_SELECTOR, "#styles [aria-checked=true]").text == "dusk.jpg"
    assert (page.picture() == before).all()
    page.click("remove-style")
    assert names(page)[SHIPPED:] == [f"seed {rolled}", "seed 18446744073709551615"]
    assert not page.element("remove-style").is_enabled()
    time.sleep(1)
    page.driver.refresh()
    page.ready()
    assert names(page)[SHIPPED:] == [f"seed {rolled}", "seed 18446744073709551615"]


def test_mixtures_are_saved_as_the_command_line_reads_them(page):
    page.seed("12345678901234567890")
    Select(page.element("blend-with")).select_by_visible_text("winter")
    shown = page.picture()
    style = page.saved("*.z", "save-style")
    assert style.name == "seed-12345678901234567890-50-winter-50.z"
    synthesize(LAYOUT, page.folder / "expected.png", "--style", str(style))
    assert (shown == picture(page.folder / "expected.png")).all()
    # The page reads it too.
    page.element("photo-file").send_keys(str(style))
    page.says("is taken as a style")
    Select(page.element("blend-with")).select_by_index(0)
    assert (page.picture() == shown).all()
    style.write_bytes(style.read_bytes()[:-4])
    page.element("photo-file").send_keys(str(style))
    page.says("of another network, or only a part of one")


def test_a_new_photo_leaves_the_second_style_mixed_in(page):
    Select(page.element("blend-with")).select_by_visible_text("winter")
    for name in ["one", "two"]:
        size = 256 if name == "one" else 200
        photo = Image.open(MODEL.parent / "styles/night.png").convert("RGB")
        photo.resize((size, size)).save(page.folder / f"{name}.png")
        page.element("photo-file").send_keys(str(page.folder / f"{name}.png"))
        page.says(f'{name}.png is taken as a style. winter stays mixed in, 50 %: "Blend with".')
        assert Select(page.element("blend-with")).first_selected_option.text == "winter"
        assert page.element("blend").get_attribute("value") == "50"
        blend = f"{page.folder / name}.png:0.5,{MODEL.parent / 'styles/winter.png'}:0.5"
        synthesize(LAYOUT, page.folder / "expected.png", "--blend", blend)
        assert (page.picture() == picture(page.folder / "expected.png")).all()


def test_kept_mixtures_say_what_they_mix(page):
    page.seed("7")
    Select(page.element("blend-with")).select_by_visible_text("winter")
    page.settled()
    page.click("keep")
    WebDriverWait(page.driver, 20).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "#gallery figure"))
    assert "seed 7 50 % + winter 50 %" in page.element("gallery").text
    assert page.saved("mountain-lake-seed-7-50-winter-50-*.png", "save-picture").exists()


def requests(page):
    return page.driver.execute_script(
        "return performance.getEntriesByType('resource').filter((each) => each.name.includes('/paint')).length"
    )


def test_a_seed_that_is_too_large_changes_nothing(page):
    WebDriverWait(page.driver, 60).until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, "#styles .waiting"))
    before = page.picture()
    for text in ["99999999999999999999", "-1", "1e5", "seven", ""]:
        page.seed(text or Keys.DELETE)
        page.says("A seed is a whole number from 0 to 18446744073709551615.")
        assert page.element("seed").get_attribute("aria-invalid") == "true"
    assert (page.picture() == before).all() and len(names(page)) == SHIPPED
    page.seed("3")
    assert page.element("seed").get_attribute("aria-invalid") == "false" and page.element("status").text == ""
    assert (page.picture() != before).any()


def keep(page, style=None, change=""):
    """Changes what the browser keeps, as another version of the page or another model might have left it."""
    time.sleep(1)
    if style:
        own = json.dumps({"label": "x", "name": style, "isOwn": True})
        change = f"map.style = {{style: {own}, other: null, weight: 0}}; objects.put([{own}], 'styles');"
    page.driver.execute_async_script(
        "const done = arguments[0], open = indexedDB.open('spade-studio-landscapes', 1);"
        "open.onsuccess = () => {"
        " const objects = open.result.transaction('current', 'readwrite').objectStore('current');"
        " const read = objects.get('map');"
        f" read.onsuccess = () => {{ const map = read.result; {change} objects.put(map, 'map'); }};"
        " objects.transaction.oncomplete = () => { open.result.close(); done(); };"
        "}"
    )
    page.driver.refresh()
    page.ready()


def test_kept_seeds_and_styles_that_cannot_be_are_dropped(page):
    before = page.picture()
    for style in [{"seed": 1e20}, {"seed": -5}, {"style": "AAAA"}, {"color": 1}]:
        keep(page, style)
        assert (page.picture() == before).all() and len(names(page)) == SHIPPED
    # A seed as a number, as older pages kept it.
    keep(page, {"seed": 9})
    assert names(page)[SHIPPED:] == ["seed 9"] and page.element("seed").get_attribute("value") == "9"


def test_a_kept_map_of_other_classes_is_dropped(page):
    before = page.picture()
    keep(page, change="map.ids[5] = 99;")
    assert (page.picture() == before).all()
    keep(page, change="map.ids = map.ids.slice(1);")
    assert (page.picture() == before).all()


def test_what_the_server_refuses_is_asked_for_once(studio, tmp_path):
    """A style of the right length that is damaged: only the server knows."""
    driver = browser(tmp_path)
    try:
        page = Page(driver, studio, tmp_path)
        WebDriverWait(driver, 60).until(lambda _: not driver.find_elements(By.CSS_SELECTOR, "#styles .waiting"))
        before = page.picture()
        style = page.saved("*.z", "save-style")
        content = bytearray(style.read_bytes())
        content[30] ^= 255
        style.write_bytes(content)
        page.element("photo-file").send_keys(str(style))
        page.says("The style before it is back.")
        assert (page.picture() == before).all() and len(names(page)) == SHIPPED
        page.drag((20, 20), (200, 60))
        page.settled()
        time.sleep(1)
        first = requests(page)
        time.sleep(3)
        assert requests(page) - first <= SHIPPED
        # Kept by the browser, it is dropped when the page opens.
        keep(page, {"style": base64.urlsafe_b64encode(content).decode().rstrip("=")})
        page.says("checksum")
        page.settled()
        assert len(names(page)) == SHIPPED
        assert driver.find_element(By.CSS_SELECTOR, "#styles [aria-checked=true]").text == "summer"
        time.sleep(1)
        driver.refresh()
        page.ready()
        assert "checksum" not in page.element("status").text and len(names(page)) == SHIPPED
    finally:
        driver.quit()
