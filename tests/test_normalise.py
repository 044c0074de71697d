"""One spelling for what readers take as the same words, script by script."""

from __future__ import annotations

import pytest

from boilerstrip.rules.normalise import bare, key_of, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Arabic: hamza carriers, alef maqsura, ta marbuta, tashkeel, tatweel, Persian letters, digits
        ("أقرأ أيضًا", "اقرا ايضا"),
        ("إقرأ أيضاً", "اقرأ ايضا"),
        ("آخر الأخبار", "اخر الاخبار"),
        ("مقالات ذات صلة", "مقالات ذات صله"),
        ("على", "علي"),
        ("مـــشـــاركة", "مشاركة"),
        ("مُحَمَّد", "محمد"),
        ("کتاب گ", "كتاب گ"),
        ("١٢:٤٥", "12:45"),
        ("۱۲", "12"),
        # Turkish: dotted and dotless i, circumflex
        ("İLGİLİ HABERLER", "ilgili haberler"),
        ("YAYINLANMA", "yayınlanma"),
        ("Hâlâ", "hala"),
        # Cyrillic: yo
        ("ЧИТАЙТЕ ЕЩЁ", "читайте еще"),
        # Latin: accents, sharp s, ligatures, stroke letters
        ("ÉCRIT PAR", "ecrit par"),
        ("Straße", "STRASSE"),
        ("Fußball ẞ", "fussball ss"),
        ("œuvre", "OEUVRE"),
        ("ŁÓDŹ", "lodz"),
        ("ﬁnance", "finance"),
        # Greek: accents and final sigma
        ("ΣΧΕΤΙΚΆ ΆΡΘΡΑ", "σχετικα αρθρα"),
        ("άνθρωπος", "ΑΝΘΡΩΠΟΣ"),
        # Full-width forms
        ("ＮＨＫ：１２３", "nhk:123"),
        # Punctuation and invisible characters
        ("«x» „y“ ‘z’", '"x" "y" \'z\''),
        ("a – b — c", "a - b - c"),
        ("a\u200b\u200e\u00adb\ufeff", "ab"),
        ("می\u200cخوانید", "میخوانید"),
        ("a\u00a0b\u3000c\u202fd", "a b c d"),
        # Devanagari digits, nukta composed and not
        ("२०२६", "2026"),
        ("पढ़ें", "पढ\u093cें"),
    ],
)
def test_same_words(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("й", "и"),
        ("ї", "і"),
        ("كتاب", "كتابة"),
        ("a b", "ab"),
        ("о", "o"),
        ("は", "ば"),
        ("か", "が"),
        ("नि", "नी"),
        ("1", "2"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    "text", ["İLGİLİ", "أقرأ أيضًا", "ΣΊΣΥΦΟΣ", "ẞß", "１２時ﬁ", "ЁЖ Й", "نص\u200cها", "x\u0301\u0323", "Ǆ ŉ ǰ", "ﷺ ①½"]
)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_ascii_is_only_lowered() -> None:
    assert normalise("Read MORE: 12 'x' \"y\"") == "read more: 12 'x' \"y\""


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("» 1,234 comments:", "0 comments"),
        ("(12) Kommentare", "0) kommentare"),
        ("★ Read also ►", "read also"),
        ("Name *", "name"),
        ("“Quoted.”", "quoted"),
        ("3 of 10 photos", "0 of 0 photos"),
        ("12.345,67 Leser", "0 leser"),
        ("١٢ تعليقات", "0 تعليقات"),
        ("«اقرأ أيضًا»:", "اقرا ايضا"),
        ("相关新闻：", "相关新闻"),
        ("【関連記事】", "関連記事"),
        ("---", ""),
        ("", ""),
        ("…", ""),
    ],
)
def test_key(line: str, key: str) -> None:
    assert key_of(normalise(line)) == key


@pytest.mark.parametrize(
    ("key", "stripped"), [("0 comments (0", "comments"), ("comments", "comments"), ("0", ""), ("", "")]
)
def test_bare(key: str, stripped: str) -> None:
    assert bare(key) == stripped
