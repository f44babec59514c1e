"""Reports that agencies write in one form, of events that differ, and copies of each as outlets edit them."""

import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

_WEEKDAYS = "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार".split()
_OTHER_WEEKDAYS = (("गुरुवार", "बृहस्पतिवार"), ("रविवार", "इतवार"), ("मंगलवार", "मंगलवार"))
_AGENCIES = "एपी भाषा एएफपी रायटर वार्ता शिन्हुआ आईएएनएस".split()
_INDIA = timezone(timedelta(hours=5, minutes=30))
_SYNONYMS = (
    ("मौत", "मृत्यु"),
    ("घायल", "जख्मी"),
    ("बताया", "कहा"),
    ("अनुसार", "मुताबिक"),
    ("करीब", "लगभग"),
    ("कारण", "वजह से"),
    ("इस्तेमाल", "उपयोग"),
    ("पिछले", "बीते"),
    ("जानकारी", "सूचना"),
    ("बढ़कर", "बढ़ कर"),
)
_DIGITS = dict(zip("दो तीन चार पांच छह सात आठ नौ दस".split(), "2 3 4 5 6 7 8 9 10".split(), strict=True))
_OUTLET_S_OWN = (
    "हमारे पाठक इस खबर पर अपनी राय नीचे दिए गए पते पर भेज सकते हैं। चुनी हुई चिट्ठियां रविवार के अंक में छपती हैं।",
    "इस इलाके से जुड़ी दूसरी खबरों के लिए हमारा विदेश पन्ना देखें, जहां संवाददाताओं की पिछले महीने की यात्रा की डायरी भी है।",
    "याद रहे कि बीते साल भी इसी मौसम में यह देश सुर्खियों में आया था, जब वहां की संसद ने नया कर विधेयक लौटा दिया था।",
    "भारतीय दूतावास ने अपने नागरिकों के लिए एक सहायता नंबर जारी किया है और उनसे स्थानीय प्रशासन की सलाह मानने को कहा है।",
)


@dataclass(frozen=True)
class Report:
    """One row, the event that it truly reports, and how it was edited."""

    row: dict[str, Any]
    truth: str
    form: str
    edit: str


@dataclass(frozen=True)
class _Draft:
    """A report before an outlet's desk, as it is filled in."""

    form: Mapping[str, Any]
    event: Mapping[str, Any]
    lead: str
    body: list[str]
    city: str
    day: int
    agency: str
    hour: int

    def filled(self, event: Mapping[str, Any], lead: str = "lead") -> "_Draft":
        """Return the draft of the same report with other values or another lead."""
        return _draft(self.form, event, self.agency, self.hour, lead)


def _draft(form: Mapping[str, Any], event: Mapping[str, Any], agency: str, hour: int, lead: str = "lead") -> _Draft:
    day = int(event["day"])
    values = {**event, "w": _WEEKDAYS[date(2026, 3, day).weekday()], "date": f"{day} मार्च"}
    body = [text.format_map(values) for text in form["body"]]
    if event["own"]:
        body.insert(1 + day % 2, event["own"])
    return _Draft(form, event, form[lead].format_map(values), body, event["city"], day, agency, hour)


def _row(draft: _Draft, id: str, outlet: str, *, dateline: int = 0) -> dict[str, Any]:
    date_printed = f"{draft.day} मार्च"
    forms = (
        f"{draft.city}, {date_printed} ({draft.agency}) ",
        f"{draft.city}। ",
        f"{draft.city}: ",
        f"{draft.city}, एजेंसी। ",
        "",
    )
    printed = forms[dateline % len(forms)] if draft.city else ""
    at = datetime(2026, 3, draft.day, tzinfo=_INDIA) + timedelta(hours=draft.hour)
    return {
        "id": id,
        "outlet": outlet,
        "headline": draft.lead.split("।")[0],
        "published_at": at.isoformat(),
        "body": [printed + draft.lead, *draft.body],
    }


def _replaced(draft: _Draft, **changed: Any) -> _Draft:
    return _Draft(**{**{name: getattr(draft, name) for name in _Draft.__dataclass_fields__}, **changed})


def _edited(draft: _Draft, edit: Callable[[str], str]) -> _Draft:
    return _replaced(draft, lead=edit(draft.lead), body=[edit(text) for text in draft.body])


def _cut_tail(draft: _Draft) -> _Draft:
    return _replaced(draft, body=draft.body[:-2])


def _updated_figure(draft: _Draft) -> _Draft:
    """Change the first figure of the lead wherever the report has it."""
    names = [name for _, name, _, _ in string.Formatter().parse(draft.form["lead"]) if name]
    figures = [name for name in names if re.search(r"\d", str(draft.event.get(name, "")))]
    name = figures[0] if figures else "day"
    if name == "day":
        return draft
    old = draft.event[name]
    new = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10 or 1), old, count=1)
    return draft.filled({**draft.event, name: new})


def _corrected_name(draft: _Draft) -> _Draft:
    return draft.filled({**draft.event, "man": "सलीमा ओरतेगा"})


def _other_spelling(draft: _Draft) -> _Draft:
    name = str(draft.event.get("man", ""))
    respelt = name.replace("व", "ब", 1).replace("स", "ज", 1).replace("ो", "ाओ", 1)
    return _edited(draft.filled({**draft.event, "man": respelt}), lambda text: _each(text, _SYNONYMS[:3]))


def _other_lead(draft: _Draft) -> _Draft:
    return draft.filled(draft.event, "other")


def _cut_lead(draft: _Draft) -> _Draft:
    first, *rest = draft.lead.split("। ", 1)
    return _replaced(draft, lead=rest[0] if rest else first)


def _moved(draft: _Draft) -> _Draft:
    return _replaced(draft, body=[" ".join(reversed(draft.body[:2])), *draft.body[2:]])


def _added(draft: _Draft) -> _Draft:
    return _replaced(draft, body=[*draft.body[:-1], *_OUTLET_S_OWN[draft.day % 2 :: 2], draft.body[-1]])


def _other_place(draft: _Draft) -> _Draft:
    return _replaced(draft, city="नई दिल्ली" if draft.city else "")


def _next_day(draft: _Draft) -> _Draft:
    return _replaced(draft, day=draft.day + 1, hour=8)


def _other_words(draft: _Draft) -> _Draft:
    return _edited(draft, lambda text: _each(_numerals(text), (*_OTHER_WEEKDAYS, *_SYNONYMS)))


def _dropped(draft: _Draft) -> _Draft:
    def drop(text: str) -> str:
        return " ".join(word for at, word in enumerate(text.split()) if at % 17 != 11)

    return _edited(draft, drop)


def _teaser(draft: _Draft) -> _Draft:
    return _replaced(draft, body=draft.body[:1])


def _other_lead_and_figure(draft: _Draft) -> _Draft:
    return _cut_tail(_updated_figure(draft).filled(_updated_figure(draft).event, "other"))


def _desk_s_work(draft: _Draft) -> _Draft:
    return _added(_other_words(_next_day(draft)))


def _each(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for printed, other in pairs:
        text = text.replace(printed, other)
    return text


def _numerals(text: str) -> str:
    return " ".join(_DIGITS.get(word, word) for word in text.split(" "))


_EDITS: tuple[Callable[[_Draft], _Draft], ...] = (
    _other_lead_and_figure,
    _cut_tail,
    _updated_figure,
    _corrected_name,
    _other_spelling,
    _other_lead,
    _cut_lead,
    _moved,
    _added,
    _other_place,
    _next_day,
    _other_words,
    _dropped,
    _teaser,
    _desk_s_work,
)


def forms(half: str) -> list[dict[str, Any]]:
    """Return the forms of a half: `developing`, `judging`, or `both`."""
    text = Path(__file__).with_name("frames.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["form"]
    return {"developing": found[1::2], "judging": found[::2], "both": found}[half]


def reports(half: str) -> Iterator[Report]:
    """Yield for each of three events of each form the agency's report and one copy of it."""
    for form in forms(half):
        at = sum(map(ord, form["kind"]))  # the same edits whichever half is asked for
        for number, event in enumerate(form["events"]):
            truth = f"{form['kind']}-{number}"
            agency = _AGENCIES[(at + number * (at % 3)) % len(_AGENCIES)]  # one agency for all events of some forms
            draft = _draft(form, event, agency, hour=9 + (at + number) % 9)
            outlet = f"outlet_{at % 5}" if at % 4 == 0 else f"outlet_{(at + number) % 5}"
            yield Report(_row(draft, f"{truth}-a", outlet, dateline=at % 3), truth, form["kind"], "original")
            edit = _EDITS[(at + 5 * number) % len(_EDITS)]
            copy = edit(_replaced(draft, hour=draft.hour + 2 + at % 7))
            row = _row(copy, f"{truth}-b", f"outlet_{5 + (at + number) % 4}", dateline=(at + number) % 5)
            yield Report(row, truth, form["kind"], edit.__name__.strip("_"))


def translations(half: str) -> Iterator[tuple[Report, Report]]:
    """Yield reports of one event each in two translations of the same copy: two texts, and no copies."""
    text = Path(__file__).with_name("translations.toml").read_text(encoding="utf-8")
    bodies: dict[str, list[str]] = tomllib.loads(text)
    for form in forms(half):
        for number, event in enumerate(form["events"] if form["kind"] in bodies else ()):
            name = f"{form['kind']}-{number}"
            other_form = {**form, "lead": form["other"], "body": bodies[form["kind"]]}
            made = (_draft(form, event, "एपी", 9), _draft(other_form, event, "एपी", 12))
            yield tuple(  # type: ignore[misc]
                Report(_row(draft, f"{name}-{side}", f"outlet_{side}"), f"{name}-{side}", form["kind"], "translation")
                for side, draft in enumerate(made)
            )
