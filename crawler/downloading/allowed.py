"""Which hosts a crawl may connect to: public ones on ports 80 and 443, and exceptions from ALLOWED_ADDRESSES.

This protects private networks and cloud metadata services from requests that a web page provokes (SSRF).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from crawler.reasons import Reason, RequestRefused
from crawler.url_parts import host_of, split_url

_PORTS = frozenset({80, 443})
_PRIVATE_SUFFIXES = (
    ".localhost",
    ".local",
    ".localdomain",
    ".internal",  # metadata.google.internal, and names of Docker and AWS
    ".intranet",
    ".private",
    ".corp",
    ".home",
    ".lan",
    ".home.arpa",
)
# IANA's registries of special-purpose addresses (RFC 6890), as of November 2026, and the metadata services of clouds.
_NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a provider's NAT; 100.100.100.200 is the metadata service of Alibaba
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform service of Azure, at an address that is public elsewhere
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the metadata service of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is the metadata service of Oracle
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # protocol assignments; Teredo, which wraps IPv4
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps IPv4
        "3fff::/20",  # documentation
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""Any other IPv6 address is loopback, local, multicast, reserved, or wraps IPv4, as NAT64 does (64:ff9b::/96)."""

IPAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class _Exception:
    """One entry of ALLOWED_ADDRESSES: an IP network or a host name, and its ports; None allows every port."""

    name: str | None
    network: IPv4Network | IPv6Network | None
    ports: frozenset[int] | None

    def has_port(self, port: int) -> bool:
        """Return whether the entry allows a port."""
        return self.ports is None or port in self.ports

    def covers(self, host: str, address: IPAddress | None) -> bool:
        """Return whether the entry names a host or contains the host's IP address."""
        return host == self.name or (address is not None and self.network is not None and address in self.network)


class Allowed:
    """Decides which URLs a crawl may request and which IP addresses it may connect to.

    `exceptions` are entries of ALLOWED_ADDRESSES; an invalid one raises ValueError.
    """

    def __init__(self, exceptions: Iterable[str] = ()) -> None:
        self._exceptions = [_read_exception(each.strip()) for each in exceptions]

    def check_url(self, url: str, *, by_proxy: bool = False) -> None:
        """Raise RequestRefused if the URL alone shows that a request is not allowed.

        The IP address behind a host name is checked later, by `check`, when the connection is made. A proxy makes that
        connection itself: with `by_proxy`, a port other than 80 and 443 is refused unless an exception names the host.
        """
        parts, host = split_url(url), host_of(url)
        if parts is None:
            raise RequestRefused(Reason.SCHEME, f"{url}: only http and https URLs are requested")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if (address := _read_address(host)) is not None:
            self.check(host, address, port)
        elif self._is_exception(host, None, port):
            return
        elif is_private_name(host):
            raise RequestRefused(Reason.PRIVATE_ADDRESS, _with_hint(f"{host} is not a name of the public web"))
        elif port not in _PORTS and (by_proxy or not any(each.has_port(port) for each in self._exceptions)):
            raise RequestRefused(Reason.PORT, _with_hint(f"{host}: port {port} is not one of the web's (80, 443)"))

    def check(self, host: str, address: IPAddress, port: int) -> None:
        """Raise RequestRefused unless a crawl may connect to this IP address of a host on this port."""
        if self._is_exception(host, address, port):
            return
        if not is_public(address):
            is_at = "is" if host == str(address) else f"has the address {address}, which is"
            raise RequestRefused(Reason.PRIVATE_ADDRESS, _with_hint(f"{host} {is_at} not of the public web"))
        if port not in _PORTS:
            raise RequestRefused(Reason.PORT, _with_hint(f"{host}: port {port} is not one of the web's (80, 443)"))

    def _is_exception(self, host: str, address: IPAddress | None, port: int) -> bool:
        return any(each.has_port(port) and each.covers(host, address) for each in self._exceptions)


def is_public(address: IPAddress) -> bool:
    """Return whether an IP address belongs to the public web.

    >>> is_public(ip_address("64:ff9b::a00:1"))
    False
    """
    if isinstance(address, IPv6Address) and (address.scope_id or address not in _GLOBAL_UNICAST):
        return False
    return not any(address in network for network in _NOT_PUBLIC if network.version == address.version)


def is_private_name(host: str) -> bool:
    """Return whether a host name cannot be in public DNS, or is an IPv4 address in another notation (`0x7f.1`)."""
    return "." not in host or host.endswith(_PRIVATE_SUFFIXES) or host.rsplit(".", 1)[-1][:1].isdigit()


def _with_hint(message: str) -> str:
    return f"{message}; the setting ALLOWED_ADDRESSES lists exceptions"


@lru_cache(maxsize=1_000)  # of the few hosts of a crawl: a name raises an error each time
def _read_address(text: str) -> IPAddress | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _read_exception(entry: str) -> _Exception:
    """Return the parsed entry of ALLOWED_ADDRESSES; raise ValueError if it is not a host, address or network.

    An entry without a port allows 80 and 443; `*` allows every port.

    >>> _read_exception("127.0.0.1:8080").ports
    frozenset({8080})
    """
    if _read_network(entry) is not None:  # the colons of an IPv6 address without brackets do not start a port
        host, port = entry, ""
    else:
        host, colon, port = entry.rpartition(":")
        host, port = (host, port) if colon else (entry, "")
    host = host.strip("[]").lower().removesuffix(".")
    ports = None if port == "*" else _PORTS if not port else frozenset({int(port)})
    if not host or (ports is not None and not all(0 < each < 65536 for each in ports)):
        raise ValueError(f"{entry!r} is not a host, address or network with a port")
    network = _read_network(host)
    return _Exception(name=None if network else host, network=network, ports=ports)


def _read_network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None
