"""Which URLs and IP addresses are allowed: public ones on ports 80 and 443, and those in ALLOWED_ADDRESSES."""

from ipaddress import ip_address

import pytest

from crawler.downloading.allowed import Allowed, is_public
from crawler.reasons import Reason, RequestRefused


def refusal(allowed: Allowed, url: str, *, by_proxy: bool = False) -> str | None:
    try:
        allowed.check_url(url, by_proxy=by_proxy)
    except RequestRefused as refused:
        return str(refused.reason)
    return None


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "fe80::1%eth0",
        "2600::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_a_non_public_ip_address_is_recognised(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "168.63.129.17", "192.0.1.1", "223.255.255.255", "2600::1"],
)
def test_a_public_ip_address_is_recognised(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("by_proxy", [False, True])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[fe80::1]/",
        "http://user@10.0.0.1/",
        "http://khabar.example@10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://intranet/",
        "http://localhost./",
        "http://LOCALHOST/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://a.localhost/",
    ],
)
def test_a_url_that_names_no_public_host_is_refused(url: str, by_proxy: bool) -> None:
    assert refusal(Allowed(), url, by_proxy=by_proxy) == Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize("by_proxy", [False, True])
@pytest.mark.parametrize(
    "url",
    ["http://khabar.example:22/", "https://khabar.example:8443/", "http://khabar.example:8080/", "http://8.8.8.8:53/"],
)
def test_a_port_other_than_80_and_443_is_refused(url: str, by_proxy: bool) -> None:
    assert refusal(Allowed(), url, by_proxy=by_proxy) == Reason.PORT


@pytest.mark.parametrize(
    "url", ["ftp://khabar.example/", "gopher://khabar.example/", "javascript:alert(1)", "http://[x]/"]
)
def test_a_url_of_another_scheme_is_refused(url: str) -> None:
    assert refusal(Allowed(), url) == Reason.SCHEME


@pytest.mark.parametrize(
    "url",
    [
        "https://www.khabar.example/videsh/1.html",
        "http://khabar.example:80/",
        "https://khabar.example:443/",
        "http://khabar.example:443/",
        "https://8.8.8.8/",
        "http://[2600::1]/",
        "http://xn--i1b6b1a.in/",
        "https://समाचार.भारत/",
        "https://10.khabar.example/",
        "https://localhost.khabar.example/",
    ],
)
def test_a_public_host_is_allowed(url: str) -> None:
    assert refusal(Allowed(), url) is None


@pytest.mark.parametrize(
    ("entry", "asked", "refused"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8081/"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1/"),
        ("127.0.0.1", "http://127.0.0.1/", "http://127.0.0.1:8080/"),
        ("127.0.0.1", "https://127.0.0.1/", "http://127.0.0.2/"),
        ("127.0.0.1:*", "http://127.0.0.1:22/", "http://10.0.0.1/"),
        ("10.0.0.0/8", "http://10.2.3.4/", "http://11.2.3.4:8080/"),
        ("10.0.0.0/8:8080", "http://10.2.3.4:8080/", "http://10.2.3.4/"),
        ("[::1]:8080", "http://[::1]:8080/", "http://[::1]/"),
        ("::1", "http://[::1]/", "http://[::2]/"),
        ("[fd00::/8]:*", "http://[fd12::1]:9/", "http://[fe80::1]/"),
        ("mirror", "http://mirror/", "http://mirror2/"),
        ("Mirror.LAN:8080", "http://mirror.lan:8080/", "http://other.lan:8080/"),
        ("staging.khabar.example:8443", "https://staging.khabar.example:8443/", "https://staging.khabar.example:22/"),
    ],
)
def test_an_exception_allows_what_it_names_and_no_more(entry: str, asked: str, refused: str) -> None:
    allowed = Allowed([entry])

    assert refusal(allowed, asked) is None
    assert refusal(allowed, asked, by_proxy=True) is None
    assert refusal(allowed, refused)
    assert refusal(allowed, "https://khabar.example/") is None


def test_an_excepted_networks_port_is_judged_at_the_connection_and_refused_behind_a_proxy() -> None:
    allowed = Allowed(["10.0.0.0/8:8080"])

    allowed.check_url("http://khabar.example:8080/")
    allowed.check("khabar.example", ip_address("10.1.1.1"), 8080)
    with pytest.raises(RequestRefused, match="port 8080"):
        allowed.check("khabar.example", ip_address("8.8.8.8"), 8080)
    assert refusal(allowed, "http://khabar.example:8080/", by_proxy=True) == Reason.PORT


def test_a_refusal_names_the_host_and_the_setting_that_allows_it() -> None:
    with pytest.raises(RequestRefused) as refused:
        Allowed().check("khabar.example", ip_address("10.0.0.1"), 443)

    problem, what_to_do = str(refused.value).split("; ")
    assert problem == "khabar.example has the address 10.0.0.1, which is not of the public web"
    assert what_to_do == "the setting ALLOWED_ADDRESSES lists exceptions"


@pytest.mark.parametrize("entry", ["", ":80", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:70000", "[::1]:-1"])
def test_an_entry_that_is_not_an_address_is_an_error(entry: str) -> None:
    with pytest.raises(ValueError, match=r"is not a host|invalid literal"):
        Allowed([entry])
