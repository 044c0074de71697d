"""One spelling for what readers take as the same words, script by script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip.rules.match import words_of, words_of_all
from boilerstrip.rules.normalise import bare, key_of, keys_of, normalise, norms_of, offsets_of


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
        # ... and of the other scripts that news is written in
        ("২০২৬", "2026"),
        ("௨௦௨௬", "2026"),
        ("๒๐๒๖", "2026"),
        ("໒໐໒໖", "2026"),
        ("២០២៦", "2026"),
        ("၂၀၂၆", "2026"),
        ("੨੦੨੬", "2026"),
        ("૨૦૨૬", "2026"),
        ("೨೦೨೬", "2026"),
        ("౨౦౨౬", "2026"),
        ("൨൦൨൬", "2026"),
        # Bengali, Tamil, Thai, Hangul: composed and decomposed
        ("পড়ুন", "পড\u09bcুন"),
        ("கொ", "க\u0bc6\u0bbe"),
        ("น\u0e4d\u0e32", "นำ"),
        ("더 보기", "\u1103\u1165 \u1107\u1169\u1100\u1175"),
        # Hebrew: points, and presentation forms
        ("שָׁלוֹם", "שלום"),
        ("\ufb2a", "ש"),
        # Half-width kana, Arabic presentation forms, Urdu and Kurdish letters
        ("ﾆｭｰｽ", "ニュース"),
        ("ﺍﻗﺮﺃ", "اقرا"),
        ("خبریں", "خبريں"),
        ("هەواڵ", "ههواڵ"),
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


@pytest.mark.parametrize(
    ("line", "found", "original"),
    [
        ("LIRE AUSSI : L’été", "l'ete", "L’été"),
        ("Straße nach Łódź", "strasse", "Straße"),
        ("اقرأ أيضًا: الخبر", "ايضا", "أيضًا"),
        ("مـــشـــاركة الخبر", "مشاركه", "مـــشـــاركة"),
        ("می\u200cخوانید", "ميخوانيد", "می\u200cخوانید"),
        ("İLGİLİ HABERLER", "haberler", "HABERLER"),
        ("यह भी पढ\u093cें", normalise("पढ़ें"), "पढ\u093cें"),
        ("２０２６年３月", "2026年", "２０２６年"),
        ("\u1103\u1165 \u1107\u1169\u1100\u1175", "보기", "\u1107\u1169\u1100\u1175"),
        ("ﬁnance ﷺ end", "end", "end"),
        ("ข่าว วันนี้", "วันนี้", "วันนี้"),
    ],
)
def test_offsets_lead_back_to_the_line(line: str, found: str, original: str) -> None:
    at = normalise(line).index(found)
    offsets = offsets_of(line)
    assert line[offsets[at] : offsets[at + len(found)]] == original


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_offsets_fit_any_text(text: str) -> None:
    offsets = offsets_of(text)
    assert len(offsets) == len(normalise(text)) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_all_lines_in_one_pass_are_as_each_by_itself(lines: list[str]) -> None:
    norms = [normalise(line) for line in lines]
    assert norms_of(lines) == norms
    keys = [key_of(norm) for norm in norms]
    assert keys_of(norms) == keys
    assert words_of_all(keys) == [words_of(key) for key in keys]
