package org.tornadovit.lab.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.tornadovit.lab.plot.ScatterPlot.Fill;

/** Draws on an image of twice the size, so that it is sharp on dense screens. */
final class ImageCanvas implements Canvas {
    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D graphics;

    ImageCanvas(int width, int height) {
        image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setStroke(new BasicStroke(1));
    }

    /** {@return the image, finished} */
    BufferedImage image() {
        graphics.dispose();
        return image;
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, String colour) {
        graphics.setColor(Color.decode(colour));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void text(double x, double y, String words, Style style) {
        graphics.setColor(Color.decode(style.colour()));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, style.size()));
        double width = graphics.getFontMetrics().getStringBounds(words, graphics).getWidth();
        double start =
                switch (style.anchor()) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                };
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        switch (style.direction()) {
            case RIGHT -> {}
            case UP -> graphics.rotate(-Math.PI / 2);
        }
        graphics.drawString(words, (float) start, 0);
        graphics.setTransform(before);
    }

    @Override
    public void marker(Marker marker, Fill fill, double x, double y, String colour) {
        Shape shape =
                switch (marker) {
                    case CIRCLE -> new Ellipse2D.Double(x - 5, y - 5, 10, 10);
                    case SQUARE -> new Rectangle2D.Double(x - 4.5, y - 4.5, 9, 9);
                    case TRIANGLE -> {
                        Path2D triangle = new Path2D.Double();
                        triangle.moveTo(x, y - 5.5);
                        triangle.lineTo(x + 5.5, y + 4);
                        triangle.lineTo(x - 5.5, y + 4);
                        triangle.closePath();
                        yield triangle;
                    }
                };
        switch (fill) {
            case SOLID -> {
                graphics.setColor(Color.decode(colour));
                graphics.fill(shape);
            }
            case HOLLOW -> {
                graphics.setColor(Color.WHITE);
                graphics.fill(shape);
                graphics.setColor(Color.decode(colour));
                graphics.draw(shape);
            }
        }
    }
}
