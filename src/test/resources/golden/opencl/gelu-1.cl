#pragma OPENCL FP_CONTRACT ON

__kernel void k_gelu(__global const half *x, __global half *y) {
    if (get_global_id(0) < 100) {
        const int at = (int)get_global_id(0);
        float v = vload_half(0, x + at);
        vstore_half_rte(0.5f * v * (1.0f + tanh(0.7978846f * (v + 0.044715f * (v * v * v)))), 0, y + at);
    }
}
