import FoveaTasks
import Testing

@Suite struct FloresLanguageTests {
    /// Immich's table, `WEBLATE_TO_FLORES200`.
    static let table = """
        af afr_Latn, ar arb_Arab, az azj_Latn, be bel_Cyrl, bg bul_Cyrl, ca cat_Latn, cs ces_Latn,
        da dan_Latn, de deu_Latn, el ell_Grek, en eng_Latn, es spa_Latn, et est_Latn, fa pes_Arab,
        fi fin_Latn, fr fra_Latn, he heb_Hebr, hi hin_Deva, hr hrv_Latn, hu hun_Latn, hy hye_Armn,
        id ind_Latn, it ita_Latn, ja jpn_Hira, kmr kmr_Latn, ko kor_Hang, lb ltz_Latn, lt lit_Latn,
        lv lav_Latn, mfa zsm_Latn, mk mkd_Cyrl, mn khk_Cyrl, mr mar_Deva, ms zsm_Latn, nb-NO nob_Latn,
        nn nno_Latn, nl nld_Latn, pl pol_Latn, pt-BR por_Latn, pt por_Latn, ro ron_Latn, ru rus_Cyrl,
        sk slk_Latn, sl slv_Latn, sr-Cyrl srp_Cyrl, sv swe_Latn, ta tam_Taml, te tel_Telu, th tha_Thai,
        tr tur_Latn, uk ukr_Cyrl, ur urd_Arab, vi vie_Latn, zh-CN zho_Hans, zh-Hans zho_Hans,
        zh-TW zho_Hant
        """
        .split(whereSeparator: { $0 == "," || $0 == "\n" })
        .map { $0.split(separator: " ").map(String.init) }

    @Test func theTableIsImmichs() {
        #expect(Self.table.count == 56)
        for row in Self.table { #expect(FloresLanguage.code(for: row[0]) == row[1], "\(row[0])") }
    }

    @Test(arguments: [
        ("de-AT", "deu_Latn"), ("pt-PT", "por_Latn"), ("en-US-posix", "eng_Latn"), ("mn-Mong", "khk_Cyrl"),
    ])
    func aRegionMayFollow(language: String, code: String) {
        #expect(FloresLanguage.code(for: language) == code)
    }

    /// The table has no plain `zh`, `nb` and `sr`, so that their regions are of no use.
    @Test(arguments: ["", "-", "-de", "xx", "zh", "zh-HK", "nb", "sr-Latn", "EN", "de_AT", " de", "deu_Latn"])
    func othersAreNotKnown(language: String) {
        #expect(FloresLanguage.code(for: language) == nil)
    }

    @Test func englishStandsIn() {
        #expect(FloresLanguage.fallback == "eng_Latn")
    }
}
