"""Secrets of stores, proxies, feeds and receivers are shown nowhere: not in logs, messages, settings or files."""

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler import masking
from crawler.masking import hide_secrets, mask
from tests.commands.running import Done, scrapy
from tests.runs.replaying import archive
from tests.site.pages import site_of

SECRETS = {
    "store": "M4RK-store-pw",
    "proxy": "M4RK-proxy/p@w",
    "feed": "M4RK-feed-pw",
    "key": "M4RKAWSKEY/abc+def",
    "mail": "M4RK-mail-pw",
    "slack": "M4RKslackToken9",
    "hook": "M4RK-hook-path",
    "otlp": "M4RK-otlp-bearer",
    "header": "M4RK-header-token",
}
ENVIRONMENT = {
    "http_proxy": f"http://crawl:{SECRETS['proxy']}@127.0.0.1:1",
    "https_proxy": f"http://crawl:{SECRETS['proxy']}@127.0.0.1:1",
    "AWS_SECRET_ACCESS_KEY": SECRETS["key"],
    "OTEL_EXPORTER_OTLP_HEADERS": f"authorization=Bearer {SECRETS['otlp']}",
    "PROXY_OF_INDIATV": f"http://crawl:{SECRETS['proxy']}@127.0.0.1:1",
}


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no secret of a test be hidden in the next one."""
    monkeypatch.setattr(masking, "_known", set())
    monkeypatch.setattr(masking, "_pattern", None)
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("http://user:word@proxy.example:3128", "http://***@proxy.example:3128"),
        ("ftp://u:p@h/x and s3://KEY:se%2Fcret@bucket/x", "ftp://***@h/x and s3://***@bucket/x"),
        ("postgresql://crawl:p@ss@db/videsh", "postgresql://***@db/videsh"),
        ("postgresql://videsh@db/videsh", "postgresql://videsh@db/videsh"),
        ("https://token@host/path", "https://***@host/path"),
        ("https://medium.example/@user/100", "https://medium.example/@user/100"),
        ("https://host/?mail=a@b.example", "https://host/?mail=a@b.example"),
        ("write to desk@paper.example, https://paper.example", "write to desk@paper.example, https://paper.example"),
        ("https://api.example/feed?page=2&token=abc&x=1", "https://api.example/feed?page=2&token=***&x=1"),
        ("s3://bucket/x?aws_secret_access_key=a%2Fb", "s3://bucket/x?aws_secret_access_key=***"),
        ("https://b.example/x?X-Amz-Signature=0af&sig=x%3D", "https://b.example/x?X-Amz-Signature=***&sig=***"),
        ("https://b.example/back#accessToken=abc", "https://b.example/back#accessToken=***"),
        ('{"url": "https://b.example?api_key=abc\\" z"}', '{"url": "https://b.example?api_key=***\\" z"}'),
        ("https://h/?keyword=चुनाव&monkey=1&author=me&tokens=5", "https://h/?keyword=चुनाव&monkey=1&author=me&tokens=5"),
        ("सियोल: http://u:p@h/ख़बर", "सियोल: http://***@h/ख़बर"),
    ],
)
def test_users_and_passwords_in_urls_are_hidden_and_other_signs_are_not(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_what_settings_hold_is_hidden_in_any_form(tmp_path: Path) -> None:
    receivers = tmp_path / "receivers"
    receivers.write_text(f"slack://{SECRETS['slack']}/B0000000/C00\n# none\njson://localhost:9/{SECRETS['hook']}\n")
    settings = {
        "AWS_SECRET_ACCESS_KEY": SECRETS["key"],
        "FEEDS": {f"ftp://me:{SECRETS['feed']}@h/out.jsonl": {"format": "jsonlines"}},
        "DEFAULT_REQUEST_HEADERS": {"Authorization": f"Bearer {SECRETS['header']}"},
        "HTTPPROXY": [f"http://crawl:{SECRETS['proxy']}@h"],
        "ALARMS_TO": str(receivers),
        "DOWNLOAD_DELAY": "1234567",
    }
    hide_secrets(Settings(settings))
    sent = base64.b64encode(f"crawl:{SECRETS['proxy']}".encode()).decode()

    for name in ("key", "feed", "header", "proxy", "slack", "hook"):
        assert SECRETS[name] not in mask(f"said: {SECRETS[name]!r}, {SECRETS[name]}.")
    assert mask(f"Basic {sent}") == "Basic ***"
    assert mask("localhost:9 1234567 jsonlines") == "localhost:9 1234567 jsonlines"


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("MAIL_PASS", "M4RK-pass", "M4RK-pass"),
        ("MYSQL_PWD", "M4RK-pass", "M4RK-pass"),
        ("SIGNING_PRIVATE_KEY", "M4RK-pass", "M4RK-pass"),
        ("HTTPAUTH", "me:M4RK-pass", "M4RK-pass"),
        ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "api=M4RK-pass", "M4RK-pass"),
        ("DEFAULT_REQUEST_HEADERS", {"X-Api-Key": "M4RK-pass"}, "M4RK-pass"),
        ("DEFAULT_REQUEST_HEADERS", {"Cookie": "sid=M4RK-pass; lang=hi"}, "M4RK-pass"),
        ("EXPORTS", "s3://bucket/x?secret_key=M4RK-pass", "M4RK-pass"),
        ("DATABASE_URL", "postgresql://db/x?user=me&password=M4RK-pass", "M4RK-pass"),
        ("SLACK_WEBHOOK_URL", "https://hooks.example/services/T0/B0/M4RK-pass", "M4RK-pass"),
        ("ZEE_PROXY", "crawl:M4RK-pass@proxy.example:3128", "M4RK-pass"),
        ("ZEE_PROXY", "http://crawl:8080/M4RK-pass@proxy.example:3128", "M4RK-pass"),
        ("ZEE_PROXY", "http://cr/awl:M4RK-pass@[::1]:3128", "M4RK-pass"),
    ],
)
def test_a_secret_is_hidden_whatever_its_setting_is_called_and_wherever_a_url_has_it(
    name: str, value: object, secret: str
) -> None:
    hide_secrets(Settings({name: value}))

    assert secret not in mask(f"said {secret}, of {value}")


@pytest.mark.parametrize(
    "value",
    [
        "https://social.example/@videsh",
        "https://social.example:8443/@videsh/1",
        "http://[::1]:8080/@videsh",
        "git@code.example:videsh/videsh.git",
        "mailto:desk@paper.example",
        "https://paper.example/?mail=desk@paper.example",
    ],
)
def test_an_address_with_a_sign_that_is_no_password_hides_nothing(value: str) -> None:
    hide_secrets(Settings({"HOMEPAGE": value}))
    text = "social.example/ social.example:8443/ [::1]:8080/ code.example mailto:desk paper.example/?mail="

    assert mask(text) == text


def test_the_path_of_a_file_with_secrets_is_none(tmp_path: Path) -> None:
    hide_secrets(Settings({"GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path), "AWS_SECRET_ACCESS_KEY": "/M4RK/pass"}))

    assert mask(f"{tmp_path}/key.json is no key") == f"{tmp_path}/key.json is no key"
    assert mask("said /M4RK/pass") == "said ***"


def test_log_records_and_their_tracebacks_are_masked(caplog: pytest.LogCaptureFixture) -> None:
    hide_secrets(Settings({"AWS_SECRET_ACCESS_KEY": SECRETS["key"]}))
    try:
        raise ValueError(f"ftp://me:{SECRETS['feed']}@h and {SECRETS['key']}")
    except ValueError:
        logging.getLogger("videsh").exception("%s is not reached", f"http://me:{SECRETS['proxy'][:6]}@h")

    assert "M4RK" not in caplog.text
    assert "http://***@h is not reached" in caplog.text
    assert "ValueError: ftp://***@h and ***" in caplog.text


def test_a_short_word_in_a_secret_setting_hides_no_other_words() -> None:
    hide_secrets(Settings({"MY_TOKEN": "on", "FTP_PASSWORD": "guest"}))

    assert mask("one guest on a button") == "one guest on a button"


def arguments(folder: Path) -> list[str | Path]:
    """Return settings with a marked secret in each that can hold one."""
    receivers = folder / "receivers"
    receivers.write_text(
        f"mailto://me:{SECRETS['mail']}@127.0.0.1:1?from=desk@paper.example&to=desk@paper.example\njson://127.0.0.1:1/{SECRETS['hook']}\n"
    )
    values = {
        "ALARMS_TO": receivers,
        "AWS_SECRET_ACCESS_KEY": SECRETS["key"],
        "FTP_PASSWORD": SECRETS["feed"],
        "PROXIES": "indiatv=PROXY_OF_INDIATV",
        "METRICS": folder / "videsh.prom",
        "DOWNLOAD_TIMEOUT": "1",
        "RETRY_ENABLED": "0",
        "DEFAULT_REQUEST_HEADERS": f'{{"Authorization": "Bearer {SECRETS["header"]}"}}',
    }
    return [word for name, value in values.items() for word in ("-s", f"{name}={value}")]


def assert_hidden(done: Done, folder: Path) -> None:
    """Fail if a mark is in the output of a command, or in a file below a folder, packed or not."""
    assert "M4RK" not in done.out + done.err
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "receivers":
            content = path.read_bytes()
            assert b"M4RK" not in content, path
            assert base64.b64encode(f"crawl:{SECRETS['proxy']}".encode()) not in content, path


@pytest.mark.parametrize("form", [pytest.param("text", marks=pytest.mark.soak), "json"])
def test_a_run_shows_no_secret_in_its_log_or_its_files(tmp_path: Path, form: str) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    room = tmp_path / "home"
    places = ("-s", f"STORE=sqlite:///{room}/v.db", "--out", room / "exports")
    more: list[str | Path] = ["--log", form, "-L", "DEBUG", "--replay", replay]

    done = scrapy("newsroom", "indiatv", *places, *more, *arguments(tmp_path), environment=ENVIRONMENT)

    assert done.code in (0, 3), done.err
    assert "Overridden settings" in done.err
    assert_hidden(done, tmp_path)


def test_no_message_and_no_printed_setting_shows_a_secret(tmp_path: Path) -> None:
    store = f"STORE=postgresql://crawl:{SECRETS['store']}@db.example/videsh"
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    feed = f"ftp://me:{SECRETS['feed']}@127.0.0.1:1/out.jsonl"
    commands: list[list[str | Path]] = [
        ["newsroom", "indiatv", "-s", store],
        ["newsroom", "indiatv", "bbc_hindi", "-s", f'FEEDS={{"{feed}": {{}}}}'],
        ["newsroom", "indiatv", "-s", f"ALARMS_TO=json://127.0.0.1/{SECRETS['hook']}"],
        ["store", "stats", "-s", store],
        ["export", "--to", "jsonl", tmp_path / "x", "-s", f"EXPORTS=s3://me:{SECRETS['feed']}@bucket/x"],
        ["settings", "--get", "DEFAULT_REQUEST_HEADERS"],
        ["settings", "--get", "AWS_SECRET_ACCESS_KEY"],
        ["settings", "--get", "STORE", "-s", store],
        ["crawl", "indiatv", "-O", feed, "-s", f"ARCHIVE_REPLAY={replay}", "-L", "DEBUG"],
    ]

    for number, command in enumerate(commands):
        done = scrapy(command[0], *arguments(tmp_path), *command[1:], environment=ENVIRONMENT)
        assert done.out + done.err, number
        assert_hidden(done, tmp_path)


def test_the_user_of_a_database_without_a_password_is_no_secret() -> None:
    hide_secrets(Settings({"STORE": "postgresql://videsh@db/videsh"}))

    assert mask("pip install 'videsh[postgres]' in /srv/videsh") == "pip install 'videsh[postgres]' in /srv/videsh"
