#pragma OPENCL FP_CONTRACT ON

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((max_global_work_dim(0)))
__attribute__((uses_global_work_offset(0)))
void k_convolution_8d2e0ecde62c(__global const float *restrict x, __global const float *restrict w, __global float *restrict y) {
#pragma ivdep array(y)
    for (int i = 0; i < 56; i++) {
#pragma ivdep array(y)
        for (int j = 0; j < 56; j++) {
#pragma ivdep array(y)
            for (int o = 0; o < 64; o++) {
                float sum = 0.0f;
                for (int u = 0; u < 3; u++) {
                    for (int k = 0; k < 192; k++) {
                        sum = sum + x[((i + u) * 58 + j) * 64 + k] * w[(o * 3 + u) * 3 * 64 + k];
                    }
                }
                y[(i * 56 + j) * 64 + o] = sum;
            }
        }
    }
}
