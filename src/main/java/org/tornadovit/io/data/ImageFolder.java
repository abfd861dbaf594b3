package org.tornadovit.io.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tornadovit.io.image.RgbImage;

/**
 * Images in one folder a class: {@code [part/]CLASS/.../image.jpg}, in a folder or a zip file.
 * Classes are numbered in the order of their names over all parts, images ordered by path. Hidden
 * files and files that are no images are passed over.
 */
final class ImageFolder implements Dataset {
    private static final List<String> ENDINGS =
            List.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

    /** An image's path and the folders that matter; {@code part} is empty where there is none. */
    private record Item(String path, String part, String label) {}

    private final String name;
    private final FileTree files;
    private final List<String> classes;
    private final List<Item> items;
    private final int[] labels;

    private ImageFolder(String name, FileTree files, List<String> classes, List<Item> items) {
        this.name = name;
        this.files = files;
        this.classes = classes;
        this.items = items;
        this.labels = labels(classes, items);
    }

    static ImageFolder open(String name, FileTree files, Split split) {
        try {
            List<Item> all = items(name, files.paths());
            List<String> classes = all.stream().map(Item::label).distinct().sorted().toList();
            return new ImageFolder(
                    name + ":" + split.name().toLowerCase(Locale.ROOT),
                    files,
                    classes,
                    select(name, all, classes, split));
        } catch (DatasetException e) {
            files.close();
            throw e;
        }
    }

    private static List<Item> select(
            String name, List<Item> all, List<String> classes, Split split) {
        if (split == Split.ALL) {
            return all;
        }
        if (all.getFirst().part().isEmpty()) {
            List<Integer> labels = Arrays.stream(labels(classes, all)).boxed().toList();
            return Arrays.stream(split.of(labels)).mapToObj(all::get).toList();
        }
        List<Item> part = all.stream().filter(item -> split.isNamed(item.part())).toList();
        if (part.isEmpty()) {
            throw new DatasetException(
                    "%s has no %s folder with images; it has %s."
                            .formatted(
                                    name,
                                    split.name().toLowerCase(Locale.ROOT),
                                    all.stream().map(Item::part).distinct().toList()));
        }
        return part;
    }

    private static int[] labels(List<String> classes, List<Item> items) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(label -> numbers.put(label, numbers.size()));
        return items.stream().mapToInt(item -> numbers.getOrDefault(item.label(), -1)).toArray();
    }

    /** Finds part and class of every image, passing over one folder around everything. */
    private static List<Item> items(String name, List<String> paths) {
        List<List<String>> images = new ArrayList<>();
        for (String path : paths) {
            if (isImage(path)) {
                images.add(List.of(path.split("/")));
            }
        }
        if (images.isEmpty()) {
            throw new DatasetException(
                    "%s holds no images (%s).".formatted(name, String.join(", ", ENDINGS)));
        }
        int depth = isWrapped(images) ? 1 : 0;
        boolean parts =
                images.stream().allMatch(p -> p.size() > depth && Split.isAny(p.get(depth)));
        int labelDepth = depth + (parts ? 1 : 0);
        List<Item> items = new ArrayList<>();
        for (List<String> path : images) {
            String whole = String.join("/", path);
            if (path.size() < labelDepth + 2) {
                throw new DatasetException(
                        "%s: %s lies in no class folder; expected [train|test/]CLASS/IMAGE."
                                .formatted(name, whole));
            }
            items.add(new Item(whole, parts ? path.get(depth) : "", path.get(labelDepth)));
        }
        return items;
    }

    /** One folder holds everything, is no part, and has room for class folders inside. */
    private static boolean isWrapped(List<List<String>> images) {
        String first = images.getFirst().getFirst();
        return !Split.isAny(first)
                && images.stream().allMatch(p -> p.size() > 2 && p.getFirst().equals(first));
    }

    private static boolean isImage(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return !file.startsWith(".")
                && !path.startsWith("__MACOSX/")
                && dot >= 0
                && ENDINGS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public LabelledImage image(int index) {
        String path = items.get(index).path();
        return new LabelledImage(RgbImage.decode(path, files.read(path)), labels[index]);
    }

    @Override
    public String contentHash() {
        ContentHash hash = new ContentHash();
        for (Item item : items) {
            String file = item.path().substring(item.path().lastIndexOf('/') + 1);
            hash.add(item.label()).add(file).add(files.read(item.path()));
        }
        return hash.hex();
    }

    @Override
    public void close() {
        files.close();
    }
}
