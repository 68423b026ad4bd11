import FoveaMetrics
import Testing

// Expected texts follow
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format.
@Suite struct PrometheusTextTests {
    @Test func aCounterHasHelpTypeAndOneLineASeries() {
        var family = MetricFamily("fovea_x_total", "What was counted.", initial: Counter())
        family[["task": "ocr", "status": "200"]].increment()
        family[["task": "clip", "status": "500"]].increment(by: 2)
        family[["task": "clip", "status": "200"]].increment(by: 3)
        var text = PrometheusText()
        text.counters(family)
        #expect(
            text.text == """
                # HELP fovea_x_total What was counted.
                # TYPE fovea_x_total counter
                fovea_x_total{task="clip",status="200"} 3
                fovea_x_total{task="clip",status="500"} 2
                fovea_x_total{task="ocr",status="200"} 1

                """)
    }

    @Test func aSeriesWithoutLabelsHasNoBraces() {
        var text = PrometheusText()
        text.gauges("fovea_y_bytes", "Bytes.", [(.none, Gauge(1.5))])
        #expect(
            text.text == """
                # HELP fovea_y_bytes Bytes.
                # TYPE fovea_y_bytes gauge
                fovea_y_bytes 1.5

                """)
    }

    @Test func aHistogramCountsUpToInfinity() {
        var family = MetricFamily("fovea_z_seconds", "Time.", initial: Histogram(bounds: [0.25, 1]))
        for value in [0.125, 0.25, 0.5, 4] { family[["task": "clip"]].observe(value) }
        var text = PrometheusText()
        text.histograms(family)
        // 0.25 is in the bucket it bounds; 0.125 + 0.25 + 0.5 + 4 = 4.875.
        #expect(
            text.text == """
                # HELP fovea_z_seconds Time.
                # TYPE fovea_z_seconds histogram
                fovea_z_seconds_bucket{task="clip",le="0.25"} 2
                fovea_z_seconds_bucket{task="clip",le="1"} 3
                fovea_z_seconds_bucket{task="clip",le="+Inf"} 4
                fovea_z_seconds_sum{task="clip"} 4.875
                fovea_z_seconds_count{task="clip"} 4

                """)
    }

    @Test func aFamilyWithoutSeriesIsLeftOut() {
        var text = PrometheusText()
        text.counters(MetricFamily("fovea_x_total", "None.", initial: Counter()))
        text.histograms(MetricFamily("fovea_z_seconds", "None.", initial: Histogram(bounds: [1])))
        text.gauges("fovea_y_bytes", "None.", [])
        #expect(text.text.isEmpty)
    }

    @Test func knownSeriesAreThereFromTheStart() {
        var text = PrometheusText()
        text.counters(
            MetricFamily("fovea_x_total", "None yet.", initial: Counter(), known: [["reason": "stopping"]]))
        #expect(text.text.hasSuffix("\nfovea_x_total{reason=\"stopping\"} 0\n"))
    }

    /// "label_value can be any sequence of UTF-8 characters, but the backslash,
    /// double-quote, and line feed characters have to be escaped as \\, \",
    /// and \n."
    @Test func labelValuesAreEscaped() {
        var text = PrometheusText()
        text.gauges("fovea_m", "Models.", [(["model": "a\\b\"c\nd}é\r\n"], Gauge(1))])
        #expect(text.text.hasSuffix("\nfovea_m{model=\"a\\\\b\\\"c\\nd}é\r\\n\"} 1\n"))
    }

    @Test func helpEscapesBackslashesAndLineFeedsOnly() {
        var text = PrometheusText()
        text.gauges("fovea_m", "a\\b\"c\nd", [(.none, Gauge(1))])
        #expect(text.text.hasPrefix("# HELP fovea_m a\\\\b\"c\\nd\n"))
    }

    @Test(arguments: [
        (0, "0"), (-0.0, "0"), (1, "1"), (0.0005, "0.0005"), (2.5, "2.5"), (-3, "-3"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"), (.nan, "NaN"), (1_753_000_000, "1753000000"), (1e20, "1e+20"), (1e-7, "1e-07"),
        (4_294_967_296, "4294967296"), (1_753_000_000.25, "1753000000.25"),
    ])
    func numbersAreThoseOfGo(_ value: Double, _ text: String) {
        #expect(PrometheusText.number(value) == text)
    }
}
