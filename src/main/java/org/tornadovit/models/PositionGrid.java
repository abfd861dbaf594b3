package org.tornadovit.models;

/**
 * A table of position embeddings, [1, leading + rows · columns, dim].
 *
 * @param weight name of the table
 * @param leading positions before the grid, such as the class token's
 * @param rows of the grid
 * @param columns of the grid
 * @param dim features of a position
 */
public record PositionGrid(String weight, int leading, int rows, int columns, int dim) {}
