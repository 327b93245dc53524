"""What the API refuses: wrong requests, names of other servers, pages of other sites, and who has no token."""

import json
import struct

import pytest
from conftest import Studio
from test_api import HEIGHT, LAYOUT, WIDTH, paint, request


@pytest.mark.parametrize(
    "status, method, path, body, headers, words",
    [
        (400, "POST", "/api/v1/paint", b"", {"Content-Type": "application/octet-stream"}, "131,072 bytes"),
        (400, "POST", "/api/v1/paint", bytes(10), {"Content-Type": "application/octet-stream"}, "131,072 bytes"),
        (
            400,
            "POST",
            "/api/v1/paint",
            struct.pack("<H", 16) * WIDTH * HEIGHT,
            {"Content-Type": "application/octet-stream"},
            "id 16 at x 0, y 0",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?seed=-1",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "seed is a whole number",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?style=%2A",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "base64url",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?style=AAAA",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            'style is "AAAA", no style beside the model; those are ',
        ),
        (
            400,
            "POST",
            "/api/v1/paint?style=nigt",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "(did you mean night?)",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?seed=1&blend_seed=2&weight=2",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "0 to 1",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?sneed=1",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "sneed is not known",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?page=x",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "page",
        ),
        (400, "POST", "/api/v1/paint", b"no picture", {"Content-Type": "image/png"}, "PNG"),
        (413, "POST", "/api/v1/paint", bytes(2 << 20), {"Content-Type": "image/png"}, "1,048,576"),
        (415, "POST", "/api/v1/paint", bytes(10), {"Content-Type": "text/plain"}, "application/octet-stream"),
        (400, "POST", "/api/v1/paint?fit=wide", LAYOUT.read_bytes(), {"Content-Type": "image/png"}, "crop or pad"),
        (
            400,
            "POST",
            "/api/v1/paint?fit=pad",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "leave it out",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?crop_back=1",
            bytes(2 * WIDTH * HEIGHT),
            {"Content-Type": "application/octet-stream"},
            "crop_back is for drawings",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?fit=pad&crop_back=1&area=0,0,9,9",
            LAYOUT.read_bytes(),
            {"Content-Type": "image/png"},
            "send one of them",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?fit=crop&crop_back=1",
            LAYOUT.read_bytes(),
            {"Content-Type": "image/png"},
            "send fit=pad too",
        ),
        (
            400,
            "POST",
            "/api/v1/paint?fit=pad&crop_back=yes",
            LAYOUT.read_bytes(),
            {"Content-Type": "image/png"},
            "crop_back is 1 for",
        ),
        (415, "POST", "/api/v1/paint", bytes(10), {}, "has no Content-Type"),
        (
            415,
            "POST",
            "/api/v1/paint",
            bytes(10),
            {"Content-Type": "application/x-www-form-urlencoded"},
            "The Content-Type is application/x-www-form-urlencoded; send the header with image/png",
        ),
        (415, "POST", "/api/v1/styles", bytes(10), {}, "curl -H 'Content-Type: image/png'"),
        (415, "POST", "/api/v1/styles", bytes(10), {"Content-Type": "text/plain"}, "image/jpeg"),
        (400, "POST", "/api/v1/styles", b"no picture", {"Content-Type": "image/png"}, "photo"),
        (400, "POST", "/api/v1/styles", b"\xff\xd8\xff\xe0cut", {"Content-Type": "image/jpeg"}, "photo"),
        (404, "GET", "/secret", None, {}, "nothing at this address"),
        (404, "GET", "/api/v1/layouts/../../landscapes.spade", None, {}, "nothing at this address"),
        (404, "POST", "/", b"x", {}, "nothing to send"),
        (405, "GET", "/api/v1/paint", None, {}, "POST"),
    ],
)
def test_wrong_requests_get_a_sentence(studio, status, method, path, body, headers, words):
    answer, content = request(studio, method, path, body, headers)
    assert answer.status == status
    assert words in json.loads(content)["error"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:7860", "", "127.0.0.1.evil.example", "localhost.evil.example", "1.2.3", "[x]"],
)
def test_strange_names_of_the_server_are_refused(studio, host):
    answer, _ = request(studio, "GET", "/api/v1/model", headers={"Host": host})
    assert answer.status in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:7860", "LOCALHOST", "192.168.1.7:7860", "[::1]:7860"])
def test_own_names_are_answered(studio, host):
    assert request(studio, "GET", "/api/v1/model", headers={"Host": host})[0].status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_of_other_sites_cannot_post(studio, ids, headers):
    assert paint(studio, ids.tobytes(), headers=headers)[0].status == 403


def test_own_page_can_post(studio, ids):
    headers = {"Origin": studio.url, "Sec-Fetch-Site": "same-origin", "Host": f"127.0.0.1:{studio.port}"}
    assert paint(studio, ids.tobytes(), headers=headers)[0].status == 200


def test_a_token_is_wanted_where_there_is_one():
    server = Studio("--threads", "1", "--token", "a-good-token-of-some-length")
    try:
        assert request(server, "GET", "/")[0].status == 200
        for headers in [
            {},
            {"Authorization": "Bearer a-good-token-of-some-lengtH"},
            {"Authorization": "Bearer "},
            {"Authorization": "a-good-token-of-some-length"},
        ]:
            assert request(server, "GET", "/api/v1/model", headers=headers)[0].status == 401
        assert request(server, "GET", "/metrics")[0].status == 401
        good = {"Authorization": "Bearer a-good-token-of-some-length"}
        assert request(server, "GET", "/api/v1/model", headers=good)[0].status == 200
        assert request(server, "GET", "/api/v1/model?token=a-good-token-of-some-length")[0].status == 200
    finally:
        assert server.stop() == 0
