/** What {@code scripts/gpu-check} runs on a machine with a GPU. */
package org.tornadovit.gpu;
