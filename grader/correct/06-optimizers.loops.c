/* The same functions written otherwise: one in terms of the other, powers
 * multiplied up, running means.
 */
#define sgd unused_sgd
#define momentum unused_momentum
#define nesterov unused_nesterov
#define adagrad unused_adagrad
#define rmsprop unused_rmsprop
#define adadelta unused_adadelta
#define adam unused_adam
#define adamw unused_adamw
#define average unused_average
#define step_decay unused_step_decay
#define cosine_warmup unused_cosine_warmup
#define clip_by_norm unused_clip_by_norm
#define online_fit unused_online_fit
#include "../../solutions/06-optimizers.c"
#undef sgd
#undef momentum
#undef nesterov
#undef adagrad
#undef rmsprop
#undef adadelta
#undef adam
#undef adamw
#undef average
#undef step_decay
#undef cosine_warmup
#undef clip_by_norm
#undef online_fit

void sgd(blocks theta, blocks grad, real learning_rate)
{
    for (size_t k = theta.count; k-- > 0;) {
        matrix w = theta.of[k], g = grad.of[k];
        for (size_t i = 0; i < w.rows; i++)
            for (size_t j = 0; j < w.cols; j++)
                at(w, i, j) = at(w, i, j) - at(g, i, j) * learning_rate;
    }
}

/* First all velocities, then all steps. */
void momentum(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            m->first.of[k].data[e] *= beta;
            m->first.of[k].data[e] += grad.of[k].data[e];
        }
    sgd(theta, m->first, learning_rate);
}

void nesterov(blocks theta, memory *m, blocks grad, real learning_rate,
              real beta)
{
    momentum(theta, m, grad, learning_rate * beta, beta);
    sgd(theta, grad, learning_rate);
}

void adagrad(blocks theta, memory *m, blocks grad, real learning_rate)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real own = m->second.of[k].data[e] += pow(fabs(g), 2);
            theta.of[k].data[e] -= learning_rate / (sqrt(own) + 1e-8) * g;
        }
}

/* The square moves towards the new one. */
void rmsprop(blocks theta, memory *m, blocks grad, real learning_rate,
             real rho)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real *s = m->second.of[k].data + e;
            *s += (1 - rho) * (g * g - *s);
            theta.of[k].data[e] -= learning_rate / (sqrt(*s) + 1e-8) * g;
        }
}

void adadelta(blocks theta, memory *m, blocks grad, real learning_rate,
              real rho)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real s = m->second.of[k].data[e], u = m->first.of[k].data[e];
            s -= (1 - rho) * (s - g * g);
            real d = g * sqrt((u + 1e-6) / (s + 1e-6));
            u -= (1 - rho) * (u - d * d);
            theta.of[k].data[e] -= learning_rate * d;
            m->second.of[k].data[e] = s;
            m->first.of[k].data[e] = u;
        }
}

/* Adam with one rate for the step: both corrections in front. */
void adam(blocks theta, memory *m, blocks grad, real learning_rate,
          real beta1, real beta2)
{
    real power1 = 1, power2 = 1;
    m->t += 1;
    for (size_t t = 0; t < m->t; t++) {
        power1 *= beta1;
        power2 *= beta2;
    }
    real root = sqrt(1 - power2);
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real g = grad.of[k].data[e];
            real p = m->first.of[k].data[e] =
                g + beta1 * (m->first.of[k].data[e] - g);
            real s = m->second.of[k].data[e] =
                g * g + beta2 * (m->second.of[k].data[e] - g * g);
            theta.of[k].data[e] -= learning_rate * root / (1 - power1) * p /
                                   (sqrt(s) + EPSILON * root);
        }
}

void adamw(blocks theta, memory *m, blocks grad, real learning_rate,
           real beta1, real beta2, real decay)
{
    for (size_t k = 0; k < theta.count; k++)
        if (k % 2 == 0)
            for (size_t e = 0; e < elements(theta.of[k]); e++)
                theta.of[k].data[e] *= 1 - learning_rate * decay;
    adam(theta, m, grad, learning_rate, beta1, beta2);
}

void average(blocks mean, blocks theta, size_t t)
{
    for (size_t k = 0; k < theta.count; k++)
        for (size_t e = 0; e < elements(theta.of[k]); e++) {
            real before = t > 1 ? mean.of[k].data[e] : 0;
            mean.of[k].data[e] =
                (before * (t - 1) + theta.of[k].data[e]) / t;
        }
}

real step_decay(real learning_rate, size_t t, size_t every, real factor)
{
    for (; t >= every; t -= every)
        learning_rate *= factor;
    return learning_rate;
}

real cosine_warmup(real learning_rate, size_t t, size_t T, size_t warmup)
{
    if (t < warmup)
        return (t + 1.0) / warmup * learning_rate;
    real half = cos(acos(0) * (t - warmup) / (T - warmup));
    return learning_rate * half * half;
}

real clip_by_norm(blocks grad, real limit)
{
    real norm = 0;
    for (size_t k = 0; k < grad.count; k++)
        for (size_t e = 0; e < elements(grad.of[k]); e++)
            norm = hypot(norm, grad.of[k].data[e]);
    if (norm > limit)
        for (size_t k = 0; k < grad.count; k++)
            for (size_t e = 0; e < elements(grad.of[k]); e++)
                grad.of[k].data[e] = grad.of[k].data[e] / norm * limit;
    return norm;
}

real online_fit(linreg *model, size_t *seen, stream next, void *source,
                real learning_rate)
{
    size_t n = model->w.rows;
    matrix x = matrix_new(1, n);
    real y = 0, mean = 0;
    for (*seen = 0; next(source, x, &y);) {
        real yhat = 0;
        for (size_t j = n; j-- > 0;)
            yhat += model->w.data[j] * x.data[j];
        yhat += model->b;
        *seen = *seen + 1;
        mean += ((yhat - y) * (yhat - y) / 2 - mean) / *seen;
        for (size_t j = 0; j < n; j++)
            model->w.data[j] += learning_rate * (y - yhat) * x.data[j];
        model->b += learning_rate * (y - yhat);
    }
    matrix_free(&x);
    return mean;
}
