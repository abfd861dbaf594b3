package org.tornadovit.models;

import org.tornadovit.nn.TransformerBlock;

/**
 * A Vision Transformer (Dosovitskiy et al. 2021, table 1 and appendix D).
 *
 * @param imageSize height and width of the images in pixels
 * @param channels colour channels
 * @param stem from image to patch embeddings
 * @param dim features of a token
 * @param depth number of blocks
 * @param heads attention heads of a block
 * @param mlpDim hidden features of a block's MLP
 * @param classes of the classifier; 0 for none
 * @param pooling what represents the image
 * @param position how tokens know where they are
 * @param representation what stands between pooling and classifier
 * @param resize how learned positions are brought to another grid when a checkpoint is read
 */
public record VitConfiguration(
        int imageSize,
        int channels,
        Stem stem,
        int dim,
        int depth,
        int heads,
        int mlpDim,
        int classes,
        Pool pooling,
        Position position,
        Representation representation,
        PositionResize resize) {

    /** What represents the image. */
    public enum Pool {
        /** A learned token before the patches. */
        CLASS_TOKEN,
        /** The mean of the patches; there is no class token. */
        AVERAGE
    }

    /** Position embeddings of appendix D.4. */
    public enum Position {
        /** None: a bag of patches. */
        NONE,
        /** One embedding a token, in raster order; the default. */
        LEARNED_1D,
        /**
         * One of half the features a row and one a column, put together; the class token has none.
         */
        LEARNED_2D,
        /** Embeddings of the offsets between tokens, in every block's attention. */
        RELATIVE
    }

    /** What stands between pooling and classifier. */
    public enum Representation {
        /** Nothing. */
        DIRECT,
        /** A linear layer with tanh, as in pre-training. */
        TANH
    }

    /** Checks that the sizes fit each other. */
    public VitConfiguration {
        if (imageSize < 1 || channels < 1 || dim < 1 || depth < 0 || mlpDim < 1 || classes < 0) {
            throw new IllegalArgumentException(
                    ("A ViT needs positive sizes, not image %d, channels %d, features %d, blocks"
                                    + " %d, MLP %d, classes %d.")
                            .formatted(imageSize, channels, dim, depth, mlpDim, classes));
        }
        if (heads < 1 || dim % heads != 0) {
            throw new IllegalArgumentException(
                    "%d features cannot be split among %d heads.".formatted(dim, heads));
        }
        if (position == Position.LEARNED_2D && dim % 2 != 0) {
            throw new IllegalArgumentException(
                    "Two-dimensional positions need an even number of features, not %d."
                            .formatted(dim));
        }
        stem.side(imageSize);
    }

    /** A model whose positions are resized as the official code does it. */
    public VitConfiguration(
            int imageSize,
            int channels,
            Stem stem,
            int dim,
            int depth,
            int heads,
            int mlpDim,
            int classes,
            Pool pooling,
            Position position,
            Representation representation) {
        this(
                imageSize,
                channels,
                stem,
                dim,
                depth,
                heads,
                mlpDim,
                classes,
                pooling,
                position,
                representation,
                PositionResize.ALIGN_CORNERS);
    }

    /** {@return rows, and columns, of the grid of patches} */
    public int side() {
        return stem.side(imageSize);
    }

    /** {@return tokens before the patches: 1 for the class token, else 0} */
    public int leading() {
        return pooling == Pool.CLASS_TOKEN ? 1 : 0;
    }

    /** {@return tokens of a sequence} */
    public int tokens() {
        return leading() + side() * side();
    }

    /** {@return whether the blocks see relative positions} */
    TransformerBlock.Positions blockPositions() {
        return position == Position.RELATIVE
                ? TransformerBlock.Positions.RELATIVE
                : TransformerBlock.Positions.IN_TOKENS;
    }

    VitConfiguration withImageSize(int size) {
        return with(size, stem, classes, pooling, position, representation, resize);
    }

    VitConfiguration withClasses(int count) {
        return with(imageSize, stem, count, pooling, position, representation, resize);
    }

    /** {@return this with another stem} */
    public VitConfiguration withStem(Stem other) {
        return with(imageSize, other, classes, pooling, position, representation, resize);
    }

    /** {@return this with another representation of the image} */
    public VitConfiguration withPooling(Pool other) {
        return with(imageSize, stem, classes, other, position, representation, resize);
    }

    /** {@return this with other position embeddings} */
    public VitConfiguration withPosition(Position other) {
        return with(imageSize, stem, classes, pooling, other, representation, resize);
    }

    /** {@return this with another step before the classifier} */
    public VitConfiguration withRepresentation(Representation other) {
        return with(imageSize, stem, classes, pooling, position, other, resize);
    }

    /** {@return this with another way to resize positions} */
    public VitConfiguration withResize(PositionResize other) {
        return with(imageSize, stem, classes, pooling, position, representation, other);
    }

    private VitConfiguration with(
            int newImageSize,
            Stem newStem,
            int newClasses,
            Pool newPooling,
            Position newPosition,
            Representation newRepresentation,
            PositionResize newResize) {
        return new VitConfiguration(
                newImageSize,
                channels,
                newStem,
                dim,
                depth,
                heads,
                mlpDim,
                newClasses,
                newPooling,
                newPosition,
                newRepresentation,
                newResize);
    }
}
