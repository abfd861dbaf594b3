/**
 * Vision Transformers, their hybrids with ResNet stems, and the ResNets to compare them with.
 *
 * <p>A {@link org.tornadovit.models.Model} is a configuration that knows its weights, its cost by
 * formula, and how to write its forward pass as task graphs. {@link org.tornadovit.models.Models}
 * knows the published ones by name; {@link org.tornadovit.models.CheckpointWeights} fills them from
 * files.
 */
@NullMarked
package org.tornadovit.models;

import org.jspecify.annotations.NullMarked;
