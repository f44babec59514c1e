"""What a line of a page is, by its words alone: a row with a date."""

import pytest

from crawler.reading.phrases import is_date_row


@pytest.mark.parametrize(
    "row",
    [
        "मीरा जोशी | 5 घंटे पहले",
        "15 मिनट पहले",
        "डिजिटल डेस्क, 1 घंटा पहले",
        "Asha Rao · 3 hours ago",
        "2 दिन पहले",
        "5 min read",
        "3 मिनट में पढ\u093cें",
        "13 जून 2024",
        "मीरा जोशी, 13 जून 2024",
        "Jun 13, 2024",
        "Updated: 13 June",
        "अपडेटेड 13 जून",
        "13 जून 2024, 10:45 IST",
        "10:45, 13 जून 2024",
    ],
)
def test_a_row_that_is_nothing_but_a_time_is_one(row: str) -> None:
    assert is_date_row(row)


@pytest.mark.parametrize(
    "line",
    [
        "चुनाव 5 दिन पहले हुए थे।",
        "राष्ट्रपति ने 5 घंटे पहले कहा कि वार्ता जारी है",
        "भूकंप के 5 मिनट बाद",
        "2024 में 300 लोग आए",
        "यह पुल 12 साल पहले बना था",
        "13 जून की बैठक में फैसला होगा",
        "तीन घंटे की देरी",
        "5 min की दूरी पर बाजार",
        "समझौते पर 40 देशों के हस्ताक्षर",
        "",
    ],
)
def test_a_line_of_a_report_is_none(line: str) -> None:
    assert not is_date_row(line)
