#pragma OPENCL FP_CONTRACT ON

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((xcl_zero_global_work_offset))
void k_convolution_2018a1c03d00(__global const float *restrict x, __global const float *restrict w, __global float *restrict y) {
    for (int i = 0; i < 56; i++) {
        for (int j = 0; j < 56; j++) {
            for (int o = 0; o < 64; o++) {
                float sum = 0.0f;
                for (int u = 0; u < 3; u++) {
                    __attribute__((xcl_pipeline_loop(1)))
                    for (int k = 0; k < 192; k++) {
                        sum = sum + x[((i + u) * 58 + j) * 64 + k] * w[(o * 3 + u) * 3 * 64 + k];
                    }
                }
                y[(i * 56 + j) * 64 + o] = sum;
            }
        }
    }
}
