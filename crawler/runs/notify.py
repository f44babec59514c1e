"""Tell people of alarms, by mail, chat or webhook: of each once, and once more when it is over."""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.program import as_typed
from crawler.reports.alarms import alarms_of, judged_outlets, lasting
from crawler.store import Store, StoreError
from crawler.store.values import Alarm

logger = logging.getLogger(__name__)

_INSTALL = "ALARMS_TO needs apprise: pip install 'videsh[alarms]'"


def read_receivers(settings: BaseSettings) -> list[Any]:
    """Return the receivers in the file that ALARMS_TO names, as objects of apprise; none if the setting is empty.

    Raise UsageError if the file cannot be read, a line is no address, or the extra is not installed. No message holds
    an address: most are secrets.
    """
    path = settings.get("ALARMS_TO")
    if not path:
        return []
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"ALARMS_TO: {path}: cannot be read ({error})", print_help=False) from error
    try:
        from apprise import Apprise
    except ImportError as error:
        raise UsageError(_INSTALL, print_help=False) from error
    receivers = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            receiver = Apprise.instantiate(line.strip(), suppress_exceptions=True)
            if receiver is None:
                fault = f"ALARMS_TO: {path}: line {number} is no address that apprise knows"
                raise UsageError(f"{fault}; write mailto://…, slack://…, tgram://… or json://…", print_help=False)
            receivers.append(receiver)
    return receivers


def tell_alarms(receivers: Sequence[Any], report: Mapping[str, Any], exit_code: int, store: Store, now: int) -> None:
    """Send one message with the alarms of a run that are new, and with those that are over, if there are any.

    The store notes them before the message is sent: a run that is killed in between repeats none. If no receiver takes
    the message, it forgets them again, and the next run tries once more. A store that cannot be written notes nothing:
    until it can, each run tells them again.
    """
    outlets = judged_outlets(report)
    if not receivers or outlets is None:
        return
    current = alarms_of(report, exit_code)
    try:
        new, over = store.alarms.change(current, now, outlets=outlets, lasting=lasting(report))
    except StoreError:  # whoever wrote to the store before has logged it
        new, over = _not_noted(current, store, now), []
    if not new and not over:
        return
    todos = {(each["outlet"], str(each["kind"])): each["todo"] for each in report["warnings"]}
    title, body = _message(new, over, todos)
    taken = [_send(receiver, title, body) for receiver in receivers]
    if not any(taken):
        with suppress(StoreError):
            store.alarms.undo(new, over)
    if not all(taken):
        silent = ", ".join(str(number) for number, is_taken in enumerate(taken, start=1) if not is_taken)
        text = "ALARMS_TO: receiver %s did not take the alarms; %s"
        logger.warning(text, silent, "others did" if any(taken) else "the next run tries again")


def _not_noted(current: Mapping[tuple[str, str], str], store: Store, now: int) -> list[Alarm]:
    """Return the alarms that an unwritable store does not know, or all if it cannot be read either."""
    known: set[tuple[str, str]] = set()
    with suppress(StoreError):
        known = {(each.outlet, each.kind) for each in store.alarms.all()}
    alarms = (Alarm(outlet=outlet, kind=kind, text=text, since=now) for (outlet, kind), text in current.items())
    return [each for each in alarms if (each.outlet, each.kind) not in known]


def _send(receiver: Any, title: str, body: str) -> bool:
    try:
        return bool(receiver.notify(title=title, body=body))
    except Exception as error:  # noqa: BLE001  a receiver that breaks must not end the run
        logger.warning("ALARMS_TO: a receiver broke: %s", type(error).__name__)  # its text may hold the address
        return False


def _message(new: Sequence[Alarm], over: Sequence[Alarm], todos: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    counts = [f"{len(each)} {word}" for each, word in ((new, "new"), (over, "over")) if each]
    lines = []
    for alarm in new:
        todo = todos.get((alarm.outlet, alarm.kind)) or as_typed("scrapy doctor says more")
        lines.append(f"ALARM {alarm.outlet}: {alarm.kind}: {alarm.text}\n  to do: {todo}")
    for alarm in over:
        since = datetime.fromtimestamp(alarm.since, UTC)
        lines.append(f"OVER {alarm.outlet}: {alarm.kind} (since {since:%Y-%m-%d %H:%M} UTC): {alarm.text}")
    return f"Videsh alarms: {', '.join(counts)}", "\n".join(lines)
