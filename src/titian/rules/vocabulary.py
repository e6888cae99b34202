"""Words of questions: what says nothing of the matter, and what asks for one aspect.

Pure. Both languages stand side by side: a question is read without asking in which of
them it was written.
"""

import re
import unicodedata


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SMALL = _set(
    """
    a an the and or but if of to in on at by for from with without into about as is are
    was were be been am do does did have has had will would shall should can could may
    might must need needs i we you he she they it its my our your his her their me us
    them this that these those there here what which who whom whose when where why how
    much many any some one two more most than then also only just not no yes please tell
    me know get got let per up out over under after before during between while own
    other another each all both every still already yet so too very ever still
    yang dan atau tetapi jika kalau apabila dari ke di pada oleh untuk dengan tanpa ini
    itu adalah ada akan sudah telah belum bisa boleh dapat harus wajib perlu apa apakah
    siapa kapan mana kenapa mengapa bagaimana berapa saya kami kita anda dia mereka kamu
    beliau ia tidak bukan jangan juga hanya saja lagi masih lebih kurang semua setiap
    para sang si suatu sebuah seorang satu dua agar supaya karena sebab saat ketika
    selama sebelum sesudah setelah antara seperti secara dalam luar atas bawah tolong
    mohon ya kah pun lah nya sendiri masing hal cara
    """
)
"""Function words: they are in every question."""
PLAIN = _set(
    """
    guest guests delegation delegations delegate delegates minister ministers president
    head state officer officers official officials liaison lo team host hosts member
    members people person persons staff visitor visitors foreigner foreigners foreign
    summit event meeting g20 bali indonesia indonesian country countries local rule
    rules regulation regulations law laws legal allowed allow allows permitted permit
    permission required require requires prohibited forbidden bring brings bringing
    brought take takes taking carry carrying use using want wants wish like make go goes
    going come coming visit visiting stay staying time day days today tomorrow ask asks
    question answer maximum minimum limit limits value worth amount number usd idr krw
    jpy eur gbp cad sgd aud inr brl dollar dollars won yen euro euros pound pounds rupee
    rupees real reais accept accepting receive receiving give giving offer offered
    offering keep keeping under according apply applies happen happens okay ok
    tamu delegasi anggota menteri presiden kepala negara pejabat petugas penghubung tim
    panitia orang pengunjung asing ktt acara pertemuan aturan peraturan hukum ketentuan
    diizinkan diperbolehkan dilarang membawa bawa dibawa mengambil memakai menggunakan
    pakai ingin mau hendak pergi datang berkunjung tinggal waktu hari besok tanya
    jawab maksimal minimal paling banyak batas nilai senilai seharga jumlah nomor dolar
    carries carried hundred thousand three four five six ten home away last minute
    seratus ribu juta ratus sampai berapa jenis seperti apa hubungi panggil call whom
    mendapat bagian masuk wanted would senior public visiting
    euro menerima diterima memberi diberi memberikan menawarkan terima beri menurut
    berlaku terjadi rombongan warga kepada bagi terhadap izin perizinan
    """
)
"""What the work is full of: it says who and whether, never about what."""
ASPECTS: tuple[tuple[str, str], ...] = (
    (
        r"\b(fine|fined|penalt\w*|punish\w*|jail|prison|denda|sanksi|hukuman|didenda)\b",
        r"\b(fine|penalt\w*|denda|kurungan|destroyed|dimusnahkan|property of)\b",
    ),
    (
        r"\b(cost|costs|price|prices|fee|fees|charge|biaya|tarif|harga|ongkos)\b",
        r"\b(fee|tarif|biaya|charge|service|layanan|worth|senilai|free|bebas)\b",
    ),
    (
        r"\b(phone|telephone|hotline|telepon|whatsapp|email|e-mail|address|alamat)\b",
        r"\b(emergency|darurat|police|polisi|kepolisian|ambul\w+|fire|pemadam|search)\b",
    ),
    (
        r"\b(opening|open|opens|closes|closing|buka|jam berapa|pukul berapa"
        r"|what time)\b",
        r"\b(hours|closed|tutup|06[:.]00|utc)\b",
    ),
    (
        r"\b(how long does|processing time|how many days before|berapa hari sebelum"
        r"|berapa lama (proses|pengurusan)|lead time|deadline|tenggat)\b",
        r"\b(days|hari|within|paling lambat)\b",
    ),
    (
        r"\b(how old|age|aged|umur|usia|berumur)\b",
        r"\b(aged|age|umur|berumur|usia)\b",
    ),
    (
        r"\b(website|link|url|situs|laman|aplikasi|app)\b",
        r"\b(online|daring|website|situs|electronic|elektronik|pedulilindungi)\b",
    ),
)
"""Pairs: a question that asks for this aspect is answered only by such an article."""
NAMES: dict[str, tuple[str, ...]] = {
    "AR": ("argentina", "argentine", "argentinian"),
    "AU": ("australia", "australian"),
    "BR": ("brazil", "brazilian", "brasil"),
    "CA": ("canada", "canadian", "kanada"),
    "CN": ("china", "chinese", "tiongkok", "cina"),
    "DE": ("germany", "german", "jerman"),
    "ES": ("spain", "spanish", "spanyol"),
    "EU": ("european", "eropa", "commissioner", "commissioners", "komisioner"),
    "FR": ("france", "french", "prancis", "perancis"),
    "GB": ("uk", "britain", "british", "united kingdom", "inggris", "britania"),
    "ID": ("indonesia", "indonesian", "indonesians"),
    "IN": ("india", "indian"),
    "IT": ("italy", "italian", "italia"),
    "JP": ("japan", "japanese", "jepang"),
    "KR": ("korea", "korean", "korsel"),
    "MX": ("mexico", "mexican", "meksiko"),
    "MY": ("malaysia", "malaysian"),
    "NL": ("netherlands", "dutch", "belanda"),
    "NZ": ("zealand",),
    "RU": ("russia", "russian", "rusia"),
    "SA": ("saudi",),
    "SG": ("singapore", "singaporean", "singapura"),
    "TH": ("thailand", "thai"),
    "TR": ("turkey", "turkish", "turkiye", "turki"),
    "US": ("united states", "us", "usa", "american", "americans", "amerika"),
    "ZA": ("south africa", "south african", "afrika selatan"),
}
"""Names of countries as a question says them, by two letters."""
PLACED = r"(?:in|into|within|inside|di|ke|masuk ke|dalam)"
"""Before the name of a country they say where, not whose."""
OUR_SIDE = re.compile(
    r"\b(our (?:own )?\w+|indonesian|host|hosts|kpk|both|each side|either side"
    r"|pejabat indonesia|pegawai indonesia|tuan rumah|kedua (?:belah )?pihak"
    r"|pihak kami|pihak kita|masing-masing)\b"
)
"""A question that names the hosts' side too."""
ENDINGS = r"(?:nya|ku|mu|kan|an|i|lah|kah|pun|e?s|e?d|ing|ers?)?"
BEGINNINGS = r"(?:me|mem|men|meng|meny|di|ber|be|pe|pem|pen|ter|se)?"
SHORT = 4


def folded(words: str) -> str:
    """``words`` in small letters and without accents."""
    apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def tokens(words: str) -> list[str]:
    """The words of an already folded text, hyphens kept, possessives cut off.

    >>> tokens("the minister's e-visa, 30 days")
    ['the', 'minister', 'e-visa', '30', 'days']
    """
    found = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", words)
    return [word.removesuffix("'s") for word in found]


def stem(word: str) -> str:
    """A word without the endings that both languages hang on; short ones stay.

    >>> [stem(word) for word in ("cigarettes", "hadiahnya", "drones", "visa")]
    ['cigarett', 'hadiah', 'dron', 'visa']
    """
    if len(word) <= SHORT:
        return word
    for ending in ("nya", "kan", "ing", "es", "ed", "an", "s", "e", "i"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORT - 1:
            return word.removesuffix(ending)
    return word


def stands_in(phrase: str, heard: str) -> bool:
    """Whether ``phrase`` is met in the folded ``heard``, at the beginning of a word.

    Long words go on as they like, short ones with an ending only.

    >>> [stands_in(word, "hadiahnya untuk menteri") for word in ("hadiah", "teri")]
    [True, False]
    """
    parts = [re.escape(part) for part in folded(phrase).split()]
    if not parts:
        return False
    goes_on = ENDINGS if len(parts[-1]) <= SHORT else r"\w*"
    begins = BEGINNINGS if len(parts) == 1 and len(parts[0]) > SHORT else ""
    between = r"(?:s|es)?[\s-]+"
    pattern = rf"(?<!\w){begins}{between.join(parts)}{goes_on}(?!\w)"
    return re.search(pattern, heard) is not None
