package org.tornadovit.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tornadovit.lab.results.RowFixtures.builder;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.plot.ScatterPlot.Fill;
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;
import org.tornadovit.lab.plot.ScatterPlot.Span;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Row;
import org.w3c.dom.Element;

class PlotTest {
    private static final ScatterPlot PLOT =
            new ScatterPlot(
                    "a < b",
                    "ms",
                    "top-1",
                    List.of(
                            new Series(
                                    "pure",
                                    List.of(
                                            point("S/16", 10, 0.7, 0.65, 0.74),
                                            point("S/32", 10.2, 0.7, 0.65, 0.74))),
                            new Series("hybrid", List.of(point("R26", 1000, 0.9, 0.88, 0.93)))),
                    "hollow: unstable");

    private static Point point(String label, double x, double y, double low, double high) {
        return new Point(label, Span.of(x), new Span(y, low, high), Fill.SOLID);
    }

    @Test
    void anUnstableRowIsHollowWithItsIntervalAndTheLegendSaysSo() {
        Row steady = builder("jvm", "S/16", "pure", 1, 10).number(Column.TOP1, 0.5).build();
        Row unstable =
                builder("jvm", "S/32", "pure", 1, 20)
                        .number(Column.LATENCY_LOW, 12)
                        .number(Column.LATENCY_HIGH, 40)
                        .number(Column.TOP1, 0.6)
                        .unstable("scatters")
                        .build();
        ScatterPlot plot = RunPlots.latency("t", List.of(steady, unstable)).orElseThrow();
        assertThat(plot.points()).extracting(Point::fill).containsExactly(Fill.SOLID, Fill.HOLLOW);
        assertThat(plot.points().get(1).x()).isEqualTo(new Span(20, 12, 40));
        String svg = SvgPlot.of(plot);
        assertThat(svg).contains(">hollow: unstable<");
        assertThat(svg.lines().filter(l -> l.contains("<circle") && l.contains("#ffffff")))
                .as("the point and its legend")
                .hasSize(2);
        String centre = svg.lines().filter(l -> l.contains("<circle")).toList().get(1);
        String y = centre.replaceFirst(".*cy=\"([0-9.]+)\".*", "$1");
        assertThat(svg.lines())
                .filteredOn(l -> l.contains("y1=\"" + y + "\"") && l.contains("y2=\"" + y + "\""))
                .as("the bar along the axis")
                .hasSizeGreaterThanOrEqualTo(1);
        assertThat(PngPlot.of(plot)).isNotEqualTo(PngPlot.of(solid(plot)));
        assertThat(SvgPlot.of(RunPlots.latency("t", List.of(steady)).orElseThrow()))
                .doesNotContain("hollow");
        assertThat(RunPlots.compute("t", List.of(unstable)).orElseThrow().points())
                .extracting(Point::fill)
                .containsExactly(Fill.SOLID);
    }

    private static ScatterPlot solid(ScatterPlot plot) {
        return new ScatterPlot(
                plot.title(),
                plot.xLabel(),
                plot.yLabel(),
                List.of(
                        new Series(
                                plot.series().getFirst().name(),
                                plot.points().stream()
                                        .map(p -> new Point(p.label(), p.x(), p.y(), Fill.SOLID))
                                        .toList())),
                plot.hollow());
    }

    @Test
    void svgKeepsEveryWordAsTextAndPlacesPointsOnTheAxes() throws Exception {
        String svg = SvgPlot.of(PLOT);
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        List<String> words = new ArrayList<>();
        var texts = document.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            words.add(texts.item(i).getTextContent());
        }
        assertThat(words)
                .contains("a < b", "ms", "top-1", "pure", "hybrid", "S/16", "S/32", "R26")
                .contains("10", "100", "1000", "0.7", "0.9");
        var circles = document.getElementsByTagName("circle");
        double first = Double.parseDouble(((Element) circles.item(0)).getAttribute("cx"));
        var ticks = new Axis(5, 2000, 0, 100, Axis.Scale.LOGARITHMIC);
        assertThat(ticks.pixel(100)).isCloseTo(100 * Math.log(20) / Math.log(400), within(1e-9));
        assertThat(first).isBetween(70.0, 200.0);
    }

    @Test
    void labelsOfNeighboursDoNotCover() {
        String svg = SvgPlot.of(PLOT);
        String s16 = svg.lines().filter(l -> l.contains(">S/16<")).findFirst().orElseThrow();
        String s32 = svg.lines().filter(l -> l.contains(">S/32<")).findFirst().orElseThrow();
        assertThat(s16.replaceAll(" fill.*", "")).isNotEqualTo(s32.replaceAll(" fill.*", ""));
    }

    @Test
    void pngIsAnImageWithMoreThanBackground() throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(PngPlot.of(PLOT)));
        assertThat(image.getWidth()).isEqualTo(2 * Drawing.WIDTH);
        long colours =
                java.util.stream.IntStream.range(0, image.getWidth() * image.getHeight())
                        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                        .distinct()
                        .count();
        assertThat(colours).isGreaterThan(10);
    }

    @Test
    void aSinglePointIsDrawn() {
        ScatterPlot single =
                new ScatterPlot(
                        "t",
                        "x",
                        "y",
                        List.of(new Series("s", List.of(point("p", 3, 0.5, 0.5, 0.5)))),
                        "hollow");
        assertThat(SvgPlot.of(single)).contains(">p<").doesNotContain("NaN");
        assertThat(PngPlot.of(single)).isNotEmpty();
    }

    @Test
    void rowsWithoutAccuracyAreNotDrawn() {
        Row without = builder("jvm", "S/16", "pure", 1, 10).build();
        assertThat(RunPlots.latency("t", List.of(without))).isEmpty();
        Row with = builder("jvm", "S/16", "pure", 8, 10).number(Column.TOP1, 0.5).build();
        Row rejected =
                builder("jvm", "S/32", "pure", 8, 10)
                        .number(Column.TOP1, 0.5)
                        .rejected("parity")
                        .build();
        assertThat(RunPlots.latency("t", List.of(without, with, rejected)).orElseThrow().points())
                .containsExactly(
                        new Point("S/16 b8", new Span(10, 9.9, 10.1), Span.of(0.5), Fill.SOLID));
        assertThat(RunPlots.compute("t", List.of(with, with)).orElseThrow().points())
                .containsExactly(new Point("S/16", Span.of(1), Span.of(0.5), Fill.SOLID));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> point("p", 0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> point("p", 1, Double.NaN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScatterPlot("t", "x", "y", List.of(), "h"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
