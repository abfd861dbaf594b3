/**
 * Training: from images and target distributions to weights.
 *
 * <p>A {@link org.tornadovit.train.Trainer} is given a model, weights to start from, a {@link
 * org.tornadovit.train.TrainingRecipe} and a batch size. The caller fills {@code images()} and
 * {@code targets()} and calls {@code step()}; data, augmentation and the loop over epochs are the
 * caller's.
 *
 * <pre>{@code
 * try (Trainer trainer = new Trainer(model, model.randomWeights(seed), recipe, 64)) {
 *     while (trainer.updates() < total) {
 *         fill(trainer.images(), trainer.targets());
 *         TrainingStep done = trainer.step();
 *     }
 *     Weights trained = trainer.weights();
 * }
 * }</pre>
 *
 * <p><b>How a step is made.</b> The model writes its forward pass as for inference, but with {@link
 * org.tornadovit.nn.Forward.Capture#GRADIENTS}: every array is kept, and each task carries its
 * {@link org.tornadovit.nn.Adjoint}. {@link org.tornadovit.nn.Gradients} walks the tasks in reverse
 * and lets each write its backward tasks. No model is written down a second time. Behind the
 * forward pass stands {@link org.tornadovit.train.CrossEntropy}. The tasks become three graphs of
 * one plan that share their arrays on the device:
 *
 * <ol>
 *   <li>{@code forward}: images, targets and weights to logits and losses. Run alone it is an
 *       evaluation.
 *   <li>{@code backward}: gradients of all learned weights, and their common length.
 *   <li>{@code update}: clipping, the {@link org.tornadovit.train.Optimizer}, the moving average of
 *       the weights.
 * </ol>
 *
 * <p>The host sees losses and the gradients' length before anything is updated: what is not finite
 * stops there, with step, rate and layer ({@link org.tornadovit.train.DivergenceException}), and
 * the weights are those of the step before. Weights and the optimiser's state stay on the device
 * and come back when asked for.
 *
 * <p><b>Repeatable.</b> No sum depends on timing: each work item writes its own elements, and sums
 * over rows go through chunks whose number depends on shapes only. What dropout leaves out ({@link
 * org.tornadovit.nn.Noise}) is a function of seed, batch and place, not of a state. The same
 * weights, batches and recipe give the same bits on the same device, whether the run was
 * interrupted or not.
 */
@NullMarked
package org.tornadovit.train;

import org.jspecify.annotations.NullMarked;
