"""Drawings that the page opens: read as the command line reads them, whatever their shape, colours and transparency."""

import base64
import struct
import subprocess

import numpy
import pytest
from conftest import MODEL, SPADE, synthesize
from pages import fill_all
from PIL import Image, ImageDraw, ImageFilter
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

COLORS = [line.rsplit(" #", 1) for line in (MODEL.parent / "classes.txt").read_text().splitlines()]
SKY, SUN, MOUNTAIN, GRASS, TREES, WATER, SAND = 0, 2, 3, 6, 7, 11, 10


def color(id):
    return "#" + COLORS[id][1]


def scene(width, height):
    """A drawing with edges in every direction, none of them in the middle of anything."""
    drawing = Image.new("RGB", (width, height), color(SKY))
    draw = ImageDraw.Draw(drawing)
    draw.rectangle((0, height * 0.61, width, height), fill=color(WATER))
    corners = [(width * 0.1, height * 0.61), (width * 0.37, height * 0.2), (width * 0.7, height * 0.61)]
    draw.polygon(corners, fill=color(MOUNTAIN))
    draw.ellipse((width * 0.73, height * 0.07, width * 0.91, height * 0.31), fill=color(SUN))
    draw.line((0, height * 0.9, width, height * 0.71), fill=color(SAND), width=max(3, height // 60))
    return drawing


def read(path, output, *options):
    """The map as the command line reads it."""
    files = [str(MODEL), str(path), "-o", str(output.with_name("painted.png")), "--save-map", str(output)]
    subprocess.run([*SPADE, "synthesize", *files, *options], check=True, capture_output=True)
    return numpy.asarray(Image.open(output))


def asked(page):
    WebDriverWait(page.driver, 20).until(lambda _: page.element("question").is_displayed())


def answer(page, fit=None):
    asked(page)
    if fit:
        page.driver.find_element(By.CSS_SELECTOR, f"#question input[value={fit}]").click()
    page.click("question-ok")
    page.says("Opened")


@pytest.mark.parametrize("size", [(1024, 1024), (256, 256), (1000, 1003), (77, 78)])
def test_squares_of_any_size_are_read_as_by_the_command_line(page, size):
    scene(*size).save(page.folder / "scene.png")
    page.opened("scene.png")
    page.says("Opened scene.png")
    assert (page.ids() == read(page.folder / "scene.png", page.folder / "read.png")).all()


@pytest.mark.parametrize("name, size", [("village", 64), ("fields", 128), ("winter-road", 256)])
def test_single_pixels_on_hard_edges_are_read_as_drawn(page, name, size):
    drawn = Image.open(MODEL.parent / f"layouts/{name}.png").resize((size, size), Image.NEAREST)
    colors = numpy.array([list(bytes.fromhex(each)) for _, each in COLORS], numpy.uint8)
    Image.fromarray(colors[numpy.asarray(drawn)]).save(page.folder / "hard.png")
    page.opened("hard.png")
    page.says("Opened hard.png")
    assert (page.ids() == numpy.asarray(drawn.resize((256, 256), Image.NEAREST))).all()


@pytest.mark.parametrize("radius", [1, 4])
def test_soft_edges_are_read_as_by_the_command_line(page, radius):
    scene(640, 640).filter(ImageFilter.GaussianBlur(radius)).save(page.folder / "soft.png")
    page.opened("soft.png")
    page.says("Opened soft.png")
    assert (page.ids() == read(page.folder / "soft.png", page.folder / "read.png")).all()


def gradient(first, last, span, angle=0.0, side=640):
    """Two classes with a gradient between them, so many pixels wide."""
    rows, columns = numpy.mgrid[0:side, 0:side]
    way = (rows - side / 2) * numpy.cos(angle) + (columns - side / 2) * numpy.sin(angle)
    part = numpy.clip(way / span + 0.5, 0, 1)[..., None]
    ends = [numpy.array(list(bytes.fromhex(COLORS[each][1]))) for each in (first, last)]
    return Image.fromarray(numpy.rint(ends[0] + (ends[1] - ends[0]) * part).astype(numpy.uint8))


@pytest.mark.parametrize("span, angle", [(100, 0), (100, 0.6), (300, 0), (300, 0.6), (600, 0)])
def test_wide_gradients_are_read_as_by_the_command_line(page, span, angle):
    gradient(GRASS, TREES, span, angle).save(page.folder / "gradient.png")
    page.opened("gradient.png")
    page.says("Opened gradient.png")
    expected = read(page.folder / "gradient.png", page.folder / "read.png")
    assert (page.ids() == expected).all()
    assert numpy.isin(expected, [GRASS, TREES]).mean() > 0.99
    assert "(bush appears only in such edges)" in page.element("status").text


@pytest.mark.parametrize("angle", [0, 0.6])
def test_gradients_behind_objects_are_read_as_by_the_command_line(page, angle):
    drawing = gradient(GRASS, TREES, 500, angle)
    draw = ImageDraw.Draw(drawing)
    draw.ellipse((120, 220, 320, 420), fill=color(SKY))
    draw.rectangle((400, 130, 450, 640), fill=color(SAND))
    drawing.save(page.folder / "cut.png")
    page.opened("cut.png")
    page.says("Opened cut.png")
    expected = read(page.folder / "cut.png", page.folder / "read.png")
    assert (page.ids() == expected).all()
    assert numpy.isin(expected, [GRASS, TREES, SKY, SAND]).mean() > 0.998


def test_classes_that_nobody_drew_are_named(page):
    drawing = numpy.array(scene(256, 256))
    rows, columns = numpy.mgrid[0:80, 0:80]
    # Near grass, and no two neighbours of a colour.
    weave = numpy.stack([1 + columns % 3, 1 + rows % 3, 2 + 0 * rows], 2)
    drawing[170:250, 8:88] = numpy.array(list(bytes.fromhex(COLORS[GRASS][1]))) + weave
    Image.fromarray(drawing).save(page.folder / "weave.png")
    page.opened("weave.png")
    page.says("Opened weave.png. grass, 10 % of the map: no pixel has this class's colour exactly, so it may be")
    assert (page.ids() == read(page.folder / "weave.png", page.folder / "read.png")).all()


def test_half_transparent_pixels_and_profiles_are_told(page):
    drawing = scene(256, 256).convert("RGBA")
    drawing.paste((*bytes.fromhex(COLORS[WATER][1]), 128), (0, 0, 256, 64))
    display = b"\0" * 128 + struct.pack(">I4sII4sII", 1, b"desc", 144, 40, b"desc", 0, 11) + b"Display P3\0"
    drawing.save(page.folder / "soft.png", icc_profile=display)
    page.opened("soft.png")
    page.says("16,384 pixels, 25 %, are half-transparent and read by their own colours")
    page.says("It has the colour profile Display P3, which is not applied")
    assert (page.ids()[:64] == WATER).all()
    drawing.convert("RGB").save(page.folder / "plain.png", icc_profile=display.replace(b"Display P3", b"sRGB built"))
    page.opened("plain.png")
    page.says("Opened plain.png.")
    assert page.element("status").text == "Opened plain.png."


@pytest.mark.parametrize("name", ["large.png", "large.jpg"])
def test_a_drawing_that_is_too_large_is_told_how_large_one_may_be(page, name):
    Image.new("RGB", (5000, 3400), "#7dc832").save(page.folder / name)
    page.opened(name)
    page.says("it has 5000 × 3400 pixels, and this page opens as many as 4096 × 4096 have; make it smaller.")


@pytest.mark.parametrize("fit", ["crop", "pad", "stretch"])
@pytest.mark.parametrize("size", [(1600, 900), (401, 777)])
def test_other_shapes_are_asked_for_and_fitted_as_by_the_command_line(page, size, fit):
    scene(*size).save(page.folder / "wide.png")
    page.opened("wide.png")
    answer(page, fit)
    whole = read(page.folder / "wide.png", page.folder / "read.png", "--fit", fit)
    assert page.element("cut-label").is_displayed() == (fit == "pad")
    if fit == "pad":
        cut = page.saved_map()
        options = ["--fit", "pad", "--crop-back"]
        assert (numpy.asarray(cut) == read(page.folder / "wide.png", page.folder / "read.png", *options)).all()
        page.click("cut")
        assert (page.ids() == whole).all()
        page.click("cut")
        # Opened again it has the same ids, in its shape.
        cut.save(page.folder / "cut.png")
        page.opened("cut.png")
        answer(page, "pad")
        assert page.element("cut-label").is_displayed()
        whole = numpy.asarray(cut)
    assert (page.ids() == whole).all()


def test_pictures_are_cut_back_to_the_drawings_shape(page):
    scene(1600, 900).save(page.folder / "wide.png")
    page.opened("wide.png")
    answer(page)
    options = ["--fit", "pad", "--crop-back", "--style", str(MODEL.parent / "styles/summer.png")]
    synthesize(page.folder / "wide.png", page.folder / "expected.png", *options)
    expected = numpy.asarray(Image.open(page.folder / "expected.png").convert("RGB"))
    assert expected.shape == (144, 256, 3)

    def picture():
        return numpy.asarray(Image.open(page.saved("wide-summer-*.png", "save-picture")).convert("RGB"))

    assert (picture() == expected).all()
    # What a person paints, and a reload, leave it so; another map, and undoing that, too.
    page.driver.execute_script("return new Promise((done) => setTimeout(done, 700))")
    page.driver.refresh()
    page.ready()
    assert (picture() == expected).all()
    for scale in ["2", "4"]:
        Select(page.element("picture-scale")).select_by_value(scale)
        synthesize(page.folder / "wide.png", page.folder / "large.png", *options, "--scale", scale)
        large = numpy.asarray(Image.open(page.folder / "large.png").convert("RGB"))
        assert large.shape == (144 * int(scale), 256 * int(scale), 3)
        saved = Image.open(page.saved(f"wide-summer-{scale}x-*.png", "save-picture")).convert("RGB")
        assert (numpy.asarray(saved) == large).all()
    Select(page.element("picture-scale")).select_by_value("1")
    page.click("cut")
    assert picture().shape == (256, 256, 3)
    page.click("cut")
    (page.folder / "square.png").write_bytes((MODEL.parent / "layouts/river.png").read_bytes())
    page.opened("square.png")
    page.says("Opened square.png")
    assert not page.element("cut-label").is_displayed()
    assert Image.open(page.saved("square-summer-*.png", "save-picture")).size == (256, 256)
    page.click("undo")
    assert (picture() == expected).all()


def test_films_are_cut_back_too(page):
    scene(1600, 900).save(page.folder / "wide.png")
    page.opened("wide.png")
    answer(page)
    Select(page.element("blend-with")).select_by_visible_text("night")
    page.driver.execute_script(
        "window.sizes = []; const capture = HTMLCanvasElement.prototype.captureStream;"
        "HTMLCanvasElement.prototype.captureStream = function (...rate) {"
        " sizes.push(this.width, this.height); return capture.apply(this, rate); }"
    )
    film = page.saved("wide-summer-to-night-*", "morph")
    assert film.suffix == ".webm" and page.driver.execute_script("return window.sizes") == [256, 144]


def test_transparent_pixels_are_asked_for(page):
    drawing = scene(512, 512).convert("RGBA")
    # Below what is transparent lies a class's colour, which nobody sees.
    drawing.paste((*bytes.fromhex(COLORS[WATER][1]), 0), (0, 0, 200, 512))
    drawing.save(page.folder / "clear.png")
    page.opened("clear.png")
    asked(page)
    assert "transparent" in page.element("question-body").text
    Select(page.element("transparent-class")).select_by_visible_text("field")
    answer(page)
    assert (page.ids()[:, :100] == 15).all() and not (page.ids()[:, 100:] == 15).any()


def test_a_transparent_palette_entry_is_asked_for(page):
    drawing = Image.new("P", (256, 256), 0)
    drawing.putpalette([*bytes.fromhex(COLORS[WATER][1]), *bytes.fromhex(COLORS[SKY][1]), 1, 2, 3])
    drawing.paste(1, (0, 0, 256, 100))
    drawing.paste(2, (0, 200, 256, 256))
    drawing.save(page.folder / "palette.png", transparency=2)
    page.opened("palette.png")
    answer(page)
    assert [page.ids()[row, 5] for row in (50, 150, 230)] == [SKY, WATER, SKY]


def test_giving_up_leaves_everything_as_it_was(page):
    fill_all(page, "snow")
    scene(900, 300).save(page.folder / "wide.png")
    page.opened("wide.png")
    asked(page)
    page.driver.find_element(By.CSS_SELECTOR, "#question button[value=cancel]").click()
    assert (page.ids() == 4).all() and not page.element("cut-label").is_displayed()


@pytest.mark.parametrize("kind", ["WebP", "BMP", "GIF", "TIFF"])
def test_other_kinds_of_pictures_are_named(page, kind):
    scene(64, 64).save(page.folder / f"drawing.{kind.lower()}")
    page.opened(f"drawing.{kind.lower()}")
    page.says(f"a {kind} picture")


def drop(page, name):
    """Drops a file of the folder on the map."""
    page.driver.execute_async_script(
        "const [name, text, done] = arguments;"
        "const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0)), dataTransfer = new DataTransfer();"
        "dataTransfer.items.add(new File([bytes], name));"
        "const event = new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true});"
        "document.getElementById('map').dispatchEvent(event); done()",
        name,
        base64.b64encode((page.folder / name).read_bytes()).decode(),
    )


def test_what_is_dropped_says_what_it_was_taken_for(page):
    fill_all(page, "snow")
    photo = Image.effect_noise((300, 200), 90).convert("RGB")
    for kind in ["jpg", "webp"]:
        photo.save(page.folder / f"photo.{kind}")
        drop(page, f"photo.{kind}")
        page.says(f'photo.{kind} is taken as a style. "Open map"')
    assert (page.ids() == 4).all()
    scene(256, 256).save(page.folder / "scene.png")
    drop(page, "scene.png")
    page.says("Opened scene.png")
    assert (page.ids() == read(page.folder / "scene.png", page.folder / "read.png")).all()
    # The next action ends what was said of the last.
    page.click("undo")
    assert page.element("status").text == ""
    (page.folder / "text.jpg").write_bytes(b"no picture")
    drop(page, "text.jpg")
    page.says("text.jpg is no picture that can be read")


def indexed(path, colors, size=256):
    """Three bands of equal height as a palette picture."""
    drawing = Image.new("P", (size, size), 0)
    drawing.putpalette([level for each in colors for level in bytes.fromhex(each)])
    for index in range(1, 3):
        drawing.paste(index, (0, index * size // 3, size, size))
    drawing.save(path)


def test_a_palette_of_other_colours_is_asked_for(page):
    indexed(page.folder / "gimp.png", ["4466dd", "22aa11", "6f4a2a"])
    page.opened("gimp.png")
    asked(page)
    rows = page.driver.find_elements(By.CSS_SELECTOR, "#question .unknown")
    assert len(rows) == 3 and not any(row.is_displayed() for row in rows)
    page.click("question-ok")
    page.says("Opened gimp.png")
    assert (page.ids() == read(page.folder / "gimp.png", page.folder / "read.png")).all()
    assert set(page.ids()[:, 0]) == {0, 1, 2}
    page.opened("gimp.png")
    asked(page)
    page.driver.find_element(By.CSS_SELECTOR, "#question input[value=colors]").click()
    rows = page.driver.find_elements(By.CSS_SELECTOR, "#question .unknown")
    assert all(row.is_displayed() for row in rows) and "34 % of it" in rows[0].text
    for row in rows:
        color = next(each for each in ["4466dd", "22aa11", "6f4a2a"] if each in row.text)
        name = {"4466dd": "sky", "22aa11": "grass", "6f4a2a": "rock"}[color]
        Select(row.find_element(By.TAG_NAME, "select")).select_by_visible_text(name)
    page.click("question-ok")
    page.says("Opened gimp.png")
    assert [page.ids()[row, 9] for row in (20, 120, 220)] == [0, 6, 9]


def test_the_palette_of_pascal_voc_is_not_asked_for(page):
    indexed(page.folder / "voc.png", ["000000", "800000", "008000"])
    page.opened("voc.png")
    page.says("Opened voc.png.")
    assert set(page.ids()[:, 0]) == {0, 1, 2} and not page.element("question").is_displayed()


def test_a_gradient_is_one_question(page):
    drawing = Image.new("RGB", (256, 256), color(6))
    draw = ImageDraw.Draw(drawing)
    for y in range(0, 120, 3):
        draw.rectangle((0, y, 256, y + 2), fill=(60 + y // 3, 90 + y // 3, 190 + y // 6))
    drawing.save(page.folder / "gradient.png")
    page.opened("gradient.png")
    asked(page)
    rows = page.driver.find_elements(By.CSS_SELECTOR, "#question .unknown")
    assert 1 <= len(rows) <= 2 and "colours near it" in rows[0].text
    shares = [int(row.text.split(", ")[1].split(" %")[0]) for row in rows]
    assert 42 <= sum(shares) <= 48
    for row in rows:
        Select(row.find_element(By.TAG_NAME, "select")).select_by_visible_text("sky")
    page.click("question-ok")
    page.says("Opened gradient.png.")
    assert (page.ids()[:120] == SKY).all() and (page.ids()[120:] == 6).all()


def test_colours_that_nobody_names_are_read_as_by_the_command_line(page):
    drawing = Image.new("RGB", (256, 256), color(6))
    draw = ImageDraw.Draw(drawing)
    draw.rectangle((0, 0, 256, 120), fill=color(SKY))
    for y in range(40, 80):
        draw.line((0, y, 256, y), fill=(60 + y, 110 + y // 2, 150 + y // 2))
    draw.rectangle((100, 150, 160, 220), fill=(20, 60, 200))
    drawing.save(page.folder / "unnamed.png")
    page.opened("unnamed.png")
    answer(page)
    assert (page.ids() == read(page.folder / "unnamed.png", page.folder / "read.png")).all()


@pytest.mark.parametrize("channels", [1, 3])
def test_grain_is_read_as_by_the_command_line(page, channels):
    plain = numpy.asarray(scene(256, 256)).astype(int)
    grain = numpy.random.default_rng(5).integers(-18, 19, (256, 256, channels))
    Image.fromarray(numpy.clip(plain + grain, 0, 255).astype(numpy.uint8)).save(page.folder / "grain.png")
    page.opened("grain.png")
    page.says("Opened grain.png. ")
    assert "are near no class's colour and took the nearest around them: " in page.element("status").text
    expected = read(page.folder / "grain.png", page.folder / "read.png")
    assert (page.ids() == expected).all()
    scene(256, 256).save(page.folder / "scene.png")
    assert (expected == read(page.folder / "scene.png", page.folder / "read.png")).mean() > 0.97
