#pragma OPENCL FP_CONTRACT OFF

__kernel void k_product(__global const float *a, __global const float *b, __global float *c) {
    if (get_global_id(1) < 5) {
        const int row = (int)get_global_id(1);
        if (get_global_id(0) < 7) {
            const int column = (int)get_global_id(0);
            float sum = 0.0f;
            for (int k = 0; k < 3; k++) {
                sum = sum + a[row * 3 + k] * b[k * 7 + column];
            }
            c[row * 7 + column] = sum;
        }
    }
}
