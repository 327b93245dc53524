"""Pictures that the studio keeps with --keep: of the page, bounded in number, and whole."""

import io
import subprocess
import time

import numpy
import pytest
from conftest import MODEL, SPADE, Studio, synthesize
from pages import Page, browser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_api import paint, request

PNG = {"Accept": "image/png"}


def ids(number):
    return numpy.full((256, 256), number, "<u2").tobytes()


def names(folder):
    """Of what others see: a picture that is being written has a hidden name."""
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))


def test_the_oldest_goes_and_other_files_stay(tmp_path):
    folder = tmp_path / "a frame" / "visitors"
    folder.mkdir(parents=True)
    others = ["kept-1.png", "kept-000002.png.txt", "kept-000000.png", "river.png", "kept-x00003.png"]
    for name in [*others, "kept-000007.png"]:
        (folder / name).write_bytes(b"before")
    studio = Studio("--threads", "1", "--keep", str(folder), "--keep-most", "3")
    try:
        assert b'"keeps_pictures":true' in request(studio, "GET", "/api/v1/model")[1].replace(b" ", b"")
        answers = []
        for number in range(4):
            answer, content = paint(studio, ids(number), "seed=1&keep=1", PNG)
            assert answer.status == 200
            answers.append(content)
            # The same once more is no other picture.
            assert paint(studio, ids(number), "seed=1&keep=1", PNG)[1] == content
        assert names(folder) == sorted([*others, "kept-000009.png", "kept-000010.png", "kept-000011.png"])
        for number, content in zip([9, 10, 11], answers[1:], strict=True):
            assert (folder / f"kept-{number:06}.png").read_bytes() == content
            assert Image.open(io.BytesIO(content)).size == (256, 256)
        # Nothing else is kept.
        for query in ["seed=1", "seed=1&keep=0"]:
            assert paint(studio, ids(9), query, PNG)[0].status == 200
        for query, headers in [("seed=1&keep=2", PNG), ("seed=1&keep=1", {})]:
            assert paint(studio, ids(9), query, headers)[0].status == 400
        assert len(names(folder)) == len(others) + 3
    finally:
        assert studio.stop() == 0
    assert not [each for each in folder.iterdir() if each.name.startswith(".")]
    # After another start it goes on.
    studio = Studio("--threads", "1", "--keep", str(folder), "--keep-most", "2")
    try:
        assert paint(studio, ids(5), "seed=1&keep=1", PNG)[0].status == 200
        assert names(folder) == sorted([*others, "kept-000011.png", "kept-000012.png"])
    finally:
        assert studio.stop() == 0


def test_a_folder_that_goes_is_told_and_painting_goes_on(tmp_path):
    folder = tmp_path / "visitors"
    studio = Studio("--threads", "1", "--keep", str(folder))
    try:
        folder.rmdir()
        folder.write_bytes(b"no folder")
        answer, content = paint(studio, ids(1), "seed=1&keep=1", PNG)
        assert answer.status == 503 and b"cannot keep the picture now" in content
        assert paint(studio, ids(1), "seed=1", PNG)[0].status == 200
    finally:
        studio.process.terminate()
        errors = studio.process.communicate(timeout=60)[1]
    assert str(folder) in errors


def test_a_studio_without_a_folder_keeps_nothing(studio):
    answer, content = paint(studio, ids(1), "seed=1&keep=1", PNG)
    assert answer.status == 400 and b"--keep" in content


@pytest.mark.parametrize(
    "options,status",
    [(["--keep-most", "3"], (2, 64)), (["--keep", "F", "--keep-most", "0"], (2, 64)), (["--keep", "/proc/none"], (1,))],
)
def test_wrong_options_are_said(tmp_path, options, status):
    done = subprocess.run(
        [*SPADE, "studio", str(MODEL), "--port", "0", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in status and len(done.stderr) > 20 and not (tmp_path / "F").exists()


@pytest.fixture
def keeping(tmp_path):
    """The page of a studio that keeps pictures, and their folder."""
    folder = tmp_path / "visitors"
    studio = Studio("--threads", "1", "--keep", str(folder))
    driver = browser(tmp_path)
    try:
        yield Page(driver, studio, tmp_path), folder
    finally:
        driver.quit()
        assert studio.stop() == 0


def test_the_page_says_so_and_keeps_what_is_saved(keeping, tmp_path):
    page, folder = keeping
    assert "those that you save or keep stay with it" in page.element("kept-note").text
    page.settled()
    assert names(folder) == []
    layout, style = MODEL.parent / "layouts/mountain-lake.png", MODEL.parent / "styles/summer.png"
    synthesize(layout, tmp_path / "e.png", "--style", str(style))
    expected = numpy.asarray(Image.open(tmp_path / "e.png").convert("RGB"))
    page.saved("mountain-lake-summer-*.png", "save-picture")
    page.says("The studio keeps this picture, too.")
    page.seed("3")
    page.settled()
    page.click("keep")
    deadline = time.time() + 20
    while len(names(folder)) < 2 and time.time() < deadline:
        time.sleep(0.1)
    assert names(folder) == ["kept-000001.png", "kept-000002.png"]
    assert (numpy.asarray(Image.open(folder / "kept-000001.png").convert("RGB")) == expected).all()
    assert (numpy.asarray(Image.open(folder / "kept-000002.png").convert("RGB")) == page.picture()).all()


def test_the_page_keeps_the_drawings_shape_as_it_saves_it(keeping, tmp_path):
    page, folder = keeping
    Image.open(MODEL.parent / "layouts/river.png").convert("RGB").resize((960, 540), 0).save(tmp_path / "wide.png")
    page.opened("wide.png")
    WebDriverWait(page.driver, 20).until(lambda _: page.element("question").is_displayed())
    page.driver.find_element(By.CSS_SELECTOR, "#question input[value=pad]").click()
    page.click("question-ok")
    page.says("Opened")
    page.seed("3")
    page.settled()
    page.click("keep")
    page.says("The studio keeps this picture, too.")
    synthesize(tmp_path / "wide.png", tmp_path / "e.png", "--seed", "3", "--fit", "pad", "--crop-back")
    assert (folder / "kept-000001.png").read_bytes() == (tmp_path / "e.png").read_bytes()


def test_the_page_of_others_says_nothing_of_it(page):
    assert not page.element("kept-note").is_displayed()
