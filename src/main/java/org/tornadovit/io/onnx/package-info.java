/**
 * Writes ONNX files, the exchange format of networks: {@link org.tornadovit.io.onnx.OnnxGraph}
 * collects operations and weights, {@link org.tornadovit.io.onnx.OnnxFile} writes them down in the
 * wire format of Protocol Buffers, {@link org.tornadovit.io.onnx.Message}.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">field numbers</a>
 * @see <a href="https://onnx.ai/onnx/operators/">operations</a>
 */
@NullMarked
package org.tornadovit.io.onnx;

import org.jspecify.annotations.NullMarked;
