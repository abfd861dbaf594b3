/**
 * Files in and out: checkpoints ({@link org.tornadovit.io.Checkpoint}: safetensors and NumPy {@code
 * .npz}), single arrays ({@link org.tornadovit.io.Npy}), and writers that leave either the whole
 * file or none ({@link org.tornadovit.io.AtomicFile}). Images live in {@link
 * org.tornadovit.io.image}, labelled data in {@link org.tornadovit.io.data}.
 *
 * <p>Nothing here knows a model: names and shapes are what the file says. A file that is broken,
 * truncated or lies about itself is refused by an {@link org.tornadovit.io.InputException} whose
 * message is one sentence naming the file, the place and, where there is one, the way out.
 */
@NullMarked
package org.tornadovit.io;

import org.jspecify.annotations.NullMarked;
