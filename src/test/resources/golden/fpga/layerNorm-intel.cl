#pragma OPENCL FP_CONTRACT ON

__kernel
__attribute__((reqd_work_group_size(1, 1, 1)))
__attribute__((max_global_work_dim(0)))
__attribute__((uses_global_work_offset(0)))
void k_layerNorm_44fcce03e53e(__global const float *restrict x, __global const float *restrict gamma, __global const float *restrict beta, __global float *restrict y) {
    float sumOf[8];
    float meanOf[8];
    float squaresOf[8];
    for (int rows = 0; rows < 25; rows++) {
#pragma unroll 8
        for (int z = 0; z < 8; z++) {
            sumOf[z] = 0;
        }
#pragma unroll 8
        for (int z_2 = 0; z_2 < 8; z_2++) {
            meanOf[z_2] = 0;
        }
#pragma unroll 8
        for (int z_3 = 0; z_3 < 8; z_3++) {
            squaresOf[z_3] = 0;
        }
        const int r_bound = min(197 - rows * 8, 8);
        for (int r = 0; r < r_bound; r++) {
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
            sum0 = sum0 + x[min(rows * 8, 196) * 192 + k];
            sum1 = sum1 + x[min(rows * 8 + 1, 196) * 192 + k];
            sum2 = sum2 + x[min(rows * 8 + 2, 196) * 192 + k];
            sum3 = sum3 + x[min(rows * 8 + 3, 196) * 192 + k];
            sum4 = sum4 + x[min(rows * 8 + 4, 196) * 192 + k];
            sum5 = sum5 + x[min(rows * 8 + 5, 196) * 192 + k];
            sum6 = sum6 + x[min(rows * 8 + 6, 196) * 192 + k];
            sum7 = sum7 + x[min(rows * 8 + 7, 196) * 192 + k];
        }
        sumOf[0] = sum0;
        sumOf[1] = sum1;
        sumOf[2] = sum2;
        sumOf[3] = sum3;
        sumOf[4] = sum4;
        sumOf[5] = sum5;
        sumOf[6] = sum6;
        sumOf[7] = sum7;
        const int r_bound_2 = min(197 - rows * 8, 8);
        for (int r_2 = 0; r_2 < r_bound_2; r_2++) {
            float sum_2 = sumOf[r_2];
            float mean = sum_2 / 192.0f;
            float squares = 0.0f;
            meanOf[r_2] = mean;
            squaresOf[r_2] = squares;
        }
        float mean0 = meanOf[0];
        float squares0 = squaresOf[0];
        float mean1 = meanOf[1];
        float squares1 = squaresOf[1];
        float mean2 = meanOf[2];
        float squares2 = squaresOf[2];
        float mean3 = meanOf[3];
        float squares3 = squaresOf[3];
        float mean4 = meanOf[4];
        float squares4 = squaresOf[4];
        float mean5 = meanOf[5];
        float squares5 = squaresOf[5];
        float mean6 = meanOf[6];
        float squares6 = squaresOf[6];
        float mean7 = meanOf[7];
        float squares7 = squaresOf[7];
        for (int k_1_ = 0; k_1_ < 192; k_1_++) {
            float difference = x[min(rows * 8, 196) * 192 + k_1_] - mean0;
            squares0 = squares0 + difference * difference;
            float difference_2 = x[min(rows * 8 + 1, 196) * 192 + k_1_] - mean1;
            squares1 = squares1 + difference_2 * difference_2;
            float difference_3 = x[min(rows * 8 + 2, 196) * 192 + k_1_] - mean2;
            squares2 = squares2 + difference_3 * difference_3;
            float difference_4 = x[min(rows * 8 + 3, 196) * 192 + k_1_] - mean3;
            squares3 = squares3 + difference_4 * difference_4;
            float difference_5 = x[min(rows * 8 + 4, 196) * 192 + k_1_] - mean4;
            squares4 = squares4 + difference_5 * difference_5;
            float difference_6 = x[min(rows * 8 + 5, 196) * 192 + k_1_] - mean5;
            squares5 = squares5 + difference_6 * difference_6;
            float difference_7 = x[min(rows * 8 + 6, 196) * 192 + k_1_] - mean6;
            squares6 = squares6 + difference_7 * difference_7;
            float difference_8 = x[min(rows * 8 + 7, 196) * 192 + k_1_] - mean7;
            squares7 = squares7 + difference_8 * difference_8;
        }
        squaresOf[0] = squares0;
        squaresOf[1] = squares1;
        squaresOf[2] = squares2;
        squaresOf[3] = squares3;
        squaresOf[4] = squares4;
        squaresOf[5] = squares5;
        squaresOf[6] = squares6;
        squaresOf[7] = squares7;
        const int r_bound_3 = min(197 - rows * 8, 8);
        for (int r_3 = 0; r_3 < r_bound_3; r_3++) {
            float mean_2 = meanOf[r_3];
            float squares_2 = squaresOf[r_3];
            float scale = 1.0f / sqrt(squares_2 / 192.0f + 0.125f);
#pragma ivdep array(y)
#pragma unroll 4
            for (int k_2_ = 0; k_2_ < 192; k_2_++) {
                float normal = (x[(rows * 8 + r_3) * 192 + k_2_] - mean_2) * scale;
                y[(rows * 8 + r_3) * 192 + k_2_] = normal * gamma[k_2_] + beta[k_2_];
            }
        }
    }
}
