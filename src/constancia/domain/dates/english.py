"""How English writes dates."""

from __future__ import annotations

from constancia.domain.dates.lexicon import LAST, Lexicon, Op, Third, Unit

ENGLISH = Lexicon(
    months={
        "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
        "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
        "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    },
    weekdays={
        "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
        "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
    },
    ordinals={"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST},
    units={
        "week": Unit.WEEK, "fortnight": Unit.FORTNIGHT, "half": Unit.HALF, "quarter": Unit.QUARTER,
        "semester": Unit.SEMESTER, "decade": Unit.DECADE, "q": Unit.QUARTER, "h": Unit.SEMESTER,
    },
    thirds={
        "early": Third.EARLY, "beginning": Third.EARLY, "start": Third.EARLY,
        "mid": Third.MIDDLE, "middle": Third.MIDDLE, "late": Third.LATE, "end": Third.LATE,
    },
    phrases={
        ("about",): Op.ABOUT, ("around",): Op.ABOUT, ("approximately",): Op.ABOUT, ("approx",): Op.ABOUT,
        ("circa",): Op.ABOUT, ("ca",): Op.ABOUT, ("c",): Op.ABOUT, ("roughly",): Op.ABOUT,
        ("uncertain",): Op.DOUBT, ("possibly",): Op.DOUBT, ("probably",): Op.DOUBT, ("perhaps",): Op.DOUBT,
        ("before",): Op.BEFORE, ("prior", "to"): Op.BEFORE, ("earlier", "than"): Op.BEFORE,
        ("after",): Op.AFTER, ("later", "than"): Op.AFTER,
        ("since",): Op.SINCE, ("from",): Op.SINCE, ("not", "before"): Op.SINCE,
        ("no", "earlier", "than"): Op.SINCE, ("not", "earlier", "than"): Op.SINCE,
        ("until",): Op.UNTIL, ("till",): Op.UNTIL, ("by",): Op.UNTIL, ("up", "to"): Op.UNTIL,
        ("no", "later", "than"): Op.UNTIL, ("not", "later", "than"): Op.UNTIL, ("not", "after"): Op.UNTIL,
        ("or", "before"): Op.OR_BEFORE, ("or", "earlier"): Op.OR_BEFORE,
        ("or", "after"): Op.OR_AFTER, ("or", "later"): Op.OR_AFTER,
        ("between",): Op.BETWEEN, ("and",): Op.AND, ("to",): Op.TO, ("through",): Op.TO, ("or",): Op.OR,
        ("ends", "approximate"): Op.ROUGH_ENDS,
    },
    fillers=frozenset({"of", "the", "on", "in", "day", "month", "year", "date"}),
    tens=frozenset(
        {"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"}
    ),
    relative=frozenset({"today", "yesterday", "tomorrow", "days", "current"}),
    unknown=frozenset(
        {
            "unknown", "date unknown", "not known", "unk", "undated", "no date", "not available",
            "not applicable", "n/a", "na", "#n/a", "nan", "nat", "null", "none", "nil", "tbd", "tbc",
            "?", "??", "???", "-", "--", "---", "...",
        }
    ),
)  # fmt: skip
