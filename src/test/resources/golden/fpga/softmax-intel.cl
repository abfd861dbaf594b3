#pragma OPENCL FP_CONTRACT ON

static float tv_max_float(float x, float y) {
    float r = x <= y ? y : x;
    r = y != y ? y : r;
    return x == y ? as_float(as_int(x) & as_int(y)) : r;
}

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((max_global_work_dim(0)))
__attribute__((uses_global_work_offset(0)))
void k_softmax_b250b5f6a490(__global float *restrict weights) {
#pragma ivdep array(weights)
    for (int i = 0; i < 591; i++) {
        float maximum = weights[i * 197];
        for (int j = 1; j < 197; j++) {
            maximum = tv_max_float(maximum, weights[i * 197 + j]);
        }
        float sum = 0.0f;
#pragma ivdep array(weights)
        for (int j_1 = 0; j_1 < 197; j_1++) {
            float power = exp(weights[i * 197 + j_1] - maximum);
            weights[i * 197 + j_1] = power;
            sum = sum + power;
        }
        float factor = 1.0f / sum;
#pragma ivdep array(weights)
#pragma ii 1
        for (int j_2 = 0; j_2 < 197; j_2++) {
            weights[i * 197 + j_2] = weights[i * 197 + j_2] * factor;
        }
    }
}
