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
import org.tornadovit.lab.plot.ScatterPlot.Point;
import org.tornadovit.lab.plot.ScatterPlot.Series;
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
                                            new Point("S/16", 10, 0.7, 0.65, 0.74),
                                            new Point("S/32", 10.2, 0.7, 0.65, 0.74))),
                            new Series(
                                    "hybrid", List.of(new Point("R26", 1000, 0.9, 0.88, 0.93)))));

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
                        List.of(new Series("s", List.of(new Point("p", 3, 0.5, 0.5, 0.5)))));
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
                .containsExactly(new Point("S/16 b8", 10, 0.5, 0.5, 0.5));
        assertThat(RunPlots.compute("t", List.of(with, with)).orElseThrow().points())
                .containsExactly(new Point("S/16", 1, 0.5, 0.5, 0.5));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> new Point("p", 0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Point("p", 1, Double.NaN, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScatterPlot("t", "x", "y", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
