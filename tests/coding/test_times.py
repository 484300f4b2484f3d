"""Time expressions: a row a rule. Published on Thursday 15 February 2024 unless the row says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

import communique
from communique.article import Article
from communique.coding.timecalendar import add_months, easter, holiday, span_of
from communique.coding.times import Times, find_times
from communique.language.analysis import Analysis, Parsed, Word
from communique.reading import Producer, Reading, Sentence, Time

PUBLISHED = date(2024, 2, 15)


def read(text: str, published: date | None = PUBLISHED, analysis: Analysis | None = None) -> list[Time]:
    spans, start = [], 0
    for part in text.split("\n"):
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return find_times(text, published, spans, analysis)


def only(text: str, published: date | None = PUBLISHED) -> tuple[str, Time]:
    found = read(text, published)
    assert len(found) == 1, [text[t.start : t.end] for t in found]
    return text[found[0].start : found[0].end], found[0]


# text, words, value, first day, last day
DATES = [
    # day, month and year, whole or in part
    ("The treaty was signed on March 4, 2011.", "March 4, 2011", "2011-03-04", "2011-03-04", "2011-03-04"),
    ("The treaty was signed on 4 March 2011.", "4 March 2011", "2011-03-04", "2011-03-04", "2011-03-04"),
    (
        "Signed on Friday, 4 March 2011 in Riga.",
        "Friday, 4 March 2011",
        "2011-03-04",
        "2011-03-04",
        "2011-03-04",
    ),
    ("Signed on the 4th of March, 2011.", "the 4th of March, 2011", "2011-03-04", "2011-03-04", "2011-03-04"),
    ("The envoy landed on Feb. 9 in Oslo.", "Feb. 9", "2024-02-09", "2024-02-09", "2024-02-09"),
    ("The envoy landed on Sept 3 in Oslo.", "Sept 3", "2023-09-03", "2023-09-03", "2023-09-03"),
    ("Polls will open on 3 April.", "3 April", "2024-04-03", "2024-04-03", "2024-04-03"),
    ("The decree is dated 2011-03-05.", "2011-03-05", "2011-03-05", "2011-03-05", "2011-03-05"),
    ("The decree is dated 25/12/2011.", "25/12/2011", "2011-12-25", "2011-12-25", "2011-12-25"),
    ("The decree is dated 12/25/11.", "12/25/11", "2011-12-25", "2011-12-25", "2011-12-25"),
    ("The decree is dated 02/03/04.", "02/03/04", None, None, None),
    ("The photo of this Dec. 20, 2015 was taken.", "Dec. 20, 2015", "2015-12-20", "2015-12-20", "2015-12-20"),
    ("Talks resumed in June 2009.", "June 2009", "2009-06", "2009-06-01", "2009-06-30"),
    ("He was jailed in November.", "November", "2023-11", "2023-11-01", "2023-11-30"),
    ("He has been jailed since November.", "November", "2023-11", "2023-11-01", "2023-11-30"),
    ("The vote is scheduled for November.", "November", "2024-11", "2024-11-01", "2024-11-30"),
    ("Troops left in May.", "May", "2023-05", "2023-05-01", "2023-05-31"),
    ("The accord fell apart in early March.", "early March", "2023-03", "2023-03-01", "2023-03-31"),
    ("In August last year the border was shut.", "August last year", "2023-08", "2023-08-01", "2023-08-31"),
    ("They met at Geneva last August.", "last August", "2023-08", "2023-08-01", "2023-08-31"),
    ("The party votes this September.", "this September", "2024-09", "2024-09-01", "2024-09-30"),
    ("A summit follows next January.", "next January", "2025-01", "2025-01-01", "2025-01-31"),
    # years and longer
    ("Five were freed in 2002 after a summit.", "2002", "2002", "2002-01-01", "2002-12-31"),
    ("The army will double by 2027.", "2027", "2027", "2027-01-01", "2027-12-31"),
    ("The peace of 1648 ended it.", "1648", "1648", "1648-01-01", "1648-12-31"),
    ("The deal was struck in late 2019.", "late 2019", "2019", "2019-01-01", "2019-12-31"),
    ("The law took effect in Reiwa 6.", "Reiwa 6", "2024", "2024-01-01", "2024-12-31"),
    ("It was signed in Showa 39.", "Showa 39", "1964", "1964-01-01", "1964-12-31"),
    ("The census of Minguo 110 was late.", "Minguo 110", "2021", "2021-01-01", "2021-12-31"),
    ("The pilgrimage of 1445 AH was calm.", "1445 AH", None, None, None),
    ("Thais voted in 2566 BE.", "2566 BE", "2023", "2023-01-01", "2023-12-31"),
    ("Spending fell in fiscal 2021.", "fiscal 2021", "2021", "2021-01-01", "2021-12-31"),
    ("He led the union in the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
    ("He led the union in the late ’70s.", "the late ’70s", "197", "1970-01-01", "1979-12-31"),
    ("He led the union in the nineties.", "the nineties", "199", "1990-01-01", "1999-12-31"),
    ("Borders drawn in the 19th century.", "the 19th century", "18", "1800-01-01", "1899-12-31"),
    ("Growth slowed this year.", "this year", "2024", "2024-01-01", "2024-12-31"),
    ("Growth slowed last year.", "last year", "2023", "2023-01-01", "2023-12-31"),
    ("Growth may return next year.", "next year", "2025", "2025-01-01", "2025-12-31"),
    (
        "Exports fell in the first quarter of 2020.",
        "the first quarter of 2020",
        "2020-Q1",
        "2020-01-01",
        "2020-03-31",
    ),
    ("Exports fell in the fourth quarter.", "the fourth quarter", "2023-Q4", "2023-10-01", "2023-12-31"),
    ("Exports fell in Q3 2020.", "Q3 2020", "2020-Q3", "2020-07-01", "2020-09-30"),
    (
        "Exports fell in the second half of 2020.",
        "the second half of 2020",
        "2020-H2",
        "2020-07-01",
        "2020-12-31",
    ),
    ("They ruled until the summer of 1999.", "the summer of 1999", "1999-SU", "1999-06-01", "1999-08-31"),
    ("Talks begin this summer.", "this summer", "2024-SU", "2024-06-01", "2024-08-31"),
    ("Talks began last autumn.", "last autumn", "2023-FA", "2023-09-01", "2023-11-30"),
    ("They starved in the winter of 1946.", "the winter of 1946", "1946-WI", None, None),
    # weeks and months about today
    ("Last month he was charged.", "Last month", "2024-01", "2024-01-01", "2024-01-31"),
    ("He was charged last week.", "last week", "2024-W06", "2024-02-05", "2024-02-11"),
    ("He was charged earlier this month.", "earlier this month", "2024-02", "2024-02-01", "2024-02-29"),
    ("He was charged over the weekend.", "the weekend", "2024-W06-WE", "2024-02-10", "2024-02-11"),
    ("The law expires at the end of the year.", "the end of the year", "2024", "2024-01-01", "2024-12-31"),
    ("The law expires by year-end.", "year-end", "2024", "2024-01-01", "2024-12-31"),
    # days about today
    ("The court ruled today.", "today", "2024-02-15", "2024-02-15", "2024-02-15"),
    ("The court ruled late yesterday.", "late yesterday", "2024-02-14", "2024-02-14", "2024-02-14"),
    ("The court rules tomorrow.", "tomorrow", "2024-02-16", "2024-02-16", "2024-02-16"),
    (
        "It ruled the day before yesterday.",
        "the day before yesterday",
        "2024-02-13",
        "2024-02-13",
        "2024-02-13",
    ),
    ("The paper told so on Tuesday, he said.", "Tuesday", "2024-02-13", "2024-02-13", "2024-02-13"),
    ("The ministers met on Thursday.", "Thursday", "2024-02-15", "2024-02-15", "2024-02-15"),
    ("The ministers will meet on Tuesday.", "Tuesday", "2024-02-20", "2024-02-20", "2024-02-20"),
    ("The truce was extended until Tuesday.", "Tuesday", "2024-02-20", "2024-02-20", "2024-02-20"),
    ("The ministers met last Thursday.", "last Thursday", "2024-02-08", "2024-02-08", "2024-02-08"),
    ("They gather next Monday.", "next Monday", "2024-02-19", "2024-02-19", "2024-02-19"),
    ("They gather this coming Sunday.", "this coming Sunday", "2024-02-18", "2024-02-18", "2024-02-18"),
    ("They met Tuesday last week.", "Tuesday last week", "2024-02-06", "2024-02-06", "2024-02-06"),
    # so long ago
    ("They split two weeks ago.", "two weeks ago", "2024-W05", "2024-01-29", "2024-02-04"),
    ("They split ten days ago.", "ten days ago", "2024-02-05", "2024-02-05", "2024-02-05"),
    ("They split about three months ago.", "about three months ago", "2023-11", "2023-11-01", "2023-11-30"),
    ("They split a year and a half ago.", "a year and a half ago", "2022-08", "2022-08-01", "2022-08-31"),
    ("They split nearly two decades ago.", "nearly two decades ago", "200", "2000-01-01", "2009-12-31"),
    ("They split several years ago.", "several years ago", "PAST_REF", None, None),
    ("They vote three weeks from now.", "three weeks from now", "2024-W10", "2024-03-04", "2024-03-10"),
    # holidays, and days known by their date
    ("The truce held on Christmas Day.", "Christmas Day", "2023-12-25", "2023-12-25", "2023-12-25"),
    ("It ended on New Year’s Eve 1999.", "New Year’s Eve 1999", "1999-12-31", "1999-12-31", "1999-12-31"),
    (
        "The accord was signed on Good Friday 1998.",
        "Good Friday 1998",
        "1998-04-10",
        "1998-04-10",
        "1998-04-10",
    ),
    ("The wars that followed 9/11 went on.", "9/11", "2001-09-11", "2001-09-11", "2001-09-11"),
    ("After the September 11 attacks they fled.", "September 11", "2001-09-11", "2001-09-11", "2001-09-11"),
    # intervals are one
    ("They vanished between 1977 and 1983.", "1977 and 1983", "1977/1983", "1977-01-01", "1983-12-31"),
    ("During his 2017-2021 term he balked.", "2017-2021", "2017/2021", "2017-01-01", "2021-12-31"),
    ("In the 2019/20 session it failed.", "2019/20", "2019/2020", "2019-01-01", "2020-12-31"),
    ("He will tour Asia from 3 to 5 May.", "3 to 5 May", "2024-05-03/2024-05-05", "2024-05-03", "2024-05-05"),
    ("He toured Asia May 3-5, 2010.", "May 3-5, 2010", "2010-05-03/2010-05-05", "2010-05-03", "2010-05-05"),
    ("It lasted from March to May 2011.", "March to May 2011", "2011-03/2011-05", "2011-03-01", "2011-05-31"),
    (
        "It ran from 1 March until 4 April 2011.",
        "1 March until 4 April 2011",
        "2011-03-01/2011-04-04",
        "2011-03-01",
        "2011-04-04",
    ),
    (
        "It ran from Monday to Wednesday.",
        "Monday to Wednesday",
        "2024-02-12/2024-02-14",
        "2024-02-12",
        "2024-02-14",
    ),
    # now and then
    ("He is currently abroad.", "currently", "PRESENT_REF", None, None),
    ("He was recently abroad.", "recently", "PAST_REF", None, None),
    ("In recent years he was abroad.", "In recent years", "PAST_REF", None, None),
]


@pytest.mark.parametrize(("text", "words", "value", "first", "last"), DATES, ids=[row[1] for row in DATES])
def test_dates(text: str, words: str, value: str | None, first: str | None, last: str | None) -> None:
    found, time = only(text)
    assert (found, time.value, time.start_day, time.end_day) == (words, value, first, last)
    assert time.type == "date"


# text, words, type, value
OTHERS = [
    ("Shelling began at 6am.", "6am", "time", "2024-02-15T06:00"),
    ("Shelling began at 6 a.m. on Tuesday.", "6 a.m. on Tuesday", "time", "2024-02-13T06:00"),
    ("Shelling began on Tuesday at 6.30 pm.", "Tuesday at 6.30 pm", "time", "2024-02-13T18:30"),
    ("Shelling began at 13:00 GMT.", "13:00 GMT", "time", "2024-02-15T13:00Z"),
    ("Shelling began at 12 a.m. that way.", "12 a.m.", "time", "2024-02-15T00:00"),
    ("Shelling began on Tuesday evening.", "Tuesday evening", "time", "2024-02-13TEV"),
    ("Shelling began this morning.", "this morning", "time", "2024-02-15TMO"),
    ("Shelling began last night.", "last night", "time", "2024-02-14TNI"),
    ("Shelling goes on tonight.", "tonight", "time", "2024-02-15TNI"),
    ("Shelling began on the night of 3 March 2011.", "the night of 3 March 2011", "time", "2011-03-03TNI"),
    ("He ruled for three years.", "three years", "duration", "P3Y"),
    ("He ruled for two and a half years.", "two and a half years", "duration", "P2Y6M"),
    ("He ruled for more than twenty-five years.", "more than twenty-five years", "duration", "P25Y"),
    ("He ruled for half a century.", "half a century", "duration", "P50Y"),
    ("He spoke for half an hour.", "half an hour", "duration", "PT30M"),
    ("He has a five-year term.", "five-year", "duration", "P5Y"),
    ("He paid a 10-day visit.", "10-day", "duration", "P10D"),
    ("He talked for 90 minutes.", "90 minutes", "duration", "PT90M"),
    ("He ruled for decades.", "decades", "duration", "PXY"),
    ("He ruled for several months.", "several months", "duration", "PXM"),
    ("Over the last few years it grew.", "the last few years", "duration", "PXY"),
    ("They meet every Tuesday.", "every Tuesday", "set", "XXXX-WXX-2"),
    ("They meet on Sundays.", "Sundays", "set", "XXXX-WXX-7"),
    ("They meet each July.", "each July", "set", "XXXX-07"),
    ("They meet every two weeks.", "every two weeks", "set", "P2W"),
    ("They clash daily.", "daily", "set", "P1D"),
    ("It costs $5 million a year.", "a year", "set", "P1Y"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), OTHERS, ids=[row[1] for row in OTHERS])
def test_times_durations_sets(text: str, words: str, kind: str, value: str) -> None:
    found, time = only(text)
    assert (found, time.type, time.value) == (words, kind, value)


def test_a_stretch_up_to_today_has_days() -> None:
    _, time = only("Over the past three months it grew.")
    assert (time.type, time.value, time.start_day, time.end_day) == (
        "duration",
        "P3M",
        "2023-11-15",
        "2024-02-15",
    )


NOTHING = [
    "Some 1,973 people fled.",
    "He sent 2000 troops across.",
    "About 1990 protesters came.",
    "They met in room 2019 upstairs.",
    "Two F-16 jets were lost.",
    "Resolution 1973 was passed.",
    "Under Resolutions 1970 and 1973 they acted.",
    "It cost $2000 at most.",
    "She is 44 years old and a mother of two.",
    "A three-year-old boy was found.",
    "He died at the age of 71.",
    "Theresa May said so.",
    "Mrs May may march on.",
    "The Women's March on the capital was large.",
    "The fall of Saigon shook them.",
    "A quarter of the seats went to them.",
    "The Sunday Times had the story.",
    "Black Friday passed quietly.",
    "It drove at 80 miles per hour.",
    "A star 500 light years off.",
    "He read version 1.2.30 aloud.",
    "The score was 3:2 then.",
    "Mr Jan Kavan spoke and June Carter sang.",
    "The 2019-nCoV strain spread.",
    "Easter Island and the Winter Games are far off.",
    "Around 1300 route kilometres of rail.",
    "I am sure it can spring back.",
    # stamps of the page
    "Updated 3:45 pm ET, Friday",
    "The mayor wept. (Posted 4:10 p.m. in Lima, 5:10 p.m. ET)",
    "updated: Mon Jun 04 2018 09:15:00 The mayor wept.",
    "Last modified on Thu 16 May 2024 10.05 BST",
    "Copyright 2024 The Daily Bugle.",
    "© 2016 The Daily Bugle.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(text: str) -> None:
    assert [text[t.start : t.end] for t in read(text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Posted on Friday, the video shows a crowd.", "Friday"),
        ("Published in June 2023, the report names the banks.", "June 2023"),
        ("His first book (published in 2009) sold well.", "2009"),
        ("The law was modified on May 3, 2021.", "May 3, 2021"),
    ],
)
def test_what_looks_like_a_stamp_is_the_storys(text: str, words: str) -> None:
    assert only(text)[0] == words


def test_a_day_known_by_its_date_is_that_day_where_the_verb_is_past() -> None:
    august = date(2024, 8, 7)
    assert [t.value for t in read("He has not been seen since Oct. 7.", august)] == ["2023-10-07"]
    assert [t.value for t in read("The rest of the Oct. 7 terrorists fled.", august)] == ["2023-10-07"]
    assert [t.value for t in read("The vote is set for Oct. 7.", august)] == ["2024-10-07"]


def test_a_weekend_told_of_on_monday_is_over() -> None:
    for text, value in (("was held", "2024-W06-WE"), ("will be held", "2024-W07-WE")):
        found = communique.read(f"The fair {text} this weekend.", published="2024-02-12")
        assert [t.value for t in found.times] == [value]


def test_moved_from_one_date_to_another_is_two_dates() -> None:
    text = "The vote was postponed from March to June 2011."
    assert [t.value for t in read(text)] == ["2023-03", "2011-06"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Two days later he fled.", "2011-03-06"),
        ("A week earlier he fled.", "2011-W08"),
        ("The next day he fled.", "2011-03-05"),
        ("The following year he fled.", "2012"),
        ("That month he fled.", "2011-03"),
        ("The previous week he fled.", "2011-W08"),
    ],
)
def test_anchored_on_the_date_last_spoken_of(text: str, value: str) -> None:
    times = read(f"The coup came on 4 March 2011.\n{text}")
    assert [t.value for t in times] == ["2011-03-04", value]
    assert [t.value for t in read(text)] == [None]


def test_no_finer_than_its_anchor() -> None:
    assert [t.value for t in read("The coup came in 2011. Three days later he fled.")] == ["2011", None]


WITHOUT = [
    ("He was charged last week.", "date", None),
    ("He was charged on Tuesday.", "date", "XXXX-WXX-2"),
    ("He was charged in November.", "date", "XXXX-11"),
    ("He was charged on 9 February.", "date", "XXXX-02-09"),
    ("He was charged two weeks ago.", "date", None),
    ("He was charged this morning.", "time", None),
    ("He was charged in the third quarter.", "date", "XXXX-Q3"),
    ("He was charged last summer.", "date", "XXXX-SU"),
]


@pytest.mark.parametrize(("text", "kind", "value"), WITHOUT)
def test_nothing_is_guessed_without_a_date_of_publication(text: str, kind: str, value: str | None) -> None:
    _, time = only(text, None)
    assert (time.type, time.value, time.start_day, time.end_day) == (kind, value, None, None)


@pytest.mark.parametrize("text", ["on 31 February 2024", "on June 31", "on 2023-02-29", "on 30/02/2024"])
def test_impossible_dates_have_no_value(text: str) -> None:
    _, time = only(f"It came {text}")
    assert (time.value, time.start_day, time.end_day) == (None, None, None)


def test_leap_day_without_a_year_is_one_there_was() -> None:
    _, time = only("They met on 29 February.", date(2023, 3, 1))
    assert time.value in ("2020-02-29", "2024-02-29")


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31)])
def test_publication_at_the_ends_of_the_calendar(published: date) -> None:
    assert [t.value for t in read("He fled yesterday, 300 years ago, and will tomorrow.", published)] == [
        None
    ] * 3


def test_a_history_keeps_to_the_year_it_tells_of() -> None:
    text = (
        "War broke out on 3 May 1861.\nThe fort fell on 9 June 1861.\nIn October he withdrew.\n"
        "A truce of 2 March 1862 failed.\nOn 8 April they advanced.\nPeace came on 1 May 1863."
    )
    assert [t.value for t in read(text)][2:5] == ["1861-10", "1862-03-02", "1862-04-08"]


def test_the_verb_of_the_tree_decides() -> None:
    text = "Delegates he saw return Tuesday"
    words = [
        ("Delegates", 3, "NNS"),
        ("he", 2, "PRP"),
        ("saw", 0, "VBD"),
        ("return", -1, "VB"),
        ("Tuesday", 3, "NNP"),
    ]
    parsed, at = [], 0
    for i, (word, head, tag) in enumerate(words):
        parsed.append(Word(at, at + len(word), word, i, word, "X", tag, head))
        at += len(word) + 1
    assert read(text)[0].value == "2024-02-13"
    will = Word(10, 12, "will", 1, "will", "AUX", "MD", 3)
    tree = Analysis([Parsed(0, len(text), [parsed[0], will, *parsed[2:]])])
    assert read(text, analysis=tree)[0].value == "2024-02-20"


def test_nothing_is_read_outside_or_across_sentences() -> None:
    text = "It began on 4 March 2011. It ended in 2012."
    assert [t.value for t in find_times(text, None, [(0, 19)])] == ["XXXX-03-04"]


def test_step_fills_the_reading() -> None:
    text = "Talks began in 2002."
    reading = Reading(
        Producer("0", "none"), Article(text, published=PUBLISHED), [Sentence("s1", 0, len(text))]
    )
    assert Times.reads == {"sentences"} and Times.writes == {"times"}
    assert Times()(reading).times == [Time("t1", 15, 19, "date", "2002", "2002-01-01", "2002-12-31")]
    assert [t.id for t in read("In 2002 and in 2004 they met.")] == ["t1", "t2"]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2020-W53", (date(2020, 12, 28), date(2021, 1, 3))),
        ("2021-W53", None),
        ("2024-13", None),
        ("0999", None),
        ("1983/1977", None),
        ("PXY", None),
        ("2011-03-05TEV", (date(2011, 3, 5), date(2011, 3, 5))),
    ],
)
def test_days_of_a_value(value: str, days: tuple[date, date] | None) -> None:
    assert span_of(value) == days


def test_calendar() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -13) == date(2022, 12, 31)
    assert add_months(date(2199, 12, 1), 1) is None
    assert [easter(year) for year in (1961, 2000, 2024)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
    ]
    assert holiday("11-4.4", 2023) == date(2023, 11, 23)
    assert holiday("05--1.1", 2023) == date(2023, 5, 29)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoys could meet on Friday, diplomats said.", "Friday", "2024-02-16"),
        ("The monitors were due to leave on Saturday.", "Saturday", "2024-02-17"),
        ("Sandro Weiss leaves office in June.", "June", "2024-06"),
        ("He threatened to dismiss clerks who do not report by Monday.", "Monday", "2024-02-19"),
        ("The mayor invited the strikers to a meeting on Friday.", "Friday", "2024-02-16"),
        ("The leaders are to sign the pact on Wednesday.", "Wednesday", "2024-02-21"),
        ("Two would-be rivals in the April election were arrested.", "April", "2024-04"),
        ("The miners would contest the fine imposed on Wednesday.", "Wednesday", "2024-02-14"),
    ],
)
def test_what_is_ahead_by_the_tree(text: str, words: str, value: str) -> None:
    found = communique.read(text, published=PUBLISHED)
    assert [(found.evidence(t), t.value) for t in found.times] == [(words, value)]


def test_a_length_of_time_leads_to_a_day() -> None:
    text = "Guards fired on the crowd on Wednesday, two days after a court jailed the preacher."
    found = communique.read(text, published=PUBLISHED)
    length = next(t for t in found.times if t.type == "duration")
    assert (length.value, length.start_day, length.end_day) == ("P2D", "2024-02-12", "2024-02-12")


def test_a_part_of_the_day_is_of_the_day_of_publication() -> None:
    found = communique.read("The two ministers met in the evening.", published=PUBLISHED)
    assert [(t.value, t.start_day) for t in found.times] == [("2024-02-15TEV", "2024-02-15")]


def test_the_day_before_is_that_before_publication() -> None:
    found = communique.read("Thousands had marched the day before.", published=PUBLISHED)
    assert [(found.evidence(t), t.value) for t in found.times] == [("the day before", "2024-02-14")]


def test_a_year_before_police() -> None:
    found = communique.read("In 2017 police killed nine people.", published=PUBLISHED)
    assert [t.value for t in found.times] == ["2017"]
