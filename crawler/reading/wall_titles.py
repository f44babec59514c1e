"""What the title of a page says instead of an article's headline."""

import re

from crawler.reading.consent import is_consent_title
from crawler.reasons import Reason

_NOT_FOUND = re.compile(
    r"""
    ^404(?![\s-]*[\u0900-\u0963])                       # not `404 यात्रियों को लेकर …`
    |^404\ -\ पेज|error\ 404|404\ error
    |^not\ found$
    |page\s+(?:is\s+)?not\s+found|page\s+can.?t\ be\ found
    |page\s+(?:does\s*n[o']?.?t|no\s+longer)\s+exist
    |(?:पेज|पृष्ठ)\s+(?:नहीं\s+मिला|उपलब्ध\s+नहीं)          # the page was not found
    |यह\s+(?:पेज|पृष्ठ|खबर)\s+(?:मौजूद|उपलब्ध)\s+नहीं
    |something\ went\ wrong|कुछ\ गलत\ हो\ गया
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"""
    ^(?:
        access\ denied|just\ a\ moment|attention\ required|request\ blocked|403(?:\ -)?\ forbidden
        |are\ you\ a\ robot|robot\ or\ human|(?:please\ )?verify\ you\ are\ (?:a\ )?human
        |security\ check|pardon\ our\ interruption|ddos-guard
        |error:\ the\ request\ could\ not\ be\ satisfied   # CloudFront
    )
    (?![a-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOG_IN = r"(?:लॉग[\s-]?इन|लॉगिन|साइन[\s-]?(?:इन|अप)|रजिस्टर|(?:log|sign)[\s-]?(?:in|up)|register)"
_MAY_PRECEDE_LOGIN = r"""(?:
    कृपया|पहले|फिर|दोबारा|अपने|अपना|अकाउंट|खाते|मोबाइल|नंबर|ई-?मेल|गूगल|फेसबुक|या|से|में|पर|को|के|लिए
    |प्रीमियम|बनाएं|सदस्य|यूजर|उपयोगकर्ता|ग्राहक|पाठक|सब्सक्राइबर|please|member|user|subscriber|reader
    |आगे|पूर[ाीे]|यह|इस|खबर|लेख|स्टोरी|रिपोर्ट|ई-?पेपर|पढ़?ना|पढ़?ने|देखने|जारी|रखने|टिप्पणी|कमेंट|करने
)"""
"""Words of the titles of login pages; others make a headline of it: `डिजिटल पोर्टल पर ऐसे करें लॉगिन`."""
_OUTLET_BEHIND = r"(?:\s{0,3}[|»›].{1,60}|\s{1,3}[–—-](?:\s{1,3}[^\s?!:]{1,20}){1,4})?"
_LOGIN = re.compile(
    rf"""
    ^(?:[^|]{{1,40}}\|\s{{0,3}})?                                          # the outlet's name may be before it
    (?:
        (?:{_MAY_PRECEDE_LOGIN}\s){{0,9}}{_LOG_IN}(?:\s?(?:/|या|और|or)\s?{_LOG_IN})?   # आगे पढ़ने के लिए लॉग इन करें
            (?:\s(?:करें|कीजिए|पेज|page|(?:कर|करके)\s(?:आगे|पूर[ाीे]\s(?:खबर|लेख|स्टोरी))\sपढ़?ें))?
        |(?:please\ )?(?:log|sign)[\s-]?in\ (?:to|or)\ [^:|,–—]{{1,60}}
        |(?:subscribe|register)\ to\ (?:read|continue|unlock)[^|–—]{{0,60}}
        |(?:आगे|पूरा|यह)\s(?:\S{{1,12}}\s){{0,3}}(?:पढ़?ने)\sके\sलिए\s(?:\S{{1,12}}\s){{0,2}}(?:सदस्यता\sलें|सब्सक्राइब\sकरें)
    )
    [\s.…!।]{{0,4}}{_OUTLET_BEHIND}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT_OUTLET = re.compile(
    r"""
    ^(?:
        हमारे\ बारे\ में|संपर्क(?:\ करें)?|हमसे\ संपर्क(?:\ करें)?|गोपनीयता\ नीति|कुकीज?\ नीति|निजता\ नीति
        |(?:नियम|सेवा\ की)(?:\ (?:और|एवं|व))?\ शर्तें|अस्वीकरण|डिस्क्लेमर|विज्ञापन\ दें|शिकायत\ निवारण
        |about\ us|contact(?:\ us)?|privacy\ policy|cookies?\ policy|disclaimer|code\ of\ ethics|careers
        |terms(?:\ (?:and|&|of)\ (?:conditions|use|service))?|advertise(?:\ with\ us)?|grievance\ redressal
    )
    \s*(?:[|–—:-].{0,60})?$                          # the outlet's name may follow
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIVE_TV = re.compile(
    r"""
    (?<![a-z])live\s*(?:tv|radio)(?![a-z])
    |(?<![\u0900-\u0963])लाइव\s*(?:टीवी|रेडियो)(?![\u0900-\u0963])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"""
    प्राइस\ इन\ इंडिया|price\ in\ india
    |फुल\ स्पेसिफिकेशन|full\ specifications?
    |buy\ .{0,60}\ online|ऑनलाइन\ खरीदें
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LISTING = re.compile(
    r"""
    ^(?:
        tags?|category|archives?|topics?|search\ results?|author
        |टैग|विषय|श्रेणी                         # tag, topic, category
    )
    \s*[:：]                                    # a label, as WordPress writes it: Tag: वेनेजुएला
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AUDIO = re.compile(
    r"""
    ^(?:podcast|पॉडकास्ट|पोडकास्ट|सुनिए|सुनें)\s?[:：|–-]      # a label before the headline
    |[|:–-]\s?(?:podcast|पॉडकास्ट|पोडकास्ट)$                # or after it
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read_wall(title: str) -> Reason | None:
    """Return what a title says instead of an article's headline: `Just a moment…` is blocked; None for any other."""
    if _NOT_FOUND.search(title):
        return Reason.SOFT_404
    if _BLOCKED.search(title):
        return Reason.BLOCKED
    if is_consent_title(title):
        return Reason.CONSENT_WALL
    return Reason.BLOCKED if _LOGIN.search(title) else None


def says_not_found(text: str) -> bool:
    """Return whether the text of a small page says that there is no such page."""
    return _NOT_FOUND.search(text) is not None


def names_outlets_page(title: str) -> bool:
    """Return whether a title is that of a page about the outlet: `गोपनीयता नीति`, `Contact us | खबर`."""
    return _ABOUT_OUTLET.search(title) is not None


def names_live_channel(title: str) -> bool:
    """Return whether a title is that of a live channel: `लाइव टीवी`."""
    return _LIVE_TV.search(title) is not None


def names_product(title: str) -> bool:
    """Return whether a title is that of a product: `… प्राइस इन इंडिया`."""
    return _PRODUCT.search(title) is not None


def names_listing(title: str) -> bool:
    """Return whether a title has the label of a listing: `Tag: वेनेजुएला`."""
    return _LISTING.search(title) is not None


def names_audio(headline: str) -> bool:
    """Return whether a headline has the label of a podcast: `सुनिए: …`."""
    return _AUDIO.search(headline) is not None
