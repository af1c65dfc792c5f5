"""Who the made-up patients of the demo clinics are. Their numbers are kept free for stories."""

from __future__ import annotations

from datetime import date

from patients.standing.identity import Details

#: Some lack something, as in any clinic: Nora Ek is new, and of Nils Holm there is no phone.
IDENTITIES: dict[str, Details] = {
    "Maya Roos": Details("Maya Lovisa Roos", date(1984, 3, 9), "woman", "20417", "+46701740605"),
    "Tomas Berg": Details("", date(1971, 11, 28), "man", "20398", "+46701740606"),
    "Aisha Khan": Details("", date(1990, 6, 2), "woman", "20433", "+46701740607"),
    "Joel Andersson": Details("", date(1979, 1, 17), "man", "20377", "+46701740608"),
    "Vera Blom": Details("", date(1953, 9, 30), "woman", "20461", "+46701740609"),
    "Clara Wong": Details("", date(1988, 12, 12), "woman", "20452", "+46701740610"),
    "Peter Lund": Details("Per Erik Lund", date(1957, 5, 2), "man", "20402", "+46701740611"),
    "Greta Nilsson": Details("", date(1966, 2, 8), "woman", "20419", "+46701740612"),
    "Samuel Okafor": Details("", date(1993, 7, 21), "man", "20470", "+46701740613"),
    "Nils Holm": Details("", date(1948, 4, 4), "man", "20355"),
    "Henrik Sand": Details("", date(1982, 10, 5), "man", "20488", "+46701740614"),
    "Lena Mori": Details("", date(1975, 8, 19), "woman", "20490", "+46701740615"),
    "Priya Varma": Details("", date(1986, 5, 25), "woman", "20431", "+46701740616"),
    "Linnea Strand": Details("", date(1983, 4, 18), "woman", "20512", "+46701740622"),
    "Oskar Dahl": Details("", date(1969, 3, 3), "man", "20466", "+46701740617"),
    "Astrid Alm": Details(
        "Astrid Maria Alm",
        *(date(1957, 5, 2), "woman", "20601", "+46701740618", "+46701740619"),
        email="astrid.alm@example.org",
    ),
    "Bo Stigsson": Details("", date(1961, 7, 14), "man", "20318", "+46701740621"),
    "Karin Wik": Details("", date(1991, 1, 30), "woman", "", "+46701740620"),
}
