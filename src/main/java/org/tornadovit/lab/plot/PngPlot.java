package org.tornadovit.lab.plot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.tornadovit.lab.LabException;

/** Plots as PNG, for places that show no SVG. */
public final class PngPlot {
    private PngPlot() {}

    /**
     * Draws a plot.
     *
     * @param plot what is drawn
     * @return the bytes of a PNG file
     * @throws LabException when the system has no fonts to draw text with
     */
    public static byte[] of(ScatterPlot plot) {
        return drawn(canvas -> Drawing.draw(plot, canvas));
    }

    /**
     * {@return a plot of curves}
     *
     * @throws LabException when the system has no fonts to draw text with
     */
    public static byte[] of(CurvePlot plot) {
        return drawn(canvas -> CurveDrawing.draw(plot, canvas));
    }

    private static byte[] drawn(Consumer<Canvas> drawing) {
        try {
            ImageCanvas canvas = new ImageCanvas(Drawing.WIDTH, Drawing.HEIGHT);
            drawing.accept(canvas);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(canvas.image(), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("A byte array cannot be full", e);
        } catch (LinkageError | InternalError e) {
            throw new LabException(
                    "No PNG plots: Java finds no fonts (install fontconfig and a font).", e);
        }
    }
}
