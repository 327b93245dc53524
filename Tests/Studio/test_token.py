"""A server with a token: the address that it prints, and the page that was opened without it."""

import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Studio
from pages import Page, browser
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# Every kind of sign that a token may have.
TOKEN = "a+b/c=d~e._-Z9+"


@pytest.fixture
def guarded():
    server = Studio("--threads", "1", "--token", TOKEN)
    yield server
    assert server.stop() == 0


@pytest.fixture
def driver(tmp_path):
    driver = browser(tmp_path)
    yield driver
    driver.quit()


def test_the_printed_address_shows_the_token(guarded):
    query = urlsplit(guarded.printed).query
    assert parse_qs(query) == {"token": [TOKEN]}
    with urllib.request.urlopen(f"{guarded.url}/api/v1/model?{query}") as answer:
        assert answer.status == 200


def test_the_printed_address_opens_the_page(guarded, driver, tmp_path):
    guarded.url = guarded.printed
    page = Page(driver, guarded, tmp_path)
    assert not driver.find_elements("id", "token")
    assert page.element("model-name").text == "landscapes"


def test_a_page_without_the_token_asks_for_it(guarded, driver, tmp_path):
    def title():
        found = driver.find_elements("id", "token-title")
        return found[0].text if found and found[0].is_displayed() else ""

    def give(text):
        driver.find_element("id", "token-text").send_keys(text, Keys.ENTER)

    driver.get(guarded.url)
    WebDriverWait(driver, 30).until(lambda _: title() == "This server wants its token")
    assert driver.find_element("id", "token-text").get_attribute("type") == "password"
    # Nothing is behind it, so that Escape leaves it there.
    for _ in range(3):
        driver.find_element("id", "token-text").send_keys(Keys.ESCAPE)
        WebDriverWait(driver, 30).until(lambda _: title() == "This server wants its token")
    give("another+token")
    WebDriverWait(driver, 30).until(lambda _: title() == "This is not its token: this server wants another")
    give(TOKEN)
    page = Page.__new__(Page)
    page.driver, page.studio, page.folder = driver, guarded, tmp_path
    page.ready()
    assert parse_qs(urlsplit(driver.current_url).query) == {"token": [TOKEN]}
    assert not driver.find_elements("id", "token")
