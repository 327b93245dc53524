"""The API does what openapi.yaml says, paints what the command line paints, and refuses the rest."""

import base64
import http.client
import io
import json
import re
import subprocess
import threading
from pathlib import Path

import jsonschema
import numpy
import pytest
import yaml
from conftest import MODEL, ROOT, SPADE, Studio, synthesize
from PIL import Image

API = yaml.safe_load((ROOT / "Sources/SpadeStudio/openapi.yaml").read_text())
LAYOUT = MODEL.parent / "layouts/river.png"
WIDTH = HEIGHT = 256


def request(studio, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=120)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def paint(studio, body, query="seed=0", headers=None):
    defaults = {"Content-Type": "application/octet-stream", "Accept": "application/octet-stream"}
    return request(studio, "POST", f"/api/v1/paint?{query}", body, defaults | (headers or {}))


def resolved(schema):
    """The schema with the document's references filled in."""
    if isinstance(schema, dict) and "$ref" in schema:
        target = API
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return resolved(target)
    if isinstance(schema, dict):
        return {key: resolved(value) for key, value in schema.items()}
    return [resolved(value) for value in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("path", [path for path, methods in API["paths"].items() if "get" in methods])
def test_every_get_answers_as_described(studio, path):
    answer, content = request(studio, "GET", path)
    described = resolved(API["paths"][path]["get"]["responses"]["200"])
    kind = answer.getheader("Content-Type").split(";")[0]
    assert answer.status == 200 and kind in described["content"]
    if kind == "application/json":
        jsonschema.validate(json.loads(content), described["content"][kind]["schema"])
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_layouts_are_the_files(studio):
    _, content = request(studio, "GET", "/api/v1/layouts")
    for layout in json.loads(content)["layouts"]:
        _, picture = request(studio, "GET", layout["url"])
        assert picture == (MODEL.parent / "layouts" / f"{layout['name']}.png").read_bytes()


def test_page_is_compressed_and_known_again(studio):
    plain, content = request(studio, "GET", "/main.js")
    packed, small = request(studio, "GET", "/main.js", headers={"Accept-Encoding": "gzip, br"})
    assert packed.getheader("Content-Encoding") == "gzip" and len(small) < len(content) / 2
    import gzip

    assert gzip.decompress(small) == content
    again, nothing = request(studio, "GET", "/main.js", headers={"If-None-Match": plain.getheader("ETag")})
    assert again.status == 304 and nothing == b""


def test_pictures_are_those_of_the_command_line(studio, ids, tmp_path):
    Image.fromarray(ids.astype(numpy.uint8)).save(tmp_path / "map.png")
    for options, query in [
        (["--seed", "7"], "seed=7"),
        (["--seed", "18446744073709551615"], "seed=18446744073709551615"),
    ]:
        synthesize(tmp_path / "map.png", tmp_path / "picture.png", *options)
        expected = (tmp_path / "picture.png").read_bytes()
        answer, png = paint(studio, ids.tobytes(), query, {"Accept": "image/png"})
        assert answer.status == 200 and png == expected
        raw_answer, raw = paint(studio, ids.tobytes(), query)
        assert raw == numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB")).tobytes()
        assert raw_answer.getheader("X-Picture-Checksum") == answer.getheader("X-Picture-Checksum")
        assert re.fullmatch(r"queue;dur=[\d.]+, paint;dur=[\d.]+, encode;dur=[\d.]+", answer.getheader("Server-Timing"))


def test_drawings_are_read_as_the_command_line_reads_them(studio, tmp_path):
    synthesize(LAYOUT, tmp_path / "picture.png", "--seed", "3")
    answer, png = paint(studio, LAYOUT.read_bytes(), "seed=3", {"Content-Type": "image/png", "Accept": "image/png"})
    assert answer.status == 200 and png == (tmp_path / "picture.png").read_bytes()


def test_drawings_may_be_jpegs(studio, tmp_path):
    Image.open(LAYOUT).convert("RGB").save(tmp_path / "drawing.jpg", quality=95, subsampling=0)
    synthesize(tmp_path / "drawing.jpg", tmp_path / "picture.png", "--seed", "3")
    headers = {"Content-Type": "image/jpeg", "Accept": "image/png"}
    answer, png = paint(studio, (tmp_path / "drawing.jpg").read_bytes(), "seed=3", headers)
    assert answer.status == 200 and png == (tmp_path / "picture.png").read_bytes()
    answer, content = paint(studio, (tmp_path / "drawing.jpg").read_bytes()[:99], "seed=3", headers)
    assert answer.status == 400 and "JPEG" in json.loads(content)["error"]


def test_what_lies_beside_the_model_is_offered_where_it_can_be_read(tmp_path):
    (tmp_path / "m.spade").symlink_to(MODEL)
    layouts = tmp_path / "layouts"
    layouts.mkdir()
    (layouts / "river 1?.png").write_bytes(LAYOUT.read_bytes())
    Image.open(LAYOUT).convert("RGB").save(layouts / "river 1?.JPG", quality=95, subsampling=0)
    (layouts / "broken.png").write_bytes(LAYOUT.read_bytes()[:500])
    Image.effect_noise((64, 64), 90).convert("RGB").save(layouts / "photo.jpg")
    server = Studio("--threads", "1", model=tmp_path / "m.spade")
    try:
        _, content = request(server, "GET", "/api/v1/layouts")
        listed = json.loads(content)["layouts"]
        assert [layout["name"] for layout in listed] == ["river 1?-jpg", "river 1?"]
        for layout, kind in zip(listed, ["jpeg", "png"]):
            answer, content = request(server, "GET", layout["url"])
            assert answer.status == 200 and answer.getheader("Content-Type") == f"image/{kind}"
            name = f"river 1?.{'JPG' if kind == 'jpeg' else 'png'}"
            assert content == (layouts / name).read_bytes()
    finally:
        server.process.terminate()
        _, errors = server.process.communicate(timeout=60)
    notes = [line for line in errors.splitlines() if line.startswith("note: ")]
    assert len(notes) == 2 and "broken.png ends too early" in notes[0] and "photo.jpg is a photo" in notes[1]


def test_photos_give_the_styles_of_the_command_line(studio, tmp_path):
    photo = MODEL.parent / "styles/night.png"
    synthesize(LAYOUT, tmp_path / "a.png", "--style", str(photo), "--save-style", str(tmp_path / "a.z"))
    answer, style = request(studio, "POST", "/api/v1/styles", photo.read_bytes(), {"Content-Type": "image/png"})
    assert answer.status == 200 and style == (tmp_path / "a.z").read_bytes()
    name = base64.urlsafe_b64encode(style).decode().rstrip("=")
    _, png = paint(studio, LAYOUT.read_bytes(), f"style={name}", {"Content-Type": "image/png", "Accept": "image/png"})
    assert png == (tmp_path / "a.png").read_bytes()


def test_the_style_of_a_request_is_a_file_for_the_command_line(studio, ids, tmp_path):
    Image.fromarray(ids.astype(numpy.uint8)).save(tmp_path / "map.png")
    photo = (MODEL.parent / "styles/night.png").read_bytes()
    _, night = request(studio, "POST", "/api/v1/styles", photo, {"Content-Type": "image/png"})
    name = base64.urlsafe_b64encode(night).decode().rstrip("=")
    for query in ["", "seed=18446744073709551615", f"style={name}", f"seed=4&blend={name}&weight=0.3"]:
        answer, style = request(studio, "GET", f"/api/v1/style?{query}")
        assert answer.status == 200
        (tmp_path / "style.z").write_bytes(style)
        synthesize(tmp_path / "map.png", tmp_path / "picture.png", "--style", str(tmp_path / "style.z"))
        _, png = paint(studio, ids.tobytes(), query, {"Accept": "image/png"})
        assert png == (tmp_path / "picture.png").read_bytes()
    assert request(studio, "GET", f"/api/v1/style?style={name}")[1] == night
    for query in ["seed=18446744073709551616", "seed=1&style=AAAA", "blend=AAAA", "weight=2&blend_seed=1", "color=red"]:
        answer, content = request(studio, "GET", f"/api/v1/style?{query}")
        assert answer.status == 400 and json.loads(content)["error"]


def test_styles_beside_the_model_are_named_as_on_the_command_line(studio, tmp_path):
    headers = {"Content-Type": "image/png", "Accept": "image/png"}
    for name in ["sunset", "SunSet"]:
        synthesize(LAYOUT, tmp_path / "picture.png", "--style", name)
        answer, png = paint(studio, LAYOUT.read_bytes(), f"style={name}", headers)
        assert answer.status == 200 and png == (tmp_path / "picture.png").read_bytes()
    _, style = request(studio, "GET", "/api/v1/style?style=sunset")
    value = base64.urlsafe_b64encode(style).decode().rstrip("=")
    _, listed = request(studio, "GET", "/api/v1/styles")
    assert {"name": "sunset", "style": value} in json.loads(listed)["styles"]


def test_drawings_of_another_shape_are_fitted_as_asked(studio, tmp_path):
    drawing = Image.open(LAYOUT).convert("RGB").resize((960, 540), Image.Resampling.NEAREST)
    drawing.save(tmp_path / "wide.png")
    headers = {"Content-Type": "image/png", "Accept": "image/png"}
    pictures = set()
    for fit in [None, "stretch", "crop", "pad"]:
        synthesize(tmp_path / "wide.png", tmp_path / "picture.png", "--seed", "3", *(["--fit", fit] if fit else []))
        query = f"seed=3&fit={fit}" if fit else "seed=3"
        answer, png = paint(studio, (tmp_path / "wide.png").read_bytes(), query, headers)
        assert answer.status == 200 and png == (tmp_path / "picture.png").read_bytes()
        note = (
            "The drawing is 960 by 540 pixels and is squeezed to 256 by 256; "
            "fit=crop, or fit=pad and crop_back=1, keeps its shape."
        )
        assert answer.getheader("X-Drawing-Note") == (None if fit else note)
        pictures.add(png)
    assert len(pictures) == 3
    answer, _ = paint(studio, LAYOUT.read_bytes(), "seed=3", headers)
    assert answer.getheader("X-Drawing-Note") is None


@pytest.mark.parametrize("size", [(960, 540), (540, 960), (256, 256)])
def test_what_was_added_to_a_drawing_is_cropped_off_as_by_the_command_line(studio, tmp_path, size):
    drawing = Image.open(LAYOUT).convert("RGB").resize(size, Image.Resampling.NEAREST)
    drawing.save(tmp_path / "drawing.png")
    synthesize(tmp_path / "drawing.png", tmp_path / "picture.png", "--seed", "3", "--fit", "pad", "--crop-back")
    query = "seed=3&fit=pad&crop_back=1"
    for accept in ["image/png", "application/octet-stream"]:
        headers = {"Content-Type": "image/png", "Accept": accept}
        answer, content = paint(studio, (tmp_path / "drawing.png").read_bytes(), query, headers)
        picture = Image.open(tmp_path / "picture.png")
        expected = picture.tobytes() if accept != "image/png" else (tmp_path / "picture.png").read_bytes()
        assert answer.status == 200 and content == expected
        assert answer.getheader("X-Picture-Size") == f"{picture.width}x{picture.height}"
    assert (picture.width < picture.height) == (size[0] < size[1]) and max(picture.size) == 256


def test_a_part_of_a_picture_comes_back(studio):
    body = bytes(2 * WIDTH * HEIGHT)
    whole = numpy.frombuffer(paint(studio, body, "seed=1", {})[1], "u1").reshape(256, 256, 3)
    for x, y, width, height in [(0, 0, 256, 256), (3, 60, 250, 1), (255, 255, 1, 1)]:
        answer, content = paint(studio, body, f"seed=1&area={x},{y},{width},{height}", {})
        assert answer.status == 200 and answer.getheader("X-Picture-Size") == f"{width}x{height}"
        part = numpy.frombuffer(content, "u1").reshape(height, width, 3)
        assert (part == whole[y : y + height, x : x + width]).all()
    outside = ["0,0,257,1", "-1,0,4,4", "256,0,1,1", "0,0,0,9", "0,0,9223372036854775807,1"]
    for wrong in ["", "1,2,3", "1,1,1,1,1", *outside]:
        answer, content = paint(studio, body, f"seed=1&area={wrong}", {})
        assert answer.status == 400 and b"x,y,width,height" in content


def test_drawings_in_other_colours_get_advice_for_the_api(studio):
    drawing = Image.new("RGB", (64, 64), "#4466dd")
    drawing.paste("#ff00ff", (0, 30, 64, 64))
    for picture, words in [(drawing, "The drawing is drawn in"), (Image.effect_noise((64, 64), 90), "is a photo, or")]:
        file = io.BytesIO()
        picture.convert("RGB").save(file, "png")
        answer, content = paint(studio, file.getvalue(), headers={"Content-Type": "image/png"})
        error = json.loads(content)["error"]
        assert answer.status == 400 and words in error and "draw in the colours that GET /api/v1/model lists" in error
        assert "--" not in error and "printf" not in error
    file = io.BytesIO()
    Image.new("L", (64, 64), 77).save(file, "png")
    answer, content = paint(studio, file.getvalue(), headers={"Content-Type": "image/png"})
    assert answer.status == 400 and json.loads(content)["error"].endswith(
        "give a map with ids of these classes, or a drawing saved in RGB and not in gray."
    )


@pytest.mark.parametrize("file", ["Sources/SpadeStudio/openapi.yaml", "README.md"])
def test_lines_for_curl_that_are_shown_work(studio, tmp_path, file):
    (tmp_path / "drawing.png").write_bytes(LAYOUT.read_bytes())
    lines = [line.strip() for line in (ROOT / file).read_text().splitlines() if "curl " in line and "/paint" in line]
    assert lines
    for line in lines:
        line = line.replace("http://127.0.0.1:7860", studio.url)
        subprocess.run(["bash", "-c", line], cwd=tmp_path, check=True, capture_output=True)
        option, value = re.search(r"(seed|style)=(\w+)", line).groups()
        synthesize(LAYOUT, tmp_path / "expected.png", f"--{option}", value)
        assert (tmp_path / "picture.png").read_bytes() == (tmp_path / "expected.png").read_bytes()
        (tmp_path / "picture.png").unlink()


def test_jpeg_photos_are_turned_upright(studio):
    picture = Image.open(MODEL.parent / "styles/summer.png").convert("RGB").crop((0, 0, 200, 120))
    styles = []
    for orientation, turn in [
        (1, None),
        (6, Image.Transpose.ROTATE_90),
        (3, Image.Transpose.ROTATE_180),
        (8, Image.Transpose.ROTATE_270),
    ]:
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = picture.transpose(turn) if turn is not None else picture
        file = io.BytesIO()
        stored.save(file, "jpeg", quality=97, subsampling=0, exif=exif)
        answer, style = request(studio, "POST", "/api/v1/styles", file.getvalue(), {"Content-Type": "image/jpeg"})
        assert answer.status == 200
        styles.append(numpy.frombuffer(style[16:-8], "<f4"))
    for style in styles[1:]:
        assert numpy.abs(style - styles[0]).max() < 0.05 * numpy.abs(styles[0]).max()


def test_blends_lie_between(studio, ids):
    first, second = (paint(studio, ids.tobytes(), f"seed={seed}")[1] for seed in (1, 2))
    assert paint(studio, ids.tobytes(), "seed=1&blend_seed=2&weight=0")[1] == first
    assert paint(studio, ids.tobytes(), "seed=1&blend_seed=2&weight=1")[1] == second
    middle = numpy.frombuffer(paint(studio, ids.tobytes(), "seed=1&blend_seed=2")[1], numpy.uint8).astype(int)
    ends = [numpy.frombuffer(end, numpy.uint8).astype(int) for end in (first, second)]
    assert numpy.abs(middle - (ends[0] + ends[1]) / 2).mean() < numpy.abs(ends[0] - ends[1]).mean()


def test_waiting_requests_of_a_page_replace_each_other_and_the_queue_is_bounded(studio, ids):
    answers = []

    def one(query):
        answers.append((query, paint(studio, ids.tobytes(), query)[0]))

    threads = [threading.Thread(target=one, args=("seed=1&page=77",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = [answer.status for _, answer in answers]
    assert set(statuses) <= {200, 409} and statuses.count(200) >= 1
    assert statuses.count(409) >= 1

    answers.clear()
    threads = [threading.Thread(target=one, args=(f"seed={index}",)) for index in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = [answer.status for _, answer in answers]
    assert set(statuses) <= {200, 503} and statuses.count(200) >= 8
    assert all(answer.getheader("Retry-After") for _, answer in answers if answer.status == 503)


@pytest.mark.parametrize(
    "options, code, words",
    [
        (["--port", "70000"], 2, "port"),
        (["--token", ""], 2, "token"),
        (["--threads", "0"], 2, "threads"),
    ],
)
def test_wrong_options(options, code, words):
    result = subprocess.run([*SPADE, "studio", str(MODEL), *options], capture_output=True, text=True, timeout=60)
    assert result.returncode == code and words in result.stderr


def test_a_taken_port_is_said(studio):
    result = subprocess.run(
        [*SPADE, "studio", str(MODEL), "--port", str(studio.port)], capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 1 and f"Port {studio.port} cannot be used (another program has it)" in result.stderr


def test_the_model_file_may_change(tmp_path, ids):
    copy = tmp_path / "copy.spade"
    copy.write_bytes(Path(MODEL).read_bytes())
    server = Studio("--threads", "1", model=copy)
    try:
        before = paint(server, ids.tobytes())[1]
        copy.write_bytes(b"")
        assert paint(server, ids.tobytes())[1] == before
    finally:
        assert server.stop() == 0
