"""
Unicode properties: the names Rust's regex takes, as JavaScript spells them.

Rust matches property names loosely (UAX #44, LM3: case, spaces, ``_``, ``-`` and a leading ``is`` don't count), JavaScript exactly
(ECMA-262, tables "Binary Unicode property aliases" and UnicodeData's property value aliases). A row lists the spellings JavaScript
takes for one property, the long one first; a name the user wrote in one of these spellings stays as it is.

Rust also knows properties that JavaScript doesn't (``Age``, ``Grapheme_Cluster_Break``, ``Other_*`` and the like): these give None.
So do the scripts new in Unicode 16, which TypeScript 7.0 doesn't know and at which a browser of 2023 stops reading the module.
"""

from __future__ import annotations

from functools import lru_cache

from samewire.patterns.charset import Prop

_CATEGORIES = """
    Other/C Cased_Letter/LC Control/Cc/cntrl Format/Cf Close_Punctuation/Pe Unassigned/Cn
    Private_Use/Co Mark/Combining_Mark/M Connector_Punctuation/Pc Currency_Symbol/Sc
    Dash_Punctuation/Pd Decimal_Number/digit/Nd Enclosing_Mark/Me Final_Punctuation/Pf
    Initial_Punctuation/Pi Letter/L Letter_Number/Nl Line_Separator/Zl Lowercase_Letter/Ll
    Modifier_Letter/Lm Other_Letter/Lo Titlecase_Letter/Lt Uppercase_Letter/Lu Math_Symbol/Sm
    Spacing_Mark/Mc Nonspacing_Mark/Mn Modifier_Symbol/Sk Number/N Other_Number/No
    Open_Punctuation/Ps Other_Punctuation/Po Other_Symbol/So Punctuation/P/punct
    Paragraph_Separator/Zp Symbol/S Separator/Z Space_Separator/Zs
"""

_BINARY = """
    ASCII_Hex_Digit/AHex Alphabetic/Alpha Bidi_Control/Bidi_C Bidi_Mirrored/Bidi_M
    Case_Ignorable/CI Cased Changes_When_Casefolded/CWCF Changes_When_Casemapped/CWCM
    Changes_When_Lowercased/CWL Changes_When_Titlecased/CWT Changes_When_Uppercased/CWU Dash
    Default_Ignorable_Code_Point/DI Deprecated/Dep Diacritic/Dia Emoji Emoji_Component/EComp
    Emoji_Modifier/EMod Emoji_Modifier_Base/EBase Emoji_Presentation/EPres
    Extended_Pictographic/ExtPict Extender/Ext Grapheme_Base/Gr_Base Grapheme_Extend/Gr_Ext
    Hex_Digit/Hex IDS_Binary_Operator/IDSB IDS_Trinary_Operator/IDST ID_Continue/IDC
    ID_Start/IDS Ideographic/Ideo Join_Control/Join_C Logical_Order_Exception/LOE
    Lowercase/Lower Math Noncharacter_Code_Point/NChar Pattern_Syntax/Pat_Syn
    Pattern_White_Space/Pat_WS Quotation_Mark/QMark Radical Regional_Indicator/RI
    Sentence_Terminal/STerm Soft_Dotted/SD Terminal_Punctuation/Term Unified_Ideograph/UIdeo
    Uppercase/Upper Variation_Selector/VS White_Space/space XID_Continue/XIDC XID_Start/XIDS Any
    ASCII Assigned
"""

_SCRIPTS = """
    Adlam/Adlm Caucasian_Albanian/Aghb Ahom Anatolian_Hieroglyphs/Hluw Arabic/Arab Armenian/Armn
    Imperial_Aramaic/Armi Avestan/Avst Balinese/Bali Bamum/Bamu Bassa_Vah/Bass Batak/Batk
    Bengali/Beng Bhaiksuki/Bhks Bopomofo/Bopo Brahmi/Brah Braille/Brai Buginese/Bugi Buhid/Buhd
    Chakma/Cakm Canadian_Aboriginal/Cans Carian/Cari Cham Cherokee/Cher Chorasmian/Chrs
    Common/Zyyy Coptic/Copt/Qaac Cypro_Minoan/Cpmn Cypriot/Cprt Cuneiform/Xsux Cyrillic/Cyrl
    Deseret/Dsrt Devanagari/Deva Dives_Akuru/Diak Dogra/Dogr Duployan/Dupl
    Egyptian_Hieroglyphs/Egyp Elbasan/Elba Elymaic/Elym Ethiopic/Ethi Georgian/Geor
    Glagolitic/Glag Gunjala_Gondi/Gong Masaram_Gondi/Gonm Gothic/Goth Grantha/Gran Greek/Grek
    Gujarati/Gujr Gurmukhi/Guru Han/Hani Hangul/Hang Hanifi_Rohingya/Rohg Hanunoo/Hano
    Hatran/Hatr Hebrew/Hebr Hiragana/Hira Pahawh_Hmong/Hmng Nyiakeng_Puachue_Hmong/Hmnp
    Old_Hungarian/Hung Inherited/Qaai/Zinh Inscriptional_Pahlavi/Phli
    Inscriptional_Parthian/Prti Old_Italic/Ital Javanese/Java Kaithi/Kthi Kayah_Li/Kali
    Katakana/Kana Kannada/Knda Kawi Kharoshthi/Khar Khitan_Small_Script/Kits Khmer/Khmr
    Khojki/Khoj Khudawadi/Sind Tai_Tham/Lana Lao/Laoo Latin/Latn Lepcha/Lepc Limbu/Limb
    Linear_A/Lina Linear_B/Linb Lisu Lycian/Lyci Lydian/Lydi Mahajani/Mahj Makasar/Maka
    Malayalam/Mlym Mandaic/Mand Manichaean/Mani Marchen/Marc Medefaidrin/Medf Meetei_Mayek/Mtei
    Mende_Kikakui/Mend Meroitic_Cursive/Merc Meroitic_Hieroglyphs/Mero Miao/Plrd Modi
    Mongolian/Mong Mro/Mroo Multani/Mult Myanmar/Mymr Nabataean/Nbat Nag_Mundari/Nagm
    Nandinagari/Nand Old_North_Arabian/Narb Newa New_Tai_Lue/Talu Nko/Nkoo Nushu/Nshu Ogham/Ogam
    Ol_Chiki/Olck Old_Permic/Perm Old_Persian/Xpeo Old_Sogdian/Sogo Old_South_Arabian/Sarb
    Old_Turkic/Orkh Old_Uyghur/Ougr Oriya/Orya Osage/Osge Osmanya/Osma Palmyrene/Palm
    Pau_Cin_Hau/Pauc Phags_Pa/Phag Psalter_Pahlavi/Phlp Phoenician/Phnx Rejang/Rjng Runic/Runr
    Samaritan/Samr Saurashtra/Saur SignWriting/Sgnw Sharada/Shrd Shavian/Shaw Siddham/Sidd
    Sinhala/Sinh Sogdian/Sogd Sora_Sompeng/Sora Soyombo/Soyo Sundanese/Sund Syloti_Nagri/Sylo
    Syriac/Syrc Tagalog/Tglg Tagbanwa/Tagb Tai_Le/Tale Tai_Viet/Tavt Takri/Takr Tamil/Taml
    Tangut/Tang Tangsa/Tnsa Telugu/Telu Tifinagh/Tfng Thaana/Thaa Thai Tibetan/Tibt Tirhuta/Tirh
    Toto Ugaritic/Ugar Vai/Vaii Vithkuqi/Vith Wancho/Wcho Warang_Citi/Wara Yezidi/Yezi Yi/Yiii
    Zanabazar_Square/Zanb
"""

_NOT_CLOSED = """
    Cased_Letter Mark Letter Lowercase_Letter Titlecase_Letter Uppercase_Letter Nonspacing_Mark
    Case_Ignorable Changes_When_Casefolded Changes_When_Lowercased Changes_When_Titlecased
    Changes_When_Uppercased Diacritic Emoji Extended_Pictographic Grapheme_Base Grapheme_Extend
    ID_Start Lowercase Math Soft_Dotted Uppercase XID_Start ASCII Common Greek Inherited
"""
"""Properties that hold a character but not all that fold to the same (U+0345 is a mark, and folds to the letter iota)."""

_UNSTABLE = {
    "Extended_Pictographic": "Unicode 17 took 600 symbols out of this property",
    "Diacritic": "Unicode 17 added marks and letters to this property",
    "Unassigned": "each version of Unicode takes characters out of this property",
    "Assigned": "each version of Unicode adds characters to this property",
}
"""What sets apart engines with different Unicode versions far beyond the newest characters."""

_KEYS = {
    "gc": ("gc", _CATEGORIES),
    "generalcategory": ("General_Category", _CATEGORIES),
    "sc": ("sc", _SCRIPTS),
    "script": ("Script", _SCRIPTS),
    "scx": ("scx", _SCRIPTS),
    "scriptextensions": ("Script_Extensions", _SCRIPTS),
}

RUST_DIGIT = Prop((r"\p{Nd}",), closed=True)
RUST_SPACE = Prop((r"\p{White_Space}",), closed=True)
RUST_WORD = Prop(
    (r"\p{Alphabetic}", r"\p{M}", r"\p{Nd}", r"\p{Pc}", r"\p{Join_Control}"), closed=True
)

PYTHON_DIGIT = RUST_DIGIT  # str.isdecimal
PYTHON_SPACE = Prop((r"\x1c-\x1f", r"\p{White_Space}"), closed=True)  # str.isspace
PYTHON_WORD = Prop((r"\p{L}", r"\p{N}", "_"), closed=False)  # str.isalnum or "_"


def named_property(name: str) -> Prop | None:
    """``\\p{name}`` as Rust reads it: a binary property, else a general category, else a script."""
    for table in (_BINARY, _CATEGORIES):
        if row := _row(table, name):
            return _prop("", name, row)
    if row := _row(_SCRIPTS, name):
        return _prop("Script=", name, row)
    return None


def valued_property(key: str, value: str) -> Prop | None:
    """``\\p{key=value}``."""
    if (known := _KEYS.get(_loose(key))) is None:
        return None
    spelling, table = known
    if table is _CATEGORIES and _loose(value) in ("any", "ascii", "assigned"):
        return named_property(value)
    if row := _row(table, value):
        return _prop(f"{spelling}=", value, row)
    return None


def general_category(name: str) -> str | None:
    """The abbreviation of a general category (``Lu``, ``L``), by any of its names."""
    row = _row(_CATEGORIES, name)
    return None if row is None else min(row, key=len)


def is_unstable(prop: Prop) -> str | None:
    """Why engines that are a Unicode version apart take this property for different characters, if they do to any extent."""
    name = prop.items[0].strip("\\p{}").rpartition("=")[2]
    for table in (_BINARY, _CATEGORIES):
        if row := _row(table, name):
            return _UNSTABLE.get(row[0])
    return None


def _prop(prefix: str, written: str, row: tuple[str, ...]) -> Prop:
    name = written if written in row else row[0]
    return Prop((rf"\p{{{prefix}{name}}}",), closed=row[0] not in _NOT_CLOSED.split())


def _row(table: str, name: str) -> tuple[str, ...] | None:
    loose = _loose(name)
    return _index(table).get("whitespace" if loose == "wspace" else loose)


@lru_cache(maxsize=3)
def _index(table: str) -> dict[str, tuple[str, ...]]:
    rows = (tuple(row.split("/")) for row in table.split())
    return {_loose(name): row for row in rows for name in row}


def _loose(name: str) -> str:
    """The name as UAX #44, LM3 compares it. ``isc`` is kept whole, for it abbreviates ISO_Comment."""
    plain = "".join(c for c in name if c not in " _-" and c.isascii())
    if name[:2].lower() == "is" and plain.lower() != "isc":
        plain = plain[2:]
    return plain.lower()
