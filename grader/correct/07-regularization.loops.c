/* The same functions written otherwise: masks first, one-pass variances,
 * pixels that are sent instead of fetched.
 */
#define l2_penalty unused_l2_penalty
#define l1_penalty unused_l1_penalty
#define soft_threshold unused_soft_threshold
#define early_stopping unused_early_stopping
#define dropout_forward unused_dropout_forward
#define dropout_backward unused_dropout_backward
#define batchnorm_train unused_batchnorm_train
#define batchnorm_infer unused_batchnorm_infer
#define batchnorm_backward unused_batchnorm_backward
#define augment_shift unused_augment_shift
#define smooth_labels unused_smooth_labels
#define k_fold unused_k_fold
#include "../../solutions/07-regularization.c"
#undef l2_penalty
#undef l1_penalty
#undef soft_threshold
#undef early_stopping
#undef dropout_forward
#undef dropout_backward
#undef batchnorm_train
#undef batchnorm_infer
#undef batchnorm_backward
#undef augment_shift
#undef smooth_labels
#undef k_fold

real l2_penalty(blocks theta, real lambda)
{
    real sum = 0;
    for (size_t k = theta.count; k-- > 0;)
        if (k % 2 == 0)
            for (size_t i = 0; i < theta.of[k].rows; i++)
                for (size_t j = 0; j < theta.of[k].cols; j++)
                    sum += lambda * pow(at(theta.of[k], i, j), 2) / 2;
    return sum;
}

real l1_penalty(blocks theta, real lambda)
{
    real sum = 0;
    for (size_t k = 0; k < theta.count; k += 2)
        for (size_t e = elements(theta.of[k]); e-- > 0;)
            sum += sqrt(theta.of[k].data[e] * theta.of[k].data[e]);
    return sum * lambda;
}

void soft_threshold(blocks theta, real amount)
{
    for (size_t k = 0; k < theta.count; k += 2)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real w = theta.of[k].data[e];
            theta.of[k].data[e] =
                copysign(fmax(fabs(w) - amount, 0), w) + 0.0;
        }
}

bool early_stopping(stopper *s, blocks theta, real validation_loss)
{
    bool better = validation_loss < s->best;
    s->waited = better ? 0 : s->waited + 1;
    if (better) {
        s->best = validation_loss;
        blocks_copy(s->kept, theta);
    }
    if (s->waited >= s->patience)
        blocks_copy(theta, s->kept);
    return s->waited < s->patience;
}

/* First the mask, then the product. */
void dropout_forward(matrix B, matrix M, matrix A, real p, bool training,
                     random_state *state)
{
    real stays = 1 / (1 - p);
    matrix_fill(M, 1);
    for (size_t i = 0; training && i < A.rows; i++)
        for (size_t j = 0; j < A.cols; j++)
            at(M, i, j) = (random_uniform(state) >= p) * stays;
    hadamard(B, A, M);
}

void dropout_backward(matrix dA, matrix dB, matrix M)
{
    hadamard(dA, M, dB);
}

/* The variance as mean of squares around the first row. */
void batchnorm_train(matrix Y, batchnorm *bn, batchnorm_cache *cache,
                     matrix X, real keep)
{
    size_t N = X.rows;
    for (size_t j = 0; j < X.cols; j++) {
        real base = at(X, 0, j), sum = 0, squares = 0;
        for (size_t i = N; i-- > 0;) {
            sum += at(X, i, j) - base;
            squares += pow(at(X, i, j) - base, 2);
        }
        real m = base + sum / N, v = squares / N - pow(sum / N, 2);
        at(cache->scale, j, 0) = pow(v + 1e-5, -0.5);
        for (size_t i = 0; i < N; i++) {
            real normal = (at(X, i, j) - m) / sqrt(v + 1e-5);
            at(cache->normal, i, j) = normal;
            at(Y, i, j) = normal * bn->gamma.data[j] + bn->beta.data[j];
        }
        bn->mean.data[j] += (1 - keep) * (m - bn->mean.data[j]);
        bn->variance.data[j] += (1 - keep) * (v - bn->variance.data[j]);
    }
}

void batchnorm_infer(matrix Y, batchnorm bn, matrix X)
{
    for (size_t i = 0; i < X.rows; i++)
        for (size_t j = 0; j < X.cols; j++) {
            real slope =
                bn.gamma.data[j] / sqrt(bn.variance.data[j] + 1e-5);
            at(Y, i, j) = slope * at(X, i, j) + bn.beta.data[j] -
                          slope * bn.mean.data[j];
        }
}

/* Through the mean of products instead of sums. */
void batchnorm_backward(matrix dX, matrix dgamma, matrix dbeta,
                        batchnorm bn, batchnorm_cache cache, matrix dY)
{
    size_t N = dY.rows;
    for (size_t j = 0; j < dY.cols; j++) {
        dgamma.data[j] = dbeta.data[j] = 0;
        for (size_t i = N; i-- > 0;) {
            dbeta.data[j] += at(dY, i, j);
            dgamma.data[j] += at(cache.normal, i, j) * at(dY, i, j);
        }
        for (size_t i = 0; i < N; i++) {
            real others =
                dbeta.data[j] + at(cache.normal, i, j) * dgamma.data[j];
            at(dX, i, j) = bn.gamma.data[j] * cache.scale.data[j] / N *
                           (N * at(dY, i, j) - others);
        }
    }
}

/* Each pixel is sent to where it goes. */
void augment_shift(matrix B, matrix A, size_t width, int down, int right)
{
    matrix_fill(B, 0);
    int across = width, height = A.cols / width;
    for (size_t i = 0; i < A.rows; i++)
        for (int r = 0; r < height; r++)
            for (int c = 0; c < across; c++)
                if (r + down >= 0 && r + down < height && c + right >= 0 &&
                    c + right < across)
                    at(B, i, (r + down) * across + c + right) =
                        at(A, i, r * across + c);
}

void smooth_labels(matrix Y, real alpha)
{
    for (size_t i = 0; i < Y.rows; i++)
        for (size_t k = 0; k < Y.cols; k++)
            at(Y, i, k) += alpha * (1.0 / Y.cols - at(Y, i, k));
}

size_t k_fold(size_t *learned, size_t *asked, const size_t *order, size_t N,
              size_t folds, size_t k)
{
    size_t n_learned = 0, n_asked = 0;
    for (size_t i = 0; i < N; i++) {
        bool mine = i >= k * N / folds && i < (k + 1) * N / folds;
        if (mine)
            asked[n_asked++] = order[i];
        else
            learned[n_learned++] = order[i];
    }
    return n_asked;
}
