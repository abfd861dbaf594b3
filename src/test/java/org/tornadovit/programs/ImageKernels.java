package org.tornadovit.programs;

import static org.tornadovit.programs.Case.list;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.ints;

import java.util.List;
import java.util.Random;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.images.ImageByte3;
import uk.ac.manchester.tornado.api.types.images.ImageByte4;
import uk.ac.manchester.tornado.api.types.images.ImageFloat;
import uk.ac.manchester.tornado.api.types.images.ImageFloat3;
import uk.ac.manchester.tornado.api.types.images.ImageFloat4;
import uk.ac.manchester.tornado.api.types.images.ImageFloat8;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;
import uk.ac.manchester.tornado.api.types.utils.FloatOps;
import uk.ac.manchester.tornado.api.types.utils.VolumeOps;
import uk.ac.manchester.tornado.api.types.vectors.Byte3;
import uk.ac.manchester.tornado.api.types.vectors.Byte4;
import uk.ac.manchester.tornado.api.types.vectors.Float2;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Float8;
import uk.ac.manchester.tornado.api.types.vectors.Int2;
import uk.ac.manchester.tornado.api.types.vectors.Int3;
import uk.ac.manchester.tornado.api.types.vectors.Short2;
import uk.ac.manchester.tornado.api.types.volumes.VolumeShort2;

/** Filters, and kernels of dense tracking and mapping from depth images. */
final class ImageKernels {
    private static final int WIDTH = 17;
    private static final int HEIGHT = 13;
    private static final float INVALID = -2f;
    private static final Float3 LIGHT = new Float3(1, 1, -1);

    private ImageKernels() {}

    static List<Case> cases() {
        return List.of(
                Case.of("sobel", () -> list(gray(), new ImageFloat(WIDTH, HEIGHT))),
                Case.of(
                        "grayscale",
                        () -> list(ints(221, 0, Integer.MAX_VALUE, 1), new IntArray(221))),
                Case.of(
                        "blur",
                        () ->
                                list(
                                        ints(221, 0, 256, 1),
                                        new IntArray(221),
                                        HEIGHT,
                                        WIDTH,
                                        floats(25, 2),
                                        5)),
                Case.of("bilateral", ImageKernels::bilateralArguments),
                Case.of("toMetres", () -> list(new ImageFloat(8, 6), depths(17, 13), 17, 2)),
                Case.of("halved", () -> list(new ImageFloat(8, 6), gray(), 0.9f, 1)),
                Case.of(
                        "toVertices",
                        () -> list(new ImageFloat3(WIDTH, HEIGHT), gray(), square(3))),
                Case.of("toNormals", () -> list(new ImageFloat3(WIDTH, HEIGHT), colours(4))),
                Case.of(
                        "track",
                        () ->
                                list(
                                        new ImageFloat8(WIDTH, HEIGHT),
                                        colours(1),
                                        colours(2),
                                        colours(3),
                                        colours(5),
                                        square(6),
                                        square(7),
                                        0.9f,
                                        0.1f)),
                Case.of("renderTrack", () -> list(new ImageByte3(WIDTH, HEIGHT), tracked())),
                Case.of(
                        "renderLight",
                        () -> list(new ImageByte4(WIDTH, HEIGHT), colours(3), colours(4), LIGHT)),
                Case.of(
                        "renderDepth",
                        () -> list(new ImageByte4(WIDTH, HEIGHT), gray(), 0.1f, 0.9f)),
                Case.of(
                        "integrate",
                        () -> list(volume(), gray(), square(8), square(9), 0.1f, 100f)),
                Case.of(
                                "raycast",
                                () ->
                                        list(
                                                volume(),
                                                new ImageFloat3(WIDTH, HEIGHT),
                                                square(2),
                                                0.2f))
                        .within(1e-3),
                Case.of(
                        "rotated",
                        () -> list(colours(1), new ImageFloat3(WIDTH, HEIGHT), square(4))),
                Case.of("pixels", () -> list(four(), new ImageFloat4(WIDTH, HEIGHT))),
                Case.of("downsampled", () -> list(colours(7), new ImageFloat3(8, 6))),
                Case.of("histogramOfRows", () -> list(gray(), new IntArray(HEIGHT * 8))),
                Case.of("erode", () -> list(ints(221, 0, 2, 1), new IntArray(221), WIDTH, HEIGHT)),
                Case.of("median", () -> list(gray(), new ImageFloat(WIDTH, HEIGHT))));
    }

    private static ImageFloat gray() {
        ImageFloat image = new ImageFloat(WIDTH, HEIGHT);
        Random random = new Random(5);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.set(i % WIDTH, i / WIDTH, random.nextFloat());
        }
        return image;
    }

    private static ImageFloat3 colours(long seed) {
        return new ImageFloat3(WIDTH, HEIGHT, floats(3 * WIDTH * HEIGHT, seed));
    }

    private static ImageFloat4 four() {
        return new ImageFloat4(WIDTH, HEIGHT, floats(4 * WIDTH * HEIGHT, 8));
    }

    private static ImageFloat8 tracked() {
        ImageFloat8 image = new ImageFloat8(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.set(i % WIDTH, i / WIDTH, new Float8(i % 7 - 5, 1, 2, 3, 4, 5, 6, 7));
        }
        return image;
    }

    private static Matrix4x4Float square(long seed) {
        return new Matrix4x4Float(floats(16, seed));
    }

    private static ShortArray depths(int width, int height) {
        ShortArray depths = new ShortArray(width * height);
        for (int i = 0; i < depths.getSize(); i++) {
            depths.set(i, (short) (i * 37));
        }
        return depths;
    }

    private static VolumeShort2 volume() {
        VolumeShort2 volume = new VolumeShort2(6, 6, 6);
        Random random = new Random(3);
        for (int i = 0; i < 216; i++) {
            short x = (short) random.nextInt();
            volume.set(i % 6, i / 6 % 6, i / 36, new Short2(x, (short) 3));
        }
        return volume;
    }

    private static Object[] bilateralArguments() {
        return list(new ImageFloat(WIDTH, HEIGHT), gray(), floats(5, 5), 0.3f, 2);
    }

    static void sobel(ImageFloat in, ImageFloat out) {
        for (@Parallel int y = 0; y < in.Y(); y++) {
            for (@Parallel int x = 0; x < in.X(); x++) {
                if (x == 0 || y == 0 || x == in.X() - 1 || y == in.Y() - 1) {
                    out.set(x, y, 0f);
                } else {
                    float gx = 0;
                    float gy = 0;
                    for (int k = -1; k <= 1; k++) {
                        int w = k == 0 ? 2 : 1;
                        gx += w * (in.get(x + 1, y + k) - in.get(x - 1, y + k));
                        gy += w * (in.get(x + k, y + 1) - in.get(x + k, y - 1));
                    }
                    out.set(x, y, TornadoMath.sqrt(gx * gx + gy * gy));
                }
            }
        }
    }

    static void grayscale(IntArray image, IntArray out) {
        for (@Parallel int i = 0; i < image.getSize(); i++) {
            int rgb = image.get(i);
            int alpha = (rgb >> 24) & 0xff;
            int red = (rgb >> 16) & 0xFF;
            int green = (rgb >> 8) & 0xFF;
            int blue = rgb & 0xFF;
            int level = (red * 4 / 10) + (green * 4 / 10) + (blue * 4 / 10);
            out.set(i, (alpha << 24) | (level << 16) | (level << 8) | level);
        }
    }

    static void blur(
            IntArray channel,
            IntArray blurred,
            final int rows,
            final int columns,
            FloatArray filter,
            final int filterWidth) {
        for (@Parallel int r = 0; r < rows; r++) {
            for (@Parallel int c = 0; c < columns; c++) {
                float result = 0.0f;
                for (int fr = -filterWidth / 2; fr <= filterWidth / 2; fr++) {
                    for (int fc = -filterWidth / 2; fc <= filterWidth / 2; fc++) {
                        int imageR = Math.min(Math.max(r + fr, 0), (rows - 1));
                        int imageC = Math.min(Math.max(c + fc, 0), (columns - 1));
                        float value = channel.get(imageR * columns + imageC);
                        int at = (fr + filterWidth / 2) * filterWidth + fc + filterWidth / 2;
                        result += value * filter.get(at);
                    }
                }
                blurred.set(r * columns + c, result > 255 ? 255 : (int) result);
            }
        }
    }

    static void bilateral(
            ImageFloat out, ImageFloat in, FloatArray gaussian, float eDelta, int radius) {
        final float e2 = eDelta * eDelta * 2f;
        for (@Parallel int y = 0; y < in.Y(); y++) {
            for (@Parallel int x = 0; x < in.X(); x++) {
                final float center = in.get(x, y);
                if (center > 0.1f) {
                    float sum = 0f;
                    float t = 0f;
                    for (int i = -radius; i <= radius; i++) {
                        for (int j = -radius; j <= radius; j++) {
                            final int px = TornadoMath.clamp(x + i, 0, in.X() - 1);
                            final int py = TornadoMath.clamp(y + j, 0, in.Y() - 1);
                            final float pixel = in.get(px, py);
                            if (pixel > 0f) {
                                final float mod = FloatOps.sq(pixel - center);
                                final float factor =
                                        gaussian.get(i + radius)
                                                * gaussian.get(j + radius)
                                                * TornadoMath.exp(-mod / e2);
                                t += factor * pixel;
                                sum += factor * factor + 1;
                            }
                        }
                    }
                    out.set(x, y, t / sum);
                } else {
                    out.set(x, y, 0f);
                }
            }
        }
    }

    static void toMetres(ImageFloat out, ShortArray in, int width, int ratio) {
        for (@Parallel int y = 0; y < out.Y(); y++) {
            for (@Parallel int x = 0; x < out.X(); x++) {
                int sx = ratio * x;
                int sy = ratio * y;
                out.set(x, y, in.get(sx + width * sy) / 1000f);
            }
        }
    }

    static void halved(ImageFloat out, ImageFloat in, float e, int radius) {
        for (@Parallel int y = 0; y < out.Y(); y++) {
            for (@Parallel int x = 0; x < out.X(); x++) {
                Int2 centre = new Int2(2 * x, 2 * y);
                float mid = in.get(centre.getX(), centre.getY());
                float sum = 0f;
                float t = 0f;
                for (int i = -radius + 1; i <= radius; i++) {
                    for (int j = -radius + 1; j <= radius; j++) {
                        Int2 cur = Int2.add(centre, new Int2(j, i));
                        Int2 from = Int2.min(cur, new Int2(in.X() - 1, in.Y() - 1));
                        Int2 at = Int2.max(from, new Int2(0, 0));
                        float current = in.get(at.getX(), at.getY());
                        if (TornadoMath.abs(current - mid) < e) {
                            sum += 1f;
                            t += current;
                        }
                    }
                }
                out.set(x, y, t / sum);
            }
        }
    }

    static void toVertices(ImageFloat3 vertices, ImageFloat depths, Matrix4x4Float inverse) {
        for (@Parallel int y = 0; y < depths.Y(); y++) {
            for (@Parallel int x = 0; x < depths.X(); x++) {
                float depth = depths.get(x, y);
                Float3 pix = new Float3(x, y, 1f);
                Float3 vertex =
                        depth > 0
                                ? Float3.mult(TornadoMath.rotate(inverse, pix), depth)
                                : new Float3();
                vertices.set(x, y, vertex);
            }
        }
    }

    static void toNormals(ImageFloat3 normals, ImageFloat3 vertices) {
        for (@Parallel int y = 0; y < vertices.Y(); y++) {
            for (@Parallel int x = 0; x < vertices.X(); x++) {
                Float3 left = vertices.get(Math.max(x - 1, 0), y);
                Float3 right = vertices.get(Math.min(x + 1, vertices.X() - 1), y);
                Float3 up = vertices.get(x, Math.max(y - 1, 0));
                Float3 down = vertices.get(x, Math.min(y + 1, vertices.Y() - 1));
                boolean valid = left.getZ() != 0 && right.getZ() != 0 && up.getZ() > -0.9f;
                if (!valid) {
                    normals.set(x, y, new Float3(INVALID, 0f, 0f));
                } else {
                    Float3 dxv = Float3.sub(right, left);
                    Float3 dyv = Float3.sub(down, up);
                    normals.set(x, y, Float3.normalise(Float3.cross(dyv, dxv)));
                }
            }
        }
    }

    static void track(
            ImageFloat8 results,
            ImageFloat3 vertices,
            ImageFloat3 normals,
            ImageFloat3 refVertices,
            ImageFloat3 refNormals,
            Matrix4x4Float pose,
            Matrix4x4Float view,
            float distance,
            float threshold) {
        Float8 noInput = new Float8(0, 0, 0, 0, 0, 0, 0, -1);
        Float8 notInImage = new Float8(0, 0, 0, 0, 0, 0, 0, -2);
        for (@Parallel int y = 0; y < results.Y(); y++) {
            for (@Parallel int x = 0; x < results.X(); x++) {
                if (normals.get(x, y).getX() < -0.8f) {
                    results.set(x, y, noInput);
                } else {
                    Float3 projected = rigid(pose, vertices.get(x, y));
                    Float3 pixel = TornadoMath.rotate(view, projected);
                    Float2 pix = Float2.mult(new Float2(pixel.getX(), pixel.getY()), 8f);
                    Float2 at = Float2.add(pix, new Float2(8f, 6f));
                    if (at.getX() < 0
                            || at.getX() > refVertices.X() - 1
                            || at.getY() < 0
                            || at.getY() > refVertices.Y() - 1) {
                        results.set(x, y, notInImage);
                    } else {
                        Int2 ref = new Int2((int) at.getX(), (int) at.getY());
                        Float3 refNormal = refNormals.get(ref.getX(), ref.getY());
                        Float3 diff =
                                Float3.sub(refVertices.get(ref.getX(), ref.getY()), projected);
                        Float3 normal = TornadoMath.rotate(pose, normals.get(x, y));
                        if (Float3.length(diff) > distance * 4) {
                            results.set(x, y, new Float8(0, 0, 0, 0, 0, 0, 0, -4));
                        } else if (Float3.dot(normal, refNormal) < threshold) {
                            results.set(x, y, new Float8(0, 0, 0, 0, 0, 0, 0, -5));
                        } else {
                            Float3 b = Float3.cross(projected, refNormal);
                            Float8 track =
                                    new Float8(
                                            refNormal.getX(),
                                            refNormal.getY(),
                                            refNormal.getZ(),
                                            b.getX(),
                                            b.getY(),
                                            b.getZ(),
                                            Float3.dot(refNormal, diff),
                                            1f);
                            results.set(x, y, track);
                        }
                    }
                }
            }
        }
    }

    private static Float3 rigid(Matrix4x4Float m, Float3 p) {
        return new Float3(
                Float3.dot(m.row(0).asFloat3(), p) + m.get(0, 3),
                Float3.dot(m.row(1).asFloat3(), p) + m.get(1, 3),
                Float3.dot(m.row(2).asFloat3(), p) + m.get(2, 3));
    }

    static void renderTrack(ImageByte3 output, ImageFloat8 track) {
        for (@Parallel int y = 0; y < output.Y(); y++) {
            for (@Parallel int x = 0; x < output.X(); x++) {
                Byte3 pixel = null;
                final int result = (int) track.get(x, y).getS0();
                switch (result) {
                    case 1:
                        pixel = new Byte3((byte) 128, (byte) 128, (byte) 128);
                        break;
                    case -1:
                        pixel = new Byte3((byte) 0, (byte) 0, (byte) 0);
                        break;
                    case -2:
                        pixel = new Byte3((byte) 255, (byte) 0, (byte) 0);
                        break;
                    case -3:
                        pixel = new Byte3((byte) 0, (byte) 255, (byte) 0);
                        break;
                    default:
                        pixel = new Byte3((byte) 255, (byte) 128, (byte) 128);
                        break;
                }
                output.set(x, y, pixel);
            }
        }
    }

    static void renderLight(
            ImageByte4 output, ImageFloat3 vertices, ImageFloat3 normals, Float3 light) {
        for (@Parallel int y = 0; y < output.Y(); y++) {
            for (@Parallel int x = 0; x < output.X(); x++) {
                Float3 normal = normals.get(x, y);
                if (normal.getX() > INVALID) {
                    Float3 vertex = vertices.get(x, y);
                    Float3 diff = Float3.normalise(Float3.sub(light, vertex));
                    float dir = Math.max(Float3.dot(Float3.normalise(normal), diff), 0f);
                    Float3 col = Float3.add(new Float3(dir, dir, dir), 0.2f);
                    Float3 shade = Float3.mult(Float3.clamp(col, 0f, 1f), 255f);
                    output.set(
                            x,
                            y,
                            new Byte4(
                                    (byte) shade.getX(),
                                    (byte) shade.getY(),
                                    (byte) shade.getZ(),
                                    (byte) 0));
                }
            }
        }
    }

    static void renderDepth(ImageByte4 output, ImageFloat depth, float near, float far) {
        for (@Parallel int y = 0; y < output.Y(); y++) {
            for (@Parallel int x = 0; x < output.X(); x++) {
                float d = depth.get(x, y);
                Byte4 pixel;
                if (d < near) {
                    pixel = new Byte4((byte) 255, (byte) 255, (byte) 255, (byte) 0);
                } else if (d > far) {
                    pixel = new Byte4();
                } else {
                    float h = 6f * (d - near) / (far - near);
                    int sextant = (int) h;
                    float mid = 0.25f + (0.75f - 0.25f) * (h - sextant);
                    switch (sextant) {
                        case 0 -> pixel = colour(0.75f, mid, 0.25f);
                        case 1, 2 -> pixel = colour(mid, 0.75f, 0.25f);
                        case 3 -> pixel = colour(0.25f, 0.75f, mid);
                        default -> pixel = colour(0.25f, mid, 0.75f);
                    }
                }
                output.set(x, y, pixel);
            }
        }
    }

    private static Byte4 colour(float r, float g, float b) {
        return new Byte4((byte) (r * 255), (byte) (g * 255), (byte) (b * 255), (byte) 0);
    }

    static void integrate(
            VolumeShort2 volume,
            ImageFloat depths,
            Matrix4x4Float inverse,
            Matrix4x4Float camera,
            float mu,
            float maxWeight) {
        for (@Parallel int y = 0; y < volume.Y(); y++) {
            for (@Parallel int x = 0; x < volume.X(); x++) {
                Float3 pos = TornadoMath.rotate(inverse, new Float3(x, y, 0));
                Float3 delta = TornadoMath.rotate(inverse, new Float3(0, 0, 0.5f));
                Float3 cameraX = TornadoMath.rotate(camera, pos);
                for (int z = 0; z < volume.Z(); z++) {
                    pos = Float3.add(pos, delta);
                    cameraX = Float3.add(cameraX, delta);
                    if (pos.getZ() < 0.0001f) {
                        continue;
                    }
                    float px = TornadoMath.abs(cameraX.getX()) * 3;
                    float py = TornadoMath.abs(cameraX.getY()) * 2;
                    if (px < depths.X() && py < depths.Y()) {
                        float depth = depths.get((int) px, (int) py);
                        if (depth == 0f) {
                            continue;
                        }
                        float diff = (depth - cameraX.getZ()) * TornadoMath.sqrt(1 + px * px);
                        if (diff > -mu) {
                            float sdf = TornadoMath.min(1f, diff / mu);
                            Short2 inputValue = volume.get(x, y, z);
                            float weight = inputValue.getY();
                            float old = inputValue.getX() * 0.00003051944088f;
                            float value =
                                    TornadoMath.clamp((weight * old + sdf) / (weight + 1), -1f, 1f);
                            short s = (short) (value * 16);
                            volume.set(
                                    x,
                                    y,
                                    z,
                                    new Short2(s, (short) TornadoMath.min(weight + 1, maxWeight)));
                        }
                    }
                }
            }
        }
    }

    static void raycast(VolumeShort2 volume, ImageFloat3 hits, Matrix4x4Float view, float step) {
        Float3 dim = new Float3(1f, 1f, 1f);
        for (@Parallel int y = 0; y < hits.Y(); y++) {
            for (@Parallel int x = 0; x < hits.X(); x++) {
                Float3 origin = new Float3(x / 20f, y / 16f, 0.1f);
                Float3 direction = Float3.normalise(view.row(y & 3).asFloat3());
                Float3 hit = new Float3(-1f, -1f, -1f);
                float t = 0;
                float f = VolumeOps.interp(volume, dim, origin);
                for (int n = 0; n < 8; n++) {
                    Float3 p = Float3.add(origin, Float3.mult(direction, t));
                    if (Float3.min(p) < 0.05f || Float3.max(p) > 0.9f) {
                        break;
                    }
                    float g = VolumeOps.interp(volume, dim, p);
                    if (f > 0 != g > 0) {
                        hit = Float3.add(p, Float3.mult(VolumeOps.grad(volume, dim, p), 0.01f));
                        break;
                    }
                    f = g;
                    t += step;
                }
                hits.set(x, y, hit);
            }
        }
    }

    static void rotated(ImageFloat3 in, ImageFloat3 out, Matrix4x4Float m) {
        for (@Parallel int i = 0; i < in.Y(); i++) {
            for (@Parallel int j = 0; j < in.X(); j++) {
                Float3 v = in.get(j, i);
                Float4 t = new Float4(v.getX(), v.getY(), v.getZ(), 1f);
                out.set(
                        j,
                        i,
                        new Float3(
                                Float4.dot(m.row(0), t),
                                Float4.dot(m.column(1), t),
                                Float4.dot(m.diag(), t)));
            }
        }
    }

    static void pixels(ImageFloat4 in, ImageFloat4 out) {
        for (@Parallel int y = 0; y < in.Y(); y++) {
            for (@Parallel int x = 0; x < in.X(); x++) {
                Float4 p = in.get(x, y);
                Float4 q = in.get(in.X() - 1 - x, y);
                float a = p.getW();
                Float4 blend = Float4.add(Float4.mult(p, a), Float4.mult(q, 1 - a));
                blend.setW(1f);
                Int3 level = new Int3((int) (p.getX() * 9), 2, 3);
                blend.setX(blend.getX() + level.getX());
                out.set(x, y, blend);
            }
        }
    }

    static void downsampled(ImageFloat3 in, ImageFloat3 out) {
        for (@Parallel int y = 0; y < out.Y(); y++) {
            for (@Parallel int x = 0; x < out.X(); x++) {
                Float3 sum = new Float3();
                for (int k = 0; k < 4; k++) {
                    sum = Float3.add(sum, in.get(2 * x + (k & 1), 2 * y + (k >> 1)));
                }
                out.set(x, y, Float3.div(sum, 4));
            }
        }
    }

    static void histogramOfRows(ImageFloat in, IntArray bins) {
        for (@Parallel int y = 0; y < in.Y(); y++) {
            int[] count = new int[8];
            for (int x = 0; x < in.X(); x++) {
                count[(int) (in.get(x, y) * 8)]++;
            }
            for (int b = 0; b < count.length; b++) {
                bins.set(y * 8 + b, count[b]);
            }
        }
    }

    static void erode(IntArray in, IntArray out, int width, int height) {
        for (@Parallel int at = 0; at < in.getSize(); at++) {
            int x = at % width;
            int y = at / width;
            boolean all = true;
            search:
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int nx = x + dx;
                    int ny = y + dy;
                    if (nx < 0 || ny < 0 || nx >= width || ny >= height) {
                        continue;
                    }
                    if (in.get(ny * width + nx) == 0) {
                        all = false;
                        break search;
                    }
                }
            }
            out.set(at, all ? 1 : 0);
        }
    }

    static void median(ImageFloat in, ImageFloat out) {
        for (@Parallel int y = 1; y < in.Y() - 1; y++) {
            for (@Parallel int x = 1; x < in.X() - 1; x++) {
                float[] window = new float[9];
                int n = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        window[n++] = in.get(x + dx, y + dy);
                    }
                }
                for (int i = 1; i < 9; i++) {
                    float key = window[i];
                    int j = i - 1;
                    while (j >= 0 && window[j] > key) {
                        window[j + 1] = window[j];
                        j--;
                    }
                    window[j + 1] = key;
                }
                out.set(x, y, window[4]);
            }
        }
    }
}
