#pragma OPENCL FP_CONTRACT ON

__kernel void k_gelu(__global const half *x, __global half *y) {
    if (get_global_id(0) < 256) {
        const int at = 16 * (int)get_global_id(0);
        float16 v = vload_half16(0, x + at);
        vstore_half16_rte((float16)(0.5f) * v * ((float16)(1.0f) + tanh((float16)(0.7978846f) * (v + (float16)(0.044715f) * (v * v * v)))), 0, y + at);
    }
}
