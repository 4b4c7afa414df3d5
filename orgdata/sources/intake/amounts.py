"""Amounts as people of a language write them, in the words that METHOD section 1 reads: 1,2 mln,
210 mil, 120 T€, 3億円, ３０％, "2 of 3"."""

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc

from orgdata.tabular import cells

_LONGEST = 60  # characters: a longer cell is a text
_MAY_DIFFER = (r"[0-9] ?[^\x00-\x7F]|[0-9] ?[A-Za-z]{2}|[0-9] ?[tT][€$£]|[0-9%] ?[*]$"
               r"|[\x{FF05}\x{FF10}-\x{FF19}]")
_PART = re.compile(r"(?P<done>\d{1,6}) (?:of|out of|von|sur|de|di|van) (?P<all>\d{1,6})")
_AMOUNT = re.compile(
    r"(?P<number>[^\w]{0,6}(?:[A-Za-z]{1,3}[ .$]{1,2})?\d[\d.,'’\s]{0,20})"
    r"(?P<word>[百十]?[千万億百]|[^\W\d_]{1,11})\.?(?P<money>\s?(?:[€$£¥₹円]|[A-Za-z]{3})?)")
_LARGE = re.compile(r"(?P<sign>[¥￥]?)(?P<e8>\d[\d,.]{0,9})億(?P<e4>\d[\d,]{0,9})万"
                    r"(?P<e0>\d{0,4})円?")  # 1億2000万円
_SCALES = {word: scale for scale, words in {
    "k": "mil mille milhares tausend millier milliers mila duizend ths 千",
    "m": "mln mill millón millones milhão milhões milione milioni miljoen millionen 百万",
    "bn": "mld milliarde milliarden milliards milliard miliardo miliardi miljard 十億",
    "e4": "万", "e8": "億", "e5": "lakh lakhs lac lacs", "e7": "crore crores",
    }.items() for word in words.split()}
_IN_MONEY = {"t": "k", "teur": "k", "tchf": "k", "meur": "m", "mm": "m", "cr": "e7"}
_DOLLARS = re.compile(r"(?<![A-Za-z])[$£]")  # $1.2 mil are millions, 210 mil thousands


def plain_amounts(text: pa.Array) -> pa.Array:
    """Cells with their amounts in words that we read as numbers; all else as it is."""
    short = pc.if_else(cells.longer_than(text, _LONGEST), None, text)
    odd = pc.fill_null(pc.match_substring_regex(short, _MAY_DIFFER), False)
    if not pc.any(odd).as_py():
        return text
    found = pc.dictionary_encode(text.filter(odd))
    plain = pa.array([_plain(cell) for cell in found.dictionary.to_pylist()], text.type)
    return pc.replace_with_mask(text, odd, plain.take(found.indices))


def _plain(cell: str) -> str:
    narrow = unicodedata.normalize("NFKC", cell) if any(
        sign == "％" or "０" <= sign <= "９" for sign in cell) else cell
    narrow = narrow.rstrip(" *†‡¹²³") if narrow[-1:] in "*†‡¹²³" else narrow
    if large := _LARGE.fullmatch(narrow):
        digits = {size: float((large[size] or "0").replace(",", "")) for size in ("e8", "e4", "e0")}
        total = digits["e8"] * 1e8 + digits["e4"] * 1e4 + digits["e0"]
        return f"{large['sign']}{total:.15g}"
    if part := _PART.fullmatch(narrow):
        return f"{part['done']}/{part['all']}"
    found = _AMOUNT.fullmatch(narrow)
    scale = _scale(narrow, found["word"].casefold(), found["money"].strip()) if found else None
    return f"{found['number'].strip()}{scale} {found['money'].strip()}".strip() if (
        found and scale) else narrow


def _scale(cell: str, word: str, money: str) -> str | None:
    """What a word behind a number says of its size; None where it is a unit or anything else."""
    if word == "mil" and _DOLLARS.search(cell):
        return "m"
    if word in ("mi", "bi") and "R$" in cell:  # milhões, bilhões
        return {"mi": "m", "bi": "bn"}[word]
    has_money = bool(money) or word.endswith(("eur", "chf")) or any(sign in cell for sign in "$€£₹")
    return _SCALES.get(word) or (_IN_MONEY.get(word) if has_money else None)
