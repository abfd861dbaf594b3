#pragma OPENCL FP_CONTRACT ON

static float tv_at_most_float(float x, float c) {
    return x >= c ? c : x;
}

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((xcl_zero_global_work_offset))
void k_linearGelu_b6a8a65778ff(__global const float *restrict x, __global const float *restrict w, __global const float *restrict b, __global float *restrict y) {
    for (int i = 0; i < 3; i++) {
        __attribute__((xcl_pipeline_loop(1)))
        for (int j = 0; j < 7; j++) {
            float sum = 0.0f;
            __attribute__((opencl_unroll_hint(5)))
            for (int k = 0; k < 5; k++) {
                sum = sum + x[i * 5 + k] * w[j * 5 + k];
            }
            float x_1 = sum + b[j];
            float x_2 = x_1 * 0.70710677f;
            float a = tv_at_most_float(fabs(x_2), 4.0f);
            float t = a * a;
            float p_1 = -5.4629287E-4f * t + 0.0048707034f;
            float p_2 = p_1 * t - 0.02666381f;
            float p_3 = p_2 * t + 0.112780645f;
            float p_4 = p_3 * t - 0.3761194f;
            float p_5 = p_4 * t + 0.12837893f;
            float near = a + a * p_5;
            float u = a - 0.75f;
            float q_1 = -2.2057142E-5f * u + 4.246001E-5f;
            float q_2 = q_1 * u + 0.001366137f;
            float q_3 = q_2 * u - 0.007694985f;
            float q_4 = q_3 * u + 0.00469271f;
            float q_5 = q_4 * u + 0.05044899f;
            float q_6 = q_5 * u - 0.034140356f;
            float q_7 = q_6 * u - 0.40802643f;
            float q_8 = q_7 * u + 0.7331105f;
            float square = q_8 * q_8;
            float far = 1.0f - square * square;
            float magnitude = a < 1.0f ? near : far;
            y[i * 7 + j] = 0.5f * x_1 * (1.0f + (x_2 < 0.0f ? -magnitude : magnitude));
        }
    }
}
