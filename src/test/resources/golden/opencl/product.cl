#pragma OPENCL FP_CONTRACT ON

__kernel void k_product(__global const float *a, __global const float *b, __global float *c) {
    if (get_global_id(1) < 197) {
        const int row = (int)get_global_id(1);
        if (get_global_id(0) < 768) {
            const int column = (int)get_global_id(0);
            float sum = 0.0f;
            for (int k = 0; k < 768; k++) {
                sum = sum + a[row * 768 + k] * b[k * 768 + column];
            }
            c[row * 768 + column] = sum;
        }
    }
}
