#pragma OPENCL FP_CONTRACT ON

static float tv_at_most_float(float x, float c) {
    return x >= c ? c : x;
}

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((max_global_work_dim(0)))
__attribute__((uses_global_work_offset(0)))
void k_linearGelu_dcc2bc791462(__global const float *restrict x, __global const float *restrict w, __global const float *restrict b, __global float *restrict y) {
    float sumOf[8];
#pragma ivdep array(y)
    for (int i = 0; i < 197; i++) {
#pragma ivdep array(y)
        for (int rows = 0; rows < 96; rows++) {
#pragma unroll 8
            for (int z = 0; z < 8; z++) {
                sumOf[z] = 0;
            }
#pragma unroll 8
            for (int r = 0; r < 8; r++) {
                float sum = 0.0f;
                sumOf[r] = sum;
            }
            float sum0 = sumOf[0];
            float sum1 = sumOf[1];
            float sum2 = sumOf[2];
            float sum3 = sumOf[3];
            float sum4 = sumOf[4];
            float sum5 = sumOf[5];
            float sum6 = sumOf[6];
            float sum7 = sumOf[7];
            for (int k = 0; k < 192; k++) {
                sum0 = sum0 + x[i * 192 + k] * w[rows * 8 * 192 + k];
                sum1 = sum1 + x[i * 192 + k] * w[(rows * 8 + 1) * 192 + k];
                sum2 = sum2 + x[i * 192 + k] * w[(rows * 8 + 2) * 192 + k];
                sum3 = sum3 + x[i * 192 + k] * w[(rows * 8 + 3) * 192 + k];
                sum4 = sum4 + x[i * 192 + k] * w[(rows * 8 + 4) * 192 + k];
                sum5 = sum5 + x[i * 192 + k] * w[(rows * 8 + 5) * 192 + k];
                sum6 = sum6 + x[i * 192 + k] * w[(rows * 8 + 6) * 192 + k];
                sum7 = sum7 + x[i * 192 + k] * w[(rows * 8 + 7) * 192 + k];
            }
            sumOf[0] = sum0;
            sumOf[1] = sum1;
            sumOf[2] = sum2;
            sumOf[3] = sum3;
            sumOf[4] = sum4;
            sumOf[5] = sum5;
            sumOf[6] = sum6;
            sumOf[7] = sum7;
#pragma ivdep array(y)
#pragma unroll 4
            for (int r_2 = 0; r_2 < 8; r_2++) {
                float sum_2 = sumOf[r_2];
                float x_1 = sum_2 + b[rows * 8 + r_2];
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
                y[i * 768 + (rows * 8 + r_2)] = 0.5f * x_1 * (1.0f + (x_2 < 0.0f ? -magnitude : magnitude));
            }
        }
    }
}
