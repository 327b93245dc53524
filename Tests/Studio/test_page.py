"""The page in a real browser: painting by mouse, pen, finger and keyboard, and what is saved."""

import time

import numpy
import pytest
from conftest import MODEL, Studio, synthesize
from pages import Page, browser, fill_all
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait


@pytest.mark.parametrize("kind", [interaction.POINTER_MOUSE, interaction.POINTER_PEN, interaction.POINTER_TOUCH])
def test_brush_strokes_by_mouse_pen_and_finger(page, kind):
    fill_all(page, "sky")
    page.choose("water")
    page.drag((40, 100), (200, 100), kind)
    ids = page.ids()
    assert (ids[100, 45:195] == 11).all() and (ids[60] == 0).all() and (ids[140] == 0).all()
    # A round brush of 16 pixels: about 16 rows, with round ends.
    assert 13 <= (ids[:, 120] == 11).sum() <= 19
    assert (ids == 11).sum() < 176 * 19


def test_the_picture_is_that_of_the_command_line(page, tmp_path):
    fill_all(page, "sky")
    page.choose("mountain")
    page.drag((20, 160), (230, 120))
    page.choose("grass")
    page.click("tool-rectangle")
    page.drag((0, 180), (256, 256))
    page.seed("42")
    shown = page.picture()
    page.saved_map()
    synthesize(page.folder / "map.png", tmp_path / "expected.png", "--seed", "42")
    expected = numpy.asarray(Image.open(tmp_path / "expected.png").convert("RGB"))
    assert (shown == expected).all()
    assert page.saved("drawing-seed-42-*.png", "save-picture").read_bytes() == (tmp_path / "expected.png").read_bytes()


def test_shapes_fill_pick_undo_and_redo(page):
    fill_all(page, "sky")
    page.choose("grass")
    page.click("tool-ellipse")
    page.drag((64, 64), (192, 192))
    ellipse = page.ids()
    area = (ellipse == 6).sum()
    assert abs(area - numpy.pi * 64 * 64) < 0.05 * area
    page.choose("trees")
    page.click("tool-bucket")
    ActionChains(page.driver).move_to_element_with_offset(page.element("map"), *page.at(128, 128)).click().perform()
    filled = page.ids()
    assert ((filled == 7) == (ellipse == 6)).all()
    page.click("tool-eyedropper")
    ActionChains(page.driver).move_to_element_with_offset(page.element("map"), *page.at(10, 10)).click().perform()
    assert page.driver.find_element(By.CSS_SELECTOR, "#palette [aria-checked=true]").text == "sky"
    page.click("undo")
    assert (page.ids() == ellipse).all()
    page.click("undo")
    assert (page.ids() == 0).all()
    page.click("redo")
    page.click("redo")
    assert (page.ids() == filled).all()
    assert not page.element("redo").is_enabled()


def test_one_request_for_each_change(page):
    """Lifting the pointer asks for nothing that is on screen already."""
    fill_all(page, "sky")
    page.choose("water")
    page.drag((40, 100), (200, 100))
    page.settled()
    frames = page.element("picture").get_attribute("data-frame")
    page.drag((60, 100), (180, 100))
    page.settled()
    assert page.element("picture").get_attribute("data-frame") == frames


def test_painting_by_keyboard_alone(page):
    fill_all(page, "sky")
    body = page.driver.find_element(By.TAG_NAME, "body")
    page.element("search").send_keys("mount", Keys.ENTER)
    page.element("map").send_keys("[" * 3, " ", Keys.ARROW_RIGHT * 20, " ")
    ids = page.ids()
    assert ids[128, 128] == 3 and ids[128, 148] == 3 and (ids == 3).sum() > 20
    body.send_keys(Keys.CONTROL, "z")
    assert page.ids()[128, 148] == 0


def test_zoom_keeps_brush_and_map_together(page):
    fill_all(page, "sky")
    page.choose("rock")
    for _ in range(4):
        page.click("zoom-in")
    ActionChains(page.driver).move_to_element(page.element("map")).click().perform()
    ids = page.ids()
    ys, xs = numpy.nonzero(ids == 9)
    assert abs(xs.mean() - 127.5) < 1.5 and abs(ys.mean() - 127.5) < 1.5


def test_a_map_that_was_saved_opens_again(page):
    fill_all(page, "sky")
    page.choose("sand")
    page.drag((20, 20), (200, 200))
    before = page.ids()
    (page.folder / "kept.png").write_bytes((page.folder / "map.png").read_bytes())
    fill_all(page, "water")
    page.element("map-file").send_keys(str(page.folder / "kept.png"))
    time.sleep(0.5)
    assert (page.ids() == before).all()


def test_a_drawing_with_unknown_colours_asks(page):
    drawing = Image.new("RGB", (256, 256), "#8fc7f0")
    drawing.paste((1, 2, 3), (0, 128, 256, 256))
    drawing.save(page.folder / "drawing.png")
    page.element("map-file").send_keys(str(page.folder / "drawing.png"))
    WebDriverWait(page.driver, 10).until(lambda driver: page.element("question").is_displayed())
    assert "#010203" in page.element("question-body").text
    # What is asked is said once.
    assert page.element("question").text.count("colours") == 1
    Select(page.element("question-body").find_element(By.TAG_NAME, "select")).select_by_visible_text("road")
    page.click("question-ok")
    time.sleep(0.4)
    ids = page.ids()
    assert (ids[:128] == 0).all() and (ids[128:] == 12).all()


def drawn(page, names):
    """A drawing of two areas in the colours of classes, and their ids."""
    facts = page.driver.execute_async_script("fetch('api/v1/model').then((a) => a.json()).then(arguments[0])")
    (first, top), (second, bottom) = [
        (entry["id"], entry["color"]) for name in names for entry in facts["classes"] if entry["name"] == name
    ]
    drawing = Image.new("RGB", (256, 256), top)
    drawing.paste(bottom, (0, 131, 256, 256))
    return drawing, numpy.repeat([first] * 131 + [second] * 125, 256).reshape(256, 256)


def test_a_jpeg_drawing_opens_as_the_command_line_reads_it(page):
    drawing, expected = drawn(page, ["sky", "grass"])
    drawing.save(page.folder / "drawing.jpg", quality=80)
    fill_all(page, "water")
    page.element("map-file").send_keys(str(page.folder / "drawing.jpg"))
    WebDriverWait(page.driver, 10).until(lambda _: "Opened" in page.element("status").text)
    # The edge runs through a block, where this quality smears it.
    ids = page.ids()
    assert (ids[:128] == expected[:128]).all() and (ids[134:] == expected[134:]).all()
    assert numpy.isin(ids, expected).all()


def test_what_is_no_map_says_so(page):
    fill_all(page, "water")
    page.settled()
    noise = numpy.random.default_rng(3).integers(0, 256, (256, 256, 3), numpy.uint8)
    Image.fromarray(noise).save(page.folder / "photo.jpg")
    Image.new("CMYK", (64, 64), (90, 20, 0, 0)).save(page.folder / "cmyk.jpg")
    (page.folder / "broken.jpg").write_bytes((page.folder / "photo.jpg").read_bytes()[:100])
    (page.folder / "text.png").write_bytes(b"no picture")
    for name, words in [
        ("photo.jpg", "is no map: most of its pixels are near no class's colour. A photo is a style: press Photo."),
        ("cmyk.jpg", "is of an unusual kind, such as CMYK; export it again, in RGB."),
        ("broken.jpg", "This JPEG cannot be read"),
        ("text.png", "neither a PNG nor a JPEG"),
    ]:
        page.element("map-file").send_keys(str(page.folder / name))
        WebDriverWait(page.driver, 10).until(lambda _: words in page.element("status").text)
    assert (page.ids() == 11).all()
    # It is gone while the next file is asked about.
    drawing = Image.new("RGB", (256, 256), "#8fc7f0")
    drawing.paste((1, 2, 3), (0, 128, 256, 256))
    drawing.save(page.folder / "asks.png")
    page.element("map-file").send_keys(str(page.folder / "asks.png"))
    WebDriverWait(page.driver, 10).until(lambda _: page.element("question").is_displayed())
    assert page.element("status").text == ""


def test_a_palette_in_the_classes_colours_is_read_by_colour(page):
    """As drawing programs save it: the colours in the order in which they were used."""
    drawing = Image.new("P", (256, 256), 0)
    facts = page.driver.execute_async_script("fetch('api/v1/model').then((a) => a.json()).then(arguments[0])")
    colors = {entry["name"]: entry["color"] for entry in facts["classes"]}
    drawing.putpalette([*bytes.fromhex(colors["water"][1:]), *bytes.fromhex(colors["sky"][1:])])
    drawing.paste(1, (0, 0, 256, 100))
    drawing.save(page.folder / "palette.png")
    page.element("map-file").send_keys(str(page.folder / "palette.png"))
    time.sleep(0.5)
    ids = page.ids()
    assert (ids[:100] == 0).all() and (ids[100:] == 11).all()


def test_photos_and_seeds_change_the_style(page):
    # Of the shipped styles it is summer.
    first = page.picture()
    photo = Image.open(MODEL.parent / "styles/night.png").convert("RGB").resize((300, 300))
    photo.save(page.folder / "dark.png")
    page.element("photo-file").send_keys(str(page.folder / "dark.png"))
    WebDriverWait(page.driver, 20).until(lambda driver: "dark.png" in page.element("styles").text)
    night = page.picture()
    assert night.mean() < first.mean() - 10
    page.click("dice")
    assert (page.picture() != night).any()


def test_everything_is_there_after_a_reload(page):
    fill_all(page, "sky")
    page.choose("flowers")
    page.drag((50, 50), (150, 180))
    page.seed("9")
    page.settled()
    before, picture = page.ids(), page.picture()
    page.click("keep")
    WebDriverWait(page.driver, 20).until(lambda driver: driver.find_elements(By.CSS_SELECTOR, "#gallery figure"))
    time.sleep(0.8)
    page.driver.refresh()
    page.ready()
    assert (page.ids() == before).all() and (page.picture() == picture).all()
    fill_all(page, "snow")
    page.driver.find_element(By.CSS_SELECTOR, "#gallery figure button").click()
    page.settled()
    assert (page.ids() == before).all() and (page.picture() == picture).all()


def test_painting_goes_on_while_the_server_is_away(tmp_path):
    server = Studio("--threads", "1")
    driver = browser(tmp_path)
    try:
        page = Page(driver, server, tmp_path)
        fill_all(page, "sky")
        page.settled()
        assert server.stop() == 0
        page.choose("water")
        page.drag((40, 200), (220, 200))
        WebDriverWait(driver, 20).until(lambda _: "does not answer" in page.element("status").text)
        assert (page.ids()[200, 60:200] == 11).all()
        server = Studio("--threads", "1", port=server.port)
        WebDriverWait(driver, 30).until(lambda _: "is back" in page.element("status").text)
        page.saved_map()
        synthesize(
            tmp_path / "map.png",
            tmp_path / "expected.png",
            "--style",
            str(MODEL.parent / "styles/summer.png"),
        )
        assert (page.picture() == numpy.asarray(Image.open(tmp_path / "expected.png").convert("RGB"))).all()
    finally:
        driver.quit()
        server.stop()


def test_the_show_paints_a_layout(page):
    Select(page.element("layouts")).select_by_index(1)
    WebDriverWait(page.driver, 40).until(lambda driver: page.element("layouts").get_attribute("value") == "")
    name = sorted((MODEL.parent / "layouts").iterdir())[0]
    synthesize(name, page.folder / "expected.png", "--style", str(MODEL.parent / "styles/summer.png"))
    assert (page.picture() == numpy.asarray(Image.open(page.folder / "expected.png").convert("RGB"))).all()


def test_the_second_style_is_what_the_list_shows(page):
    """On a fresh page it is none, and the film says so; any that is chosen counts, the first too."""
    chosen = Select(page.element("blend-with"))
    assert chosen.first_selected_option.text == "none" and not page.element("blend").is_enabled()
    page.click("morph")
    assert "Blend with" in page.element("status").text and page.element("morph").text.startswith("Film")
    page.seed("5")
    alone = page.picture()
    chosen.select_by_index(1)
    assert page.element("blend").is_enabled() and (page.picture() != alone).any()
    page.click("morph")
    WebDriverWait(page.driver, 20).until(lambda _: "Painting frame" in page.element("status").text)
    page.click("morph")
    WebDriverWait(page.driver, 20).until(lambda _: "stopped" in page.element("status").text)
    chosen.select_by_index(0)
    assert (page.picture() == alone).all() and not page.element("blend").is_enabled()


def test_a_film_between_two_styles(page):
    Select(page.element("blend-with")).select_by_visible_text("night")
    film = page.saved("mountain-lake-summer-to-night-*", "morph")
    assert film.stat().st_size > 20_000
    assert film.read_bytes()[:4] in (b"\x1aE\xdf\xa3", b"PK\x03\x04")


@pytest.mark.parametrize("seconds", [2, 5])
def test_a_film_is_as_long_as_was_chosen(page, seconds):
    """The way back has the pictures of the way there, so half of them are mixed; the first is of one style."""
    WebDriverWait(page.driver, 60).until(lambda driver: not driver.find_elements(By.CSS_SELECTOR, "#styles .waiting"))
    Select(page.element("blend-with")).select_by_visible_text("night")
    page.settled()
    Select(page.element("film-length")).select_by_visible_text(f"{seconds} s")
    page.driver.execute_script(
        "window.shown = 0; window.weights = new Set();"
        "const put = CanvasRenderingContext2D.prototype.putImageData, get = window.fetch;"
        "window.fetch = (address, ...rest) => {"
        " weights.add(/paint.*weight=([0-9.]+)/.exec(`${address}`)?.[1]); return get(address, ...rest); };"
        "CanvasRenderingContext2D.prototype.putImageData = function (...image) {"
        " if (!this.canvas.isConnected) shown += 1; return put.apply(this, image); }"
    )
    film = page.saved("mountain-lake-summer-to-night-*", "morph")
    assert film.suffix == ".webm"
    weights = [each for each in page.driver.execute_script("return [...weights]") if each]
    assert page.driver.execute_script("return shown") == 24 * seconds + 1 and len(weights) == 12 * seconds
